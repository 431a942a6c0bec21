"""What an encoder says of one picture, as a Figure: mu and sigma in each dimension beside the prior, and a few draws.

Knows pixels and numbers, no models and no files.
"""

from collections.abc import Sequence

from vae_explorer.pictures.rc import Figure, legible, own_settings

import numpy as np
from matplotlib.axes import Axes

from vae_explorer.images import Pixels
from vae_explorer.pictures.inks import ACCENT, MUTED, PRIOR, TICK
from vae_explorer.pictures.sheets import draw_sheet, no_spines, placed, round_ticks
from vae_explorer.pictures.tiles import Values, inches, mosaic

ROW, LEFT, RIGHT = 0.22, 0.5, 0.5  # inches: of a dimension, and at its sides
TICKS = 9
LETTER = 0.08  # inches, as wide as most letters are at most
GAP, TOP, BETWEEN, BOTTOM = 0.125, 0.3125, 0.4375, 0.5
LEAST, REACH = 4.5, 3.0  # inches, and values to each side, at least
SPREADS = ((2, 1.4), (1, 4.0))  # sigmas to each side, and how wide their line is


@own_settings()
def posterior(
    tiles: Pixels, titles: Sequence[str], mu: Values, std: Values, kl: Values, names: Sequence[str], below: str
) -> Figure:
    """The picture, what is decoded at mu, and draws, tiles (2 + K, H, W, …), under three titles; below them a row for
    each of R dimensions: mu, std and kl are (R,), and names has what they are called.

    A thick line is mu ± 1 sigma, a thin one mu ± 2; the same of the prior N(0, 1) lies grey behind them.
    """
    high, wide = (inches(tiles, pixels) for pixels in tiles.shape[1:3])
    more = LETTER * max(0, max(map(len, names)) - 4)
    width = max(LEAST, LEFT + RIGHT + more + len(tiles) * wide + 2 * GAP)
    rows = ROW * len(mu)
    figure = Figure((width, TOP + high + BETWEEN + rows + BOTTOM))
    left = LEFT + more
    for first, last, title in ((0, 1, titles[0]), (1, 2, titles[1]), (2, len(tiles), titles[2])):
        if first < last:
            axis = placed(figure, left, TOP, (last - first) * wide, high)
            draw_sheet(axis, mosaic(tiles[first:last], last - first, 0))
            axis.set_title(title, loc="left", fontsize=9, pad=4)
            left += (last - first) * wide + GAP
    axis = placed(figure, LEFT + more, TOP + high + BETWEEN, width - LEFT - more - RIGHT, rows)
    _spreads(axis, mu, std, kl)
    axis.set_yticks(range(len(mu)), [legible(name) for name in names], fontsize=9, parse_math=False)
    axis.set_xlabel(below, fontsize=8, color=MUTED)
    return figure


def _spreads(axis: Axes, mu: Values, std: Values, kl: Values) -> None:
    """Rows of what is known of each dimension, over the prior."""
    at = np.arange(len(mu))
    for sigmas, _ in SPREADS:
        axis.axvspan(-sigmas, sigmas, color=PRIOR[sigmas], linewidth=0)
    for sigmas, line in SPREADS:
        axis.hlines(at, mu - sigmas * std, mu + sigmas * std, color=ACCENT, linewidth=line)
    axis.plot(mu, at, "|", color=ACCENT, markersize=9)
    for k, nats in enumerate(kl):
        axis.annotate(
            f"{nats:.1f}", (1, k), (26, 0), ("axes fraction", "data"), "offset points", ha="right", va="center", size=8
        )
    axis.annotate("kl, nats", (1, 1), (26, 4), "axes fraction", "offset points", ha="right", size=8, color=MUTED)
    reach = max(REACH, float(np.max(np.abs(mu) + 2 * std)) * 1.05)
    axis.set(xlim=(-reach, reach), ylim=(len(mu) - 0.5, -0.5), xticks=round_ticks(-reach, reach, TICKS))
    axis.tick_params(length=0, labelsize=8)
    axis.tick_params(axis="x", length=3, color=TICK)
    no_spines(axis)
