"""The way from a to b along which the picture changes least: a geodesic of the metric that the decoder gives latent
space (Arvanitidis et al. 2018, Latent Space Oddity; Shao et al. 2018, The Riemannian Geometry of Deep Generative
Models). Knows the codec; no atlas, no window.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec, Pull
from vae_explorer.errors import Cancelled
from vae_explorer.images import Floats
from vae_explorer.space import lbfgs
from vae_explorer.space.latent import Points, Values, arc, straight

ITERATIONS = 200  # of the search for the geodesic at most; between digits of MNIST it takes 10 to 90


def speed(codec: Codec, points: ArrayLike) -> Values:
    """How much the picture changes from each of K points, (K, D), to the next: (K - 1,).

    The Euclidean norm over all pixels, in [-1, 1]; its square is in the nats of a Gaussian of variance ½.
    """
    points = np.atleast_2d(np.asarray(points, float))
    parts = [points[part] for part in _overlapping(len(points), codec.at_once)]
    return np.concatenate([np.empty(0), *(steps(codec.decode(part)) for part in parts)])


def steps(x_hat: Floats) -> Values:
    """The same of K images, (K, …) in [-1, 1], which were decoded already."""
    return np.asarray(np.linalg.norm(np.diff(_rows(x_hat), axis=0), axis=1))


def energy(codec: Codec, points: ArrayLike) -> float:
    """The sum of the squares of `speed`, in nats: least on a short way at an even pace."""
    return float(np.square(speed(codec, points)).sum())


def geodesic(
    codec: Codec,
    a: ArrayLike,
    b: ArrayLike,
    count: int,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Points:
    """Give the points of least energy from a to b, both included: (count, D), a discrete geodesic.

    A local minimum: the search begins at the straight way or the arc, whichever has less energy, and every step
    lowers it. The decoder alone is asked, so the way may lead where no data lie. progress is called with the share of
    the work that is done, 0 to 1. Raises Cancelled soon after cancelled() has turned true.
    """
    path = min((_decoded(codec, way(a, b, count)) for way in (straight, arc)), key=lambda path: path.energy)
    for iteration, shorter in enumerate(_ever_shorter(codec, path)):
        if cancelled():
            raise Cancelled
        progress(iteration / ITERATIONS)
        path = shorter
    progress(1.0)
    return path.points


@dataclass(frozen=True)
class _Decoded:
    """A path and what one decoding of it tells: points, (K, D); x_hat, (K, …), their pictures; the energy, in nats."""

    points: Points
    x_hat: Floats
    pull: Pull
    energy: float

    @cached_property
    def gradient(self) -> Points:
        """The gradient of the energy with respect to the points, (K, D): 0 at the ends, which are fixed."""
        x_hat = self.x_hat
        gradient = np.zeros_like(x_hat)
        gradient[1:-1] = 2 * (2 * x_hat[1:-1] - x_hat[:-2] - x_hat[2:])
        return self.pull(gradient).astype(float)


def _decoded(codec: Codec, points: Points) -> _Decoded:
    x_hat, pull = codec.vjp(points)
    parts = _overlapping(len(points), codec.at_once)
    energy = sum(float(np.square(np.diff(_rows(x_hat[part]), axis=0)).sum()) for part in parts)
    return _Decoded(points, x_hat, pull, energy)


def _ever_shorter(codec: Codec, path: _Decoded) -> Iterator[_Decoded]:
    """Give a path, and then one after another of less energy, until there is little left to save.

    The search is preconditioned by the inverse Laplacian of the path, so that a step moves all of it and not only the
    bends. Where the decoder keeps angles, that is Newton's step at once.
    """
    spread = np.square(np.diff(path.points, axis=0)).sum() / (2 * path.energy or 1)
    inverse = _inverse_laplacian(len(path.points)) * spread
    return lbfgs.descend(path, lambda points: _decoded(codec, points), inverse, ITERATIONS)


def _inverse_laplacian(count: int) -> Points:
    """The inverse of the Laplacian of a path with fixed ends, whose rows and columns are 0: (count, count)."""
    inner = max(0, count - 2)
    inverse = np.zeros((count, count))
    inverse[1:-1, 1:-1] = np.linalg.inv(2 * np.eye(inner) - np.eye(inner, k=1) - np.eye(inner, k=-1))
    return inverse


def _overlapping(count: int, at_once: int) -> list[slice]:
    """Parts of a row of so many, each of which begins with the last of the one before."""
    return [slice(i, i + at_once + 1) for i in range(0, count - 1, at_once)]


def _rows(x_hat: Floats) -> Values:
    """Images, (K, …), as rows of pixels."""
    return x_hat.reshape(len(x_hat), -1).astype(float)
