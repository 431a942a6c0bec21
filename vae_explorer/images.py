"""Pixels: the one border between the grey levels of files and screens and the [-1, 1] of the model, several images on
one sheet, and the size of an image that is shown."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Size = tuple[int, int]  # width and height, in pixels
Shape = tuple[int, int, int]  # of an image: its channels, 1 or 3, its rows and its columns
SIDE = 28  # pixels of a digit's picture
DIGIT: Shape = 1, SIDE, SIDE
BOX = 20  # pixels of the square in it that MNIST's digits are fitted into


def to_unit(pixels: Pixels) -> Floats:
    """Scale grey levels 0…255 to float32 in [-1, 1]: 0 is black, of any shape."""
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def in_unit(x: NDArray[Any]) -> Floats:
    """Give grey levels (uint8) as `to_unit` does, and all else as it is, in float32."""
    return to_unit(x) if x.dtype == np.uint8 else x.astype(np.float32)


def unit_images(x: ArrayLike, shape: Shape = DIGIT) -> Floats:
    """Give the images that somebody hands in as float32 (B, C, H, W) in [-1, 1], or say what is wrong with them.

    x: (B, C, H, W); with one channel also (B, H, W) or one (H, W). Bytes (uint8) are grey levels and are scaled; all
    else must lie in [-1, 1] already. Raises ValueError for another shape, for other values and for NaN. Warns of what
    lies there and yet looks like [0, 1]: digits stand on a ground of 0 there.
    """
    given = np.asarray(x)
    channels, *sides = shape
    several = given.ndim == 4 or (channels > 1 and given.ndim == 3)
    if given.ndim > 4 or given.shape[-3 if several else -2 :] != (*[channels] * several, *sides):
        raise ValueError(f"images have the shape (B, {channels}, {sides[0]}, {sides[1]}), not {given.shape}")
    grey = given.dtype == np.uint8
    if not grey and not ((given >= -1) & (given <= 1)).all():  # NaN is neither
        raise ValueError("images lie in [-1, 1]; vae_explorer.images.to_unit scales grey levels 0…255 to that")
    if given.size and (given.max() == 1 if grey else given.max() > given.min() >= 0 and np.median(given) == 0):
        what = "these images seem to lie in [0, 1]; the model's lie in [-1, 1], which 2 * x - 1 gives"
        warnings.warn(what, stacklevel=3)
    return in_unit(given).reshape(-1, *shape)


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


def from_pixels(pixels: Pixels, shape: Shape) -> Floats:
    """Give pixels, (H, W) or in colour (H, W, 3), of one image or several, as a model takes them: (B, C, H, W)."""
    channels, h, w = shape
    return to_unit(pixels.reshape(-1, h, w, channels).transpose(0, 3, 1, 2))


def sheet(images: Pixels, columns: int) -> Pixels:
    """Lay images (rows·columns, H, W, …) side by side, row by row from the top: (rows·H, columns·W, …)."""
    n, h, w, *colours = images.shape
    rows = n // columns
    return images.reshape(rows, columns, h, w, *colours).swapaxes(1, 2).reshape(rows * h, columns * w, *colours)


def fitted(shape: tuple[int, ...], room: Size) -> Size:
    """Give the largest size within a room, at least 1 × 1, whose sides have the proportions of an image.

    shape: (H, W) of the image, or (H, W, 3). room: its width and height in pixels.
    """
    (h, w), (width, height) = shape[:2], room
    if width * h <= height * w:
        return max(1, width), max(1, round(width * h / w))
    return max(1, round(height * w / h)), max(1, height)
