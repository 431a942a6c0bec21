"""Ways through latent space from a to b: straight, on an arc, or the one along which the picture changes least.

Knows the codec; no atlas, no window. The last is a geodesic of the metric that the decoder gives latent space
(Arvanitidis et al. 2018, Latent Space Oddity; Shao et al. 2018, The Riemannian Geometry of Deep Generative Models).
"""

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.errors import Cancelled
from vae_explorer.space.codec import Codec
from vae_explorer.space.latent import Points, lerp, slerp

KINDS = {"straight": "Straight", "spherical": "On an arc", "shortest": "Least change"}

STEPS = 200  # of the search for the shortest way at most; between digits of MNIST it takes 10 to 90
MEMORY = 16  # steps that tell the search of the curvature
ENOUGH = 1e-5  # it ends when a step promises to save less than this share of the energy
SHARES = 0.5 ** np.arange(12)  # of a step, that are tried in turn
ARMIJO = 1e-4  # a share of a step must save this much of what it promised
NEAR = 1e-6  # of a point's size: no further off, it lies on a way

Values = NDArray[np.float64]


def straight(a: ArrayLike, b: ArrayLike, count: int) -> Points:
    """Give points at even distances on the line from a to b, both included: (count, D)."""
    return np.stack([lerp(a, b, t) for t in np.linspace(0, 1, count)])


def spherical(a: ArrayLike, b: ArrayLike, count: int) -> Points:
    """Give points at even angles on the arc about the origin from a to b, both included: (count, D)."""
    return np.stack([slerp(a, b, t) for t in np.linspace(0, 1, count)])


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


def speed(codec: Codec, points: ArrayLike) -> Values:
    """How much the picture changes from each of K points, (K, D), to the next: (K - 1,).

    The Euclidean norm over all pixels, in [-1, 1]; its square is in nats, as recon is.
    """
    steps: Values = np.linalg.norm(np.diff(_pictures(codec, points), axis=0), axis=1)
    return steps


def energy(codec: Codec, points: ArrayLike) -> float:
    """The sum of the squares of `speed`, in nats: least on a short way at an even pace."""
    return float(np.square(speed(codec, points)).sum())


def shortest(
    codec: Codec,
    a: ArrayLike,
    b: ArrayLike,
    count: int,
    cancelled: Callable[[], bool] = lambda: False,
    told: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Points:
    """Give the points of least energy from a to b, both included: (count, D), a discrete geodesic.

    A local minimum: the search begins at the straight or the spherical way, whichever has less energy, and every step
    lowers it. The decoder alone is asked, so the way may lead where no data lie. told gets the share of the work that
    is done, 0 to 1. Raises Cancelled soon after cancelled() has turned true.
    """
    path = min(straight(a, b, count), spherical(a, b, count), key=lambda points: energy(codec, points))
    for step, shorter in enumerate(_ever_shorter(codec, path)):
        if cancelled():
            raise Cancelled
        told(step / STEPS)
        path = shorter
    told(1.0)
    return path


def _ever_shorter(codec: Codec, path: Points) -> Iterator[Points]:
    """Give a path, (K, D), and then one after another of less energy, until there is little left to save.

    L-BFGS (Nocedal and Wright 2006, algorithm 7.4), preconditioned by the inverse Laplacian of the path, so that a step
    moves all of it and not only the bends. Where the decoder keeps angles, that is Newton's step at once.
    """
    yield path
    level, slope = energy(codec, path), _slope(codec, path)
    inverse = _inverse_laplacian(len(path)) * np.square(np.diff(path, axis=0)).sum() / (2 * level or 1)
    memory: deque[tuple[Points, Points]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        step = -_newton(slope, memory, inverse)
        gain = -np.vdot(slope, step)
        if gain <= ENOUGH * level:
            return
        tried = (share for share in SHARES if energy(codec, path + share * step) < level - ARMIJO * share * gain)
        share = next(tried, None)
        if share is not None:
            path = path + share * step
            before, level, slope = slope, energy(codec, path), _slope(codec, path)
            if np.vdot(step, slope - before) > 0:  # otherwise it curves down here, which Newton's step cannot use
                memory.append((share * step, slope - before))
            yield path
        elif memory:  # what it tells is of another place
            memory.clear()
        else:
            return


def _newton(slope: Points, memory: deque[tuple[Points, Points]], inverse: Points) -> Points:
    """The slope times the inverse Hessian, of which the memory tells: pairs of a move and the slope's change by it.

    inverse: (K, K), what the inverse Hessian is up to a factor when nothing else is known.
    """
    way, shares = slope.copy(), []
    for move, change in reversed(memory):
        shares.append(np.vdot(move, way) / np.vdot(move, change))
        way -= shares[-1] * change
    way = inverse @ way
    if memory:
        move, change = memory[-1]
        way *= np.vdot(move, change) / np.vdot(change, inverse @ change)
    for (move, change), share in zip(memory, reversed(shares), strict=True):
        way += move * (share - np.vdot(change, way) / np.vdot(move, change))
    return way


def _inverse_laplacian(count: int) -> Points:
    """The inverse of the Laplacian of a path with fixed ends, whose rows and columns are 0: (count, count)."""
    inner = max(0, count - 2)
    inverse = np.zeros((count, count))
    inverse[1:-1, 1:-1] = np.linalg.inv(2 * np.eye(inner) - np.eye(inner, k=1) - np.eye(inner, k=-1))
    return inverse


def _slope(codec: Codec, path: Points) -> Points:
    """The gradient of the energy at a path, (K, D): 0 at its ends, which are fixed."""
    x_hat = codec.decode(path)
    gradient = np.zeros_like(x_hat)
    gradient[1:-1] = 2 * (2 * x_hat[1:-1] - x_hat[:-2] - x_hat[2:])
    return codec.decode_vjp(path, gradient).astype(float)


def _pictures(codec: Codec, points: ArrayLike) -> Values:
    """Decode points, (K, D), into rows of pixels, (K, 784)."""
    x_hat = codec.decode(points)
    return x_hat.reshape(len(x_hat), -1).astype(float)
