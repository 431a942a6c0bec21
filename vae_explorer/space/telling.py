"""How closely a dimension goes with each factor over many points: the rank correlation and R². Knows arrays only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.latent import Points, Values

ALONE = 0.6  # the R² from which one factor can stand for a dimension,
RIVAL = 0.5  # unless the next has this share of it
NOTABLE = 0.1  # the R² from which a factor is named at all
FEW = 30  # points, of fewer nothing is told: by chance alone one R² in ten is then above 0.1


@dataclass(frozen=True, eq=False)
class Telling:
    """rank, r2: (D, F), of each dimension and each factor. rank is Spearman's correlation, −1 to 1; r2 is the share of
    the factor's variance that a straight line over this dimension alone explains, 0 to 1. Both are 0 where a dimension
    or a factor never changes, and where there are fewer than 30 points."""

    rank: Values
    r2: Values


def of(z: ArrayLike, factors: ArrayLike) -> Telling:
    """Compare points z, (N, D), with the factors of their pictures, (N, F); points whose picture has none are left out.

    Spearman (1904): the correlation of the ranks, of which equal values share the mean.
    """
    values = np.asarray(factors, float)
    whole = np.isfinite(values).all(1)
    points, values = np.asarray(z, float)[whole], values[whole]
    if len(points) < FEW:
        nothing = np.zeros((points.shape[1], values.shape[1]))
        return Telling(nothing, nothing)
    return Telling(_correlations(_ranks(points), _ranks(values)), _correlations(points, values) ** 2)


def named(r2: Values) -> list[int]:
    """Of the R² of each factor with one dimension, (F,), the places of those by which it is described: one where that
    stands for it alone, else up to three that are notable, the largest first."""
    order = [int(k) for k in np.argsort(-r2, kind="stable") if r2[k] >= NOTABLE]
    return order[:1] if alone(r2) else order[:3]


def alone(r2: Values) -> bool:
    """Whether one factor stands for a dimension: its R² is at least 0.6, and that of the next is less than half."""
    first, *others = sorted(r2.tolist(), reverse=True)
    return first >= ALONE and (not others or others[0] < RIVAL * first)


def _ranks(values: Points) -> Points:
    """The rank of each value in its column, (N, K), from 0; equal values share the mean of theirs."""
    ranks = np.empty(values.shape)
    for k, column in enumerate(values.T):
        _, places, counts = np.unique(column, return_inverse=True, return_counts=True)
        ranks[:, k] = (np.cumsum(counts) - (counts + 1) / 2)[places]
    return ranks


def _correlations(a: Points, b: Points) -> Values:
    """Pearson's correlation of each column of a, (N, D), with each of b, (N, F): (D, F); 0 for one without change."""
    correlations: Values = _standard(a).T @ _standard(b)
    return correlations.clip(-1, 1)


def _standard(values: Points) -> Points:
    """Each column with the mean 0 and the length 1, or all 0 where it never changes."""
    centred = values - values.mean(0)
    centred[:, np.ptp(values, axis=0) == 0] = 0  # but for what rounding left
    lengths = np.linalg.norm(centred, axis=0)
    return np.asarray(centred / np.where(lengths > 0, lengths, 1))
