"""Pictures into files, the format chosen by the suffix. Knows Figures and pixels, no models.

The same picture gives the same bytes: no dates, no random ids.
"""

import io
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vae_explorer import figures, files, recipe
from vae_explorer.cli import Failure
from vae_explorer.images import Floats, Pixels, to_pixels
from vae_explorer.recipe import Recipe

SUFFIXES = (".png", ".svg", ".pdf")
MIN_SIDE, MAX_SIDE = 28, 4480  # pixels of a digit's picture
FIGURE_DPI = 144
CSS_DPI = 96  # so that an SVG of side 560 is shown as wide as a PNG of 560 pixels

_RESAMPLING = {"pixels": Image.Resampling.NEAREST, "smooth": Image.Resampling.BICUBIC}
_UNDATED: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
_TEXT = {".svg": "Description", ".pdf": "Keywords"}  # where a recipe goes


class ExportError(Failure):
    """A picture cannot be written in the format that its name asks for, or of that size."""


def save_figure(figure: Figure, path: Path) -> None:
    """Write a Figure as PNG, SVG or PDF, whole or not at all. Raises ExportError for another suffix, OSError."""
    files.write({path: _figure_bytes(figure, _suffix(path))})


def save_digit(x_hat: Floats, path: Path, side: int, look: str, colours: str, made: Recipe) -> None:
    """Write a digit as PNG, SVG or PDF, side × side pixels, with the recipe by which it was made.

    x_hat: (28, 28) in [-1, 1]. side: 28…4480; where it is no multiple of 28, some pixels are one wider than others.
    look: `pixels`, each a square, or `smooth`, bicubic between the levels. colours: the name of a colour map of
    matplotlib. In an SVG or PDF the squares are drawn and stay sharp at any size.
    Raises ExportError for another suffix or side, KeyError for a look or colours that there are not, OSError.
    """
    suffix = _suffix(path)
    if not MIN_SIDE <= side <= MAX_SIDE:
        raise ExportError(f"A digit is saved {MIN_SIDE} to {MAX_SIDE} pixels wide; {side} is not between them.")
    table = figures.colour_table(colours)
    resampling = _RESAMPLING[look]
    text = recipe.dumps(made)
    if suffix != ".png" and look == "pixels":
        data = _figure_bytes(_squares(table[to_pixels(x_hat)], side), suffix, text)
    else:
        x = np.asarray(Image.fromarray(x_hat).resize((side, side), resampling))
        levels = to_pixels(x)  # after enlarging, so that no steps are seen
        if suffix == ".png":
            data = _png_bytes(levels, table, text)
        else:
            data = _figure_bytes(_photograph(table[levels], side), suffix, text)
    files.write({path: data})


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ExportError(f"{path.name}: pictures are saved as {', '.join(SUFFIXES)}; choose one of these.")
    return suffix


def _png_bytes(levels: Pixels, table: Pixels, text: str) -> bytes:
    """A PNG of levels (h, w) and a palette, or of the grey that they mean; the text stands before the pixels."""
    if (table == table[:, :1]).all():
        picture = Image.fromarray(table[levels][..., 0])
    else:
        picture = Image.fromarray(levels)
        picture.putpalette(table.tobytes())
    told = PngInfo()
    told.add_text(recipe.KEY, text)
    buffer = io.BytesIO()
    picture.save(buffer, "png", pnginfo=told)  # optimize would take 10 s for the largest, and save a tenth
    return buffer.getvalue()


def _figure_bytes(figure: Figure, suffix: str, text: str | None = None) -> bytes:
    metadata = {**_UNDATED.get(suffix, {}), **({_TEXT[suffix]: text} if text else {})}
    buffer = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "vae-explorer", "savefig.bbox": "standard"}):
        figure.savefig(buffer, format=suffix[1:], dpi=FIGURE_DPI, metadata=metadata)
    return buffer.getvalue()


def _bare_figure(side: int) -> tuple[Figure, Any]:
    figure = Figure((side / CSS_DPI, side / CSS_DPI), frameon=False)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(1, 0))
    axes.set_axis_off()
    return figure, axes


def _squares(colours: Pixels, side: int) -> Figure:
    """A Figure of one square for each of the colours (h, w, 3).

    Squares that only touch show hairlines between them in most viewers, which blend each edge with what is behind
    it. So each reaches half a square under its right and lower neighbours, which are drawn after it.
    """
    figure, axes = _bare_figure(side)
    h, w = colours.shape[:2]
    top, left = (edge.reshape(-1, 1) for edge in np.mgrid[:h, :w])
    bottom, right = np.minimum(top + 1.5, h), np.minimum(left + 1.5, w)
    corners = np.stack([left, top, right, top, right, bottom, left, bottom], -1).reshape(-1, 4, 2) / (w, h)
    squares = PolyCollection(list(corners), facecolors=colours.reshape(-1, 3) / 255, linewidths=0, clip_on=False)
    axes.add_collection(squares, autolim=False)
    return figure


def _photograph(colours: Pixels, side: int) -> Figure:
    """A Figure of nothing but a picture (h, w, 3)."""
    figure, axes = _bare_figure(side)
    axes.imshow(colours, extent=(0, 1, 1, 0), interpolation="none", aspect="auto")
    return figure
