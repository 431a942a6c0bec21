"""Geometry of latent space: which points to decode for a picture. NumPy only; knows no model."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]


def traverse(z: ArrayLike, dim: int, values: ArrayLike) -> Points:
    """Give copies of z, (D,), with one coordinate set to each of K values: (K, D)."""
    values = np.atleast_1d(np.asarray(values, float))
    points = np.tile(np.asarray(z, float), (len(values), 1))
    points[:, dim] = values
    return points


def grid(z: ArrayLike, dims: tuple[int, int], across: ArrayLike, down: ArrayLike) -> Points:
    """Give copies of z, (D,), on a grid over two dimensions: (R·C, D), row by row from the top.

    dims[0] takes the C values of across along a row, dims[1] the R values of down from row to row.
    Raises ValueError when both dims are the same.
    """
    if dims[0] == dims[1]:
        raise ValueError(f"a grid needs two dimensions, not {dims[0]} twice")
    return np.concatenate([traverse(row, dims[0], across) for row in traverse(z, dims[1], down)])


def lerp(a: ArrayLike, b: ArrayLike, t: float) -> Points:
    """Give the point a share t of the straight way from a to b, exactly a at 0 and b at 1."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    return (1 - t) * a + t * b
