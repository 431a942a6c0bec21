"""Which part of a plane a picture shows: pan, zoom and the ticks at its edges. Knows numbers; no Tk, no model."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.pictures.scatter import MARGIN, OUTLIERS
from vae_explorer.space.latent import Points

MIN_ZOOM, MAX_ZOOM = 0.4, 40.0
LEAST_SPREAD = 1e-3
STRETCH = 2.0  # so many times as long may a unit along one axis be; more would bend the clouds beyond recognition


@dataclass(frozen=True, eq=False)
class Viewport:
    """A picture of size (width, height) in pixels. At zoom 1 the rectangle from low to high, (2,) each, just fits in;
    centre, (2,), is the point in the middle. On the plane y goes up, in pixels down."""

    low: Points
    high: Points
    size: tuple[int, int]
    centre: Points
    zoom: float = 1.0

    @classmethod
    def around(cls, xy: Points, size: tuple[int, int]) -> Self:
        """The whole of points (N, 2), but for a few far off."""
        low, high = np.percentile(xy, [OUTLIERS, 100 - OUTLIERS], axis=0)
        margin = MARGIN * (high - low).max() + LEAST_SPREAD
        return cls(low - margin, high + margin, size, (low + high) / 2)

    @cached_property
    def scale(self) -> Points:
        """Pixels to a unit of the plane along each axis, (2,): as many as there is room for, within STRETCH."""
        fitting = np.array(self.size) / (self.high - self.low)
        scale: Points = np.minimum(fitting, STRETCH * fitting.min()) * self.zoom
        return scale

    def to_pixels(self, xy: ArrayLike) -> Points:
        """Where points of the plane, (N, 2) or (2,), stand in the picture."""
        away = (np.asarray(xy, float) - self.centre) * self.scale
        pixels: Points = away * (1, -1) + np.array(self.size) / 2
        return pixels

    def to_plane(self, pixels: ArrayLike) -> Points:
        """Which points of the plane stand at pixels, (N, 2) or (2,)."""
        away = (np.asarray(pixels, float) - np.array(self.size) / 2) * (1, -1)
        xy: Points = self.centre + away / self.scale
        return xy

    def panned(self, right: float, down: float) -> Self:
        """The view after the picture was dragged by so many pixels; its middle stays within low and high."""
        return self._at(self.centre - np.array([right, -down]) / self.scale)

    def zoomed(self, factor: float, around: ArrayLike) -> Self:
        """The view with its scale times factor, within bounds, in which the pixel `around`, (2,), shows what it did."""
        nearer = replace(self, zoom=min(max(self.zoom * factor, MIN_ZOOM), MAX_ZOOM))
        return nearer._at(nearer.centre + self.to_plane(around) - nearer.to_plane(around))

    def whole(self) -> Self:
        """The view as it was at first."""
        return replace(self, zoom=1.0, centre=(self.low + self.high) / 2)

    def resized(self, size: tuple[int, int]) -> Self:
        """The same part of the plane in a picture of another size."""
        return replace(self, size=size)

    def _at(self, centre: Points) -> Self:
        return replace(self, centre=np.clip(centre, self.low, self.high))


def ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Give at most so many round values from low to high, evenly spaced, and how they are written."""
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    values = (k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1))
    return [(value, f"{value:.{decimals}f}".replace("-", "−")) for value in values]


def parted(places: ArrayLike, sizes: ArrayLike, turns: int = 100) -> Points:
    """Move boxes, by their middles (N, 2) and sizes (N, 2), as little as parts those that overlap: (N, 2)."""
    found, sizes = np.array(places, float), np.asarray(sizes, float)
    angle = 2.4 * np.arange(len(found))[:, None] + (0, math.pi / 2)
    found += 1e-3 * np.cos(angle)  # so that two in the same place have a direction to part in
    needed = (sizes[:, None] + sizes) / 2
    for _ in range(turns):
        away = found[:, None] - found
        overlap = needed - abs(away)
        touching = (overlap > 0.5).all(-1)  # half a pixel is not seen
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        shorter = overlap == overlap.min(-1, keepdims=True)
        found += 0.5 * (np.sign(away) * overlap * (shorter & touching[..., None])).sum(1)
    return found
