"""The encoded digits on a plane, with rulers, marks, and where z stands on it: what the map draws. Moves only its view.

The picture is drawn again when the view changes, at most once a turn of the event loop, and never when z moves.
"""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Protocol

import numpy as np

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.map.badges import ink_of
from vae_explorer.gui.views.map.cloud import Cloud
from vae_explorer.gui.views.map.histogram import Histogram
from vae_explorer.gui.views.map.marks import Bookmarks, Rings, Spread, WayLines
from vae_explorer.gui.views.map.ruler import Ruler
from vae_explorer.gui.views.map.underlay import Underlay
from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.gui.widgets.later import Later
from vae_explorer.pictures.scatter import BACKGROUND
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Dims, Plane, Points

TOP, LANE = 12, 12  # pixels of the design: a line has no height, so marks of each kind stand in a lane of their own


class Ground(Protocol):
    """What is drawn of the points, and over it the mark of z, whose lowest item is `mark`."""

    mark: int

    def draw(self, xy: Points, view: Viewport) -> None:
        """Show points (N, 2)."""

    def dress(self, points: bool, underlay: Underlay | None) -> None:
        """Choose what `draw` shows from now on: whether points with the names of their classes, or else those of what
        lies under them, if anything does."""

    def put(self, spot: Points) -> None:
        """Put the mark of z somewhere."""

    def holds(self, spot: Points, pointer: Points) -> bool:
        """Whether a pointer takes hold of the mark at spot."""


class Chart:
    """The canvas and its rulers; `plane` is what lies in the picture, `view` the part of it that shows."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, atlas: Atlas, names: dict[int, str], views: dict[Dims | None, Viewport]
    ) -> None:
        """views: where each plane was looked at last; the chart adds to them."""
        self._atlas, self._views = atlas, views
        self._z: tuple[float, ...] | None = None
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(1, weight=1)
        self.widget.rowconfigure(0, weight=1)
        self.canvas = _canvas(self.widget, theme)
        self.canvas.grid(row=0, column=1, sticky="nsew")
        self._drawing = Later(self.canvas, self._draw)
        self._theme = theme
        self._looked: Callable[[], None] | None = None
        self.flat = atlas.mu.shape[1] == 1
        self._rulers = _rulers(self.widget, theme, self.flat)
        self._ground: Ground = (Histogram if self.flat else Cloud)(self.canvas, theme, atlas.label, names)
        place = self.canvas, theme, self._ground.mark
        self.ways, self.spread = WayLines(*place), Spread(*place)
        self.bookmarks, self.rings = Bookmarks(*place), Rings(*place)
        self.canvas.bind("<Configure>", lambda _event: self._drawing.ask())

    def lie(self, dims: Dims | None, plane: Plane, names: tuple[str, str]) -> None:
        """Lie on a plane, where it was last looked at; names: of its axes."""
        self._dims, self.plane, self._names = dims, plane, names
        self._xy = plane.project(self._atlas.mu)
        if dims not in self._views:
            self._views[dims] = Viewport.around(self._xy, self._size)
        self._drawing.ask()

    def listen(self, looked: Callable[[], None]) -> None:
        """Call looked each time that another part of the plane is shown."""
        self._looked = looked

    def dress(self, points: bool, underlay: Underlay | None) -> None:
        """Choose what is shown: whether the digits are, and what lies under them, if anything does."""
        self._ground.dress(points, underlay)
        self._drawing.ask()

    @property
    def view(self) -> Viewport:
        """The part of the plane that is shown."""
        return self._views[self._dims].resized(self._size)

    def look(self, view: Viewport) -> None:
        """Show another part of the plane."""
        self._views[self._dims] = view
        self._drawing.ask()

    def show(self, z: tuple[float, ...]) -> None:
        """Put the mark where z is."""
        self._z = z
        self._ground.put(self.spot)

    @property
    def spot(self) -> Points:
        """Where the mark is, (2,) in pixels; at the edge where z lies beyond it."""
        assert self._z is not None
        spot: Points = np.clip(self.view.to_pixels(self.plane.project(self._z)[0]), 0, self._size)
        return spot

    def at(self, points: Points, lane: int) -> Points:
        """Where points, (N, D), stand in pixels: (N, 2); on a line, in a lane counted from above."""
        pixels = self.view.to_pixels(self.plane.project(points))
        if self.flat:
            pixels[:, 1] = self._theme.px(TOP + lane * LANE)
        return pixels

    def holds(self, pointer: Points) -> bool:
        """Whether a pointer, (2,) in pixels, takes hold of the mark."""
        return self._ground.holds(self.spot, pointer)

    @property
    def _size(self) -> tuple[int, int]:
        return self.canvas.winfo_width(), self.canvas.winfo_height()

    def _draw(self) -> None:
        if min(self._size) > 1 and self._z is not None:  # it has a place
            self._ground.draw(self._xy, self.view)
            for ruler, name in zip(self._rulers, self._names, strict=False):  # one dimension has one
                ruler.draw(self.view, name)
            for mark in (self.ways, self.spread, self.bookmarks, self.rings):
                mark.place(self.at)
            self._ground.put(self.spot)
            if self._looked is not None:
                self._looked()


def _canvas(parent: tk.Misc, theme: Theme) -> tk.Canvas:
    ground = ink_of(BACKGROUND)
    return tk.Canvas(
        parent, width=1, height=1, background=ground, takefocus=True, cursor="crosshair",
        highlightthickness=theme.px(2), highlightcolor=theme.colours.accent, highlightbackground=ground,
    )  # fmt: skip


def _rulers(parent: tk.Misc, theme: Theme, flat: bool) -> list[Ruler]:
    """The ruler below the picture and, where there is a second direction, the one on its left."""
    rulers = [Ruler(parent, theme, vertical=False)]
    rulers[0].widget.grid(row=1, column=1, sticky="ew")
    if not flat:
        rulers.append(Ruler(parent, theme, vertical=True))
        rulers[1].widget.grid(row=0, column=0, sticky="ns")
    return rulers
