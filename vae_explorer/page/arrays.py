"""An array as it stands in the JSON of a page, as small as can be; js/numbers reads it. Knows arrays, no model.

The first bytes of all its numbers come first, then the second ones, each deflated (RFC 1951) by itself and as base64:
what tells a number's size takes few values, and packs best apart from what is like noise.
"""

import base64
import zlib
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.latent import Points, Values

LARGEST, SMALLEST = 6e4, 6e-5  # what float16 holds with all its digits
FEW = 512  # numbers, which take no room, and of which each touches many pixels


def floats(values: ArrayLike) -> dict[str, Any]:
    """Give weights as float16 where that holds them, else as float32; few as float32 in any case."""
    array = np.ascontiguousarray(values, np.float32)
    sizes = np.abs(array[array != 0])
    holds = array.size > FEW and sizes.size and sizes.max() < LARGEST and np.median(sizes) > SMALLEST
    return _packed(array.astype("<f2" if holds else "<f4"))


def steps(values: ArrayLike, by: Values) -> dict[str, Any]:
    """Give numbers (N, D) as multiples of the steps of the dimensions, by, (D,), none beyond 32,767; a dimension after
    the other."""
    counts = np.rint(np.asarray(values, float) / by).T
    small = np.abs(counts).max(initial=0) <= np.iinfo(np.int8).max
    return _packed(counts.astype("i1" if small else "<i2")) | {"steps": by.tolist()}


def rounded(values: ArrayLike, by: Values) -> Points:
    """What is read of numbers (N, D) that were given in steps, (D,)."""
    return np.asarray(np.rint(np.asarray(values, float) / by) * by)


def _packed(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    planes = np.frombuffer(array.tobytes(), np.uint8).reshape(-1, array.itemsize).T
    return {"type": array.dtype.str[1:], "planes": [_deflated(plane.tobytes()) for plane in planes]}


def _deflated(data: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(packer.compress(data) + packer.flush()).decode()
