"""Charts of numbers as Figures: bars of what each dimension tells, and curves. Knows numbers and texts, no models."""

from collections.abc import Mapping, Sequence

from vae_explorer.pictures.rc import Figure, legible, own_settings

import numpy as np
from matplotlib.axes import Axes

from vae_explorer.pictures.inks import ACCENT, INK, MUTED, RULE, TICK
from vae_explorer.pictures.sheets import no_spines, round_ticks
from vae_explorer.pictures.tiles import Values

WIDTH, HEIGHT = 5.6, 3.0  # inches
TICKS = 7  # at most, on either axis
TOLD = 12  # bars, at most, over which their value stands
LETTERS = 60  # that have room below the bars, where all names are as long as the longest; longer ones stand upright
NAMED = 40  # bars, of more of which only some have their name below them
APART = 0.075  # from one name at the end of a curve to the next, as a share of the height
STYLES = (  # told apart in grey as well
    *((ACCENT, "-"), (INK, "--"), (MUTED, "-.")),
    *((ACCENT, ":"), (INK, (0, (1, 2))), (MUTED, (0, (1, 4)))),
)


@own_settings()
def bars(values: Values, names: Sequence[str], strong: Sequence[bool], label: str, title: str) -> Figure:
    """A bar for each of N values, (N,), in their order, with its name below it; those that are not strong are pale."""
    figure, axis = _chart()
    at = np.arange(len(values))
    axis.bar(at, values, 0.7 if len(values) <= NAMED else 1.0, color=[ACCENT if each else RULE for each in strong])
    step = -(-len(values) // NAMED)
    texts = [legible(name) for name in names[::step]]
    axis.set_xticks(at[::step], texts, fontsize=8, parse_math=False)
    axis.tick_params(axis="x", length=0, rotation=90 if len(texts) * max(map(len, texts)) > LETTERS else 0)
    if len(values) <= TOLD:
        for x, value in zip(at, values, strict=True):
            axis.annotate(
                f"{value:z.2f}", (x, value), (0, 2), textcoords="offset points", ha="center", size=8, color=MUTED
            )
    top = 1.12 * max(float(np.max(values)), 1e-3)
    axis.set(xlim=(-0.6, len(values) - 0.4), ylim=(0, top), yticks=round_ticks(0, top, TICKS))
    axis.set_ylabel(label)
    axis.set_title(legible(title), loc="left", fontsize=10, parse_math=False)
    return figure


@own_settings()
def curves(
    x: Values, lines: Mapping[str, Values], labels: tuple[str, str], mark: float | None = None, title: str = ""
) -> Figure:
    """Several curves over the same x, (N,), each with its name at its right end; labels are those of the two axes.

    What is not finite of a curve is not drawn. mark: an x at which an upright line stands.
    """
    figure, axis = _chart()
    ends = {}
    for k, (name, y) in enumerate(lines.items()):
        colour, style = STYLES[k % len(STYLES)]
        known = np.isfinite(y)
        if known.any():
            marker = "o" if known.sum() == 1 else ""
            axis.plot(x[known], y[known], linestyle=style, color=colour, linewidth=1.6, marker=marker)
            ends[name] = float(y[known][-1]), colour
    if mark is not None:
        axis.axvline(mark, color=TICK, linewidth=1)
    if all((y[np.isfinite(y)] >= 0).all() for y in lines.values()):
        axis.set_ylim(bottom=0)
    axis.margins(x=0.01)
    axis.set_xticks(round_ticks(*axis.get_xlim(), TICKS, whole=bool(np.all(x == np.round(x)))))
    axis.set_yticks(round_ticks(*axis.get_ylim(), TICKS))
    axis.set_xlabel(labels[0])
    axis.set_ylabel(labels[1])
    axis.set_title(legible(title), loc="left", fontsize=10, parse_math=False)
    _name_ends(axis, ends)
    return figure


def _chart() -> tuple[Figure, Axes]:
    figure = Figure((WIDTH, HEIGHT), layout="constrained")
    axis = figure.subplots()
    axis.tick_params(length=3, labelsize=8, color=TICK)
    axis.grid(axis="y", color=RULE, linewidth=0.5)
    axis.set_axisbelow(True)
    no_spines(axis)
    axis.spines["bottom"].set(visible=True, color=TICK)
    return figure, axis


def _name_ends(axis: Axes, ends: Mapping[str, tuple[float, str]]) -> None:
    """Write names at the right, at the heights where their curves end or, where that is too near another, above."""
    low, high = axis.get_ylim()
    last = -np.inf
    for name, (y, colour) in sorted(ends.items(), key=lambda item: item[1][0]):
        place = max((y - low) / (high - low), last + APART)
        last = place
        axis.annotate(
            legible(name), (1, place), (5, 0), "axes fraction", "offset points", va="center", size=9, color=colour,
        )  # fmt: skip
