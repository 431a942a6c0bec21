"""Say what you want, and z follows: the point whose decoded picture has the factors that are asked for, near where it
began, with the rest as it was.

Knows a Space; no window. What is least is a sum of squares, (wanted − factor)/sd of each factor that is asked for or
held, with a prior around where it began and a term for leaving the data; what it costs to change one thing for another
so depends on where one began and not on the way of the hand.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.space import gave_way, least_squares
from vae_explorer.space.codec import Codec
from vae_explorer.space.factors import FACTORS, HELD, measure
from vae_explorer.space.keeping import Dense, SameClass
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space, point, within
from vae_explorer.storage.checkpoint import ATLAS

WIDTH = 0.1  # of z, to each side, of the differences that give the slopes: wider than rounding, narrower than a bend
CHUNK = 64  # pictures measured at once: what they need stays in the cache
STRIDE = 0.15  # standard deviations, by which a goal comes nearer in a step at most, where there are steps for that
STEPS = 4  # of one frame of a drag, at most; a hand that moves slowly needs two
SETTLED = 12  # steps, after which hardly any search moves

# The weights of what is to be small: differences in standard deviations of a factor over the data, and |Δz|².
ASKED, KEPT, PRIOR = 10.0, 5.0, 0.5
EASE = 0.2  # standard deviations, from which on what is asked for pulls no harder


class Solver:
    """From one point, where a drag began, to whatever its factors are to be. It does not change."""

    def __init__(self, space: Space, z: ArrayLike, held: frozenset[str] = HELD) -> None:
        """z: (D,), where the drag began, whose factors are kept. held: names of factors, of dimensions, or "class".

        Raises ValueError for a model without handles, for a z that is none, and for what cannot be held.
        """
        if space.no_handles:
            raise ValueError(f"this model has no handles: {space.no_handles}")
        dims = [f"z{dim}" for dim in range(space.latent_dim)]
        if unknown := sorted(held - {*FACTORS, *dims, "class"}):
            raise ValueError(f"{unknown[0]!r} cannot be held; what can: {', '.join([*FACTORS, *dims, 'class'])}")
        self.space, self.held = space, held
        self.z = np.array(space.checked(tuple(np.asarray(z, float).ravel().tolist())))
        self.factors = self.measured(self.z[None])[0]
        self.locked = np.array([dim in held for dim in dims])
        self._kept = np.array([name in held for name in FACTORS])
        self._dense = None if space.density is None else Dense(space.density, self.z)
        self.keeping: list[Dense | SameClass] = [] if self._dense is None else [self._dense]
        if "class" in held and space.classes is not None:
            self.keeping.append(SameClass(space.classes, self.z))

    @property
    def no_data(self) -> str:
        """Why a solution is not kept near the data, as a sentence; empty where it is."""
        return "" if self._dense else f"Nothing keeps it near the data: there is no {ATLAS}."

    def to(self, goals: Mapping[str, float], begin: ArrayLike | None = None, steps: int | None = None) -> Points:
        """Go some steps on to where the factors that are named have the values that are given: (D,), within ±10.

        begin: where the drag is now, (D,), or else where it began. steps: as many as a frame has time for, unless they
        are given. Raises ValueError for an unknown factor and for NaN.
        """
        start = self.z[None] if begin is None else np.asarray(begin, float)[None]
        row = self.row(goals)[None]
        if steps is None:
            far = np.nanmax(abs(row - self.measured(start)) / self.space.ranges.sd, initial=0)
            steps = min(STEPS, 1 + math.ceil(far / STRIDE))
        found: Points = self.all_to(row, start, steps)[0]
        return found

    def all_to(self, goals: Values, begin: Points | None = None, steps: int = SETTLED) -> Points:
        """Solve for many goals at once, (N, F), by FACTORS, NaN where nothing is asked: (N, D), within ±10.

        begin: where each search begins, (N, D), or else all where the drag began. The goals are moved on from there in
        even parts, so that a search follows one way and ends where a hand that moves slowly would.
        """
        points = np.repeat(self.z[None], len(goals), 0) if begin is None else within(begin)
        points = np.where(self.locked, self.z, points)
        begun = self.measured(points)
        far = np.nanmax(abs(goals - begun) / self.space.ranges.sd, axis=1, keepdims=True, initial=0)
        parts = np.ceil(far / STRIDE).clip(1, max(1, steps - 1))
        for step in range(1, steps + 1):
            share = np.minimum(step / parts, 1)
            points = least_squares.descend(_Wanted(self, begun + share * (goals - begun)), points, 1)
        return points

    def directions(self) -> Points:
        """The change of z by which each factor grows by one unit, to first order, with what is held kept: (F, D).

        0 for a factor that nothing changes.
        """
        slopes = np.where(self.locked, 0.0, self.slopes(self.z[None])[0])
        ways = np.zeros((len(FACTORS), len(self.z)))
        for k, slope in enumerate(slopes):
            weighted = self.weights(np.arange(len(FACTORS)) == k)[:, None] * slopes
            way = np.linalg.solve(weighted.T @ weighted + PRIOR * np.eye(len(self.z)), slope)
            rise = float(slope @ way)
            ways[k] = way / rise if rise > 0 else 0.0
        return ways

    def gave_way(self, goals: Mapping[str, float], z: ArrayLike) -> tuple[str, ...]:
        """Say in sentences what is not as it is asked for at z, (D,), which factor that was held is not, and why."""
        row, at = self.row(goals), np.asarray(z, float)[None]
        reached, ranges = self.measured(at)[0], self.space.ranges
        lost = float(self._dense.lost(at)[0]) if self._dense else 0.0
        data = "MNIST" if self.space.like_mnist else "the data"
        stops = gave_way.short(self.factors, row, reached, ranges, lost, data)
        return *stops, *gave_way.moved(self.factors, row, reached, ranges, self.held)

    def row(self, goals: Mapping[str, float]) -> Values:
        """Goals by name as a row, (F,), by FACTORS, NaN where nothing is asked. Raises ValueError."""
        for name, goal in goals.items():
            if name not in FACTORS:
                raise ValueError(f"there is no factor {name!r}; there are: {', '.join(FACTORS)}")
            if not np.isfinite(goal):
                raise ValueError(f"the {name} cannot be {goal}")
        return np.array([goals.get(name, np.nan) for name in FACTORS], float)

    def measured(self, points: Points) -> Values:
        """The factors of what is decoded at points, (N, D): (N, F)."""
        chunks = [points[i : i + CHUNK] for i in range(0, len(points), CHUNK)]
        return np.concatenate([measure(self.space.codec.decode(each)) for each in chunks])

    def slopes(self, points: Points) -> Values:
        """How the factors grow along each dimension at points, (N, D): (N, F, D)."""
        return least_squares.slopes(self.measured, points, WIDTH)

    def weights(self, asked: NDArray[np.bool_]) -> Values:
        """What the difference of each factor from what it is to be is multiplied with, (…, F), asked for or not."""
        weights: Values = np.where(asked, ASKED, np.where(self._kept, KEPT, 0.0)) / self.space.ranges.sd
        return weights


class _Wanted:
    """The residuals of a solver for goals, (N, F): of the factors, of the prior, and of what keeps it near the data."""

    def __init__(self, solver: Solver, goals: Values) -> None:
        asked = np.isfinite(goals)
        self._solver, self._wanted = solver, np.where(asked, goals, solver.factors)
        self._weights, self._eases = solver.weights(asked), np.where(asked, ASKED * EASE, np.inf)

    def residuals(self, points: Points) -> Values:
        """At points, (N, D), or K for each of the goals, one after another, (N · K, D): (N · K, R)."""
        k = len(points) // len(self._weights)
        weights, wanted = (np.repeat(each, k, 0) for each in (self._weights, self._wanted))
        factors = _eased(weights * (self._solver.measured(points) - wanted), np.repeat(self._eases, k, 0))
        near = np.sqrt(PRIOR) * (points - self._solver.z)
        return np.concatenate([factors, near, *(each.residuals(points) for each in self._solver.keeping)], 1)

    def slopes(self, points: Points) -> Values:
        """(N, D) → (N, R, D)."""
        r = self._weights * (self._solver.measured(points) - self._wanted)
        factors = (_eased_slope(r, self._eases) * self._weights)[:, :, None] * self._solver.slopes(points)
        near = np.broadcast_to(np.sqrt(PRIOR) * np.eye(points.shape[1]), (len(points), *2 * points.shape[1:]))
        found = np.concatenate([factors, near, *(each.slopes(points) for each in self._solver.keeping)], 1)
        return np.where(self._solver.locked, 0.0, found)


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


@dataclass(frozen=True)
class Solved:
    """What was found: z, as State keeps it, and by factor what was before, what was wanted and what is reached.

    gave_way says in sentences what could not be as it was asked for.
    """

    z: tuple[float, ...]
    before: dict[str, float]
    wanted: dict[str, float]
    reached: dict[str, float]
    gave_way: tuple[str, ...]


def solve(
    model: Space | Codec, z: ArrayLike, changes: Mapping[str, float], held: frozenset[str] | set[str] = HELD
) -> Solved:
    """Change factors of the picture at z, (D,), by as much as is given by name, and keep what is held.

    `solve(space, z, {"slant": +10})` leans it 10° more to the right. What cannot be reached stops at the nearest. A
    Space that is opened once saves what a Codec takes to be asked of its data, 0.4 s. Raises ValueError for a model
    without handles, an unknown factor, NaN, and a z that is none of this model.
    """
    space = model if isinstance(model, Space) else Space(model)
    solver = Solver(space, z, frozenset(held))
    solver.row(changes)
    before = dict(zip(FACTORS, solver.factors.tolist(), strict=True))
    wanted = {name: before[name] + change for name, change in changes.items()}
    found = solver.to(wanted, steps=SETTLED)
    after = Solver(space, found, solver.held).factors
    reached = dict(zip(FACTORS, after.tolist(), strict=True))
    lacks = (solver.no_data,) if solver.no_data else ()
    return Solved(point(found), before, wanted, reached, solver.gave_way(wanted, found) + lacks)
