"""Fields of classes and density as a thin wash over a picture. Knows fields and colours; no model, no window."""

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import Floats, Pixels
from vae_explorer.pictures.scatter import class_colours
from vae_explorer.space.field import Labelled

CLASS = 0.32  # how much the colour of a class hides where the class is certain
DATA, LIGHT = 0.45, (190, 202, 226)  # how much light lies where most of the data do; half of it where a quarter does
BOUNDARY, EDGE = 0.7, (164, 168, 176)  # seen on black and on white
HATCH, LINE = 0.3, (150, 154, 162)
APART = 7  # from one line of the hatching to the next, in widths of a line


@dataclass(frozen=True, eq=False)
class Wash:
    """colour: (h, w, 3), 0 to 255, as much of it as there is; cover: (h, w), 0 to 1, how much of what is under it it
    hides."""

    colour: Floats
    cover: Floats

    def over(self, picture: Pixels) -> Pixels:
        """Lay the wash over a picture, (h, w, 3), or over one of a single colour, (3,)."""
        mixed = picture * (1 - self.cover[..., None]) + self.colour
        pixels: Pixels = np.rint(mixed).astype(np.uint8)
        return pixels


def wash(found: Labelled, layers: Container[str], line: int) -> Wash:
    """Make a wash with a pixel for each point of what was found in a field.

    layers: "density" lays light where the data lie; "classes" the colours of the likeliest classes, the fainter the
    less likely they are, with lines between them, and lines that slant where hardly any data lie and a class would mean
    nothing. line: the width of a line, in pixels.
    """
    shape = found.percentile.shape
    made = Wash(np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32))
    if "density" in layers:
        made = _laid(made, np.array(LIGHT), DATA * np.sqrt(found.percentile / 100))
    if "classes" in layers:
        label, empty = found.label, found.empty
        made = _laid(made, class_colours(label), np.where(empty, 0, CLASS * found.share))
        made = _laid(made, np.array(EDGE), BOUNDARY * (_boundaries(label, line) & ~empty))
        made = _laid(made, np.array(LINE), HATCH * (_slanting(shape, line) & empty))
    return made


def _laid(under: Wash, colour: NDArray[np.integer], share: NDArray[np.floating]) -> Wash:
    """A wash with a share, (h, w), of a colour, (3,) or (h, w, 3), laid over it."""
    share, colour = share.astype(np.float32), colour.astype(np.float32)
    left = 1 - share
    return Wash(under.colour * left[..., None] + colour * share[..., None], 1 - (1 - under.cover) * left)


def _boundaries(label: NDArray[np.intp], line: int) -> NDArray[np.bool_]:
    """Where a pixel's class, (h, w), is another than that of the pixel so many further right, or further down."""
    differs = np.zeros(label.shape, bool)
    differs[:, :-line] |= label[:, :-line] != label[:, line:]
    differs[:-line] |= label[:-line] != label[line:]
    return differs


def _slanting(shape: tuple[int, ...], line: int) -> NDArray[np.bool_]:
    """Lines that go up from the left, (h, w)."""
    height, width = shape
    return (np.arange(height)[:, None] + np.arange(width)) % (APART * line) < line
