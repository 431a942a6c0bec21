"""Pixels: the one border between the grey levels of files and screens and the [-1, 1] of the model."""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
SIDE = 28  # pixels of a digit


def to_unit(pixels: Pixels) -> Floats:
    """Scale grey levels 0…255 to float32 in [-1, 1]: 0 is black, of any shape."""
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def to_pixels(x: NDArray[np.floating]) -> Pixels:
    """Round values in [-1, 1] to the nearest grey levels 0…255; values outside are clipped, NaN is black.

    Rounded, not truncated: truncation gets 63 of the 256 grey levels wrong on the way back.
    """
    levels: Floats = np.empty(np.shape(x), np.float32)
    np.clip(x, -1, 1, out=levels)
    levels += 1
    levels *= 127.5
    np.rint(levels, out=levels)  # all in one place: fresh memory takes longer than the arithmetic
    np.copyto(levels, 0, where=np.isnan(levels))
    return levels.astype(np.uint8)
