"""Pictures into files, the format chosen by the suffix. Knows Figures and pixels, no models.

The same picture gives the same bytes: no dates, no random ids.
"""

import io
import math
from pathlib import Path
from typing import Any

from vae_explorer.pictures.rc import Figure, own_settings

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vae_explorer import files
from vae_explorer.images import Floats, Pixels, Size, fitted, from_pixels, in_unit, to_pixels
from vae_explorer.pictures import carried, recipe
from vae_explorer.pictures.colours import colour_table
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.suffixes import ExportError, checked
from vae_explorer.pictures.usual import MAX_MOVING_SIDE, MAX_MS, MAX_SIDE, MIN_MS, MIN_SIDE

MAX_FRAMES = 240
MOST_DOTS = 16_000_000  # of a PNG: matplotlib takes a hundred bytes for each
FIGURE_DPI, PAPER_DPI = 144, 300  # of a PNG; the latter where it is as wide as asked for, as publishers take it
CSS_DPI = 96  # so that an SVG of side 560 is shown as wide as a PNG of 560 pixels

_RESAMPLING = {"pixels": Image.Resampling.NEAREST, "smooth": Image.Resampling.BICUBIC}
_UNDATED: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
_TEXT = {".png": carried.KEY, ".svg": "Description", ".pdf": "Keywords"}  # where a recipe goes


def save_figure(figure: Figure, path: str | Path, made: Recipe | None = None) -> None:
    """Write a Figure as PNG, SVG or PDF, whole or not at all, with the recipe by which it was made if it has one.

    Raises ExportError for another suffix, OSError.
    """
    path = Path(path)
    files.write({path: figure_bytes(figure, checked(path), made)})


def figure_bytes(figure: Figure, suffix: str, made: Recipe | None = None, dpi: int = FIGURE_DPI) -> bytes:
    """Give what `save_figure` writes into a file of one of the suffixes STILL. dpi: of a PNG; one that would be of more
    than MOST_DOTS has fewer, but FIGURE_DPI at least."""
    text = {_TEXT[suffix]: recipe.dumps(made)} if made else {}
    buffer = io.BytesIO()
    width, height = figure.get_size_inches()
    fit = int(math.sqrt(MOST_DOTS / (width * height)))
    dots = min(dpi, max(FIGURE_DPI, fit)) if suffix == ".png" else FIGURE_DPI
    figure.savefig(buffer, format=suffix[1:], dpi=dots, metadata=_UNDATED.get(suffix, {}) | text)
    return buffer.getvalue()


def save_digit(x_hat: Floats | Pixels, path: str | Path, side: int, look: str, colours: str, made: Recipe) -> None:
    """Write a digit as PNG, SVG or PDF with the recipe by which it was made.

    x_hat: (H, W) or (C, H, W) in [-1, 1], or levels (uint8); three channels are red, green and blue. side: 16…4480
    pixels, of the longer side where one is; the other keeps the proportions. Where side is not a multiple of the
    digit's own, some of its pixels are one wider than others.
    look: `pixels`, each a square, or `smooth`, bicubic between the levels. colours: the name of a colour map of
    matplotlib, for what has one channel. An SVG or PDF has so many pixels that each square of a digit takes the same
    number of them, and asks to be enlarged without any between them.
    Raises ExportError for another suffix or side, KeyError for a look or colours that there are not, OSError.
    """
    path = Path(path)
    files.write({path: digit_bytes(x_hat, checked(path), side, look, colours, made)})


