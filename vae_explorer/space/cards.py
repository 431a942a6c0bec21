"""A card of one dimension: what it tells over the data, in a sentence and in numbers, and what lies at its ends.

Knows the Space; no window. The factors are those of the pictures decoded at the encoded means, so a card is about what
the decoder does. What a step does from one point is in `effects`.
"""

from dataclasses import dataclass

import numpy as np

from vae_explorer.space import ranges, telling
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.space import Space

PERCENTILES = 1, 99  # of the dimension, at which its extremes are decoded
DIGITS = 3  # encoded ones at each end that are shown
SHARE = 0.05  # of the encoded digits are an end, where it is told which one or two classes they mostly are of:
MOSTLY, USUALLY = 2 / 3, 1 / 2  # those that have so many of them at least, and of all digits so many at most
FEW = 20  # digits, of fewer at an end that is not told
DEAD = 0.05  # nats, of which the sliders show 0.0


@dataclass(frozen=True, eq=False)
class End:
    """One end of a dimension: its 1st or 99th percentile; the point there whose other values are the mean of all, (D,);
    the rows of the atlas that lie furthest out; and the labels of one or two classes that most of the lowest or highest
    twentieth are of, if there are such."""

    value: float
    z: Points
    rows: tuple[int, ...]
    mostly: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Card:
    """What a dimension tells. nats: its kl, averaged over the atlas, None without one. rank, r2: (F,), see `telling`;
    (0,) for pictures without factors. sentence: what that comes to. low, high: its ends. source: which points the
    factors are of."""

    dim: int
    nats: float | None
    rank: Values
    r2: Values
    sentence: str
    low: End
    high: End
    source: str


def of(space: Space, dim: int) -> Card:
    """Make the card of a dimension, which takes as long as `space.ranges` for the first of a Space, then 4 ms."""
    atlas, why = space.atlas, space.no_factors
    points = ranges.usual(space.latent_dim, atlas)
    nats = None if atlas is None else float(atlas.kl_per_dim[dim])
    low, high = (_end(points, atlas, dim, k) for k in (0, 1))
    if why:
        return Card(dim, nats, np.empty(0), np.empty(0), f"No factors are measured: {why}.", low, high, "")
    told = telling.of(space.ranges.points[:, [dim]], space.ranges.measured)
    rank, r2 = told.rank[0], told.r2[0]
    said = f"{sentence(nats, rank, r2)} {_separated(space.class_names, low, high)}".strip()
    return Card(dim, nats, rank, r2, said, low, high, space.ranges.source)


def sentence(nats: float | None, rank: Values, r2: Values) -> str:
    """Say what a dimension does. nats: its kl, None where it is not known. rank, r2: (F,), of each factor with it."""
    if nats is not None and nats < DEAD:
        return "Tells hardly anything about a picture."
    names, named = [*FACTORS], telling.named(r2)
    if not named:
        return f"Goes with none of {_listed(names)}."
    words = _listed([names[k] for k in named])
    higher = _listed([FACTORS[names[k]].said(rank[k] >= 0) for k in named])
    if len(named) > 1:
        return f"Mixes {words}: higher {higher}."
    much = f"Changes {words} and little else" if telling.alone(r2) else f"Goes with {words} in part"
    return f"{much}: higher {higher}."


def _separated(names: dict[int, str], low: End, high: End) -> str:
    """Say which classes lie apart at the ends, or nothing where that is not clear."""
    if not low.mostly or not high.mostly or {*low.mostly} & {*high.mostly}:
        return ""
    lower, higher = (_listed([names[label] for label in end.mostly]) for end in (low, high))
    return f"Separates {lower} from {higher}."


def _end(points: Points, atlas: Atlas | None, dim: int, k: int) -> End:
    """The low end, k = 0, or the high end, 1, of a dimension of points, (N, D)."""
    value, z = float(np.percentile(points[:, dim], PERCENTILES[k])), points.mean(0)
    z[dim] = value
    if atlas is None:
        return End(value, z, (), ())
    order = np.argsort(points[:, dim], kind="stable")[:: -1 if k else 1]
    return End(value, z, tuple(order[:DIGITS].tolist()), _mostly(atlas, order[: round(SHARE * len(order))].tolist()))


def _mostly(atlas: Atlas, rows: list[int]) -> tuple[int, ...]:
    """The one or two classes that most of some rows are of, the commoner first, or none."""
    labels, counts = np.unique(atlas.label[rows], return_counts=True)
    if len(rows) < FEW:
        return ()
    order = np.argsort(-counts, kind="stable")
    needed = 1 + int((np.cumsum(counts[order]) >= MOSTLY * len(rows)).argmax())
    chosen = labels[order[:needed]]
    return tuple(chosen.tolist()) if needed <= 2 and np.isin(atlas.label, chosen).mean() <= USUALLY else ()


def _listed(words: list[str]) -> str:
    """Several words as a sentence has them: width, mass and slant."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
