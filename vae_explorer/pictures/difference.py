"""What some pictures have more or less than others, as numbers and in words. Knows pixels alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import Pixels

LEVELS = 255  # from black to white, which is the largest difference
INK, LIGHT = "blue: added ink, red: missing", "grey: the same, lighter: brighter"


def of(one: Pixels, other: Pixels) -> NDArray[Any]:
    """Give what other pictures have more than some, (N, H, W) each: -LEVELS to LEVELS.

    Of colours, (N, H, W, 3), half of that above a middle grey, as uint8.
    """
    more: NDArray[Any] = other.astype(np.int16) - one
    return ((more + LEVELS + 1) // 2).astype(np.uint8) if one.ndim == 4 else more


def key(in_colour: bool) -> str:
    """Say what it looks like where it is drawn by `sheets.draw_difference`."""
    return LIGHT if in_colour else INK
