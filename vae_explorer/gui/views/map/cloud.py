"""The encoded digits as a cloud of dots, one picture, with the names of the classes over it. Knows positions and
labels; no model, no state."""

import tkinter as tk
from collections.abc import Mapping
from io import BytesIO

import numpy as np
from PIL import Image

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.map.badges import Badges
from vae_explorer.gui.views.map.sheet import Sheet
from vae_explorer.gui.views.map.underlay import Underlay
from vae_explorer.gui.views.map.viewport import Viewport, parted
from vae_explorer.images import Pixels
from vae_explorer.pictures.scatter import BACKGROUND, class_colours, scatter
from vae_explorer.space.latent import Points

RADIUS = 9  # pixels of the design, of the ring where z is
WIDEN = 0.35  # by which power of the zoom the dots grow


class Cloud:
    """Dots, names and the ring, on a canvas."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, labels: Pixels, names: Mapping[int, str]) -> None:
        """labels: (N,). names: of the labels that occur."""
        self._canvas, self._theme, self._labels, self._names = canvas, theme, labels, tuple(names)
        self._order = np.random.default_rng(0).permutation(len(labels))  # else the last class would hide the others
        self._colours = class_colours(labels[self._order])
        self._sheet = Sheet(canvas)
        self._badges = Badges(canvas, theme, names)
        self._mark = tk.PhotoImage(master=canvas, data=ring(theme.px(RADIUS), theme.scale), format="png")
        self.mark = self._ring = canvas.create_image(0, 0, image=self._mark)
        self._points = True
        self._underlay: Underlay | None = None
        self._xy: Points | None = None
        self._view: Viewport | None = None

    def draw(self, xy: Points, view: Viewport) -> None:
        """Show points (N, 2) as far as they lie in the view."""
        before = self._view if self._xy is xy else None
        if before is None or (before.scale != view.scale).any() or before.size != view.size:
            self._xy, self._places = xy, self._named(xy, view)
            self._sheet.show(self._part(view, (0, 0), view.size))
        else:
            self._pan(view, view.to_pixels(before.centre) - np.array(view.size) / 2)
        self._view = view
        self._badges.place(view.to_pixels(self._places if self._points else self._under()))

    def dress(self, points: bool, underlay: Underlay | None) -> None:
        """Choose what is drawn from now on: whether dots with the names of their classes, or else the names of what
        lies under them."""
        self._points, self._underlay = points, underlay
        self._view = None  # so that all is drawn anew

    def _under(self) -> Points:
        """Where on the plane the names of what lies there stand, (C, 2); NaN where nothing of a class lies."""
        middles = {} if self._underlay is None else self._underlay.middles
        return np.array([middles.get(label, (np.nan, np.nan)) for label in self._names])

    def put(self, spot: Points) -> None:
        """Put the ring somewhere, (2,) in pixels."""
        self._canvas.coords(self._ring, *np.rint(spot).tolist())

    def holds(self, spot: Points, pointer: Points) -> bool:
        """Whether a pointer takes hold of the ring that is at spot."""
        return bool(np.hypot(*(pointer - spot)) <= self._theme.px(RADIUS + 3))

    def _pan(self, view: Viewport, moved: Points) -> None:
        """Move the picture by whole pixels and draw the strips that came into view: a fifth of the time that a new
        picture takes."""
        right, down = (int(n) for n in np.rint(moved))
        width, height = view.size
        if np.abs(moved - (right, down)).max() > 0.01 or abs(right) >= width or abs(down) >= height:
            self._sheet.show(self._part(view, (0, 0), view.size))
            return
        self._sheet.move(right, down)
        if right:
            corner = 0 if right > 0 else width + right, 0
            self._sheet.patch(self._part(view, corner, (abs(right), height)), corner)
        if down:
            corner = 0, 0 if down > 0 else height + down
            self._sheet.patch(self._part(view, corner, (width, abs(down))), corner)

    def _part(self, view: Viewport, corner: tuple[int, int], size: tuple[int, int]) -> Pixels:
        """A part of the picture, from its upper left corner on."""
        assert self._xy is not None
        points = view.to_pixels(self._xy)[self._order] - corner
        shown = len(points) if self._points else 0
        under = BACKGROUND if self._underlay is None else self._underlay.part(view, corner, size)
        return scatter(points[:shown], self._colours[:shown], size, self._radius(view), under)

    def _radius(self, view: Viewport) -> float:
        """Of a dot, in pixels: smaller, the more there are; larger, the nearer one looks."""
        share = np.clip(0.25 / np.sqrt(len(self._labels) + 1), 0.003, 0.007)
        return float(max(1.5 * self._theme.scale, share * min(view.size)) * max(1, view.zoom) ** WIDEN)

    def _named(self, xy: Points, view: Viewport) -> Points:
        """Where on the plane the names stand, (C, 2): in the middle of each class, but beside each other."""
        middles = np.array([np.median(xy[self._labels == label], 0) for label in self._names])
        return view.to_plane(parted(view.to_pixels(middles), self._badges.sizes))


def ring(radius: int, scale: float) -> bytes:
    """A PNG of a white ring with a dot in it, smooth, and dark at both edges so that it shows on any colour."""
    side = 2 * radius + 2 * round(3 * scale) + 1
    across = np.arange(side) - side // 2
    away = np.hypot(across[:, None], across)

    def _cover(middle: float, half: float) -> np.ndarray:
        return np.clip(half + 0.5 - abs(away - middle), 0, 1)

    light = np.maximum(_cover(radius, scale), _cover(0, 1.5 * scale))
    solid = np.maximum(_cover(radius, 2.5 * scale), _cover(0, 3 * scale))
    picture = np.empty((side, side, 4))
    picture[..., :3] = BACKGROUND + light[..., None] * (255 - np.array(BACKGROUND))
    picture[..., 3] = 255 * solid
    buffer = BytesIO()
    Image.fromarray(np.rint(picture).astype(np.uint8)).save(buffer, "png")
    return buffer.getvalue()
