"""Pictures over their reconstructions and their differences, as a Figure. Knows pixels, no models and no files."""

from collections.abc import Mapping

from vae_explorer.pictures.rc import Figure, own_settings

from matplotlib.axes import Axes

from vae_explorer.images import Pixels
from vae_explorer.pictures import difference
from vae_explorer.pictures.inks import MUTED
from vae_explorer.pictures.sheets import draw_difference, draw_mosaic, no_spines, parted, placed
from vae_explorer.pictures.tiles import Values, inches, middles

COLUMNS = 12  # pictures in a band at most
GAP = 2  # pixels, between those of a band
LEFT, TOP, BOTTOM, RIGHT = 1.0, 0.0625, 0.1875, 0.125  # inches, around all bands
KEY = 1.9  # inches, as wide as what is said of the colours
LINE, BETWEEN = 0.1875, 0.125  # inches, of a line of numbers, and between two bands


@own_settings()
def pairs(pictures: Pixels, reconstructions: Pixels, numbers: Mapping[str, Values], columns: int = COLUMNS) -> Figure:
    """N pictures and what became of them, (N, H, W, …) each, with their differences, in bands of so many at most; below
    each its numbers, (N,), by their titles."""
    n, h, w = pictures.shape[:3]
    width, row = (inches(pictures, pixels + GAP) for pixels in (w, h))
    band = 3 * row + len(numbers) * LINE + BETWEEN
    across = max(min(n, columns) * width, KEY)
    figure = Figure((LEFT + across + RIGHT, TOP + -(-n // columns) * band + BOTTOM))
    for k in range(0, n, columns):
        some, top = slice(k, k + columns), TOP + k // columns * band
        few, more = len(pictures[some]), difference.of(pictures[some], reconstructions[some])
        across, down = (inches(pictures, pixels) for pixels in (few * (w + GAP) - GAP, h))
        axes = [placed(figure, LEFT, top + i * row, across, down) for i in range(3)]
        draw_mosaic(axes[0], pictures[some], few, GAP)
        draw_mosaic(axes[1], reconstructions[some], few, GAP)
        draw_difference(axes[2], parted(more, few, GAP))
        for axis, name in zip(axes, ("picture", "reconstruction", "difference"), strict=True):
            _name(axis, name, h)
        for line, (title, values) in enumerate(numbers.items()):
            _write(axes[2], line, title, values[some], middles(few, w, GAP))
    foot = 0.0625 / figure.get_figheight()
    figure.text(LEFT / figure.get_figwidth(), foot, difference.key(pictures.ndim == 4), size=8, color=MUTED)
    return figure


def _name(axis: Axes, name: str, rows: int) -> None:
    """Say beside a row of pictures, of so many rows of pixels each, what they are."""
    axis.set_axis_on()
    axis.set(xticks=[])
    axis.set_yticks(middles(1, rows), [name], fontsize=9)
    axis.tick_params(length=0)
    no_spines(axis)


def _write(axis: Axes, line: int, title: str, values: Values, places: list[float]) -> None:
    """Write a line of numbers below pictures with their middles at such places, and a title before it."""
    below = (0, -4 - 72 * LINE * line)
    axis.annotate(
        title, (0, 0), (-4, below[1]), "axes fraction", "offset points", ha="right", va="top", size=8, color=MUTED
    )
    for value, place in zip(values, places, strict=True):
        axis.annotate(
            f"{value:.1f}", (place, 0), below, ("data", "axes fraction"), "offset points", ha="center", va="top", size=8
        )
