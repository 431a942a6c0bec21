"""Ways through latent space from a to b, each a row of one table, and places along them. No atlas, no window."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.space.geodesic import geodesic
from vae_explorer.space.latent import Points, arc, lerp, straight

Find = Callable[[Codec, ArrayLike, ArrayLike, int, Callable[[], bool], Callable[[float], None]], Points]

NEAR = 1e-6  # of a point's size: no further off, it lies on a way


@dataclass(frozen=True)
class Way:
    """A kind of way from a to b: title, its name on the screen; about, a sentence on it for a person.

    find gives its points of (codec, a, b, count, cancelled, progress), as `geodesic.geodesic` does. takes_long: it is a
    search, for which a window must not wait.
    """

    title: str
    about: str
    find: Find
    takes_long: bool = False


# By the names that recipes have. The first is what a window begins with.
WAYS = {
    "straight": Way(
        "Straight",
        "The straight line: each number of z changes evenly. Half way it may lead where there is little data",
        lambda _codec, a, b, count, *_: straight(a, b, count),
    ),
    "arc": Way(
        "Arc",
        "An arc around the middle of the space: it stays as far out as its two ends are",
        lambda _codec, a, b, count, *_: arc(a, b, count),
    ),
    "geodesic": Way(
        "Geodesic",
        "The way along which the picture changes least, and evenly: the geodesic of the space as the decoder sees it, "
        "found by a search",
        geodesic,
        takes_long=True,
    ),
}


def find(
    way: str,
    codec: Codec,
    a: ArrayLike,
    b: ArrayLike,
    count: int,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Points:
    """Give the points of a way by its name in WAYS, from a to b, (D,) each, both included: (count, D).

    progress is called with the share of the work that is done, 0 to 1, where it takes long. Raises KeyError for an
    unknown way, Cancelled soon after cancelled() has turned true.
    """
    return WAYS[way].find(codec, a, b, count, cancelled, progress)


def along(points: ArrayLike, share: float) -> Points:
    """Give the point a share of the steps, 0 to 1, along K points, (K, D), each joined to the next: (D,)."""
    points = np.asarray(points, float)
    place = share * (len(points) - 1)
    k = min(int(place), len(points) - 2)
    return lerp(points[k], points[k + 1], place - k)


def nearest(points: ArrayLike, z: ArrayLike) -> tuple[float, float]:
    """Give the share of the steps along K points, (K, D), that is nearest to z, (D,), and how far off z lies; 0 where
    that is rounding."""
    points, z = np.asarray(points, float), np.asarray(z, float)
    moves, gone = np.diff(points, axis=0), z - points[:-1]
    squares = np.square(moves).sum(1)
    shares = np.clip((gone * moves).sum(1) / np.where(squares, squares, 1), 0, 1)  # of each step, nearest to z
    off = np.linalg.norm(gone - shares[:, None] * moves, axis=1)
    k = int(off.argmin())
    beside = off[k] > NEAR * (1 + np.linalg.norm(z))
    return float((k + shares[k]) / len(moves)), float(off[k]) if beside else 0.0


def share_of(points: ArrayLike, z: ArrayLike) -> float | None:
    """Give the share of the steps along K points, (K, D), at which z, (D,), lies; None where it lies beside them."""
    share, off = nearest(points, z)
    return None if off else share
