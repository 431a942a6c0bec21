"""Geometry of latent space: which points to decode for a picture. NumPy only; knows no model."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
Values = NDArray[np.float64]  # a number, or a few, of each point
Dims = tuple[int, int]  # two dimensions, counted from 0
PARALLEL = 1e-8  # the sine of an angle too small, or too near to 180°, to tell which way to turn


def strip(z: ArrayLike, dim: int, values: ArrayLike) -> Points:
    """Give copies of z, (D,), with one coordinate set to each of K values: (K, D)."""
    values = np.atleast_1d(np.asarray(values, float))
    points = np.tile(np.asarray(z, float), (len(values), 1))
    points[:, dim] = values
    return points


def grid(z: ArrayLike, dims: Dims, across: ArrayLike, down: ArrayLike) -> Points:
    """Give copies of z, (D,), on a grid over two dimensions: (R·C, D), row by row from the top.

    dims[0] takes the C values of across along a row, dims[1] the R values of down from row to row.
    Raises ValueError when both dims are the same.
    """
    if dims[0] == dims[1]:
        raise ValueError(f"a grid needs two dimensions, not {dims[0]} twice")
    return np.concatenate([strip(row, dims[0], across) for row in strip(z, dims[1], down)])


def lerp(a: ArrayLike, b: ArrayLike, t: float) -> Points:
    """Give the point a share t of the straight way from a to b, 0 to 1; exactly a at 0 and b at 1, and never beyond
    them by rounding."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.clip((1 - t) * a + t * b, np.minimum(a, b), np.maximum(a, b))


def slerp(a: ArrayLike, b: ArrayLike, t: float) -> Points:
    """Give the point a share t of the way from a to b on an arc about the origin, exactly a at 0 and b at 1.

    The direction turns evenly (Shoemake 1985) and the length changes evenly, so that points on the way are as long as
    samples of N(0, I) are; those of a straight way are shorter (White 2016, Sampling Generative Networks). Where
    there is no arc, the way is straight. Between opposite directions, it turns by the axis that they point along least.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if t in (0, 1) or len(a) == 1 or not all(lengths):
        return lerp(a, b, t)
    u, v = a / lengths[0], b / lengths[1]
    cos = u @ v
    aside = v - cos * u
    sin = np.linalg.norm(aside)
    if sin < PARALLEL:
        axis = np.argmin(abs(u))
        aside = np.eye(len(u))[axis] - u[axis] * u
    angle = t * np.arctan2(sin, cos)
    way: Points = lerp(*lengths, t) * (np.cos(angle) * u + np.sin(angle) * aside / np.linalg.norm(aside))
    return way


def straight(a: ArrayLike, b: ArrayLike, count: int) -> Points:
    """Give points at even distances on the line from a to b, both included: (count, D)."""
    return np.stack([lerp(a, b, t) for t in np.linspace(0, 1, count)])


def arc(a: ArrayLike, b: ArrayLike, count: int) -> Points:
    """Give points at even angles on the arc about the origin from a to b, both included: (count, D)."""
    return np.stack([slerp(a, b, t) for t in np.linspace(0, 1, count)])


def analogy(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> Points:
    """Give what is to c as a is to b: a − b + c (Mikolov et al. 2013; for images, White 2016)."""
    point: Points = np.asarray(a, float) - np.asarray(b, float) + np.asarray(c, float)
    return point


def quantiles(n: int) -> Points:
    """Give n values, (n,), that part N(0, 1) evenly: its inverse distribution function at (k + ½)/n."""
    return np.array([NormalDist().inv_cdf((k + 0.5) / n) for k in range(n)])


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through origin, (D,), along two axes, (2, D), of length 1 and at a right angle."""

    origin: Points
    axes: Points

    @classmethod
    def of_dims(cls, latent_dim: int, dims: Dims) -> Self:
        """The plane of two of D dimensions through 0. Raises ValueError when both are the same."""
        if dims[0] == dims[1]:
            raise ValueError(f"a plane needs two dimensions, not {dims[0]} twice")
        return cls(np.zeros(latent_dim), np.eye(latent_dim)[list(dims)])

    def project(self, points: ArrayLike) -> Points:
        """Where points, (N, D) or one (D,), stand on the plane: (N, 2)."""
        xy: Points = (np.atleast_2d(np.asarray(points, float)) - self.origin) @ self.axes.T
        return xy

    def lift(self, xy: ArrayLike, z: ArrayLike) -> Points:
        """The points above xy, (N, 2), that are as far off the plane as z, (D,), and in the same way: (N, D)."""
        moves: Points = (np.asarray(xy, float) - self.project(z)) @ self.axes
        return np.asarray(z, float) + moves

    def grid(self, values: ArrayLike, z: ArrayLike) -> Points:
        """The points at n values along each axis, as far off the plane as z, (D,): (n·n, D), row by row from above."""
        values = np.asarray(values, float)
        return self.lift(np.stack(np.meshgrid(values, values[::-1]), -1).reshape(-1, 2), z)

    def off(self, z: ArrayLike) -> float:
        """How far z, (D,), lies off the plane."""
        return float(np.linalg.norm(np.asarray(z, float) - self.lift(self.project(z), self.origin)))
