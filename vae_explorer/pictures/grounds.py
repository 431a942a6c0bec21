"""What the dots of a map lie on: dark, as in the window, or light, as paper is. Knows colours only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import Pixels
from vae_explorer.pictures.scatter import BACKGROUND, CLASS_COLOURS, class_colours

CONTRAST = 3.0  # with white, at least: WCAG 2 asks for that of what is no text
DARK = "dark"
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])  # of red, green and blue light in luminance


@dataclass(frozen=True)
class Ground:
    """ground and cursor: colours; colours gives those of classes by their labels, (N,) → (N, 3)."""

    ground: tuple[int, int, int]
    cursor: tuple[int, int, int]
    colours: Callable[[NDArray[np.integer[Any]]], Pixels]


def on_white(colours: Pixels) -> Pixels:
    """Give colours, (N, 3), as dark as they have to be for their contrast with white, each with its own hue."""
    light = np.where(colours / 255 <= 0.04045, colours / 255 / 12.92, ((colours / 255 + 0.055) / 1.055) ** 2.4)  # sRGB
    most = 1.05 / CONTRAST - 0.05
    light *= np.minimum(1, most / (light @ WEIGHTS))[:, None]
    levels = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    pixels: Pixels = np.floor(levels * 255).astype(np.uint8)
    return pixels


_ON_WHITE = on_white(CLASS_COLOURS)
GROUNDS = {  # by name
    DARK: Ground(BACKGROUND, (254, 254, 254), class_colours),  # nearly white, which a theme changes
    "light": Ground((254, 254, 254), (1, 1, 1), lambda labels: _ON_WHITE[labels % len(_ON_WHITE)]),
}
