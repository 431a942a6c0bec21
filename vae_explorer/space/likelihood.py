"""The log-likelihood of one picture by importance sampling (Burda, Grosse and Salakhutdinov 2016, Importance Weighted
Autoencoders). Knows the codec; no atlas, no window.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Cancelled
from vae_explorer.space import posterior
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.refining import refine

CHUNK = 256  # draws at once: 2 to 3 ms
FREEDOM = 5.0  # degrees of it in the proposal, whose tails are heavier than those of p(z|x) can be
PAIRS = 32  # of draws by which the proposal is shaped
TRUSTED = 100.0  # effective draws


@dataclass(frozen=True)
class Estimate:
    """An estimate of log p(x) from k weighted draws: nats, and its standard error in nats by the delta method.

    effective: how many draws of equal weight would tell as much, 0 to k (Kong 1992). Of a decoder that overflows
    nothing can be told: nats is −inf, the standard error infinite, and effective 0.
    """

    nats: float
    standard_error: float
    k: int
    effective: float

    @property
    def trusted(self) -> bool:
        """Whether the standard error can be believed. Where few draws have nearly all the weight, others that would
        have more were probably missed: then the estimate is too low, and its standard error too small."""
        return self.effective >= TRUSTED


def log_likelihood(
    codec: Codec,
    x: ArrayLike,
    q: Posterior,
    k: int,
    generator: np.random.Generator,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Estimate:
    """Estimate log p(x) of one picture x, (1, C, H, W) in [-1, 1] or uint8, in nats, from k draws near its posterior q.

    The draws are not those of q: an encoder's q is off so far that a few of 1,000 draws had all the weight. q is
    refined first, and the draws are of a multivariate t around it, with the covariance that p(z|x) has there. On
    average the estimate is a little too low, by half the square of its standard error. progress is called with the
    share of the work that is done, 0 to 1. Raises Cancelled soon after cancelled() has turned true, ValueError for
    k < 1 or an x of another size.
    """
    if k < 1:
        raise ValueError(f"{k} draws tell nothing; one is the least")
    with np.errstate(all="ignore"):
        q = refine(codec, x, q, cancelled).posterior
        root, logs = _root(codec, q), []
        at_once = min(CHUNK, codec.at_once)
        for start in range(0, k, at_once):
            if cancelled():
                raise Cancelled
            progress(start / k)
            logs.append(_log_weights(codec, x, q.mu, root, min(at_once, k - start), generator))
    progress(1.0)
    return _estimate(np.concatenate(logs))


def _root(codec: Codec, q: Posterior) -> Points:
    """A lower triangular root, (D, D), of about the covariance of p(z|x), where q is.

    The precision is that of a linear decoder, I + J·F·Jᵀ; J, the decoder's mean slope over q, (D, C·H·W), is the
    covariance of pictures and eps, over σ (Stein's lemma), and F the information that each number of a picture has of
    the decoded one, at their mean. Where a decoder overflows, the root is that of q.
    """
    eps = posterior.sample(PAIRS, codec.latent_dim, np.random.default_rng(0))
    weights, z = np.concatenate([eps, np.ones((len(eps), 1))], 1), posterior.reachable(q.at(eps))
    sums = np.zeros((codec.latent_dim + 1, math.prod(codec.shape)))
    for i in range(0, len(eps), codec.at_once):
        part = slice(i, i + codec.at_once)
        sums += weights[part].T @ codec.decode(z[part]).reshape(len(z[part]), -1).astype(float)
    slope, mean = sums[:-1] / len(eps) / q.std[:, None], sums[-1] / len(eps)
    precision = np.eye(codec.latent_dim) + slope * codec.likelihood.information(mean) @ slope.T
    if not np.isfinite(precision).all():
        return np.diag(q.std)
    return np.asarray(np.linalg.cholesky(np.linalg.inv(precision)))


def _log_weights(
    codec: Codec, x: ArrayLike, mu: Points, root: Points, count: int, generator: np.random.Generator
) -> Values:
    """Draw z from the t around mu, (D,), and give log p(x|z) + log p(z) − log t(z) of each: (count,)."""
    dim = len(mu)
    spread = np.sqrt(generator.chisquare(FREEDOM, (count, 1)) / FREEDOM)
    eps = generator.standard_normal((count, dim)) / spread
    z = mu + eps @ root.T
    log_t = -0.5 * (FREEDOM + dim) * np.log1p(np.square(eps).sum(1) / FREEDOM) - np.log(np.diag(root)).sum()
    log_t += math.lgamma(0.5 * (FREEDOM + dim)) - math.lgamma(0.5 * FREEDOM) - 0.5 * dim * math.log(FREEDOM * math.pi)
    log_prior = -0.5 * (np.square(z).sum(1) + dim * math.log(2 * math.pi))
    return np.asarray(log_prior - posterior.recon(codec, x, z) - posterior.constant(codec) - log_t)


def _estimate(logs: Values) -> Estimate:
    """Average weights whose logs are given, (k,), NaN among them counting as nothing."""
    k, logs = len(logs), np.where(np.isnan(logs), -np.inf, logs)
    peak = float(logs.max())
    if not math.isfinite(peak):
        return Estimate(-math.inf, math.inf, k, 0.0)
    weights = np.exp(logs - peak)
    effective = float(weights.sum() ** 2 / np.square(weights).sum())
    error = math.sqrt(max(0.0, k / effective - 1) / (k - 1)) if k > 1 else math.inf
    return Estimate(peak + math.log(weights.mean()), error, k, effective)
