"""Pixels on a Figure: Axes at places in inches, and their levels as they are."""

from typing import Any

from vae_explorer.pictures.rc import Figure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from vae_explorer.images import Pixels
from vae_explorer.pictures.difference import LEVELS
from vae_explorer.pictures.tiles import mosaic

_GREY = LinearSegmentedColormap.from_list("grey", ["black", "white"], 256)  # "gray" has as many levels as image.lut
GREY = _GREY.with_extremes(bad="white")  # of what lies between tiles


def placed(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Give Axes at a place in inches from the upper left corner; of sixteenths, so that a PNG's pixels stay even."""
    w, h = figure.get_size_inches()
    return figure.add_axes((left / w, 1 - (top + height) / h, width / w, height / h))


def draw_sheet(axis: Axes, pixels: Pixels) -> None:
    """Draw grey levels (h, w), or colours (h, w, 3), and no ticks around them."""
    axis.imshow(pixels, cmap=GREY, vmin=0, vmax=255, interpolation="none")  # which an SVG or PDF keeps as they are
    axis.set_axis_off()


def draw_mosaic(axis: Axes, tiles: Pixels, columns: int, gap: int = 2) -> None:
    """Draw a mosaic of tiles, (N, h, w, …); what lies between them is marked, so that it can be of another ground."""
    draw_sheet(axis, parted(tiles, columns, gap))


def parted(tiles: NDArray[Any], columns: int, gap: int = 2) -> "np.ma.MaskedArray[Any, Any]":
    """Give a mosaic of tiles, (N, h, w, …), with what lies between them masked."""
    return np.ma.masked_array(mosaic(tiles, columns, gap), mosaic(np.zeros_like(tiles), columns, gap) > 0)


def draw_difference(axis: Axes, more: NDArray[Any]) -> None:
    """Draw what one picture has more than another, (H, W) or (H, W, 3) as `difference.of` gives it, and no ticks.

    It is white where there is none, blue where ink is added, and red where it is missing, as in the window. In colour
    it is grey where there is none.
    """
    axis.imshow(more, cmap="bwr_r", vmin=-LEVELS, vmax=LEVELS, interpolation="none")
    axis.set(xticks=[], yticks=[])


def round_ticks(low: float, high: float, most: int, whole: bool = False) -> list[float]:
    """Give at most so many round numbers between two, both included, at even steps; whole: whole numbers only."""
    values = MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole).tick_values(low, high)
    return [float(value) for value in values if low <= value <= high]


def no_spines(axis: Axes) -> None:
    """Take away the lines around Axes."""
    for spine in axis.spines.values():
        spine.set_visible(False)
