"""The arithmetic of a mixture of Gaussians with diagonal covariances: the posteriors q(z|x) of many images.

Knows neither the images nor what the mixture is for. Everything is in logs, since most densities are below what a float
can hold.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.latent import Points, Values

# A few thousand posteriors stand for all, and as they are leave holes between them. With 5,000 training digits as the
# mixture, other training digits are likeliest when the variances are 12 to 16 times as large; and with 500 of each
# class, their labels are when they are 16 to 20 times as large.
WIDEN = 16.0
MAX_ABS_LOGVAR = 20.0  # beyond, a spread is a point, or all that can be reached; exp overflows for a stranger's 1e4
CHUNK = 16  # points at once: their terms stay in the cache


class Mixture:
    """M Gaussians, their variances `widen` times as large, in G groups that follow each other."""

    def __init__(self, mu: ArrayLike, logvar: ArrayLike, sizes: Sequence[int], widen: float = WIDEN) -> None:
        """mu, logvar: (M, D). sizes: how many of the M are in each group, each at least 1."""
        mu, logvar = np.asarray(mu, float), np.asarray(logvar, float)
        variance = widen * np.exp(np.clip(logvar, -MAX_ABS_LOGVAR, MAX_ABS_LOGVAR))
        peaks = -0.5 * np.log(2 * np.pi * variance).sum(1, keepdims=True)
        constant = peaks - 0.5 * (mu**2 / variance).sum(1, keepdims=True)
        self.peak = float(peaks.max())  # no log density of a mean of components is higher
        # (2D + 1, M): [z², z, 1] times this is each component's log density. float64, as large terms cancel in it.
        self._rows = np.ascontiguousarray(np.concatenate([-0.5 / variance, mu / variance, constant], 1).T)
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
        self._groups = [slice(start, start + size) for start, size in zip(self._starts, sizes, strict=True)]

    def terms(self, points: Points) -> Iterator[tuple[Points, Values]]:
        """Some points at a time, (B, D), and the log density of each component at each of them, (B, M)."""
        for i in range(0, len(points), CHUNK):
            chunk = points[i : i + CHUNK]
            yield chunk, np.concatenate([chunk**2, chunk, np.ones((len(chunk), 1))], 1) @ self._rows

    def log_sums(self, terms: Values) -> Values:
        """The log of the sum over each group of densities whose logs are terms, (B, M): (B, G). What is left in terms
        are the densities themselves, as multiples of the largest in their group.

        Less the largest first, so that nothing overflows and something is left. In place, as fresh memory is twice as
        slow.
        """
        peaks = np.maximum.reduceat(terms, self._starts, 1)
        for k, group in enumerate(self._groups):
            terms[:, group] -= peaks[:, k, None]
        np.exp(terms, out=terms)
        logs: Values = peaks + np.log(np.add.reduceat(terms, self._starts, 1))
        return logs

    def gradients(self, points: Points, densities: Values) -> Values:
        """The gradient of each of `log_sums` at points, (B, D): (B, G, D). densities: what it left in terms, (B, M)."""
        sums = np.add.reduceat(densities, self._starts, 1)
        slopes = np.stack([densities[:, group] @ self._rows[:-1, group].T for group in self._groups], 1)
        square, linear = np.split(slopes / sums[:, :, None], 2, 2)
        gradients: Values = 2 * square * points[:, None] + linear
        return gradients
