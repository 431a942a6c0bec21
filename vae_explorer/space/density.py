"""How much of the data lies at a point of latent space: the aggregated posterior, the mixture of all q(z|x).

Knows the atlas; no decoder, no window. It is the distribution that the decoder was trained on (Makhzani et al. 2015,
Adversarial Autoencoders; Tomczak and Welling 2018, VAE with a VampPrior), unlike the prior N(0, I). So its components
are posteriors of training images. What it is compared with, and what a window visits, are test images: to both, all
components are those of others.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points

Values = NDArray[np.float64]

# A few thousand posteriors stand for all, and as they are leave holes between them. With 5,000 training digits as the
# mixture, other training digits are likeliest when the variances are 12 to 16 times as large.
WIDEN = 16.0
MAX_ABS_LOGVAR = 20.0  # beyond, a spread is a point, or all that can be reached; exp overflows for a stranger's 1e4
CHUNK = 16  # points at once: their terms stay in the cache
WORK = 5_000**2  # terms of the reference at most
LEFT_OUT = -1e300  # a log density that weighs nothing; −inf would be NaN where all are left out


class Density:
    """The mixture of an atlas's M components with equal weights, their variances `widen` times as large."""

    def __init__(self, atlas: Atlas, widen: float = WIDEN) -> None:
        self._digits = atlas.mu.astype(float)  # (N, D)
        self._mu, logvar = (part.astype(float) for part in atlas.components)
        variance = widen * np.exp(np.clip(logvar, -MAX_ABS_LOGVAR, MAX_ABS_LOGVAR))
        constant = -0.5 * (self._mu**2 / variance + np.log(2 * np.pi * variance)).sum(1, keepdims=True)
        # (2D + 1, M): [z², z, 1] times this is each component's log density. float64, as large terms cancel in it.
        self._rows = np.ascontiguousarray(np.concatenate([-0.5 / variance, self._mu / variance, constant], 1).T)

    def log(self, z: ArrayLike) -> Values:
        """The log of the density at points z, (B, D) or one (D,), in nats: (B,)."""
        points = np.atleast_2d(np.asarray(z, float))
        logs = np.concatenate([_log_sum(terms) for _, terms in self._terms(points)])
        return np.asarray(logs - np.log(len(self._mu)))

    def percentile(self, z: ArrayLike) -> Values:
        """The share of the atlas's test images, in percent, whose mu lies where less of the data lies than at z: (B,).

        z: (B, D) or (D,). Of very many images, some stand for all. Where a component's mean is z, one such
        component does not count, neither at z nor at mu: it peaks there however little else is near. This matters for
        older atlases, whose components are the posteriors of the test images themselves.
        """
        return 100 * np.searchsorted(self._reference, self._log_of_others(z)) / len(self._reference)

    def gradient(self, z: ArrayLike) -> Points:
        """The gradient of `log` at z, (B, D) or (D,): the way to where more of the data lies, (B, D)."""
        points, found = np.atleast_2d(np.asarray(z, float)), []
        dim = points.shape[1]
        for chunk, terms in self._terms(points):
            _log_sum(terms)
            shares = terms / terms.sum(1, keepdims=True)
            square, linear, _ = np.split(shares @ self._rows.T, [dim, 2 * dim], 1)
            found.append(2 * square * chunk + linear)
        return np.concatenate(found)

    def prepare(self) -> None:
        """Compute what `percentile` compares with, which takes its first call up to 0.2 s: in any thread."""
        _ = self._reference

    @cached_property
    def _reference(self) -> Values:
        """The log densities at the images' mu, in order: (N,), or fewer at even steps."""
        step = -(-len(self._digits) * len(self._mu) // WORK)
        return np.sort(self._log_of_others(self._digits[::step]))

    def _log_of_others(self, z: ArrayLike) -> Values:
        """The log of the density at z, (B, D) or (D,), of all components but one whose mean is z, if any: (B,)."""
        logs = []
        for chunk, terms in self._terms(np.atleast_2d(np.asarray(z, float))):
            others = np.full(len(chunk), len(self._mu))
            for row, point in enumerate(chunk + 0.0):
                own = self._component_at.get(point.tobytes())
                if own is not None:
                    terms[row, own] = LEFT_OUT
                    others[row] -= 1
            logs.append(_log_sum(terms) - np.log(others.clip(1)))
        return np.concatenate(logs)

    @cached_property
    def _component_at(self) -> dict[bytes, int]:
        """The component that has a mean, by the mean's bytes; one of those that have the same."""
        return {mean.tobytes(): row for row, mean in enumerate(self._mu + 0.0)}  # −0 becomes 0, which has other bytes

    def _terms(self, points: Points) -> Iterator[tuple[Points, Values]]:
        """Some points at a time, (B, D), and the log density of each component at each of them, (B, M)."""
        for i in range(0, len(points), CHUNK):
            chunk = points[i : i + CHUNK]
            yield chunk, np.concatenate([chunk**2, chunk, np.ones((len(chunk), 1))], 1) @ self._rows


def _log_sum(terms: Values) -> Values:
    """Give the log of the sum along M of densities whose logs are terms, (B, M): (B,). What is left in terms are the
    densities themselves, as multiples of the largest.

    Less the largest first, so that nothing overflows and something is left. In place, as fresh memory is twice as slow.
    """
    peak = terms.max(1, keepdims=True)
    terms -= peak
    np.exp(terms, out=terms)
    logs: Values = (peak + np.log(terms.sum(1, keepdims=True)))[:, 0]
    return logs
