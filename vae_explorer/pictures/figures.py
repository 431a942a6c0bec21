"""matplotlib Figures of digits, returned and never shown or saved. Knows pixels, no models and no files.

A digit is (H, W) of grey levels; other pictures, in colour, are (H, W, 3).
"""

import re
from collections.abc import Mapping, Sequence

from vae_explorer.pictures.rc import Figure, legible, own_settings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from vae_explorer.images import Pixels, sheet
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.pictures.sheets import draw_sheet, no_spines, placed
from vae_explorer.pictures.tiles import BAR, DrawnWay, Values, inches, middles, mosaic, zoom

ACCENT, MUTED = "#1f5fbf", "0.4"
PLAIN = 12  # digits in a row; of more the letters are larger, as the whole will be seen smaller, and values fewer
VALUES = 8  # of those, at most
TERM = 2  # as large as a digit among others, each term of an equation
SAME = 1e-9  # less is rounding
GAP = 18  # dots, between the strips
LETTER = 0.08  # inches, as wide as most letters of a row's title are at most


@own_settings()
def bands(rows: Mapping[str, Pixels], columns: int = 16) -> Figure:
    """One band of digits under each title: what went in, what came out. Each value is (N, H, W, …)."""
    lines = [-(-len(tiles) // columns) for tiles in rows.values()]
    [first, *_] = rows.values()
    height, width = (inches(first, pixels) for pixels in first.shape[1:3])
    figure = Figure((columns * width, sum(lines) * height + 0.32 * len(lines)), layout="constrained")
    axes = figure.subplots(len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": lines})[:, 0]
    for axis, (title, tiles) in zip(axes, rows.items(), strict=True):
        draw_sheet(axis, mosaic(tiles, columns))
        axis.set_title(title, loc="left", fontsize=10)
    return figure


@own_settings()
def plane(
    tiles: Pixels,
    across: Sequence[float] | Sequence[str],
    down: Sequence[float] | Sequence[str],
    labels: tuple[str, str],
) -> Figure:
    """A plane of digits with its coordinates. tiles: (len(down)·len(across), H, W, …), row by row from the top;
    labels name the horizontal and the vertical axis. Each of few coordinates, and each that is text, stands at its
    tile; of many numbers, in order, a few round ones, also between tiles."""
    columns, rows = len(across), len(down)
    height, width = (inches(tiles, pixels) for pixels in tiles.shape[1:3])
    figure = Figure((columns * width + 0.6, rows * height + 0.5), layout="constrained")
    axis = figure.subplots()
    draw_sheet(axis, sheet(tiles, columns))
    axis.set_axis_on()
    larger = max(1.0, max(columns, rows) / PLAIN)
    axis.set_xticks(*_coordinates(across, tiles.shape[2]), fontsize=8 * larger)
    axis.set_yticks(*_coordinates(down, tiles.shape[1]), fontsize=8 * larger)
    axis.tick_params(length=3 * larger, width=0.8 * larger, color="0.6")
    axis.set_xlabel(legible(labels[0]), fontsize=10 * larger, parse_math=False)
    axis.set_ylabel(legible(labels[1]), fontsize=10 * larger, parse_math=False)
    no_spines(axis)
    if height != width:
        axis.set_anchor("SW")  # in the middle, matplotlib would take some of its room for that of the names
    return figure


def _coordinates(values: Sequence[float] | Sequence[str], side: int) -> tuple[list[float], list[str]]:
    """Where on a sheet the coordinates of its rows or columns stand, in pixels of a digit, and as what text.

    side: how many pixels a digit has in that direction.
    """
    at = middles(len(values), side)
    if len(values) <= PLAIN or isinstance(values[0], str):
        return at, [_tick(value) for value in values]
    numbers, places = (np.array(each, float)[np.argsort(values)] for each in (values, at))
    rounded = MaxNLocator(VALUES, steps=[1, 2, 5, 10]).tick_values(numbers[0], numbers[-1])
    rounded = rounded[(rounded >= numbers[0] - SAME) & (rounded <= numbers[-1] + SAME)]
    decimals = 1 if np.allclose(rounded, np.round(rounded, 1)) else 2
    return np.interp(rounded, numbers, places).tolist(), [_tick(value, decimals) for value in rounded]


@own_settings()
def traverse(
    tiles: Pixels, values: Sequence[float], dims: Sequence[int], z: Sequence[float], kl: Sequence[float] | None,
    names: Names = (),
) -> Figure:  # fmt: skip
    """A row of digits for each dimension, in which it alone takes the values; beside it where z is, and its kl.

    tiles: (len(dims)·len(values), H, W, …), row by row; z: (D,); kl: (D,) in nats, None where it is not known. A blue
    mark under the digits shows where on its row z is, if it is there. names: of dimensions.
    """
    columns, rows, (_, h, w, *colours), dots = len(values), len(dims), tiles.shape, zoom(tiles)
    gap = -(-GAP // dots)
    strips = mosaic(sheet(tiles, columns).reshape(rows, h, columns * w, *colours), 1, gap)
    facts = {"value": [_signed(z[dim], 2) for dim in dims]}
    facts |= {} if kl is None else {"kl, nats": [f"{kl[dim]:z.1f}" for dim in dims]}
    width, height = (inches(tiles, pixels) for pixels in strips.shape[1::-1])
    titles = [legible(dimensions.title(dim, names)) for dim in dims]
    more = LETTER * max(0, max(map(len, titles)) - 4)  # for names; "z255" has room
    figure = Figure((width + 0.5 + 0.625 * len(facts) + more, height + 0.5))
    axis = placed(figure, 0.4375 + more, 0.3125, width, height)
    draw_sheet(axis, strips)
    axis.set_axis_on()
    lines = middles(rows, h, gap)
    axis.set_xticks(middles(columns, w), _ticks(values), fontsize=8)
    axis.set_yticks(lines, titles, fontsize=9, parse_math=False)
    axis.tick_params(length=0, top=False, labeltop=True, labelbottom=False)
    no_spines(axis)
    for k, (title, texts) in enumerate(facts.items()):
        _write(axis, columns * w + 90 * (k + 1) / dots, (-15 / dots, *lines), (title, *texts))
    _mark(axis, np.interp([z[dim] for dim in dims], values, axis.get_xticks(), np.nan, np.nan), (h + gap) / 2)
    return figure


def _mark(axis: Axes, places: Values, below: float) -> None:
    """Mark places on the rows, one for each, so much below their middles."""
    axis.set_autoscale_on(False)  # the last mark lies under the sheet
    axis.plot(places, axis.get_yticks() + below, "^", color=ACCENT, markersize=4, clip_on=False)


def _write(axis: Axes, edge: float, lines: Sequence[float], texts: Sequence[str]) -> None:
    """Write a column of texts that end at an edge, the first as its title."""
    axis.text(edge, lines[0], texts[0], ha="right", va="bottom", size=8, color=MUTED)
    for middle, text in zip(lines[1:], texts[1:], strict=True):
        axis.text(edge, middle, text, ha="right", va="center", size=9)


@own_settings()
def ways(rows: Mapping[str, DrawnWay]) -> Figure:
    """Ways through latent space one above the other, each under its name; the same scales for all.

    Under the digits, as bars: between every two how much the picture changes, and under each how dense its place is.
    """
    tiles = next(iter(rows.values())).tiles
    columns, h, w = tiles.shape[:3]
    high, width = inches(tiles, h), columns * inches(tiles, w)
    block = high + (0.75 if all(way.places is None for way in rows.values()) else 1.125)  # inches high
    figure = Figure((width + 1.5, len(rows) * block + 0.0625))
    most = max(float(way.steps.max()) for way in rows.values()) or 1.0
    for k, (name, way) in enumerate(rows.items()):
        top = k * block + 0.3125
        axis = placed(figure, 1.1875, top, width, high)
        draw_sheet(axis, sheet(way.tiles, columns))
        axis.set_title(name, loc="left", fontsize=10, pad=4)
        under = top + high
        edges = np.arange(columns + 1) * float(w)
        steps = placed(figure, 1.1875, under + 0.08, width, 0.26)
        _bars(steps, way.tiles, edges[1:-1], way.steps, most, f"{most:.1f}", "change")
        if way.places is not None:
            places = placed(figure, 1.1875, under + 0.46, width, 0.26)
            _bars(places, way.tiles, edges[:-1] + w / 2, way.places, 100, "100", "density, %")
    return figure


@own_settings()
def equation(tiles: Pixels, names: Sequence[str], signs: Sequence[str], below: str) -> Figure:
    """Digits in a row, tiles (K, H, W, …), a name over each and K − 1 signs between; below stands under the last."""
    (h, w), gap, top = tiles.shape[1:3], 0.4375, 0.3125
    width, height = inches(tiles, w, TERM), inches(tiles, h, TERM)
    figure = Figure((len(tiles) * (width + gap) + 0.0625 - gap + 0.0625, top + height + 0.25))
    for k, (tile, name) in enumerate(zip(tiles, names, strict=True)):
        axis = placed(figure, 0.0625 + k * (width + gap), top, width, height)
        draw_sheet(axis, tile)
        axis.set_title(name, fontsize=10, pad=4)
        if k:
            axis.text(-w / 2 * gap / width, (h - 1) / 2, signs[k - 1], ha="center", va="center", size=16)
    axis.text((w - 1) / 2, h - 0.5 + 12 / zoom(tiles, TERM), below, ha="center", va="top", size=8, color=MUTED)
    return figure


def _ticks(values: Sequence[float]) -> list[str]:
    """One decimal each, or two where one tells not all of any."""
    decimals = 1 if np.allclose(values, np.round(values, 1)) else 2
    return [_tick(value, decimals) for value in values]


def _tick(value: float | str, decimals: int = 1) -> str:
    return value if isinstance(value, str) else re.sub(r"^\+0\.0+$", "0", _signed(value, decimals))


def _signed(value: float, decimals: int) -> str:
    return f"{value:+z.{decimals}f}".replace("-", "−") if abs(value) < 1000 else f"{value:+.0e}".replace("-", "−")


def _bars(axis: Axes, tiles: Pixels, x: Values, values: Values, top: float, most: str, name: str) -> None:
    """Bars at x, in pixels of the digits above from their left end; most is the text at the top of their scale."""
    columns, _, w = tiles.shape[:3]
    axis.bar(x, values, w * BAR, color=ACCENT)
    axis.set(xlim=(0, columns * w), ylim=(0, top))
    axis.set_yticks([top], [most], fontsize=7, color=MUTED)
    axis.tick_params(length=0, labelbottom=False)
    axis.text(-42 / zoom(tiles), top / 2, name, ha="right", va="center", size=8)
    no_spines(axis)
    axis.spines["bottom"].set(visible=True, color="0.8")
