"""The posterior of one picture, its ledger, what refining wins and the log-likelihood: against torch, and against a
linear decoder, of which all is known."""

import math

import numpy as np
import pytest
import torch
from factories import MadeUp, digits, made_up_codec, vae

from vae_explorer import files
from vae_explorer.codecs import opening
from vae_explorer.codecs.likelihood import LIKELIHOODS
from vae_explorer.errors import Cancelled
from vae_explorer.images import to_unit
from vae_explorer.model import Posterior as TorchPosterior
from vae_explorer.model import kl, reparameterize
from vae_explorer.space import ledger, posterior, refining
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.ledger import Ledger
from vae_explorer.space.likelihood import log_likelihood
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.refining import refine
from vae_explorer.storage import writing


class Linear:
    """x = z·W + b, and noise of variance ½: p(x) and p(z|x) are Gaussians, both known. Its encoder is somewhat off."""

    at_once, likelihood = 1000, LIKELIHOODS["gaussian"]

    def __init__(self, latent_dim=3, shape=(1, 2, 4), seed=0):
        draw = np.random.default_rng(seed)
        self.latent_dim, self.shape = latent_dim, shape
        self.weight, self.bias = draw.standard_normal((latent_dim, math.prod(shape))), draw.standard_normal(shape)

    def decode(self, z):
        return (np.atleast_2d(z) @ self.weight).reshape(-1, *self.shape) + self.bias

    def vjp(self, z):
        return self.decode(z), lambda gradient: gradient.reshape(len(gradient), -1) @ self.weight.T

    def encode(self, x):
        mu, logvar = self.best(x)
        return (mu + 0.5)[None], (logvar + 1)[None]

    def best(self, x):
        """mu and logvar of the Gaussian with independent dimensions whose elbo is highest (Bishop 2006, 10.1.2)."""
        precision = np.eye(self.latent_dim) + 2 * self.weight @ self.weight.T
        mu = np.linalg.solve(precision, 2 * self.weight @ np.ravel(x - self.bias))
        return mu, -np.log(np.diag(precision))

    def log_p(self, x):
        n = math.prod(self.shape)
        normal = torch.distributions.MultivariateNormal(
            torch.from_numpy(self.bias.ravel()), torch.from_numpy(self.weight.T @ self.weight + 0.5 * np.eye(n))
        )
        return float(normal.log_prob(torch.from_numpy(np.ravel(x).astype(float))))

    def sample(self, seed=3):
        draw = np.random.default_rng(seed)
        noise = math.sqrt(0.5) * draw.standard_normal((1, *self.shape))
        return (self.decode(draw.standard_normal(self.latent_dim)) + noise).astype(np.float32)


class Overflowing(MadeUp):
    """What a stranger's weights can do: nothing that its two networks give is finite."""

    def decode(self, points):
        return np.full((len(points), *self.shape), np.nan, np.float32)

    def pull(self, points, _x_hat, _gradient):
        return np.full(points.shape, np.nan, np.float32)

    def encode(self, _x):
        return np.array([[np.nan, np.inf, -np.inf]], np.float32), np.array([[np.inf, np.nan, -1e30]], np.float32)


class BlackAndWhite(Linear):
    """Pixels that are white with p = (x_hat + 1)/2, where x_hat = tanh(z·W + b). What is known is a sum over z."""

    likelihood = LIKELIHOODS["bernoulli"]

    def decode(self, z):
        return np.tanh(super().decode(z))

    def vjp(self, z):
        x_hat, (_, pull) = self.decode(z), super().vjp(z)
        return x_hat, lambda gradient: pull(gradient * (1 - x_hat**2))

    def encode(self, _x):
        return np.full((1, self.latent_dim), 0.3), np.full((1, self.latent_dim), -0.5)

    def log_p(self, x):
        """By a sum over a grid of both dimensions."""
        line = np.linspace(-8, 8, 801)
        z = np.stack(np.meshgrid(line, line), -1).reshape(-1, 2)
        signs = 2 * np.where(np.ravel(x) > 0, 1, -1)
        log_odds = signs * (z @ self.weight + self.bias.ravel())
        logs = -np.logaddexp(0, -log_odds).sum(1) - 0.5 * np.square(z).sum(1) - math.log(2 * math.pi)
        return float(np.logaddexp.reduce(logs) + 2 * math.log(line[1] - line[0]))

    def sample(self, seed=3):
        draw = np.random.default_rng(seed)
        p = (self.decode(draw.standard_normal(self.latent_dim)) + 1) / 2
        return np.where(draw.random(p.shape) < p, 1, -1).astype(np.float32)


