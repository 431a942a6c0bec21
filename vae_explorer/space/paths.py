"""Ways through latent space from a to b, and places along them. No atlas, no window."""

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.latent import Points, lerp

KINDS = {"straight": "Straight", "spherical": "On an arc", "shortest": "Least change"}

NEAR = 1e-6  # of a point's size: no further off, it lies on a way


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
