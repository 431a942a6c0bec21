"""Figures of many digits, in bands or on a plane, never shown or saved. Knows pixels, no models and no files.

A digit is (H, W) of grey levels; other pictures, in colour, are (H, W, 3).
"""

from collections.abc import Mapping, Sequence

from vae_explorer.pictures.rc import Figure, legible, own_settings

import numpy as np
from matplotlib.ticker import MaxNLocator

from vae_explorer.images import Pixels, sheet
from vae_explorer.pictures.inks import TICK
from vae_explorer.pictures.sheets import draw_mosaic, draw_sheet, no_spines
from vae_explorer.pictures.ticks import tick, ticks, told_apart
from vae_explorer.pictures.tiles import inches, middles

PLAIN = 12  # digits in a row; of more the letters are larger, as the whole will be seen smaller, and values fewer
VALUES = 8  # of those, at most
LETTER = 0.085  # inches, as wide as most letters of a title are at most
SAME = 1e-9  # less is rounding


@own_settings()
def bands(rows: Mapping[str, Pixels], columns: int = 16) -> Figure:
    """One band of digits under each title: what went in, what came out. Each value is (N, H, W, …)."""
    lines = [-(-len(tiles) // columns) for tiles in rows.values()]
    [first, *_] = rows.values()
    height, width = (inches(first, pixels) for pixels in first.shape[1:3])
    across = max(columns * width, LETTER * max(map(len, rows)))
    figure = Figure((across, sum(lines) * height + 0.32 * len(lines)), layout="constrained")
    axes = figure.subplots(len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": lines})[:, 0]
    for axis, (title, tiles) in zip(axes, rows.items(), strict=True):
        draw_mosaic(axis, tiles, columns)
        axis.set_title(title, loc="left", fontsize=10)
        axis.set_anchor("W")
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
    least = [LETTER * len(label) for label in labels]
    size = max(columns * width + 0.6, least[0]), max(rows * height + 0.5, least[1])
    figure = Figure(size, layout="constrained")
    axis = figure.subplots()
    draw_sheet(axis, sheet(tiles, columns))
    axis.set_axis_on()
    larger = max(1.0, max(columns, rows) / PLAIN)
    axis.set_xticks(*_coordinates(across, tiles.shape[2]), fontsize=8 * larger)
    axis.set_yticks(*_coordinates(down, tiles.shape[1]), fontsize=8 * larger)
    axis.tick_params(length=3 * larger, width=0.8 * larger, color=TICK)
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
    if any(isinstance(value, str) for value in values):
        return at, [tick(value) for value in values]
    if len(values) <= PLAIN:
        return at, told_apart([float(value) for value in values], 1)
    numbers, places = (np.array(each, float)[np.argsort(values)] for each in (values, at))
    rounded = MaxNLocator(VALUES, steps=[1, 2, 5, 10]).tick_values(numbers[0], numbers[-1])
    rounded = rounded[(rounded >= numbers[0] - SAME) & (rounded <= numbers[-1] + SAME)]
    return np.interp(rounded, numbers, places).tolist(), ticks(rounded.tolist())