def digit_bytes(x_hat: Floats | Pixels, suffix: str, side: int, look: str, colours: str, made: Recipe) -> bytes:
    """Give what `save_digit` writes into a file of one of the suffixes STILL. Raises what that raises, but OSError."""
    if not MIN_SIDE <= side <= MAX_SIDE:
        raise ExportError(f"A picture is saved {MIN_SIDE} to {MAX_SIDE} pixels a side; {side} is not between them.")
    x = in_unit(x_hat)  # grey levels would be clipped to white
    x = x.reshape(-1, *x.shape[-2:])
    h, w = x.shape[1:]
    table, size = colour_table(colours), fitted((h, w), (side, side))
    if suffix == ".png":
        return _png_bytes(_resized(x, size, look), table, recipe.dumps(made))
    times = -(-side // max(h, w))
    even = size if look == "smooth" else (w * times, h * times)
    return figure_bytes(_photograph(_coloured(_resized(x, even, look), table), size), suffix, made)


def gif_bytes(frames: Pixels, side: int, look: str, colours: str, ms: int, made: Recipe) -> bytes:
    """Give a moving GIF of digits, each shown for ms, with the recipe in its comment.

    frames: (N, H, W), or in colour (N, H, W, 3), 1 to 240 of them. side: 16…1120, as of `save_digit`; ms: 20…10,000,
    rounded to hundredths of a second, in which a GIF counts. It plays for ever. look and colours as of `save_digit`;
    every colour of the table is kept, and of what is in colour 256 for each frame.
    Raises ExportError for such numbers, KeyError for a look or colours that there are not.
    """
    if not MIN_SIDE <= side <= MAX_MOVING_SIDE:
        raise ExportError(f"A GIF is saved {MIN_SIDE} to {MAX_MOVING_SIDE} pixels a side; {side} is not between them.")
    if not 1 <= len(frames) <= MAX_FRAMES or not MIN_MS <= ms <= MAX_MS:
        raise ExportError(f"A GIF has 1 to {MAX_FRAMES} frames of {MIN_MS} to {MAX_MS} ms, not {len(frames)} of {ms}.")
    _, h, w, *channels = frames.shape
    table, size = colour_table(colours), fitted((h, w), (side, side))
    levels = (_resized(from_pixels(frame, (channels[0] if channels else 1, h, w))[0], size, look) for frame in frames)
    pictures = [_few_colours(each) if channels else _palette(each, table) for each in levels]
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "gif", save_all=True, append_images=pictures[1:], duration=round(ms, -1), optimize=False,
        comment=recipe.dumps(made).encode(), loop=0,
    )  # fmt: skip
    return buffer.getvalue()


def _resized(x: Floats, size: Size, look: str) -> Pixels:
    """The levels of a digit x, (C, H, W), in another size, (h, w) or in colour (h, w, 3); rounded after enlarging, so
    that no steps are seen.

    Where there is no room for all its pixels, each is the mean of those that it covers: none would be left out.
    """
    kernel = _RESAMPLING[look]
    if look == "pixels" and size[0] < x.shape[2]:
        kernel = Image.Resampling.BOX
    levels = to_pixels(np.stack([np.asarray(Image.fromarray(each).resize(size, kernel)) for each in x], -1))
    return levels if len(x) > 1 else levels[..., 0]


def _coloured(levels: Pixels, table: Pixels) -> Pixels:
    """The colours (h, w, 3) of levels (h, w) by a table, or of what is in colour already."""
    return levels if levels.ndim == 3 else table[levels]


def _palette(levels: Pixels, table: Pixels) -> Image.Image:
    """A picture of levels (h, w) and their colours."""
    picture = Image.fromarray(levels)
    picture.putpalette(table.tobytes())
    return picture


def _few_colours(colours: Pixels) -> Image.Image:
    """A picture (h, w, 3) in 256 colours, as a GIF has them.

    They are those of Pillow's median cut; what is between two is mixed of them by Floyd and Steinberg's dithering, so
    that no bands are seen.
    """
    picture = Image.fromarray(colours)
    return picture.quantize(palette=picture.quantize(), dither=Image.Dither.FLOYDSTEINBERG)


def _png_bytes(levels: Pixels, table: Pixels, text: str) -> bytes:
    """A PNG of levels (h, w) and a palette, or of the grey that they mean, or of colours (h, w, 3); the text stands
    before the pixels."""
    if levels.ndim == 3:
        picture = Image.fromarray(levels)
    elif (table == table[:, :1]).all():
        picture = Image.fromarray(table[levels][..., 0])
    else:
        picture = _palette(levels, table)
    info = PngInfo()
    info.add_text(carried.KEY, text)
    buffer = io.BytesIO()
    picture.save(buffer, "png", pnginfo=info)  # optimize would take 10 s for the largest, and save a tenth
    return buffer.getvalue()


@own_settings()
def _photograph(colours: Pixels, size: Size) -> Figure:
    """A Figure of nothing but a picture (h, w, 3), in a size in pixels.

    One picture, not a square for each of its pixels: viewers blend the edges of squares with what is behind them, or
    twice with what lies beside them, and show hairlines.
    """
    figure = Figure((size[0] / CSS_DPI, size[1] / CSS_DPI), frameon=False)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(1, 0))
    axes.set_axis_off()
    axes.imshow(colours, extent=(0, 1, 1, 0), interpolation="none", aspect="auto")
    return figure
