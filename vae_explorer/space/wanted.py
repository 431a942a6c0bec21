"""What is to be least where a factor is to change and the rest to stay: a sum of squares around where a drag began.

Knows a Space. The squares are (wanted − factor)/sd of each factor that is asked for or held, |Δz| as a prior, and what
`keeping` has for leaving the data and the class. So what one thing costs for another depends on where one began, and
not on the way of the hand.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.space import least_squares, measures
from vae_explorer.space.factors import CLASS, FACTORS, HELD, holdable
from vae_explorer.space.keeping import Dense, SameClass
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space

# The weights of differences in standard deviations of a factor over the data, and of |Δz|². Chosen with those of
# `keeping` on training digits. Of 250, in 20 steps, so many come to 90 % of what is asked / have the other factors
# within a quarter of a deviation: slant +10° 97.2 / 96.4 %, −10° 99.6 / 99.2 %, width +2 px 97.6 / 99.2 %, −2 px
# 91.2 / 96.0 %, since ones cannot be narrower.
ASKED, KEPT, PRIOR = 10.0, 3.0, 0.3
EASE = 0.2  # standard deviations, from which on what is asked for pulls no harder; with 1 far goals tear the rest along
WIDTH = 0.1  # of z, to each side, of the differences that give the slopes: wider than rounding, narrower than a bend


class Begun:
    """Where a drag began, and what is held from there. It does not change."""

    def __init__(self, space: Space, z: ArrayLike, held: frozenset[str] = HELD) -> None:
        """z: (D,), where the drag began, whose factors are kept. held: names of factors, of dimensions, or "class".

        Raises ValueError for a model without handles, for a z that is none, and for what cannot be held.
        """
        if space.no_factors:
            raise ValueError(f"this model has no handles: {space.no_factors}")
        names = holdable(space.latent_dim)
        if unknown := sorted(held.difference(names)):
            raise ValueError(f"{unknown[0]!r} cannot be held; what can: {', '.join(names)}")
        self.space, self.held = space, held
        self.z = np.array(space.checked(tuple(np.asarray(z, float).ravel().tolist())))
        self.factors = self.measured(self.z[None])[0]
        self.moving = np.array([f"z{dim}" not in held for dim in range(space.latent_dim)])
        self._kept = np.array([name in held for name in FACTORS])
        self.dense = None if space.density is None else Dense(space.density, self.z)
        self.keeping: list[Dense | SameClass] = [] if self.dense is None else [self.dense]
        if CLASS in held and space.classes is not None:
            self.keeping.append(SameClass(space.classes, self.z))

    def measured(self, points: Points) -> Values:
        """The factors of what is decoded at points, (N, D): (N, F)."""
        return measures.decoded(self.space.codec.decode, points)

    def slopes(self, points: Points) -> Values:
        """How the factors grow along each dimension at points, (N, D): (N, F, D)."""
        return least_squares.slopes(self.measured, points, WIDTH)

    def weights(self, asked: NDArray[np.bool_]) -> Values:
        """What the difference of each factor from what it is to be is multiplied with, (…, F), asked for or not."""
        weights: Values = np.where(asked, ASKED, np.where(self._kept, KEPT, 0.0)) / self.space.ranges.sd
        return weights


class Wanted:
    """The residuals for goals, (N, F), NaN where nothing is asked: of the factors, the prior, and what keeps it near
    the data."""

    def __init__(self, begun: Begun, goals: Values) -> None:
        asked = np.isfinite(goals)
        self._begun, self._wanted = begun, np.where(asked, goals, begun.factors)
        self._weights, self._eases = begun.weights(asked), np.where(asked, ASKED * EASE, np.inf)

    def residuals(self, points: Points) -> Values:
        """At points, (N, D), or K for each of the goals, one after another, (N · K, D): (N · K, R)."""
        k = len(points) // len(self._weights)
        weights, wanted = (np.repeat(each, k, 0) for each in (self._weights, self._wanted))
        factors = _eased(weights * (self._begun.measured(points) - wanted), np.repeat(self._eases, k, 0))
        near = PRIOR**0.5 * (points - self._begun.z)
        return np.concatenate([factors, near, *(each.residuals(points) for each in self._begun.keeping)], 1)

    def slopes(self, points: Points) -> Values:
        """(N, D) → (N, R, D)."""
        r = self._weights * (self._begun.measured(points) - self._wanted)
        factors = (_eased_slope(r, self._eases) * self._weights)[:, :, None] * self._begun.slopes(points)
        near = np.broadcast_to(PRIOR**0.5 * np.eye(points.shape[1]), (len(points), *2 * points.shape[1:]))
        found = np.concatenate([factors, near, *(each.slopes(points) for each in self._begun.keeping)], 1)
        return np.where(self._begun.moving, found, 0.0)


def _eased(r: Values, ease: Values) -> Values:
    """Residuals whose squares grow no more than linearly from about `ease` on (the pseudo-Huber loss).

    Charbonnier et al. 1997. So something unreachable pulls no harder than something a little too far.
    """
    share = r / ease
    return r * np.sqrt(2 / (1 + np.sqrt(1 + share**2)))


def _eased_slope(r: Values, ease: Values) -> Values:
    """The slope of `_eased`."""
    root = np.sqrt(1 + (r / ease) ** 2)
    return np.sqrt((1 + root) / 2) / root
