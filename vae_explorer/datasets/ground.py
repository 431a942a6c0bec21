"""What a picture's ink stands on: the paper's grey level, place by place, and whether ink is darker or lighter."""

import numpy as np
from PIL import Image

from vae_explorer.images import Floats

COARSE = 40  # pixels of the longer side of the small picture in which the ground is looked for
WINDOW = 0.5  # of that side: ink covers less than half of such a square, so that its median is the paper's
DARKEST = 0.2  # paper that is nearly as dark as ink is divided by this, not by itself


def even(picture: Floats) -> Floats:
    """Give the paper's level, place by place, under a picture, both (H, W) in [0, 1]: its local median."""
    h, w = picture.shape
    return np.asarray(Image.fromarray(_medians(reduced(picture, COARSE))).resize((w, h), Image.Resampling.BILINEAR))


def level(picture: Floats) -> Floats:
    """Give the paper's level as if it were the same everywhere, that of most of the rim, at each place of a picture."""
    rim = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    return np.full_like(picture, np.median(rim))


def contrast(picture: Floats, ground: Floats, dark: bool) -> Floats:
    """Give how strong the ink in a picture is, (H, W): 0 for the ground's level, 1 for black, or for white if not dark.

    In relation to what the ground leaves, since a shadow takes the same share of the paper's light and of the ink's.
    """
    ink: Floats = ground - picture if dark else picture - ground
    room: Floats = ground if dark else np.float32(1) - ground
    strong: Floats = ink / room.clip(DARKEST)
    return strong


def reduced(picture: Floats, longest: int) -> Floats:
    """Give a picture so small that its longer side has at most so many pixels, each the mean of what it covers."""
    h, w = picture.shape
    scale = min(1.0, longest / max(h, w))
    if scale == 1:
        return picture
    size = max(1, round(w * scale)), max(1, round(h * scale))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


def _medians(small: Floats) -> Floats:
    """The median in a square around each pixel, (H, W); beyond its rim a picture goes on as in a mirror."""
    half = max(1, round(WINDOW * min(small.shape) / 2))
    padded = np.pad(small, half, "symmetric")
    squares = np.lib.stride_tricks.sliding_window_view(padded, (2 * half + 1, 2 * half + 1))
    flat = squares.reshape(*small.shape, -1)
    middle = flat.shape[-1] // 2
    medians: Floats = np.partition(flat, middle, axis=-1)[..., middle]
    return medians
