"""Digits as tiles of a figure: how large they are on paper, and several on one sheet. Knows pixels, no figures.

A tile is (H, W) of grey levels, or in colour (H, W, 3).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vae_explorer.images import Pixels

TILE = 84  # dots: a digit is as large as fits into a square of so many with a whole number of them to each pixel
INCHES = TILE / 144  # the same; a PNG has 144 dots an inch
LARGEST, MANY = 128, 150  # dots of a tile's longer side at most; of more tiles, TILE
NARROWEST = 16  # dots of its shorter side, which none is made narrower than
BAR = 30 / 84  # how wide a bar under a digit is, as a share of the digit's width

Values = NDArray[np.floating]


@dataclass(frozen=True)
class DrawnWay:
    """A way through latent space as digits: tiles (K, H, W, …); steps (K - 1,), how much the picture changes from each
    to the next; places (K,), the percentile of the density at each, None where it is not known."""

    tiles: Pixels
    steps: Values
    places: Values | None


def mosaic(tiles: NDArray[Any], columns: int, gap: int = 2) -> NDArray[Any]:
    """Lay tiles (N, h, w, …) out in rows of so many columns, white lines of `gap` pixels between them."""
    n, h, w, *colours = tiles.shape
    rows = -(-n // columns)
    sheet = np.full((rows * (h + gap) - gap, columns * (w + gap) - gap, *colours), 255, tiles.dtype)
    for k, tile in enumerate(tiles):
        top, left = (k // columns) * (h + gap), (k % columns) * (w + gap)
        sheet[top : top + h, left : left + w] = tile
    return sheet


def shrunk(tiles: Pixels, count: int) -> Pixels:
    """Give tiles, (N, h, w, …), as so many of them can stand on a sheet: large pictures smaller, by the means of what
    each pixel covers."""
    sides, most = tiles.shape[1:3], TILE if count > MANY else LARGEST
    scale = max(most / max(sides), NARROWEST / min(sides))
    if scale >= 1:
        return tiles
    size = max(1, round(sides[1] * scale)), max(1, round(sides[0] * scale))
    return np.stack([np.asarray(Image.fromarray(each).resize(size, Image.Resampling.BOX)) for each in tiles])


def zoom(tiles: Pixels, times: int = 1) -> int:
    """How many dots across a pixel of tiles (N, h, w, …) is, where a tile is so many times as large as usual."""
    dots: int = times * TILE // max(tiles.shape[1:3])
    return max(1, dots)


def inches(tiles: Pixels, pixels: int, times: int = 1) -> float:
    """How long so many pixels of tiles (N, h, w, …) are, where a tile is so many times as large as usual."""
    return pixels / (times * TILE / zoom(tiles, times)) * times * INCHES


def middles(count: int, side: int, gap: int = 0) -> list[float]:
    """Where so many tiles in a line have their middles, in pixels, of which 0 is the middle of the first.

    side: how many pixels a tile has in that direction; gap: how many lie between two.
    """
    return [(side + gap) * k + (side - 1) / 2 for k in range(count)]