@pytest.fixture(scope="module", params=[1, 2, 6], ids="D={}".format)
def pair(request, tmp_path_factory):
    """A codec and the model in torch that it is, whose decoder tells the points apart."""
    model = vae(request.param)
    with torch.no_grad():
        model.decoder.linear.weight.mul_(4)
        model.decoder.deconv_stack[2].weight.mul_(2)
    folder = tmp_path_factory.mktemp("model")
    files.write(writing.contents(folder, model.decoder.state_dict(), model.encoder.state_dict(), {}))
    return opening.load(folder), model


def picture(k=4):
    """One digit as grey levels, (1, 1, H, W)."""
    return digits(10)[0][k][None, None]


def a_posterior(latent_dim, seed=0):
    draw = np.random.default_rng(seed)
    return Posterior(draw.standard_normal(latent_dim), draw.uniform(-4, -2, latent_dim))


# ------------------------------------------------------------------------------------------------------- the posterior


def test_the_posterior_of_a_picture_is_the_encoders(pair):
    model, vae_ = pair
    with torch.no_grad():
        mu, logvar = vae_.encoder(torch.from_numpy(to_unit(picture())))
    for x in (picture(), to_unit(picture())):
        q = posterior.of(model, x)
        assert q.mu.shape == q.logvar.shape == (model.latent_dim,) and q.mu.dtype == q.logvar.dtype == float
        np.testing.assert_allclose(q.mu, mu[0].numpy(), atol=1e-5)
        np.testing.assert_allclose(q.logvar, logvar[0].numpy(), atol=1e-5)


def test_z_is_mu_and_sigmas_times_eps_and_back():
    q = Posterior(np.array([1.0, -2]), np.log([4.0, 0.25]))
    assert q.std == pytest.approx([2, 0.5])
    assert q.at([1, -2]) == pytest.approx([3, -3]) and q.eps([3, -3]) == pytest.approx([1, -2])
    assert q.at([[1, -2], [0, 0]]) == pytest.approx(np.array([[3, -3], [1, -2]]))
    assert q.distance([3, -3]) == pytest.approx(math.sqrt(5)) and q.distance(q.mu) == 0


def test_draws_lie_as_many_sigmas_away_as_the_words_say():
    q, eps = a_posterior(6), np.random.default_rng(0).standard_normal((20_000, 6))
    away = [q.distance(z) for z in q.at(eps)]
    assert np.mean(away) == pytest.approx(math.sqrt(6), abs=0.15) and np.std(away) == pytest.approx(0.7, abs=0.02)
    assert np.percentile(away, [5, 95]) == pytest.approx([1.3, 3.5], abs=0.06)


