"""The model against torch's own layers and distributions."""

import math

import pytest
import torch
from factories import vae
from torch.distributions import Bernoulli, Normal, kl_divergence

from vae_explorer.model import LIKELIHOODS, Posterior, binarised, kl, reparameterize, thresholded
from vae_explorer.storage.shapes import DECODER_SHAPES, ENCODER_SHAPES

DIMS = [1, 2, 6, 20]


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def posterior(generator):
    return Posterior(torch.randn(5, 3, generator=generator), 3 * torch.randn(5, 3, generator=generator))


def images(generator, n=5):
    return 2 * torch.rand(n, 1, 28, 28, generator=generator) - 1


def test_kl_is_that_of_torch_distributions(posterior):
    expected = kl_divergence(Normal(posterior.mu, torch.exp(posterior.logvar / 2)), Normal(0, 1))
    torch.testing.assert_close(kl(posterior), expected, rtol=1e-4, atol=1e-5)


def test_recon_is_minus_the_log_likelihood_of_a_gaussian_of_variance_half_less_its_constant(generator):
    x, a = images(generator), 3 * images(generator)
    log_prob = Normal(torch.tanh(a), math.sqrt(0.5)).log_prob(x).flatten(1).sum(1)
    found = LIKELIHOODS["gaussian"].recon(x, a)
    torch.testing.assert_close(found, -log_prob - 392 * math.log(math.pi), rtol=1e-5, atol=1e-3)


def test_recon_of_bernoulli_is_minus_the_log_of_the_probability_of_the_pixels(generator):
    """p = (x_hat + 1)/2 in double precision, where it can be told from 0 and 1; and far beyond that, all of 2a."""
    x, a = thresholded(images(generator)), 6 * images(generator)
    p = (torch.tanh(a.double()) + 1) / 2
    log_prob = Bernoulli(p).log_prob((x.double() + 1) / 2).flatten(1).sum(1)
    torch.testing.assert_close(LIKELIHOODS["bernoulli"].recon(x, a).double(), -log_prob, rtol=1e-5, atol=1e-3)
    far = torch.full((1, 1, 28, 28), 50.0)
    assert float(LIKELIHOODS["bernoulli"].recon(-torch.ones_like(far), far)) == pytest.approx(784 * 100)


def test_recon_of_grey_levels_is_the_mean_over_pictures_in_black_and_white(generator):
    x, a = images(generator, 1), 2 * images(generator, 1)
    recon = LIKELIHOODS["bernoulli"].recon
    drawn = binarised(x.expand(4000, -1, -1, -1), generator)
    each = recon(drawn, a.expand_as(drawn))
    assert float(recon(x, a)) == pytest.approx(float(each.mean()), abs=5 * float(each.std()) / 4000**0.5)


def test_a_pixel_is_drawn_white_as_often_as_its_grey_level_says_and_anew_each_time(generator):
    levels = torch.tensor([-1.0, -0.5, 0.0, 0.6, 1.0]).view(1, 1, 1, 5).expand(20_000, 1, 1, 5)
    drawn = binarised(levels, generator)
    assert set(drawn.unique().tolist()) == {-1, 1}
    assert drawn.mean((0, 1, 2)).tolist() == pytest.approx([-1, -0.5, 0, 0.6, 1], abs=0.03)
    assert (binarised(levels, generator) != drawn).any()


def test_a_pixel_is_fixed_white_above_one_half():
    levels = torch.tensor([0, 127, 128, 255]) / 127.5 - 1
    assert thresholded(levels).tolist() == [-1, -1, 1, 1]


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_images_of_different_shapes_are_refused_rather_than_broadcast(generator, likelihood):
    with pytest.raises(ValueError, match=r"x is \(5, 1, 28, 28\) but x_hat is \(1, 1, 28, 28\)"):
        LIKELIHOODS[likelihood].recon(images(generator), images(generator, 1))


def test_without_noise_a_draw_is_the_mean_and_with_unit_noise_one_sigma_off(posterior):
    zero = torch.zeros(5, 3)
    assert torch.equal(reparameterize(posterior, zero), posterior.mu)
    sigma = torch.exp(posterior.logvar / 2)
    torch.testing.assert_close(reparameterize(posterior, zero + 1) - posterior.mu, sigma, rtol=1e-4, atol=1e-5)


def test_many_draws_at_once_have_the_moments_of_the_posterior_and_carry_gradients(generator):
    mu, logvar = torch.tensor([[1.0, -2.0]], requires_grad=True), torch.tensor([[0.5, -1.0]], requires_grad=True)
    draws = reparameterize(Posterior(mu, logvar), torch.randn(20_000, 1, 2, generator=generator))
    torch.testing.assert_close(draws.mean(0), mu, atol=0.04, rtol=0)
    torch.testing.assert_close(draws.var(0), logvar.exp(), atol=0.06, rtol=0)
    draws.sum().backward()
    assert mu.grad.tolist() == [[20_000, 20_000]] and logvar.grad.abs().min() > 0


@pytest.mark.parametrize("dim", DIMS)
def test_the_state_dicts_have_the_keys_and_shapes_that_the_files_promise(dim):
    model = vae(dim)
    for part, shapes in ((model.decoder, DECODER_SHAPES), (model.encoder, ENCODER_SHAPES)):
        expected = {key: tuple(dim if n == "D" else n for n in shape) for key, shape in shapes.items()}
        assert {key: tuple(value.shape) for key, value in part.state_dict().items()} == expected


@pytest.mark.parametrize("dim", DIMS)
def test_a_batch_goes_through_the_model_and_comes_back_as_images_in_range(dim, generator):
    x = images(generator)
    x_hat, posterior = vae(dim)(x, torch.randn(5, dim, generator=generator))
    assert x_hat.shape == x.shape and x_hat.abs().max() <= 1
    assert posterior.mu.shape == posterior.logvar.shape == (5, dim)


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("dim", DIMS)
def test_the_folded_decoder_gives_the_images_and_gradients_of_the_plain_one(dim, batch, generator):
    decoder = vae(dim).decoder
    z = (3 * torch.randn(batch, dim, generator=generator)).requires_grad_()
    weight = torch.randn(batch, 1, 28, 28, generator=generator)
    leaves = [z, *decoder.parameters()]
    plain, folded = decoder(z), decoder.preactivation(z).tanh()
    torch.testing.assert_close(folded, plain, rtol=0, atol=1e-5)
    expected = torch.autograd.grad((plain * weight).sum(), leaves)
    for leaf, got, want in zip(leaves, torch.autograd.grad((folded * weight).sum(), leaves), expected, strict=True):
        scale = float(want.abs().max())
        torch.testing.assert_close(got, want, rtol=0, atol=1e-5 * scale, msg=f"gradient of {tuple(leaf.shape)}")
