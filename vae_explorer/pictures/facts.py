"""The card of one dimension as a Figure: its strip, digits of the data at its ends, and how the factors go with it.

Knows pixels, numbers and texts, no models and no files.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vae_explorer.pictures.rc import Figure, legible, own_settings

from matplotlib.axes import Axes

from vae_explorer.images import Pixels
from vae_explorer.pictures.inks import ACCENT, INK, MUTED, RULE
from vae_explorer.pictures.sheets import draw_sheet, no_spines, placed
from vae_explorer.pictures.ticks import ticks
from vae_explorer.pictures.tiles import inches, middles, mosaic

SIDE, LINE, GAP = 0.125, 0.1875, 0.25  # inches: at the sides, of a line of text, between parts
LETTERS = 76  # of the sentence, in a line
STEP, STARTS, BAR = 0.38, 0.44, 0.38  # of the room: where what +1 does ends, where bars begin, how long they are
LEAST = 5.0  # inches, across


@dataclass(frozen=True)
class Going:
    """How a factor goes with a dimension: its name, what a step does to it, the rank correlation and R²."""

    name: str
    step: str
    rank: float
    r2: float


@own_settings()
def card(
    title: str, sentence: str, tiles: Pixels, values: Sequence[float], ends: Sequence[Pixels], goings: Sequence[Going],
    letters: int = LETTERS,
) -> Figure:  # fmt: skip
    """A card under its title. tiles: (N, H, W, …), decoded at the values, (N,); ends: digits of the data that lie
    furthest out, (K, H, W, …) at the low and as many at the high end, or none. letters: of the sentence, in a line."""
    h, w = tiles.shape[1:3]
    high, wide = inches(tiles, h), inches(tiles, w * len(tiles))
    width = max(LEAST, wide + 2 * SIDE)
    lines = textwrap.wrap(legible(sentence), letters)
    digits = GAP + high if len(ends) else 0.0
    table = LINE * (len(goings) + 1) + GAP if goings else 0.0
    strip = 0.375 + LINE * len(lines) + 0.1875
    figure = Figure((width, strip + high + digits + table + SIDE))
    _say(figure, SIDE, 0.21, title, size=10, weight="bold")
    for k, line in enumerate(lines):
        _say(figure, SIDE, 0.375 + LINE * (k + 0.5), line, size=9)
    _strip(placed(figure, SIDE, strip, wide, high), tiles, values)
    for k, each in enumerate(ends):
        long = inches(each, w * len(each))
        place = placed(figure, SIDE if k == 0 else SIDE + wide - long, strip + high + GAP, long, high)
        draw_sheet(place, mosaic(each, len(each), 0))
        place.set_title(
            ("lowest", "highest")[k] + " of the data", loc=("left", "right")[k], fontsize=8, color=MUTED, pad=3
        )
    if goings:
        _table(figure, goings, strip + high + digits + GAP)
    return figure


def _strip(axis: Axes, tiles: Pixels, values: Sequence[float]) -> None:
    """The digits under their values."""
    draw_sheet(axis, mosaic(tiles, len(tiles), 0))
    axis.set_axis_on()
    axis.set_xticks(middles(len(tiles), tiles.shape[2]), ticks(values), fontsize=8)
    axis.set_yticks([])
    axis.tick_params(length=0, top=False, labeltop=True, labelbottom=False, pad=2)
    no_spines(axis)


def _table(figure: Figure, goings: Sequence[Going], top: float) -> None:
    """A row for each factor: its name, what +1 does, its rank correlation as a bar, and R²."""
    room = figure.get_size_inches()[0] - 2 * SIDE
    rows, left, bar = len(goings), SIDE + STARTS * room, BAR * room
    axis = placed(figure, left, top + LINE, bar, LINE * rows)
    axis.barh(range(rows), [each.rank for each in goings], 0.6, color=ACCENT)
    axis.axvline(0, color=RULE, linewidth=0.8)
    axis.set(xlim=(-1, 1), ylim=(rows - 0.5, -0.5), xticks=[], yticks=[])
    no_spines(axis)
    words = [("factor", "from z, +1 does", "rank correlation, −1 to 1", "R²")]
    words += [(each.name, each.step, "", f"{each.r2:.2f}") for each in goings]
    places = {"left": SIDE, "right": SIDE + STEP * room, "center": left + bar / 2, "end": SIDE + room}
    for k, row in enumerate(words):
        for (ends, x), text in zip(places.items(), row, strict=True):
            align, colour = "right" if ends == "end" else ends, INK if k else MUTED
            _say(figure, x, top + LINE * (k + 0.5), text, size=9 if k else 8, ha=align, color=colour)


def _say(figure: Figure, x: float, y: float, text: str, **looks: Any) -> None:
    """Write a text at a place in inches from the upper left corner."""
    width, height = figure.get_size_inches()
    figure.text(x / width, 1 - y / height, legible(text), va="center", parse_math=False, **looks)
