"""Say what you want, and z follows: the point whose decoded picture has the factors that are asked for, near where it
began, with the rest as it was.

Knows a Space; no window. What is to be least stands in `wanted`, how that is found in `least_squares`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.space import gave_way, least_squares
from vae_explorer.space.factors import CLASS, FACTORS, HELD
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space, point, within
from vae_explorer.space.wanted import PRIOR, Begun, Wanted
from vae_explorer.storage.checkpoint import ATLAS

STRIDE = 0.15  # standard deviations, by which a goal comes nearer in a step at most, where there are steps for that
STEPS = 4  # of one frame of a drag, at most; a hand that moves slowly needs one
SETTLED = 20  # steps, after which hardly any search moves


class Solver(Begun):
    """From where a drag began to whatever the factors are to be. It does not change."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What cannot be kept for want of an atlas, in sentences; none where there is one."""
        classless = CLASS in self.held and self.space.classes is None
        unkept = f"Nothing keeps the class: there is no {ATLAS}." if classless else ""
        return tuple(filter(None, (self.space.no_data, unkept)))

    def to(self, goals: Mapping[str, float], begin: ArrayLike | None = None, steps: int | None = None) -> Points:
        """Go some steps on to where the factors that are named have the values that are given: (D,), within ±10.

        begin: where the drag is now, (D,), or else where it began. steps: as many as a frame has time for, unless they
        are given. Raises ValueError for an unknown factor and for NaN.
        """
        start = self._start(begin, 1)
        row, begun = self.row(goals)[None], self.measured(start)
        found: Points = self._follow(row, start, begun, steps or min(STEPS, int(self._parts(row, begun)[0, 0])))[0]
        return found

    def all_to(self, goals: Values, begin: Points | None = None, steps: int = SETTLED) -> Points:
        """Solve for many goals at once, (N, F), by FACTORS, NaN where nothing is asked: (N, D), within ±10.

        begin: where each search begins, (N, D), or else all where the drag began.
        """
        start = self._start(begin, len(goals))
        return self._follow(goals, start, self.measured(start), steps)

    def directions(self) -> Points:
        """The change of z by which each factor grows by one unit, to first order, with what is held kept: (F, D).

        0 for a factor that nothing changes.
        """
        slopes = np.where(self.moving, self.slopes(self.z[None])[0], 0.0)
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
        lost = float(self.dense.lost(at)[0]) if self.dense else 0.0
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

    def _start(self, begin: ArrayLike | None, count: int) -> Points:
        """Where so many searches begin, (N, D): what is held stands where the drag began."""
        points = self.z if begin is None else within(begin)
        return np.where(self.moving, np.broadcast_to(points, (count, len(self.z))), self.z)

    def _parts(self, goals: Values, begun: Values) -> Values:
        """In how many strides each of the goals is reached from factors, (N, F) both: (N, 1), at least 1."""
        far = np.fmax.reduce(abs(goals - begun) / self.space.ranges.sd, axis=1, keepdims=True, initial=0)
        return np.maximum(np.ceil(far / STRIDE), 1)

    def _follow(self, goals: Values, points: Points, begun: Values, steps: int) -> Points:
        """Go from points, (N, D), which have the factors begun, (N, F), to goals, (N, F), which are moved on from there
        in even parts: so a search follows one way, and ends where a hand that moves slowly would."""
        parts = np.minimum(self._parts(goals, begun), max(1, steps - 1))
        for step in range(1, steps + 1):
            on_the_way = begun + np.minimum(step / parts, 1) * (goals - begun)
            points = least_squares.descend(Wanted(self, on_the_way), points, 1)
        return points


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
    Space that is opened once saves what a Codec takes to be asked of its data, 0.2 s. Raises ValueError for a model
    without handles, an unknown factor, NaN, and a z that is none of this model.
    """
    space = model if isinstance(model, Space) else Space(model)
    solver = Solver(space, z, frozenset(held))
    solver.row(changes)
    before = dict(zip(FACTORS, solver.factors.tolist(), strict=True))
    wanted = {name: before[name] + change for name, change in changes.items()}
    found = solver.to(wanted, steps=SETTLED)
    reached = dict(zip(FACTORS, solver.measured(found[None])[0].tolist(), strict=True))
    return Solved(point(found), before, wanted, reached, solver.gave_way(wanted, found) + solver.lacks)
