"""The figures of quality, against NumPy and torch.distributions."""

import numpy as np
import pytest
import torch
from factories import digits, vae
from torch.distributions import Normal, kl_divergence

from vae_explorer import metrics
from vae_explorer.images import to_unit


def batch(count):
    return torch.from_numpy(to_unit(digits(count)[0])[:, None])


@pytest.fixture(scope="module")
def lively():
    """A model whose posteriors differ from image to image, as an untrained one's hardly do."""
    model = vae(3, seed=4)
    with torch.no_grad():
        model.encoder.fc_mu.weight *= 30
        model.encoder.fc_logvar.weight *= 30
        model.decoder.linear.weight *= 5
    return model


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_the_loss_is_that_of_torch_distributions(lively, beta):
    x = batch(40)
    found = metrics.evaluate(lively, x, beta)
    with torch.no_grad():
        mu, logvar = lively.encoder(x)
        kl = kl_divergence(Normal(mu.double(), (0.5 * logvar.double()).exp()), Normal(0.0, 1.0))  # (40, 3)
        z = Normal(mu, (0.5 * logvar).exp()).sample((60,))  # many other draws
        x_hat = lively.decoder(z.view(-1, 3)).view(60, 40, 784).double()
    log_p = Normal(x_hat, 0.5**0.5).log_prob(x.view(40, 784).double()).sum(2)  # a Gaussian of variance 1/2
    recon = -log_p - 392 * np.log(np.pi)
    noise = float(recon.std(0).square().mean() / (4 * 40)) ** 0.5  # of a mean over 40 images, 4 draws each
    assert found.kl_per_dim == pytest.approx(kl.mean(0).tolist(), rel=1e-5)
    assert found.kl == pytest.approx(float(kl.sum(1).mean()), rel=1e-5) and found.kl > 1
    assert found.recon == pytest.approx(float(recon.mean()), abs=5 * noise) and noise < 0.05 * found.recon
    assert found.loss == pytest.approx(found.recon + beta * found.kl)
    assert (found.images, found.beta, found.draws, found.seed) == (40, beta, 4, 0)


def test_mse_is_of_the_mean_reconstruction_on_the_scale_from_0_to_1(lively):
    x = batch(20)
    with torch.no_grad():
        x_hat = lively.decoder(lively.encoder(x).mu).numpy()
    expected = np.mean(((x_hat + 1) / 2 - digits(20)[0][:, None] / 255) ** 2)
    assert metrics.evaluate(lively, x).mse == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("scales", "active"), [((0.0, 0.0, 0.0), 0), ((1.0, 0.0, 2.0), 2), ((0.2, 0.3, 0.19), 2)])
def test_a_dimension_is_active_where_its_mean_varies_by_more_than_a_hundredth(scales, active):
    """An encoder whose mu is ±scale/2 by the image: a variance of scale²/4, more than 0.01 from a scale of 0.2."""
    model = vae(3)
    x = torch.full((10, 1, 28, 28), -1.0)
    x[::2] = 1
    with torch.no_grad():
        h = model.encoder.conv_stack(x)
        model.encoder.fc_mu.weight.zero_()
        unit = int(h[0].argmax())
        model.encoder.fc_mu.weight[:, unit] = torch.tensor(scales) * 1.001 / (h[0, unit] - h[1, unit])
    assert metrics.evaluate(model, x).active == active


def test_figures_do_not_depend_on_where_a_batch_ends(lively, monkeypatch):
    x = batch(501)
    whole, one_more = metrics.evaluate(lively, x[:500]), metrics.evaluate(lively, x)
    monkeypatch.setattr(metrics, "BATCH", 501)
    at_once = metrics.evaluate(lively, x)
    assert one_more.images == at_once.images == 501 and whole.images == 500
    assert one_more.kl_per_dim == pytest.approx(at_once.kl_per_dim, rel=1e-6)
    assert (one_more.mse, one_more.active) == (pytest.approx(at_once.mse, rel=1e-6), at_once.active)
    assert one_more.recon == pytest.approx(at_once.recon, rel=0.02)  # other noise, the same mean
    last = metrics.evaluate(lively, x[500:])
    assert one_more.kl == pytest.approx((500 * whole.kl + last.kl) / 501, rel=1e-6)


def test_figures_repeat_and_leave_the_global_random_state_alone(lively):
    torch.manual_seed(3)
    before = torch.get_rng_state()
    assert metrics.evaluate(lively, batch(20)) == metrics.evaluate(lively, batch(20))
    assert torch.equal(torch.get_rng_state(), before)
