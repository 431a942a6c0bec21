"""Where each handle leads from here: the points of its tiles, by first order at once, and solved in a thread. Knows a
Space; no widgets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae_explorer.gui.views.sliders.travel import Travel
from vae_explorer.jobs import Job
from vae_explorer.session.history import TILES
from vae_explorer.space.latent import Points
from vae_explorer.space.solve import Solver
from vae_explorer.space.space import Space, within

STEPS = 3  # from one tile to the next


@dataclass(frozen=True)
class Leads:
    """The points of the tiles of each factor, (F, TILES, D), and which of them are only the nearest that can be
    reached, (F, TILES)."""

    points: Points
    nearest: NDArray[np.bool_]


def first(solver: Solver, travels: Sequence[Travel]) -> Leads:
    """Find them by first order, in a moment; what cannot be reached is not known then."""
    steps = np.array([each.values for each in travels]) - solver.factors[:, None]  # (F, TILES)
    points = within(solver.z + steps[:, :, None] * solver.directions()[:, None])
    return Leads(points, np.zeros(steps.shape, bool))


def solved(space: Space, z: tuple[float, ...], held: frozenset[str], travels: Sequence[Travel], job: Job) -> Leads:
    """Solve for them, from the tile that z is in outwards, each from the one before; all handles at once.

    When the job is cancelled, what is left stays as it is by first order.
    """
    solver = Solver(space, z, held)
    points, values = first(solver, travels).points, np.array([each.values for each in travels])
    middles = np.abs(values - solver.factors[:, None]).argmin(1).tolist()
    for away in range(TILES):
        if job.cancelled():
            break
        tiles = sorted({(f, k) for f, m in enumerate(middles) for k in (m - away, m + away) if 0 <= k < TILES})
        if not tiles:
            break
        rows, columns = (np.array(each) for each in zip(*tiles, strict=True))
        inner = columns - np.sign(columns - np.array(middles)[rows])
        goals = np.full((len(tiles), len(travels)), np.nan)
        goals[np.arange(len(tiles)), rows] = values[rows, columns]
        begin = points[rows, inner] if away else np.tile(solver.z, (len(tiles), 1))
        points[rows, columns] = solver.all_to(goals, begin, STEPS)
    reached = solver.measured(points.reshape(-1, len(z))).reshape(*values.shape, -1)
    missed = np.abs(reached[np.arange(len(travels)), :, np.arange(len(travels))] - values)
    half = (values[:, 1] - values[:, 0])[:, None] / 2  # a tile: what misses by more belongs to another
    return Leads(points, missed > half)
