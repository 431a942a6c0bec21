"""Handles: how often a factor becomes what is asked for, and what else changes; beside it two simpler ways of doing so.

The digits are test digits that are not in the atlas; nothing is chosen by them. Classes are those of `judge`, which has
no part in solving. Without MNIST on this machine nothing is measured.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks import judge, unseen
from benchmarks.ratios import spread
from vae_explorer.space.factors import FACTORS, HELD
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.measures import decoded
from vae_explorer.space.solve import Solver
from vae_explorer.space.space import Space, within

DIGITS, SEEDS = 300, (0, 1, 2)
REACHED, MOVED = 0.9, 0.25  # of the change asked for, at least; of another factor's standard deviation, at most
FURTHEST, PLACES = 4.0, 81  # how far a straight way leads to each side, and at how many places it is looked at

Way = Callable[[Space, Points, int, float], Points]  # to points, (N, D), a factor and its change, those found: (N, D)


@dataclass(frozen=True)
class _Order:
    factor: str
    change: float  # in the factor's unit
    must: bool = True  # whether the limits hold for it: MNIST's digits are all about as high


def report() -> str:
    """Lay out what became of each order, solved and by a slider or a direction alone."""
    return unseen.report("Handles", _report)


def _report(space: Space, mu: Points) -> str:
    half = space.ranges.sd[list(FACTORS).index("thickness")] / 2
    changes = {"slant": 10.0, "width": 2.0, "thickness": half}
    orders = [_Order(name, sign * change) for name, change in changes.items() for sign in (1, -1)]
    lines = [f"{DIGITS} unseen test digits, the least and the most of {len(SEEDS)} seeds where solved", _HEAD]
    for order in [*orders, _Order("height", 1.5, must=False)]:
        lines.append(_line(space, mu, "solved", _solved, order, SEEDS))
        lines.append(_line(space, mu, "one slider", _slider, order, SEEDS[:1]))
        lines.append(_line(space, mu, "a direction", _direction, order, SEEDS[:1]))
    return "\n".join([*lines, _MUST, _times(space, mu)])


_HEAD = f"  {'%':<30}" + "".join(
    f"{each:>12}" for each in ("reached", "in range", "others kept", "in range", "same class", "percentile", "after")
)

_MUST = (
    "  Solved, all but height must be: reached at least 97%, others kept at least 97%, the same class at least 90%.\n"
    "  In range: of the goals that lie between the data's 5th and 95th percentile of the factor."
)


def _line(space: Space, mu: Points, title: str, way: Way, order: _Order, seeds: tuple[int, ...]) -> str:
    shares = np.array([_shares(space, _drawn(mu, seed), way, order) for seed in seeds])
    low, high = [f"{100 * share:.1f}" for share in shares.min(0)], [f"{100 * share:.1f}" for share in shares.max(0)]
    cells = [a if a == b else f"{a}–{b}" for a, b in zip(low, high, strict=True)]
    name = f"{order.factor} {order.change:+.3g}{'' if order.must else ' *'}".replace("-", "−")
    return f"  {title:<12}{name:<18}" + "".join(f"{cell:>12}" for cell in cells)


def _drawn(mu: Points, seed: int) -> Points:
    return mu[np.random.default_rng(seed).choice(len(mu), DIGITS, replace=False)]


def _shares(space: Space, z: Points, way: Way, order: _Order) -> Values:
    """Of digits at z, (N, D): the share that is reached, and that of the goals in range; the share whose other factors
    are kept, and that of the goals in range; the share whose class is the same; and the median percentile of the
    density before and after, as a share: (7,)."""
    assert space.density is not None
    k = list(FACTORS).index(order.factor)
    found = way(space, z, k, order.change)
    before, after = _measured(space, z), _measured(space, found)
    reached = (after - before)[:, k] / order.change >= REACHED
    goals = before[:, k] + order.change
    usual = (goals >= space.ranges.low[k]) & (goals <= space.ranges.high[k])
    others = [j for j, name in enumerate(FACTORS) if name in HELD and j != k]
    kept = (abs(after - before) <= MOVED * space.ranges.sd)[:, others].all(1)
    same = judge.names(space.codec.pixels(z)) == judge.names(space.codec.pixels(found))
    percentiles = [float(np.median(space.density.percentile(each))) / 100 for each in (z, found)]
    shares = [some.mean() if some.size else np.nan for some in (reached, reached[usual], kept, kept[usual], same)]
    return np.array([*shares, *percentiles])


def _solved(space: Space, z: Points, k: int, change: float) -> Points:
    """As a handle does it, once the hand rests."""
    found = []
    for each in z:
        solver, goals = Solver(space, each), np.full((1, len(FACTORS)), np.nan)
        goals[0, k] = solver.factors[k] + change
        found.append(solver.all_to(goals)[0])
    return np.array(found)


def _slider(space: Space, z: Points, k: int, change: float) -> Points:
    """By that slider alone, of each digit another, which reaches it and changes the other factors least."""
    return np.array([_straight(space, each, k, change, np.eye(space.latent_dim)) for each in z])


def _direction(space: Space, z: Points, k: int, change: float) -> Points:
    """Along the direction by which a linear regression over the encoded digits tells the factor."""
    points = space.ranges.points
    design = np.concatenate([points, np.ones((len(points), 1))], 1)
    slope = np.linalg.lstsq(design, space.ranges.measured[:, k], rcond=None)[0][:-1]
    return np.array([_straight(space, each, k, change, (slope / np.linalg.norm(slope))[None]) for each in z])


def _straight(space: Space, z: Points, k: int, change: float, ways: Points) -> Points:
    """Of points on straight ways, (W, D), through z, (D,), that which reaches the change and changes the rest least; or
    where none reaches it, the nearest: (D,)."""
    shares = np.linspace(-FURTHEST, FURTHEST, PLACES)
    points = within(z + (shares[:, None, None] * ways).reshape(-1, len(z)))
    moved = _measured(space, points) - _measured(space, z[None])
    lacking = abs(moved[:, k] / change - 1)
    others = [j for j, name in enumerate(FACTORS) if name in HELD and j != k]
    rest = (abs(moved) / space.ranges.sd)[:, others].max(1)
    close = lacking <= 1 - REACHED
    found: Points = points[np.where(close, rest, np.inf).argmin() if close.any() else lacking.argmin()]
    return found


def _measured(space: Space, points: Points) -> Values:
    return decoded(space.codec.decode, points)


def _times(space: Space, mu: Points) -> str:
    """A frame of a slow drag of the slant, a frame of a fast one, and the strips of all factors."""
    taken = []
    for z in _drawn(mu, 0)[:50]:
        solver, begun = Solver(space, z), time.perf_counter()
        slow = solver.to({"slant": solver.factors[0] + 1})
        middle = time.perf_counter()
        solver.to({"slant": solver.factors[0] + 15}, slow)
        end = time.perf_counter()
        goals = np.full((5 * 11, len(FACTORS)), np.nan)
        for k in range(len(FACTORS)):
            goals[11 * k : 11 * k + 11, k] = np.linspace(space.ranges.low[k], space.ranges.high[k], 11)
        solver.all_to(goals, steps=4)
        taken.append((middle - begun, end - middle, time.perf_counter() - end))
    slow_s, fast_s, strips_s = ([float(value) for value in each] for each in zip(*taken, strict=True))
    return (
        f"  A frame of a slow hand {spread(slow_s, 1e3)} ms, of a fast one {spread(fast_s, 1e3)} ms; "
        f"five strips of 11 digits {spread(strips_s, 1e3)} ms"
    )
