"""Strips of digits as a Figure: a dimension each, in which it alone moves. Knows pixels, no models and no files."""

from collections.abc import Sequence

from vae_explorer.pictures.rc import Figure, legible, own_settings

import numpy as np
from matplotlib.axes import Axes

from vae_explorer.images import Pixels, sheet
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.pictures.inks import ACCENT, MUTED
from vae_explorer.pictures.sheets import draw_mosaic, no_spines, placed
from vae_explorer.pictures.ticks import signed, ticks
from vae_explorer.pictures.tiles import Values, inches, middles, zoom

GAP = 18  # dots, between the strips
LETTER = 0.08  # inches, as wide as most letters of a row's title are at most


@own_settings()
def traverse(
    tiles: Pixels, values: Sequence[float], dims: Sequence[int], z: Sequence[float], kl: Sequence[float] | None,
    names: Names = (), unit: str | None = None,
) -> Figure:  # fmt: skip
    """A row of digits for each dimension, in which it alone takes the values; beside it where z is, and its kl.

    tiles: (len(dims)·len(values), H, W, …), row by row; z: (D,); kl: (D,) in nats, None where it is not known. A blue
    mark under the digits shows where on its row z is, if it is there. names: of dimensions. unit: None where the values
    are those of the dimension; where they are steps away from z, what each is counted in, "" for 1.
    """
    columns, rows, (_, h, w, *colours), dots = len(values), len(dims), tiles.shape, zoom(tiles)
    gap = -(-GAP // dots)
    strips = sheet(tiles, columns).reshape(rows, h, columns * w, *colours)
    facts = {"value": [signed(z[dim], 2) for dim in dims]} | _nats(dims, kl)
    width, height = (inches(tiles, pixels) for pixels in (columns * w, rows * (h + gap) - gap))
    titles = [legible(dimensions.title(dim, names)) for dim in dims]
    more = LETTER * max(0, max(map(len, titles)) - 4)  # for names; "z255" has room
    figure = Figure((width + 0.5 + 0.625 * len(facts) + more, height + 0.5))
    axis = placed(figure, 0.4375 + more, 0.3125, width, height)
    draw_mosaic(axis, strips, 1, gap)
    axis.set_axis_on()
    lines = middles(rows, h, gap)
    axis.set_xticks(middles(columns, w), _steps(values, unit), fontsize=8)
    axis.set_yticks(lines, titles, fontsize=9, parse_math=False)
    axis.tick_params(length=0, top=False, labeltop=True, labelbottom=False)
    no_spines(axis)
    for k, (title, texts) in enumerate(facts.items()):
        _write(axis, columns * w + 90 * (k + 1) / dots, (-15 / dots, *lines), (title, *texts))
    places = [z[dim] if unit is None else 0.0 for dim in dims]
    _mark(axis, np.interp(places, values, axis.get_xticks(), np.nan, np.nan), (h + gap) / 2)
    return figure


def _nats(dims: Sequence[int], kl: Sequence[float] | None) -> dict[str, list[str]]:
    """What stands beside the rows of their kl, under its title; nothing where it is not known."""
    return {} if kl is None else {"kl, nats": [f"{kl[dim]:z.1f}" for dim in dims]}


def _steps(values: Sequence[float], unit: str | None) -> list[str]:
    """What stands over the columns: values, or steps away from z in their unit."""
    if unit is None:
        return ticks(values)
    return ["z" if text == "0" else f"{text} {unit}".strip() for text in ticks(values)]


def _mark(axis: Axes, places: Values, below: float) -> None:
    """Mark places on the rows, one for each, so much below their middles."""
    axis.set_autoscale_on(False)  # the last mark lies under the sheet
    axis.plot(places, axis.get_yticks() + below, "^", color=ACCENT, markersize=4, clip_on=False)


def _write(axis: Axes, edge: float, lines: Sequence[float], texts: Sequence[str]) -> None:
    """Write a column of texts that end at an edge, the first as its title."""
    axis.text(edge, lines[0], texts[0], ha="right", va="bottom", size=8, color=MUTED)
    for middle, text in zip(lines[1:], texts[1:], strict=True):
        axis.text(edge, middle, text, ha="right", va="center", size=9)
