"""The encoded digits along one dimension: for each class, in a lane of its own, how many lie where. Knows positions
and labels; no model, no state."""

import tkinter as tk
from collections.abc import Mapping

import numpy as np

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.map.badges import Badges, ink_of
from vae_explorer.gui.views.map.underlay import Underlay
from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.images import Pixels
from vae_explorer.pictures.scatter import class_colours
from vae_explorer.space.latent import Points

BINS = 48
FULL = 0.88  # of the height of a lane, which the highest bar of all takes
REACH = 12  # pixels of the design on each side of the line where z is
GROUND, LINE = "#33363c", "#ffffff"


class Histogram:
    """Lanes, names and a line, on a canvas."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, labels: Pixels, names: Mapping[int, str]) -> None:
        """labels: (N,). names: of the labels that occur."""
        self._canvas, self._theme, self._labels, self._names = canvas, theme, labels, tuple(names)
        line = max(1, theme.px(1))
        self._grounds = [canvas.create_line(0, 0, 0, 0, fill=GROUND, width=line) for _ in names]
        colours = [ink_of(class_colours(np.array([label]))[0]) for label in names]
        self._bars = [canvas.create_polygon(0, 0, 0, 0, fill=colour, outline="") for colour in colours]
        dark = canvas["background"]
        self._lines = [
            canvas.create_line(0, 0, 0, 0, fill=colour, width=theme.px(width))
            for colour, width in ((dark, 6), (LINE, 2))
        ]
        self.mark = self._lines[0]
        self._badges = Badges(canvas, theme, names)

    def draw(self, xy: Points, view: Viewport) -> None:
        """Show points (N, 2), of which the first coordinate counts, as far as they lie in the view."""
        edges = np.linspace(view.low[0], view.high[0], BINS + 1)
        counts = np.array([np.histogram(xy[self._labels == label, 0], edges)[0] for label in self._names])
        width, height = view.size
        lane = height / len(self._names)
        steps = view.to_pixels(np.stack([edges, 0 * edges], 1))[:, 0].repeat(2)
        grounds = (np.arange(len(self._names)) + 1) * lane
        heights = counts / counts.max() * FULL * lane
        for bars, ground, line, y in zip(self._bars, heights, self._grounds, grounds.tolist(), strict=True):
            tops = y - np.concatenate([[0], ground.repeat(2), [0]])
            self._canvas.coords(bars, *np.stack([steps, tops], 1).ravel().tolist())
            self._canvas.coords(line, 0, y, width, y)
        places = np.stack([self._badges.sizes[:, 0] / 2 + self._theme.px(4), grounds - lane / 2], 1)
        every = int(np.ceil(self._badges.sizes[0, 1] / lane))  # as many names as there is room for
        places[np.arange(len(places)) % every > 0] = np.nan
        self._badges.place(places)

    def dress(self, points: bool, underlay: Underlay | None) -> None:  # noqa: ARG002
        """Choose whether there are bars. A line has nothing under it, and the names tell whose lane is whose."""
        for bars in self._bars:
            self._canvas.itemconfigure(bars, state="normal" if points else "hidden")

    def put(self, spot: Points) -> None:
        """Put the line somewhere, (2,) in pixels."""
        x = round(spot[0])
        for line in self._lines:
            self._canvas.coords(line, x, 0, x, self._canvas.winfo_height())

    def holds(self, spot: Points, pointer: Points) -> bool:
        """Whether a pointer takes hold of the line that is at spot."""
        return bool(abs(pointer[0] - spot[0]) <= self._theme.px(REACH))
