"""Ways through latent space, and terms of an equation, as Figures. Knows pixels, no models and no files."""

from collections.abc import Mapping, Sequence

from vae_explorer.pictures.rc import Figure, own_settings

import numpy as np
from matplotlib.axes import Axes

from vae_explorer.images import Pixels, sheet
from vae_explorer.pictures.inks import ACCENT, MUTED, RULE
from vae_explorer.pictures.sheets import draw_sheet, no_spines, placed
from vae_explorer.pictures.tiles import BAR, DrawnWay, Values, inches, zoom

TERM = 2  # as large as a digit among others, each term of an equation


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


def _bars(axis: Axes, tiles: Pixels, x: Values, values: Values, top: float, most: str, name: str) -> None:
    """Bars at x, in pixels of the digits above from their left end; most is the text at the top of their scale."""
    columns, _, w = tiles.shape[:3]
    axis.bar(x, values, w * BAR, color=ACCENT)
    axis.set(xlim=(0, columns * w), ylim=(0, top))
    axis.set_yticks([top], [most], fontsize=7, color=MUTED)
    axis.tick_params(length=0, labelbottom=False)
    axis.text(-42 / zoom(tiles), top / 2, name, ha="right", va="center", size=8)
    no_spines(axis)
    axis.spines["bottom"].set(visible=True, color=RULE)
