"""What every mark on the map is made of: items of the canvas, light with a dark rim, as they may lie on any colour.

Knows places of a latent space and where they stand; no model, no state. To move an item costs nothing of the picture
under it.
"""

import tkinter as tk
from collections.abc import Callable

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.map.badges import ink_of
from vae_explorer.pictures.scatter import BACKGROUND
from vae_explorer.space.latent import Points

At = Callable[[Points, int], Points]  # where points, (N, D), stand in pixels, (N, 2); on a line, in which lane

DARK, LIGHT = ink_of(BACKGROUND), "#ffffff"


class Line:
    """A line, or an outline, with its rim."""

    def __init__(
        self,
        canvas: tk.Canvas,
        theme: Theme,
        below: int,
        width: float,
        dash: tuple[int, ...] = (),
        colour: str = LIGHT,
    ) -> None:
        """below: the item to stay under. width: pixels of the design. dash: lengths of lines and gaps in pixels; none
        for a whole line."""
        self._canvas = canvas
        wide, narrow = max(3, theme.px(width + 2)), max(1, theme.px(width))
        rim = canvas.create_line(0, 0, 0, 0, fill=DARK, width=wide, state="hidden")
        line = canvas.create_line(0, 0, 0, 0, fill=colour, width=narrow, dash=dash, state="hidden")
        self.items = rim, line
        self._hidden = True
        for item in self.items:
            canvas.tag_lower(item, below)

    def draw(self, pixels: Points | None) -> None:
        """Lead through pixels, (N, 2); None: nowhere."""
        places = () if pixels is None else tuple(pixels.ravel().tolist())
        for item in self.items:
            if places:
                self._canvas.coords(item, places)
            if self._hidden == bool(places):
                self._canvas.itemconfigure(item, state="normal" if places else "hidden")
        self._hidden = not places


class Mark:
    """One kind of marks; `_draw` puts its items where they belong."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, below: int) -> None:
        """below: the item to stay under."""
        self._canvas, self._theme, self._below = canvas, theme, below
        self._at: At | None = None

    def place(self, at: At) -> None:
        """Stand where `at` says from now on."""
        self._at = at
        self._draw(at)

    def _changed(self) -> None:
        """There is something else to show."""
        if self._at is not None:
            self._draw(self._at)

    def _draw(self, at: At) -> None:
        raise NotImplementedError
