"""Two pictures and their difference, as a Figure: one and what a model makes of it, or before and after an edit.

Knows pixels and texts, no models and no files.
"""

from collections.abc import Mapping, Sequence

from vae_explorer.pictures.rc import Figure, own_settings

from matplotlib.axes import Axes

from vae_explorer.images import Pixels
from vae_explorer.pictures import difference
from vae_explorer.pictures.inks import INK, MUTED, RULE
from vae_explorer.pictures.sheets import draw_difference, draw_sheet, placed
from vae_explorer.pictures.tiles import inches

TIMES = 3  # as large as a digit among others
GAP, TOP, BOTTOM = 0.25, 0.3125, 0.4375  # inches, between the tiles, above and below them
LINE = 0.1875  # inches, of a line of text


@own_settings()
def comparison(picture: Pixels, reconstruction: Pixels, recon: float, kl: float) -> Figure:
    """A picture, its reconstruction and their difference side by side, (H, W, …) each, with recon and kl in nats."""
    figure, axes = _beside(picture, reconstruction, ("picture", "reconstruction", "difference"), BOTTOM)
    for k, text in {1: f"recon {recon:.1f} at z, kl {kl:.1f} nats", 2: difference.key(picture.ndim == 3)}.items():
        _write(axes[k], 0, text, MUTED)
    return figure


@own_settings()
def edited(
    before: Pixels, after: Pixels, factors: Mapping[str, bool], gave_way: Sequence[str], columns: int = 2
) -> Figure:
    """A picture before and after an edit and their difference side by side, (H, W) each; below them the factors.

    factors: what is said of each, and whether it was to be changed, in one or two columns. gave_way: sentences on what
    is not as it was asked.
    """
    lines = -(-len(factors) // columns) + len(gave_way)
    figure, axes = _beside(before, after, ("before", "after", "difference"), BOTTOM + LINE * (lines - 1))
    _write(axes[2], 0, difference.key(in_colour=False), MUTED)
    for k, (text, asked) in enumerate(factors.items()):
        _write(axes[k % columns if columns > 1 else 1], k // columns, text, INK if asked else MUTED)
    for k, text in enumerate(gave_way):
        _write(axes[1], lines - len(gave_way) + k, text, INK)
    return figure


def _beside(one: Pixels, other: Pixels, names: tuple[str, str, str], bottom: float) -> tuple[Figure, list[Axes]]:
    """Two pictures, (H, W, …) each, and their difference under their names, with room below them in inches."""
    h, w = one.shape[:2]
    width, height = (inches(one[None], side, TIMES) for side in (w, h))
    figure = Figure((0.125 + 3 * width + 2 * GAP, TOP + height + bottom))
    axes = [placed(figure, 0.0625 + k * (width + GAP), TOP, width, height) for k in range(3)]
    for axis, name in zip(axes, names, strict=True):
        axis.set_title(name, fontsize=10, pad=4)
    draw_sheet(axes[0], one)
    draw_sheet(axes[1], other)
    draw_difference(axes[2], difference.of(one[None], other[None])[0])
    axes[2].spines[:].set(color=RULE, linewidth=0.8)
    return figure, axes


def _write(axis: Axes, line: int, text: str, colour: str) -> None:
    """Write a line of text in the middle below a picture."""
    axis.annotate(
        text, (0.5, 0), (0, -6 - 72 * LINE * line), "axes fraction", "offset points", ha="center", va="top", size=8,
        color=colour,
    )  # fmt: skip
