"""Ink: paint white or black on a decoded picture, and z follows. Knows a Space; no window.

z makes least what differs from the paint under the brush, what differs from the picture before elsewhere, with little
weight, and the way out of the data, as Zhu et al. (2016, Generative Visual Manipulation on the Natural Image Manifold)
have a brush on what a generator makes.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.errors import Cancelled
from vae_explorer.images import Floats
from vae_explorer.space import least_squares
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space, within

# Chosen on 300 strokes over training digits: the error under the brush is halved in 90 of 100, and the median
# percentile of the density is 50 after them, 47 before. With 8 for UNDER these are 91 and 49. The percentile is to have
# room, as the density is a mixture over training digits, and other digits have less of it.
UNDER, AROUND = 7.0, 0.05  # the weight of a squared error under the brush, and elsewhere
DATA = 10.0  # the weight of the log density, in nats
PRIOR = 0.5  # the weight of |Δz|², where no density is known
LIVE, RESTING = 2, 20  # steps while the brush moves, and when it rests; with 12 the percentile is 4 lower
WIDTH = 0.02  # to each side, for differences of what is decoded
DRAWS, STARTS, SEED = 500, 10, 0  # from the prior without an atlas: so many are looked at, and the best taken up
MOST, APART = 3, 0.1  # answers, and the rms by which their pictures differ, of pixels in [-1, 1]
HALVED = 0.5  # of the error under the brush, that is left at most in a good answer
TINY = 1e-6  # what is not divided by
CHUNK = 500  # pictures looked at between two looks whether the search was cancelled


class Inking:
    """What ink is for a stroke that begins at z, (D,): what lies outside of the brush is to stay as it was there.

    x_hat: (H, W) in [-1, 1], the picture before. moving: (D,), 0 for a dimension that is held, else 1. In all methods
    paint, (H, W) in [-1, 1], is what was painted, 1 for white and −1 for black, and mask, (H, W) from 0 to 1, how much
    of each pixel the brush has covered.
    """

    def __init__(self, space: Space, z: ArrayLike, held: frozenset[str] = frozenset()) -> None:
        """held: dimensions that do not move, as "z3"; other names mean nothing here. Raises ValueError where pictures
        take no ink."""
        if space.no_ink:
            raise ValueError(f"this model takes no ink: {space.no_ink}")
        self.space, self.z = space, np.asarray(z, float)
        self.x_hat: Floats = space.codec.decode(self.z)[0, 0]
        self.moving = np.array([f"z{dim}" not in held for dim in range(space.latent_dim)], float)

    def follow(self, paint: ArrayLike, mask: ArrayLike, begin: ArrayLike) -> Points:
        """Give z, (D,), some steps nearer to what is painted than begin, (D,): for each frame of a stroke."""
        z: Points = self._descend(paint, mask, np.asarray(begin, float)[None], LIVE)[0]
        return z

    def settle(self, paint: ArrayLike, mask: ArrayLike, begins: ArrayLike) -> Points:
        """Give z where it comes to rest from each of begins, (N, D): (N, D)."""
        return self._descend(paint, mask, np.asarray(begins, float), RESTING)

    def error(self, paint: ArrayLike, mask: ArrayLike, points: ArrayLike) -> Values:
        """The squared error under the brush at points, (N, D): (N,)."""
        x_hat = self.space.codec.decode(points)[:, 0]
        return np.asarray((np.asarray(mask) * np.square(x_hat - np.asarray(paint))).sum((1, 2)), float)

    def gone(self, paint: ArrayLike, mask: ArrayLike, z: ArrayLike) -> float:
        """The share of the error under the brush that is gone at z, (D,): 1 where all is, below 0 where it is worse."""
        before, after = self.error(paint, mask, [self.z, np.asarray(z, float)]).tolist()
        return 1 - after / before if before > 0 else 1.0

    def wanted(self, paint: ArrayLike, mask: ArrayLike) -> tuple[Values, Values]:
        """The picture that is asked for, and the weight of a squared error at each pixel, (H, W) each."""
        covered = np.asarray(mask, float)
        return self.x_hat + covered * (np.asarray(paint) - self.x_hat), AROUND + (UNDER - AROUND) * covered

    def elsewhere(self, mask: ArrayLike, points: ArrayLike) -> Values:
        """How much else has changed at points, (N, D): the squared difference outside the brush, (N,)."""
        return self.error(self.x_hat, 1 - np.asarray(mask), points)

    def _descend(self, paint: ArrayLike, mask: ArrayLike, begins: Points, steps: int) -> Points:
        return least_squares.descend(_Painted(self, *self.wanted(paint, mask)), begins, steps)


class _Painted:
    """Ink as least squares: the residuals are the pixels that differ from the goal, and what z is away from the data.

    goal, weight: (H, W).
    """

    def __init__(self, inking: Inking, goal: Values, weight: Values) -> None:
        self._space, self._start, self._moving = inking.space, inking.z, inking.moving
        self._goal, self._scale = goal.ravel(), np.sqrt(2 * weight.ravel())

    def residuals(self, points: Points) -> Values:
        """(N, R) at points, (N, D)."""
        return np.concatenate([(self._decode(points) - self._goal) * self._scale, self._away(points)], 1)

    def slopes(self, points: Points) -> Values:
        """(N, R, D) at points, (N, D)."""
        pixels = least_squares.slopes(self._decode, points, WIDTH) * self._scale[:, None]
        slopes: Values = np.concatenate([pixels, self._away_slopes(points)], 1) * self._moving
        return slopes

    def _decode(self, points: Points) -> Values:
        return self._space.codec.decode(points).reshape(len(points), -1).astype(float)

    def _away(self, points: Points) -> Values:
        """Its square is twice what the way out of the data costs: √(2·DATA·(peak − log p)), or of |Δz|² without p."""
        density = self._space.density
        if density is None:
            return np.asarray(np.sqrt(2 * PRIOR) * (points - self._start))
        away: Values = np.sqrt(2 * DATA * (density.peak - density.log(points)))[:, None]
        return away

    def _away_slopes(self, points: Points) -> Values:
        density = self._space.density
        if density is None:
            return np.tile(np.sqrt(2 * PRIOR) * np.eye(points.shape[1]), (len(points), 1, 1))
        away = np.maximum(self._away(points), TINY)
        return np.asarray(-DATA * density.gradient(points) / away)[:, None]


def alternatives(
    inking: Inking, paint: ArrayLike, mask: ArrayLike, z: ArrayLike, cancelled: Callable[[], bool] = lambda: False
) -> list[Points]:
    """Give up to three answers to ink, (D,) each, whose pictures differ by an rms of more than 0.1: the first is z.

    Others begin at the encoded digit of each class that is most like what is painted; one is good where the error under
    the brush is halved, or less than at z. Those come first that change least elsewhere: so a 9 is among the three for
    29 of 40 training digits, 4s whose gap is closed (`benchmarks/closing`); in the order of all that a search makes
    least it is for 23.
    Raises Cancelled soon after cancelled() has turned true.
    """
    others = []
    for start in _starts(inking, paint, mask, cancelled):
        if cancelled():
            raise Cancelled
        others.append(inking.settle(paint, mask, start[None])[0])
    errors = inking.error(paint, mask, others)
    enough = max(inking.error(paint, mask, np.asarray(z)[None])[0], HALVED * inking.error(paint, mask, [inking.z])[0])
    found = [np.asarray(z, float)]
    pictures = [inking.space.codec.decode(z)[0]]
    for k in inking.elsewhere(mask, others).argsort():
        [picture] = inking.space.codec.decode(others[k])
        differs = min(float(np.square(picture - each).mean()) for each in pictures) > APART**2
        if errors[k] <= enough and differs and len(found) < MOST:
            found.append(others[k])
            pictures.append(picture)
    return found


def _starts(inking: Inking, paint: ArrayLike, mask: ArrayLike, cancelled: Callable[[], bool]) -> Points:
    """Where other answers are looked for: at the encoded digit of each class that is most like what is painted or,
    where there are none, at the likest of some draws from N(0, I): (N, D)."""
    space = inking.space
    if space.atlas is None:
        points = np.random.default_rng(SEED).standard_normal((DRAWS, space.latent_dim))
        return points[_misses(inking, points, paint, mask, cancelled).argsort()[:STARTS]]
    points = within(space.atlas.mu)
    misses = _misses(inking, points, paint, mask, cancelled)
    rows = (space.atlas.members(label) for label in space.atlas.classes)
    return points[[each[misses[each].argmin()] for each in rows]]


def _misses(inking: Inking, points: Points, paint: ArrayLike, mask: ArrayLike, cancelled: Callable[[], bool]) -> Values:
    """How far the pictures of points, (N, D), are from what is painted, weighed as in a search: (N,)."""
    goal, weight = inking.wanted(paint, mask)
    misses = []
    at_once = min(CHUNK, inking.space.codec.at_once)
    for i in range(0, len(points), at_once):
        if cancelled():
            raise Cancelled
        x_hat = inking.space.codec.decode(points[i : i + at_once])[:, 0]
        misses.append((weight * (x_hat - goal) ** 2).sum((1, 2)))
    return np.concatenate(misses)
