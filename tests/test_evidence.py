"""log p(x) by importance sampling: against sums over z, and against models of which it is known."""

import math

import numpy as np
import pytest
import torch
from torch.distributions import Normal, kl_divergence
from torch.nn.functional import logsigmoid

from vae_explorer import evidence
from vae_explorer.evidence import estimate
from vae_explorer.model import Posterior


class Line:
    """Six pixels, white with sigmoid(2·(w·z + b)) for one z. Its encoder is somewhat off, by what the picture is."""

    latent_dim, device = 1, torch.device("cpu")

    def __init__(self, slope=1.5, mu=0.6, logvar=-0.5):
        draw = torch.Generator().manual_seed(0)
        self.w, self.b = slope * torch.randn(6, generator=draw), torch.randn(6, generator=draw)
        self.mu, self.logvar = mu, logvar

    def encoder(self, x):
        mean = x.mean((1, 2, 3))[:, None]
        return Posterior(self.mu * mean, torch.full_like(mean, self.logvar))

    def preactivation(self, z):
        return (z * self.w + self.b).view(-1, 1, 2, 3)

    def known(self, x):
        """log p(x), E[recon] and kl of pictures, (N,) each, by sums over a fine line of z in float64."""
        z = torch.linspace(-12, 12, 20_001, dtype=torch.float64)
        sign = torch.where(x.view(len(x), 1, 6) > 0, 1, -1)
        log_p = logsigmoid(2 * sign * (z[:, None] * self.w.double() + self.b.double())).sum(2)  # (N, Z)
        mu, logvar = (part.double() for part in self.encoder(2 * (x > 0).float() - 1))
        prior, q = Normal(torch.zeros(1).double(), 1), Normal(mu, (0.5 * logvar).exp())
        step = float(z[1] - z[0])
        evidence = (log_p + prior.log_prob(z)).logsumexp(1) + math.log(step)
        recon = -(log_p * q.log_prob(z).exp()).sum(1) * step
        return evidence.numpy(), recon.numpy(), kl_divergence(q, prior)[:, 0].numpy()


def pictures(count, seed=0):
    return 2 * torch.rand(count, 1, 2, 3, generator=torch.Generator().manual_seed(seed)) - 1


def test_all_is_what_sums_over_z_find():
    model, x = Line(), pictures(200)
    found = estimate(model, x)
    log_p, recon, kl = model.known(x)
    assert found.images == 200 and found.seed == 0
    assert found.recon == pytest.approx(recon.mean(), abs=0.005) and found.kl == pytest.approx(kl.mean(), rel=1e-5)
    assert found.loss == pytest.approx(found.recon + found.kl)
    assert found.standard_error == pytest.approx(np.std(recon + kl, ddof=1) / math.sqrt(200), rel=0.02)
    few, more, most = found.estimates
    assert (few.draws, more.draws, most.draws) == (50, 500, 5000)
    assert most.log_p == pytest.approx(log_p.mean(), abs=0.003)
    assert most.standard_error == pytest.approx(np.std(log_p, ddof=1) / math.sqrt(200), rel=0.02)
    assert -found.loss < few.log_p < log_p.mean() and abs(few.log_p - log_p.mean()) > abs(most.log_p - log_p.mean())
    for each in found.estimates:
        assert 1 < each.fewest < each.effective < each.draws


def test_where_z_tells_nothing_and_the_posterior_is_the_prior_every_draw_has_the_same_weight():
    model, x = Line(slope=0, mu=0, logvar=0), pictures(5)
    found, (log_p, _, _) = estimate(model, x), model.known(x)
    for each in found.estimates:
        assert each.log_p == pytest.approx(log_p.mean(), abs=1e-5)
        assert each.effective == pytest.approx(each.draws) and each.fewest == pytest.approx(each.draws)
    assert -found.loss == pytest.approx(log_p.mean(), abs=1e-5) and found.kl == 0


def test_a_posterior_that_is_too_narrow_has_few_effective_draws():
    wide, narrow = (estimate(Line(logvar=logvar), pictures(20)).estimates[-1] for logvar in (-0.5, -5))
    assert narrow.effective < 0.2 * wide.effective


def test_pictures_are_made_black_and_white_first():
    x = pictures(3)
    assert estimate(Line(), x) == estimate(Line(), 2 * (x > 0).float() - 1)


def test_it_repeats_whatever_is_decoded_at_once_and_tells_how_far_it_is():
    torch.manual_seed(3)
    before, shares = torch.get_rng_state(), []
    one, other = estimate(Line(), pictures(4), came=shares.append), estimate(Line(), pictures(4), at_once=7)
    assert torch.equal(torch.get_rng_state(), before) and shares == [0.25, 0.5, 0.75, 1]
    assert one.loss == pytest.approx(other.loss) and one.estimates[0].log_p == pytest.approx(other.estimates[0].log_p)
    assert estimate(Line(), pictures(4)) == one


def test_of_one_picture_the_error_is_not_known():
    found = estimate(Line(), pictures(1))
    assert found.standard_error == math.inf and found.estimates[0].standard_error == math.inf


def test_each_picture_has_draws_of_its_own(monkeypatch):
    monkeypatch.setattr(evidence, "DRAWS", (5,))
    same = pictures(1).expand(50, -1, -1, -1)
    assert estimate(Line(), same).estimates[0].standard_error > 0
