"""matplotlib Figures of digits, returned and never shown or saved. Knows pixels, no models and no files."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from vae_explorer.images import Pixels

TILE_INCHES = 0.56


def mosaic(tiles: Pixels, columns: int, gap: int = 2) -> Pixels:
    """Lay tiles (N, h, w) out in rows of so many columns, white lines of `gap` pixels between them."""
    n, h, w = tiles.shape
    rows = -(-n // columns)
    sheet = np.full((rows * (h + gap) - gap, columns * (w + gap) - gap), 255, np.uint8)
    for k, tile in enumerate(tiles):
        top, left = (k // columns) * (h + gap), (k % columns) * (w + gap)
        sheet[top : top + h, left : left + w] = tile
    return sheet


def bands(rows: Mapping[str, Pixels], columns: int = 16) -> Figure:
    """One band of digits under each title: what went in, what came out. Each value is (N, 28, 28)."""
    lines = [-(-len(tiles) // columns) for tiles in rows.values()]
    figure = Figure((columns * TILE_INCHES, sum(lines) * TILE_INCHES + 0.32 * len(lines)), layout="constrained")
    axes = figure.subplots(len(rows), 1, squeeze=False, gridspec_kw={"height_ratios": lines})[:, 0]
    for axis, (title, tiles) in zip(axes, rows.items(), strict=True):
        _sheet(axis, mosaic(tiles, columns))
        axis.set_title(title, loc="left", fontsize=10)
    return figure


def manifold(
    tiles: Pixels, across: Sequence[float | str], down: Sequence[float | str], labels: tuple[str, str]
) -> Figure:
    """A plane of digits with its coordinates. tiles: (len(down)·len(across), 28, 28), row by row from the top;
    labels name the horizontal and the vertical axis. A coordinate that is text is shown as it is."""
    columns, rows = len(across), len(down)
    figure = Figure((columns * TILE_INCHES + 0.6, rows * TILE_INCHES + 0.5), layout="constrained")
    axis = figure.subplots()
    _sheet(axis, mosaic(tiles, columns, gap=0))
    axis.set_axis_on()
    axis.set_xticks([28 * k + 13.5 for k in range(columns)], [_tick(v) for v in across], fontsize=8)
    axis.set_yticks([28 * k + 13.5 for k in range(rows)], [_tick(v) for v in down], fontsize=8)
    axis.tick_params(length=0)
    axis.set(xlabel=labels[0], ylabel=labels[1])
    for spine in axis.spines.values():
        spine.set_visible(False)
    return figure


def colour_table(colours: str) -> Pixels:
    """Give the red, green and blue of each grey level in a colormap of matplotlib, (256, 3).

    Rounded: matplotlib's own bytes are truncated, and 72 of the 256 greys one too dark. Raises KeyError.
    """
    table: Pixels = np.rint(colormaps[colours](np.arange(256))[:, :3] * 255).astype(np.uint8)
    return table


def _tick(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:+z.1f}".replace("+0.0", "0").replace("-", "−")


def _sheet(axis: Axes, pixels: Pixels) -> None:
    axis.imshow(pixels, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    axis.set_axis_off()
