"""The way from a to b along which the picture changes least: a geodesic of the metric that the decoder gives latent
space (Arvanitidis et al. 2018, Latent Space Oddity; Shao et al. 2018, The Riemannian Geometry of Deep Generative
Models). Knows the codec; no atlas, no window.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.errors import Cancelled
from vae_explorer.images import Floats
from vae_explorer.space.codec import Codec, Pull
from vae_explorer.space.latent import Points, arc, straight

ITERATIONS = 200  # of the search for the geodesic at most; between digits of MNIST it takes 10 to 90
HISTORY = 16  # steps from which the search learns of the curvature
TOLERANCE = 1e-5  # the search ends when a step promises to save less than this share of the energy
STEP_LENGTHS = 0.5 ** np.arange(12)  # tried in turn, as shares of a whole step
ARMIJO = 1e-4  # a step must save this share of what it promised

Values = NDArray[np.float64]


def speed(codec: Codec, points: ArrayLike) -> Values:
    """How much the picture changes from each of K points, (K, D), to the next: (K - 1,).

    The Euclidean norm over all pixels, in [-1, 1]; its square is in nats, as recon is.
    """
    steps: Values = np.linalg.norm(np.diff(_rows(codec.decode(points)), axis=0), axis=1)
    return steps


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
    return _Decoded(points, x_hat, pull, float(np.square(np.diff(_rows(x_hat), axis=0)).sum()))


def _ever_shorter(codec: Codec, path: _Decoded) -> Iterator[_Decoded]:
    """Give a path, and then one after another of less energy, until there is little left to save.

    L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with a backtracking line search. It is preconditioned by the inverse
    Laplacian of the path, so that a step moves all of it and not only the bends. Where the decoder keeps angles, that
    is Newton's step at once.
    """
    yield path
    spread = np.square(np.diff(path.points, axis=0)).sum() / (2 * path.energy or 1)
    inverse = _inverse_laplacian(len(path.points)) * spread
    history: deque[tuple[Points, Points]] = deque(maxlen=HISTORY)
    for _ in range(ITERATIONS):
        direction = -_two_loop(path.gradient, history, inverse)
        decrease = -float(np.vdot(path.gradient, direction))  # that a whole step promises, to first order
        if decrease <= TOLERANCE * path.energy:
            return
        found = _line_search(codec, path, direction, decrease)
        if found is not None:
            step, change = found.points - path.points, found.gradient - path.gradient
            if np.vdot(step, change) > 0:  # otherwise the energy curves down here, which Newton's step cannot use
                history.append((step, change))
            path = found
            yield path
        elif history:  # what it tells is of another place
            history.clear()
        else:
            return


def _line_search(codec: Codec, path: _Decoded, direction: Points, decrease: float) -> _Decoded | None:
    """The first of ever shorter steps in a direction, (K, D), that lowers the energy enough; None when none does.

    decrease: what the whole direction promises. Armijo's condition (Nocedal and Wright, section 3.1).
    """
    for length in STEP_LENGTHS:
        tried = _decoded(codec, path.points + length * direction)
        if tried.energy < path.energy - ARMIJO * length * decrease:
            return tried
    return None


def _two_loop(gradient: Points, history: deque[tuple[Points, Points]], inverse: Points) -> Points:
    """The inverse Hessian times the gradient, (K, D): the two-loop recursion (Nocedal and Wright, algorithm 7.4).

    history: pairs of a step and the gradient's change by it, both (K, D), the newest last. inverse: (K, K), what the
    inverse Hessian is up to a factor when nothing else is known.
    """
    r, alphas = gradient.copy(), []
    for step, change in reversed(history):
        alphas.append(np.vdot(step, r) / np.vdot(step, change))
        r -= alphas[-1] * change
    r = inverse @ r
    if history:
        step, change = history[-1]
        r *= np.vdot(step, change) / np.vdot(change, inverse @ change)
    for (step, change), alpha in zip(history, reversed(alphas), strict=True):
        r += step * (alpha - np.vdot(change, r) / np.vdot(step, change))
    return r


def _inverse_laplacian(count: int) -> Points:
    """The inverse of the Laplacian of a path with fixed ends, whose rows and columns are 0: (count, count)."""
    inner = max(0, count - 2)
    inverse = np.zeros((count, count))
    inverse[1:-1, 1:-1] = np.linalg.inv(2 * np.eye(inner) - np.eye(inner, k=1) - np.eye(inner, k=-1))
    return inverse


def _rows(x_hat: Floats) -> Values:
    """Images, (K, …), as rows of pixels."""
    return x_hat.reshape(len(x_hat), -1).astype(float)
