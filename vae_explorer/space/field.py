"""What lies where on a plane of latent space: the likeliest class and how much of the data, at the points of a grid.

Knows the Space; no colours, no window. The plane goes through the point where one is, so that a field says there what
is said of the point itself. It is a slice: off it, the same place of a map can be of another class.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.errors import Cancelled
from vae_explorer.images import Floats, Size
from vae_explorer.space.latent import Plane, Points
from vae_explorer.space.places import WORDS
from vae_explorer.space.space import Space, within

# Below this percentile of the density a place is hardly ever met, and the class there is the decoder's invention: a
# field has a class everywhere, and its boundary is the crispest where no data lie.
EMPTY = next(least for least, name in WORDS if name == "at the edge")
CHUNK = 64  # points, after which it is asked whether to stop: 4 ms


@dataclass(frozen=True, eq=False)
class Labelled:
    """R × C points, row by row from above, each (R, C): label, of the likeliest class; share, its probability, from 1/K
    to 1; percentile, of the density, 0 to 100."""

    label: NDArray[np.intp]
    share: Floats
    percentile: Floats

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Where hardly any data lie, (R, C)."""
        return self.percentile < EMPTY

    def tiled(self, size: Size) -> "Labelled":
        """Tiles of (width, height) pixels, each the same all over as its point."""
        rows, columns = (np.arange(new * old) // new for new, old in zip(size[::-1], self.label.shape, strict=True))
        there = np.ix_(rows, columns)
        return Labelled(self.label[there], self.share[there], self.percentile[there])


@dataclass(frozen=True, eq=False)
class Field:
    """R × C points, row by row from above. log: (K, R, C), the log density of each class, in nats; labels: those of the
    K classes, in order; percentile: (R, C), of the density, 0 to 100."""

    log: Floats
    labels: tuple[int, ...]
    percentile: Floats

    @cached_property
    def labelled(self) -> Labelled:
        """The likeliest class at each point."""
        share = 1 / np.exp(self.log - self.log.max(0)).sum(0)
        return Labelled(np.array(self.labels)[self.log.argmax(0)], share, self.percentile)

    @property
    def middles(self) -> dict[int, tuple[int, int]]:
        """Where each class is densest among the points at which it is the likeliest and data lie: row and column, by
        label, of the classes that have any such point."""
        found = self.labelled
        own = (found.label == np.array(self.labels)[:, None, None]) & ~found.empty
        there = np.where(own, self.log, -np.inf)
        places = {
            label: each.argmax() for label, each in zip(self.labels, there, strict=True) if np.isfinite(each).any()
        }
        return {label: divmod(int(place), there.shape[2]) for label, place in places.items()}

    def enlarged(self, size: Size) -> "Field":
        """The field at more points, (height, width), between the same corners: straight between those that are known.

        The logs change evenly where the shares jump, so boundaries stay smooth.
        """
        return Field(_enlarged(self.log, size), self.labels, _enlarged(self.percentile, size))


def over(
    space: Space, plane: Plane, across: ArrayLike, down: ArrayLike, z: ArrayLike, cancelled: Callable[[], bool]
) -> Field:
    """Compute the field at C places across and R places down, as far off the plane as z, (D,), and in the same way.

    60 µs a point. across, down: places along the plane's two axes, in the order of columns and rows. Points beyond ±10
    are those that a session would go to. Raises Cancelled soon after cancelled() has turned true, and ValueError for a
    space without an atlas.
    """
    if space.atlas is None or space.classes is None:
        raise ValueError("there is no atlas")
    across, down = np.asarray(across, float), np.asarray(down, float)
    points = within(plane.lift(np.stack(np.meshgrid(across, down), -1).reshape(-1, 2), z))
    shape = len(down), len(across)
    percentile = _percentiles(space, points, cancelled).reshape(shape)
    log = space.classes.log(points, cancelled).T.reshape(-1, *shape)
    return Field(log.astype(np.float32), space.atlas.classes, percentile.astype(np.float32))


def _percentiles(space: Space, points: Points, cancelled: Callable[[], bool]) -> Points:
    """The percentile of the density at points, (N, D), a few at a time: (N,)."""
    assert space.density is not None
    found = []
    for k in range(0, len(points), CHUNK):
        if cancelled():
            raise Cancelled
        found.append(space.density.percentile(points[k : k + CHUNK]))
    return np.concatenate(found)


def _enlarged(values: Floats, size: Size) -> Floats:
    """Values at R × C points, (..., R, C), at (height, width) points between the same corners."""
    columns, rows = (np.linspace(0, old - 1, new) for old, new in zip(values.shape[:-3:-1], size, strict=True))
    return _between(_between(values, rows, -2), columns, -1)


def _between(values: Floats, places: Points, axis: int) -> Floats:
    """Values at places along an axis, −2 or −1, from 0 to its length − 1: straight between their neighbours."""
    left = np.minimum(places.astype(np.intp), max(0, values.shape[axis] - 2))
    right = np.minimum(left + 1, values.shape[axis] - 1)
    share = (places - left).astype(np.float32)
    before = values.take(left, axis)
    found: Floats = before + (values.take(right, axis) - before) * (share if axis == -1 else share[:, None])
    return found
