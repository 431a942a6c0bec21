"""Whether a point of latent space is a real place, in words: how much of the data lies there, and how far it is from
the middle. Knows the Space; no window.

The two are told apart, since they can disagree: at the right distance from the middle there may be no digit, and a
decoder that was trained with little kl has its digits where the prior has nothing.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS

# From which percentile of the density a word holds. Of 100 encoded digits 90 are usual, 9 at the edge, and one is
# hardly ever met.
WORDS = ((10.0, "usual"), (1.0, "at the edge"), (0.1, "hardly ever"), (0.0, "never seen"))
UNKNOWN = f"How much of the data lies here is not known without {ATLAS}."
INSIDE = 0.9  # the share of the prior that the middle distances hold
BISECTIONS = 60  # halve an interval to what a float can tell


@dataclass(frozen=True)
class Place:
    """How much of the data lies at a point: a word of WORDS, or "not known"; the percentile of the density there, None
    where it is not known; and a sentence that says what is counted, or what is missing."""

    word: str
    percent: float | None
    sentence: str


@dataclass(frozen=True)
class Radius:
    """How far a point is from the middle, |z|; from `low` to `high` lie 9 of 10 draws from the prior N(0, I); inner is
    the share of draws, 0 to 1, that lie nearer to the middle; and a sentence of it."""

    length: float
    low: float
    high: float
    inner: float
    sentence: str


def place(space: Space, z: ArrayLike) -> Place:
    """Say whether z, (D,), is a place where data lie, in comparison with the atlas's encoded digits."""
    if space.density is None:
        return Place("not known", None, UNKNOWN)
    percent = float(space.density.percentile(z)[0])
    return Place(word(percent), percent, space.worded(sentence(percent)))


def word(percent: float) -> str:
    """The word of WORDS for a percentile of the density, 0 to 100."""
    return next(name for least, name in WORDS if percent >= least)


def sentence(percent: float) -> str:
    """Say in a sentence what a percentile of the density, 0 to 100, counts."""
    return f"{_of_hundred(percent)} in emptier places than this."


def radius(z: ArrayLike) -> Radius:
    """Say how far z, (D,), is from the middle, in comparison with draws from the prior of as many dimensions.

    Their distance from the middle has the chi distribution: in many dimensions hardly any lie near the middle, though
    the density of the prior is highest there.
    """
    length, dim = float(np.linalg.norm(z)), np.size(z)
    low, high = quantile((1 - INSIDE) / 2, dim), quantile((1 + INSIDE) / 2, dim)
    dims = "1 dimension" if dim == 1 else f"{dim} dimensions"
    where = "nearer to it than" if length < low else "further from it than" if length > high else "as far from it as"
    sentence = (
        f"This point is {length:.1f} from the middle, {where} most draws from the prior N(0, I): "
        f"of 100 in {dims}, 90 lie {low:.1f} to {high:.1f} from it."
    )
    return Radius(length, low, high, inner(length, dim), sentence)


def inner(length: float, dim: int) -> float:
    """The share of N(0, I) in `dim` dimensions that lies no further than `length` from the middle, 0 to 1.

    The chi distribution: P(dim/2, length²/2), the regularised incomplete gamma function, by its recurrence
    (Abramowitz and Stegun 1964, 6.5.21) from P(½, x) or P(1, x).
    """
    x = length**2 / 2
    if x == 0:
        return 0.0
    a, share = (1.0, -math.expm1(-x)) if dim % 2 == 0 else (0.5, math.erf(math.sqrt(x)))
    while a < dim / 2:
        share -= math.exp(a * math.log(x) - x - math.lgamma(a + 1))
        a += 1
    return min(max(share, 0.0), 1.0)


@lru_cache
def quantile(share: float, dim: int) -> float:
    """The distance from the middle within which a share, 0 to 1, of N(0, I) in `dim` dimensions lies."""
    low, high = 0.0, math.sqrt(dim) + 10  # beyond lies less than a float can tell
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if inner(middle, dim) < share else (low, middle)
    return high


def _of_hundred(percent: float) -> str:
    """How many of the encoded digits a percentile is, with their verb: never more than there are."""
    if percent <= 0:
        return "None of the encoded digits lies"
    if percent < 1:
        return "Fewer than 1 of 100 encoded digits lie"
    return f"{math.floor(percent)} of 100 encoded digits lie" if percent >= 2 else "1 of 100 encoded digits lies"
