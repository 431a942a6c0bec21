"""The gradient of a decoder that tells none: central differences in z. Knows arrays only."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.images import Floats

STEP = 0.01  # of z: where the error of a smooth function and that of its rounding to float32 are alike
CHUNK = 32  # differences at once: those of 256 dimensions of a large image would take gigabytes


def pull(decode: Callable[[Floats], Floats], points: Floats, gradient: ArrayLike) -> Floats:
    """A gradient with respect to x_hat = decode(points), (B, C, H, W), → one with respect to points, (B, D).

    It takes 2·D decodes of each point.
    """
    given = np.asarray(gradient, np.float32)
    back = np.empty_like(points)
    for i in range(0, points.size, CHUNK):
        point, dim = np.divmod(np.arange(i, min(i + CHUNK, points.size)), points.shape[1])
        step = np.zeros((len(dim), points.shape[1]), np.float32)
        step[range(len(dim)), dim] = STEP
        rise = decode(points[point] + step) - decode(points[point] - step)
        back[point, dim] = (rise * given[point]).sum((1, 2, 3)) / (2 * STEP)
    return back
