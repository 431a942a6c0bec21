"""One way through latent space as a strip of digits, and under them as bars how much changes from each to the next and
how much data lies there. Shows a `DrawnWay` of `pictures/tiles`; knows no model and no state."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import Pixels, sheet
from vae_explorer.pictures.tiles import BAR, DrawnWay

MARK, GAP = 8, 4  # pixels of the design: above the digits, where a mark stands, and above each row of bars


@dataclass(frozen=True)
class Sizes:
    """Pixels of the screen: the width and height of a digit, the height of a row of bars, and how many such rows."""

    wide: float  # a fraction, so that the strip is as wide as its place
    high: int
    bar: int
    rows: int

    def height(self, theme: Theme) -> int:
        """How high a strip is."""
        return theme.px(MARK) + self.high + self.rows * (theme.px(GAP) + self.bar)


class WayStrip:
    """The canvas of one way, of `count` digits. A click or a drag on it picks a share of the way."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, count: int, look: Look, pick: Callable[[float, bool], None]
    ) -> None:
        """pick: called with a share of the steps, 0 to 1, and whether the hand is only passing it: not when it was
        pressed there."""
        self._theme, self._count, self._pick, self._look = theme, count, pick, look
        self.widget = tk.Canvas(
            parent, background=theme.colours.surface, highlightthickness=0, width=1, height=1, takefocus=False
        )
        self.sizes = Sizes(0, 0, 0, 0)
        self._photo = Photo(self.widget)
        self._picture = self.widget.create_image(0, theme.px(MARK), anchor="nw", image=self._photo.image)
        self._mark = self.widget.create_polygon((0, 0, 0, 0, 0, 0), state="hidden")
        self._share: float | None = None
        self._chosen = False
        self.widget.bind("<Button-1>", self._press)
        self.widget.bind("<B1-Motion>", lambda event: pick(self.share(event.x), True))

    def share(self, x: int) -> float:
        """The share of the steps at a place of the canvas, from the middle of the first digit to that of the last."""
        return min(max((x / max(1, self.sizes.wide) - 0.5) / (self._count - 1), 0.0), 1.0)

    def place(self, share: float) -> float:
        """Where a share of the steps is on the canvas, in pixels from the left."""
        return (share * (self._count - 1) + 0.5) * self.sizes.wide

    def _press(self, event: "tk.Event[tk.Canvas]") -> None:
        steps = self._count - 1
        self._pick(round(self.share(event.x) * steps) / steps, False)  # the digit that is under the pointer

    def show(self, way: DrawnWay | None, sizes: Sizes, most: float, words: str = "") -> None:
        """Draw a way, the highest bar standing for a change of `most`; in the place of one that is not known, words."""
        self.sizes = sizes
        canvas, colours, px = self.widget, self._theme.colours, self._theme.px
        canvas.configure(height=sizes.height(self._theme))
        canvas.delete("drawn")
        canvas.itemconfigure(self._picture, state="normal" if way else "hidden")
        if way is None:
            middle = self._count * sizes.wide / 2, px(MARK) + sizes.high / 2
            canvas.create_text(*middle, text=words, font=FONT, fill=colours.muted, tags="drawn")
        else:
            self._photo.show(self._sheet(way.tiles))
            edges = np.arange(1, self._count) * sizes.wide
            top = px(MARK) + sizes.high + px(GAP)
            self._bars(edges, way.steps / (most or 1), top, colours.accent)
            if way.places is not None:
                top += sizes.bar + px(GAP)
                self._bars(np.append(0, edges) + sizes.wide / 2, way.places / 100, top, colours.muted)
        self.mark(self._share, self._chosen)

    def _sheet(self, tiles: Pixels) -> Pixels:
        """The digits, (count, H, W) or (count, H, W, 3), beside each other as large as they are shown."""
        return self._look.picture(sheet(tiles, self._count), (round(self._count * self.sizes.wide), self.sizes.high))

    def _bars(self, middles: np.ndarray, shares: np.ndarray, top: int, colour: str) -> None:
        """A row of bars, each a share of its height, on a line."""
        canvas, sizes, half = self.widget, self.sizes, max(1, round(self.sizes.wide * BAR / 2))
        bottom = top + sizes.bar
        for x, share in zip(middles.tolist(), shares.tolist(), strict=True):
            left, high = round(x) - half, round(share * (sizes.bar - 1))
            box = left, bottom - 1 - high, left + 2 * half, bottom - 1
            canvas.create_rectangle(*box, fill=colour, outline="", tags="drawn")
        line = 0, bottom - 1, round(self._count * sizes.wide), bottom
        canvas.create_rectangle(*line, fill=self._theme.colours.border, outline="", tags="drawn")

    def mark(self, share: float | None, chosen: bool) -> None:
        """Point to a share of the steps, in the accent's colour where this is the chosen way; None: to nothing."""
        self._share, self._chosen = share, chosen
        if share is None:
            self.widget.itemconfigure(self._mark, state="hidden")
            return
        x, high = self.place(share), self._theme.px(MARK - 1)
        colours = self._theme.colours
        self.widget.coords(self._mark, x - high * 0.75, 0, x + high * 0.75, 0, x, high)
        self.widget.itemconfigure(self._mark, fill=colours.accent if chosen else colours.border, state="normal")
