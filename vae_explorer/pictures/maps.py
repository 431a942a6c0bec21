"""Maps of latent space as Figures: the encoded digits as dots, or as histograms where there is one dimension.

Knows positions and labels; no model, no files. Figures are returned, never shown or saved.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vae_explorer.pictures.rc import BOLD, Figure, legible, own_settings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from vae_explorer.images import Pixels
from vae_explorer.pictures.grounds import DARK, GROUNDS, Ground
from vae_explorer.pictures.inks import TICK
from vae_explorer.pictures.scatter import MARGIN, OUTLIERS, is_light, scatter, short
from vae_explorer.pictures.sheets import no_spines
from vae_explorer.space.latent import Points

SIDE_INCHES = 5.6
RASTER = 1600  # pixels of the side of a saved map
REACH = 10.0  # as far from 0 as a cursor makes the map larger
BINS = 32
NEAREST = 0.055  # of two names, as a share of the picture
ON_LIGHT, ON_DARK = "#010101", "#fefefe"  # of names on the colours of classes, which no theme changes


@own_settings()
def plane(
    xy: Points, labels: Pixels, names: Mapping[int, str], cursor: ArrayLike, axes: tuple[str, str], ground: str = DARK
) -> Figure:
    """A map of the encoded digits: a dot for each, the class names at the middle of their clouds, z as a ring.

    xy: (N, 2); labels: (N,); names: of the labels that occur; cursor: (2,), not shown when it lies outside; axes:
    what they are called; ground: of the dots, one of GROUNDS. Both axes have the same scale.
    """
    on = GROUNDS[ground]
    figure, axis = _laid(axes, on)
    spot = np.asarray(cursor, float)
    low, high = _limits(xy, spot)
    middle, half = (low + high) / 2, (high - low).max() / 2 * (1 + MARGIN)
    ends = middle - half, middle + half
    pixels = (xy - ends[0]) / (2 * half) * RASTER
    pixels[:, 1] = RASTER - pixels[:, 1]
    order = np.random.default_rng(0).permutation(len(xy))  # else the last class would hide the others
    dots = scatter(pixels[order], on.colours(labels[order]), (RASTER, RASTER), _radius(len(xy)), on.ground)
    extent = ends[0][0], ends[1][0], ends[0][1], ends[1][1]
    axis.imshow(dots, extent=extent, interpolation="antialiased", aspect="equal")
    _name(axis, {label: np.median(xy[labels == label], 0) for label in names}, names, ends, spot, on)
    if (np.abs(spot - middle) <= half).all():
        for width, colour in ((5, on.ground), (2, on.cursor)):
            axis.plot(
                *spot, "o", markersize=20, markerfacecolor="none", markeredgecolor=_ink(colour), markeredgewidth=width,
                zorder=6,
            )  # fmt: skip
    axis.set(xlim=extent[:2], ylim=extent[2:])
    return figure


@own_settings()
def line(
    x: Points, labels: Pixels, names: Mapping[int, str], cursor: float, axes: tuple[str, str], ground: str = DARK
) -> Figure:
    """The map of one dimension: for each class, how many of its digits lie where. x, labels: (N,)."""
    on = GROUNDS[ground]
    figure, axis = _laid(axes, on, height=0.6 * SIDE_INCHES)
    low, high = _limits(x[:, None], np.array([cursor]))
    edges, peaks = np.linspace(low[0], high[0], BINS + 1), {}
    for label in names:
        counts = np.histogram(x[labels == label], edges)[0]
        colour = _ink(on.colours(np.array([label]))[0])
        axis.stairs(counts, edges, fill=True, color=colour, alpha=0.25)
        axis.stairs(counts, edges, color=colour, linewidth=1.4)
        peaks[label] = np.array([edges[counts.argmax()] + (edges[1] - edges[0]) / 2, counts.max()])
    top = max(peak[1] for peak in peaks.values()) * (1 + 2 * MARGIN)
    _name(axis, peaks, names, (np.array([low[0], 0]), np.array([high[0], top])), np.array([cursor, -top]), on)
    axis.yaxis.set_major_locator(MaxNLocator(integer=True))
    axis.axvline(cursor, color=_ink(on.cursor), linewidth=1.4)
    axis.set(xlim=(low[0], high[0]), ylim=(0, top))
    return figure


def _laid(axes: tuple[str, str], on: Ground, height: float = SIDE_INCHES) -> tuple[Figure, Axes]:
    figure = Figure((SIDE_INCHES + 0.4, height + 0.3), layout="constrained")
    axis = figure.subplots()
    axis.set_facecolor(_ink(on.ground))
    axis.set_xlabel(legible(axes[0]), parse_math=False)  # a name may have dollars
    axis.set_ylabel(legible(axes[1]), parse_math=False)
    axis.tick_params(length=3, labelsize=8, color=TICK)
    no_spines(axis)
    return figure, axis


def _limits(points: Points, cursor: Points) -> tuple[Any, Any]:
    """The lower and upper ends, never the same, of what lies around (N, D) points, but for a few far off, and around
    the cursor, (D,), unless it is far off."""
    low, high = np.percentile(points, [OUTLIERS, 100 - OUTLIERS], axis=0)
    if (np.abs(cursor) <= REACH).all():
        low, high = np.minimum(low, cursor), np.maximum(high, cursor)
    return low - 1e-3, high + 1e-3


def _radius(count: int) -> float:
    """The radius of a dot, in pixels of the raster: smaller, the more there are."""
    return float(np.clip(400 / np.sqrt(count + 1), 5, 14))


def _name(
    axis: Axes, places: Mapping[int, Any], names: Mapping[int, str], ends: tuple[Any, Any], cursor: Any, on: Ground
) -> None:
    """Write the name of each class on its colour near its place, and not under the cursor; ends are the lower left
    and the upper right corner."""
    names = {label: legible(name, BOLD) for label, name in short(names).items()}
    span = ends[1] - ends[0]
    wide = max(1.0, 0.37 * (1 + max(map(len, names.values()))))  # longer names are kept further apart
    shape = np.array([1 / wide, axis.bbox.height / axis.bbox.width])
    shares = np.clip((np.array([*(places[label] for label in names), cursor]) - ends[0]) / span, -1, 2)
    spread = _apart(shares * shape, shape) / shape
    for (label, name), spot in zip(names.items(), spread * span + ends[0], strict=True):
        colour = on.colours(np.array([label]))[0]
        ink = ON_LIGHT if is_light(colour) else ON_DARK
        badge = {"boxstyle": "round,pad=0.3", "facecolor": _ink(colour), "edgecolor": _ink(on.ground)}
        text = axis.text(
            spot[0], spot[1], name, color=ink, weight="bold", size=9, ha="center", va="center", bbox=badge, zorder=5
        )
        text.set_parse_math(False)  # a name may have dollars


def _apart(places: Points, shape: Points) -> Points:
    """Move N places little by little until none is nearer than NEAREST to another or to the last of (N + 1, 2),
    which stays: (N, 2). shape: the lengths of the picture's sides, in the same unit."""
    angle = np.arange(len(places))[:, None] + np.array([0, np.pi / 2])
    nudge = 1e-4 * np.cos(angle)  # so that two in the same place have a direction to part in
    for _ in range(200):
        away = (places + nudge)[:, None] - (places + nudge)
        distance = np.linalg.norm(away, axis=-1)
        np.fill_diagonal(distance, np.inf)
        push = np.maximum(NEAREST - distance, 0) / distance
        moved = places[:-1] + 0.3 * (away * push[..., None]).sum(1)[:-1]
        places[:-1] = np.clip(moved, NEAREST / 2, shape - NEAREST / 2)
    named: Points = places[:-1]
    return named


def _ink(colour: Sequence[int] | Pixels) -> tuple[float, float, float]:
    """A colour as matplotlib has it."""
    red, green, blue = (int(level) / 255 for level in colour)
    return red, green, blue
