"""A better posterior for one picture, found by gradient: what the encoder leaves on the table for being fast.

The nats that it wins are the amortisation gap (Cremer, Li and Duvenaud 2018, Inference Suboptimality in Variational
Autoencoders). Knows the codec; no atlas, no window.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec, Pull
from vae_explorer.errors import Cancelled
from vae_explorer.images import Floats
from vae_explorer.space import lbfgs, posterior
from vae_explorer.space.latent import Points
from vae_explorer.space.posterior import Posterior

ITERATIONS = 100  # at most
PAIRS = 8  # of draws that the search sees
TRIALS, TRIAL_PAIRS = 8, 16  # sets of other draws, by which it is judged, and the pairs in each
SEED = 1


@dataclass(frozen=True, eq=False)
class Refined:
    """A posterior whose elbo is no lower than that of the one given, and is higher by so much.

    won: nats, over draws that the search did not see; standard_error: of that, in nats. Both are 0 where the search
    found nothing better, and the posterior is the one given.
    """

    posterior: Posterior
    won: float
    standard_error: float


def refine(
    codec: Codec,
    x: ArrayLike,
    q: Posterior,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Refined:
    """Improve a posterior of one picture x, (1, C, H, W) in [-1, 1] or uint8, by the gradient of its elbo.

    The draws are the same in every step (common random numbers), so the elbo is a smooth function of mu and logvar,
    and L-BFGS finds its maximum; they come from a fixed seed, so one picture always has one answer. progress is called
    with the share of the work that is done, 0 to 1. Raises Cancelled soon after cancelled() has turned true, ValueError
    for an x of another size; nothing for a decoder that overflows, where nothing is won.
    """
    generator = np.random.default_rng(SEED)
    search = _Search(codec, posterior.row(codec, x), q, posterior.sample(PAIRS, codec.latent_dim, generator))
    best = search.at(np.zeros((2, codec.latent_dim)))
    with np.errstate(all="ignore"):
        for iteration, better in enumerate(lbfgs.descend(best, search.at, np.eye(2), ITERATIONS)):
            if cancelled():
                raise Cancelled
            progress(iteration / ITERATIONS)
            best = better
        refined = _judged(codec, x, q, best.posterior, generator)
    progress(1.0)
    return refined


@dataclass(frozen=True)
class _Place:
    """A posterior as the search knows it: points, (2, D); its loss over the draws, in nats; where that comes from."""

    points: Points
    energy: float
    posterior: Posterior
    slopes: Callable[[], Points]  # of the mean recon by each draw, (N, D)
    search: "_Search"

    @cached_property
    def gradient(self) -> Points:
        """The gradient of the loss with respect to the points, (2, D)."""
        q, eps = self.posterior, self.search.eps
        by_z = self.slopes()
        by_mu = by_z.sum(0) + q.mu
        by_logvar = 0.5 * ((by_z * eps).sum(0) * q.std + np.exp(q.logvar) - 1)
        return np.stack([by_mu, by_logvar]) * self.search.scale


class _Search:
    """The loss of one picture as a function of where its posterior is, from the one given: (mu − mu₀)/σ₀ above
    (logvar − logvar₀)/√2, (2, D). In these units, the loss curves about equally in every direction."""

    def __init__(self, codec: Codec, x: Floats, q: Posterior, eps: Points) -> None:
        self.codec, self.x, self.q, self.eps = codec, x.reshape(codec.shape), q, eps
        self.scale = np.stack([q.std, np.full_like(q.std, np.sqrt(2))])

    def at(self, points: Points) -> _Place:
        """Decode draws from the posterior at points, (2, D)."""
        move = self.scale * points
        q = posterior.bounded(self.q.mu + move[0], self.q.logvar + move[1])
        z, at_once, recon = posterior.reachable(q.at(self.eps)), self.codec.at_once, 0.0
        parts = [z[i : i + at_once] for i in range(0, len(z), at_once)]
        for part in parts:
            x_hat, pull = self.codec.vjp(part)
            recon += float(self.codec.likelihood.recon(x_hat.reshape(len(x_hat), -1), self.x.ravel()).sum())
        energy = recon / len(z) + float(q.kl.sum())
        kept = [(x_hat, pull)] if len(parts) == 1 else map(self.codec.vjp, parts)  # large ones are decoded again
        slopes = partial(self._slopes, kept, len(z))
        return _Place(points, energy if np.isfinite(points).all() else np.inf, q, slopes, self)

    def _slopes(self, decoded: Iterable[tuple[Floats, Pull]], count: int) -> Points:
        """The slopes of the mean recon of so many draws by each of them, (N, D)."""
        slope = self.codec.likelihood.slope
        return np.concatenate([pull(slope(x_hat, self.x) / count).astype(float) for x_hat, pull in decoded])


def _judged(codec: Codec, x: ArrayLike, old: Posterior, new: Posterior, generator: np.random.Generator) -> Refined:
    """Compare two posteriors of x over fresh draws, the same for both; the old one stays where it is no worse."""
    gains = []
    for _ in range(TRIALS):
        eps = posterior.sample(TRIAL_PAIRS, codec.latent_dim, generator)
        recon = [float(posterior.recon(codec, x, q.at(eps)).mean()) for q in (old, new)]
        gains.append(recon[0] - recon[1] + float(old.kl.sum() - new.kl.sum()))
    won = float(np.mean(gains))
    if not won > 0:  # NaN is not, either
        return Refined(old, 0.0, 0.0)
    return Refined(new, won, float(np.std(gains, ddof=1)) / TRIALS**0.5)