def test_the_kl_is_that_of_torch():
    q = a_posterior(6)
    ours = torch.distributions.Normal(torch.from_numpy(q.mu), torch.from_numpy(q.std))
    expected = torch.distributions.kl_divergence(ours, torch.distributions.Normal(0.0, 1.0))
    np.testing.assert_allclose(q.kl, expected.numpy(), rtol=1e-6)


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 40])
def test_draws_come_in_pairs_and_have_the_moments_of_the_normal_distribution(latent_dim):
    eps = posterior.sample(8, latent_dim, np.random.default_rng(0))
    n = 2 * max(8, latent_dim)
    assert eps.shape == (n, latent_dim) and (eps[: n // 2] == -eps[n // 2 :]).all()
    assert eps.T @ eps / n == pytest.approx(np.eye(latent_dim), abs=1e-12)
    assert (posterior.sample(8, latent_dim, np.random.default_rng(1)) != eps).any()


# ---------------------------------------------------------------------------------------------------------- the ledger


def test_the_terms_of_the_loss_are_those_of_torch(pair):
    model, vae_ = pair
    x, q = to_unit(picture()), a_posterior(model.latent_dim)
    found = ledger.of(model, x, q)
    theirs = TorchPosterior(*(torch.from_numpy(part[None].astype(np.float32)) for part in (q.mu, q.logvar)))
    eps = torch.randn((4000, 1, model.latent_dim), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        draws = vae_.decoder(reparameterize(theirs, eps)[:, 0])
        many = (draws - torch.from_numpy(x)).square().sum((1, 2, 3))
        at_mu = (vae_.decoder(theirs.mu) - torch.from_numpy(x)).square().sum()
    assert found.recon_at_mu == pytest.approx(float(at_mu), rel=1e-4)
    assert found.recon == pytest.approx(float(many.mean()), rel=0.02)
    np.testing.assert_allclose(found.kl, kl(theirs)[0].numpy(), rtol=1e-4, atol=1e-5)
    assert found.loss == pytest.approx(found.recon + found.kl.sum())
    assert found.elbo == pytest.approx(-found.loss - 392 * math.log(math.pi))
    assert found.percentile is None, "there is no atlas"


def test_a_ledger_of_a_linear_decoder_has_no_noise():
    """E[recon] = recon at mu + the squared error that the spread makes, as the draws have mean 0 and covariance I."""
    model, q = Linear(), a_posterior(3)
    found = ledger.of(model, model.sample(), q)
    expected = found.recon_at_mu + np.square(q.std[:, None] * model.weight).sum()
    assert found.recon == pytest.approx(expected, rel=1e-5)
    assert found.elbo < model.log_p(model.sample())
    assert found.constant == pytest.approx(0.5 * 8 * math.log(math.pi))


def test_a_ledger_does_not_flicker(pair):
    model, _ = pair
    q = a_posterior(model.latent_dim)
    before = ledger.of(model, picture(), q).recon
    ledger._eps.cache_clear()  # as in another run of the program
    assert ledger.of(model, picture(), q).recon == before


def test_a_pictures_place_is_the_share_of_the_atlas_with_less_loss(pair):
    model, _ = pair
    q, dim = a_posterior(model.latent_dim), model.latent_dim
    mine = ledger.of(model, picture(), q)
    loss = mine.recon_at_mu + mine.kl.sum()
    recon = (loss + np.array([-1, 1, -3, -2])).astype(np.float32)
    prior = np.zeros((4, dim), np.float32)  # whose kl is 0
    atlas = Atlas(prior, prior, recon, np.zeros(4, np.uint8), np.arange(4, dtype=np.int32))
    assert ledger.of(model, picture(), q, atlas).percentile == 75
    one = Atlas(prior + 2, prior, recon, np.zeros(4, np.uint8), np.arange(4, dtype=np.int32))  # whose kl is 2·D
    assert one.losses == pytest.approx(np.sort(recon) + 2 * dim) and one.losses is one.losses


def test_a_picture_of_another_size_is_refused(pair):
    model, _ = pair
    with pytest.raises(ValueError, match="reshape"):
        ledger.of(model, np.zeros((1, 1, 14, 14)), a_posterior(model.latent_dim))


# ------------------------------------------------------------------------------------------------------------- refined


def elbo(vae_, x, q, draws=2000):
    """The elbo less its constant, in torch, over draws of its own."""
    theirs = TorchPosterior(*(torch.from_numpy(part[None].astype(np.float32)) for part in (q.mu, q.logvar)))
    eps = torch.from_numpy(posterior.sample(draws // 2, len(q.mu), np.random.default_rng(7)).astype(np.float32))
    with torch.no_grad():
        x_hat = vae_.decoder(reparameterize(theirs, eps))
        recon = (x_hat - torch.from_numpy(to_unit(x))).square().sum((1, 2, 3))
    return -float(recon.mean() + kl(theirs).sum())


def test_refining_wins_the_nats_that_torch_finds_won(pair):
    model, vae_ = pair
    given = posterior.of(model, picture())
    found = refine(model, picture(), given)
    won = elbo(vae_, picture(), found.posterior) - elbo(vae_, picture(), given)
    assert found.won == pytest.approx(won, abs=0.1 + 4 * found.standard_error) and found.won > 1


def test_after_refining_autograd_finds_no_way_up_on_the_same_draws(pair):
    model, vae_ = pair
    x = model.pixels(np.linspace(-0.5, 0.5, model.latent_dim))[:, None]  # which the decoder can make
    found = refine(model, x, posterior.of(model, x)).posterior
    mu, logvar = (
        torch.tensor(each[None], dtype=torch.float32, requires_grad=True) for each in (found.mu, found.logvar)
    )
    draws = posterior.sample(refining.PAIRS, model.latent_dim, np.random.default_rng(refining.SEED))
    x_hat = vae_.decoder(reparameterize(TorchPosterior(mu, logvar), torch.from_numpy(draws.astype(np.float32))))
    recon = (x_hat - torch.from_numpy(to_unit(x))).square().sum((1, 2, 3))
    (recon.mean() + kl(TorchPosterior(mu, logvar)).sum()).backward()
    assert abs(mu.grad[0].numpy() * found.std).max() < 0.05, "nats a sigma"
    assert abs(logvar.grad).max() < 0.05


@pytest.mark.parametrize("seed", range(3))
def test_of_pixels_in_black_and_white_all_is_what_a_sum_over_z_finds(seed):
    model = BlackAndWhite(2, seed=seed)
    x, q = model.sample(), posterior.of(model, model.sample())
    known = model.log_p(x)
    found = log_likelihood(model, x, q, 4000, np.random.default_rng(0))
    assert found.nats == pytest.approx(known, abs=4 * found.standard_error)
    assert found.trusted and found.standard_error < 0.02 and found.effective > 1000
    refined = refine(model, x, q)
    given, better = (ledger.of(model, x, each) for each in (q, refined.posterior))
    assert given.elbo < better.elbo < known and given.constant == 0
    assert refined.won == pytest.approx(better.elbo - given.elbo, abs=0.1 + 4 * refined.standard_error)


@pytest.mark.parametrize("latent_dim", [1, 3, 5])
def test_refining_finds_the_best_posterior_of_a_linear_decoder(latent_dim):
    model = Linear(latent_dim)
    x = model.sample()
    found = refine(model, x, posterior.of(model, x))
    mu, logvar = model.best(x)
    assert (found.posterior.mu - mu) / np.exp(0.5 * logvar) == pytest.approx(np.zeros(latent_dim), abs=0.05)
    assert found.posterior.logvar == pytest.approx(logvar, abs=0.05)
    before, after = (ledger.of(model, x, q).elbo for q in (posterior.of(model, x), found.posterior))
    assert found.won == pytest.approx(after - before, rel=1e-4) and found.standard_error < 1e-4


def test_what_cannot_be_better_stays():
    model = Linear()
    best = Posterior(*model.best(model.sample()))
    found = refine(model, model.sample(), best)
    assert found.posterior is best and found.won == found.standard_error == 0


def test_refining_tells_how_far_it_is_and_can_be_cancelled():
    model, shares = Linear(), []
    q = posterior.of(model, model.sample())
    refine(model, model.sample(), q, progress=shares.append)
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1 and len(shares) > 3
    with pytest.raises(Cancelled):
        refine(model, model.sample(), q, cancelled=lambda: True)


# ------------------------------------------------------------------------------------------------------ log-likelihood


@pytest.mark.parametrize("latent_dim", [1, 3, 5])
@pytest.mark.parametrize("k", [300, 3000])
def test_the_log_likelihood_of_a_linear_decoder_is_the_one_known(latent_dim, k):
    model = Linear(latent_dim)
    x = model.sample()
    found = log_likelihood(model, x, posterior.of(model, x), k, np.random.default_rng(0))
    assert found.nats == pytest.approx(model.log_p(x), abs=4 * found.standard_error)
    assert found.standard_error < 2 / math.sqrt(k) and found.k == k and found.trusted


def test_the_standard_error_is_how_far_estimates_scatter():
    model = Linear()
    x, draws = model.sample(), [np.random.default_rng(seed) for seed in range(60)]
    found = [log_likelihood(model, x, posterior.of(model, x), 200, draw) for draw in draws]
    scatter = np.std([each.nats for each in found])
    assert np.mean([each.standard_error for each in found]) == pytest.approx(scatter, rel=0.3)


def test_no_elbo_is_higher_than_the_log_likelihood(pair):
    model, _ = pair
    given = posterior.of(model, picture())
    found = log_likelihood(model, picture(), given, 2000, np.random.default_rng(0))
    for q in (given, refine(model, picture(), given).posterior):
        assert ledger.of(model, picture(), q).elbo < found.nats + 3 * found.standard_error + 0.2


def test_an_estimate_of_few_draws_is_not_trusted():
    model = Linear()
    x = model.sample()
    one, few = (log_likelihood(model, x, posterior.of(model, x), k, np.random.default_rng(0)) for k in (1, 20))
    assert not one.trusted and one.standard_error == math.inf and math.isfinite(one.nats)
    assert not few.trusted and 1 < few.effective <= 20
    with pytest.raises(ValueError, match="0 draws"):
        log_likelihood(model, x, posterior.of(model, x), 0, np.random.default_rng(0))


def test_an_estimate_tells_how_far_it_is_and_can_be_cancelled():
    model, shares, asked = Linear(), [], []
    q, x = posterior.of(model, model.sample()), model.sample()
    log_likelihood(model, x, q, 1000, np.random.default_rng(0), progress=shares.append)
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1 and len(shares) == 5
    refine(model, x, q, cancelled=lambda: bool(asked.append(1)))
    left = iter([False] * len(asked))
    with pytest.raises(Cancelled):  # among the draws, not in what is refined before
        log_likelihood(model, x, q, 1000, np.random.default_rng(0), cancelled=lambda: next(left, True))


# ---------------------------------------------------------------------------------------------- a stranger's overflows


def test_numbers_that_overflow_raise_nothing_and_say_nothing():
    model = made_up_codec(parts=Overflowing)
    x = np.zeros((1, *model.shape), np.float32)
    q = posterior.of(model, x)
    assert q.mu.tolist() == [0, posterior.MAX_ABS_MU, -posterior.MAX_ABS_MU]
    assert q.logvar.tolist() == [posterior.MAX_LOGVAR, 0, -posterior.MAX_LOGVAR]
    assert np.isfinite(q.kl).all() and np.isfinite(q.at([3, 3, 3])).all() and math.isfinite(q.distance([1, 1, 1]))
    found = ledger.of(model, x, q)
    assert isinstance(found, Ledger) and math.isnan(found.recon) and math.isnan(found.loss)
    refined = refine(model, x, q)
    assert refined.posterior is q and refined.won == 0
    estimate = log_likelihood(model, x, q, 10, np.random.default_rng(0))
    assert estimate.nats == -math.inf and estimate.standard_error == math.inf and not estimate.trusted


def test_points_that_are_nowhere_are_decoded_where_something_is(pair):
    model, _ = pair
    for value in (np.nan, np.inf, 1e300):
        assert posterior.recon(model, picture(), np.full((1, model.latent_dim), value)).shape == (1,)


def test_a_gradient_that_overflows_leads_nowhere(monkeypatch):
    model = Linear()
    q = Posterior(np.full(3, 3.0), np.zeros(3))
    monkeypatch.setattr(model, "vjp", lambda z: (model.decode(z), lambda _: np.full((len(z), 3), np.nan)))
    assert refine(model, model.decode(np.zeros(3)), q).posterior is q


def test_draws_of_which_nothing_can_be_told_count_as_nothing(monkeypatch):
    model = Linear()
    x, decode, asked = model.sample(), model.decode, []
    q = Posterior(*model.best(x))
    edge = q.at([2.5, 0, 0])[0]

    def overflowing(z):
        x_hat, beyond = decode(z), np.atleast_2d(z)[:, 0] > edge
        asked.append(beyond.any())
        return np.where(beyond[:, None, None, None], np.nan, x_hat)

    monkeypatch.setattr(model, "decode", overflowing)
    found = log_likelihood(model, x, q, 3000, np.random.default_rng(0))
    assert any(asked) and found.nats == pytest.approx(model.log_p(x), abs=0.2)


def test_pictures_that_are_too_large_to_be_decoded_at_once_give_the_same():
    whole, parts = Linear(), Linear()
    parts.at_once = 5
    x = whole.sample()
    q = posterior.of(whole, x)
    z = np.random.default_rng(0).standard_normal((13, 3))
    np.testing.assert_allclose(posterior.recon(parts, x, z), posterior.recon(whole, x, z))
    one, other = (refine(model, x, q) for model in (whole, parts))
    np.testing.assert_allclose(one.posterior.mu, other.posterior.mu, atol=1e-6)
    assert one.won == pytest.approx(other.won)
    nats = [log_likelihood(model, x, q, 2000, np.random.default_rng(0)).nats for model in (whole, parts)]
    assert nats[0] == pytest.approx(nats[1], abs=0.1)
