"""A row of small digits with their names, of which only those are drawn that are seen. Knows the codec, no session."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import font

import numpy as np

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import Pixels, fitted, sheet
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.space.codec import Codec

CELL, SIDE, GAP = 72, 40, 4  # pixels of the design: the width of a bookmark, the square of its digit, around it


class Thumbnails:
    """The row on a canvas; it begins with bookmark `first` and ends before `last`."""

    def __init__(self, parent: tk.Misc, codec: Codec, theme: Theme, look: Look) -> None:
        self._codec, self._theme, self._look = codec, theme, look
        self._font = font.nametofont(FONT, parent)
        self.first, self._room, self._count = 0, 1, 0
        self.marked: int | None = None  # the gap into which something is dragged
        self._drawn: object = None
        self._points: list[tuple[float, ...]] = []  # whose digits the photo shows
        px = theme.px
        self.canvas = tk.Canvas(
            parent, height=px(SIDE + 2 * GAP) + self._font.metrics("linespace"), width=1, takefocus=True,
            background=theme.colours.surface, highlightthickness=0, borderwidth=0,
        )  # fmt: skip
        self._photo = Photo(self.canvas)

    @property
    def last(self) -> int:
        """The bookmark after the last that is seen."""
        return min(self.first + self._room, self._count)

    def resize(self, room: int, count: int) -> None:
        """Make room for so many of `count` bookmarks."""
        self._room, self._count = room, count
        self.canvas.configure(width=room * self._theme.px(CELL))
        self.scroll(0)

    def scroll(self, step: int) -> None:
        """Begin so many bookmarks further on, as far as there are some."""
        self.first = max(0, min(self.first + step, self._count - self._room))

    def see(self, k: int) -> None:
        """Scroll so far that a bookmark is seen."""
        self.scroll(min(0, k - self.first) + max(0, k - self.first - self._room + 1))

    def cell(self, k: int) -> tuple[int, int]:
        """Where on the canvas a bookmark begins and ends, from the left."""
        width = self._theme.px(CELL)
        return (k - self.first) * width, (k - self.first + 1) * width

    def under(self, x: int) -> int | None:
        """Which bookmark is there, if any."""
        k = self.first + x // self._theme.px(CELL)
        return k if self.first <= k < self.last else None

    def gap(self, x: int) -> int:
        """The gap between bookmarks that is nearest: 0 is before the first of all."""
        return max(self.first, min(self.first + round(x / self._theme.px(CELL)), self.last))

    def mark(self, gap: int | None) -> None:
        """Show into which gap something would be put."""
        self.marked = gap
        self.canvas.delete("mark")
        if gap is not None:
            x = min(max(self.cell(gap)[0], 1), int(self.canvas["width"]) - 1)
            colour, width = self._theme.colours.accent, max(2, self._theme.px(2))
            self.canvas.create_line(x, 0, x, int(self.canvas["height"]), fill=colour, width=width, tags="mark")

    def show(self, bookmarks: Sequence[Bookmark], here: int | None, focused: int | None) -> None:
        """Draw those that are seen, unless they are drawn. here: the place where one is; focused: with the focus."""
        seen = tuple(bookmarks[self.first : self.last])
        drawn = seen, self.first, here, focused
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.canvas.delete("all")
        points = [each.z for each in seen]
        if points and points != self._points:
            self._photo.show(self._sheet(points))
            self._points = points
        self.canvas.create_image(0, self._theme.px(GAP), image=self._photo.image, anchor="nw")
        for k, each in enumerate(seen, self.first):
            self._draw_name(k, each.name, here == k)
        if focused is not None and self.first <= focused < self.last:
            self._draw_ring(focused)

    def _draw_name(self, k: int, name: str, here: bool) -> None:
        px, colours = self._theme.px, self._theme.colours
        left, right = self.cell(k)
        text = elided(name, right - left - px(GAP), self._font.measure)
        y = px(SIDE + 1.5 * GAP)
        self.canvas.create_text(
            (left + right) // 2, y, text=text, anchor="n", font=FONT, fill=colours.accent if here else colours.muted
        )

    def _draw_ring(self, k: int) -> None:
        """A line around the digit that has the keyboard's focus."""
        px, line = self._theme.px, max(2, self._theme.px(2))
        left = self.cell(k)[0] + px((CELL - SIDE) / 2) - line
        box = left, px(GAP) - line, left + px(SIDE) + 2 * line, px(GAP + SIDE) + line
        self.canvas.create_rectangle(*box, outline=self._theme.colours.accent, width=line)

    def _sheet(self, points: list[tuple[float, ...]]) -> Pixels:
        """The digits side by side, each in the middle of its cell: (SIDE, n·CELL, 3)."""
        px = self._theme.px
        digits = self._codec.pixels(np.array(points))
        n, side, cell = len(digits), px(SIDE), px(CELL)
        width, height = fitted(digits.shape[1:], (side, side))
        row = self._look.picture(sheet(digits, n), (n * width, height))
        surface = tuple(bytes.fromhex(self._theme.colours.surface[1:]))
        cells = np.full((side, n, cell, 3), surface, np.uint8)
        left, top = px((CELL - SIDE) / 2) + (side - width) // 2, (side - height) // 2
        cells[top : top + height, :, left : left + width] = row.reshape(height, n, width, -1)  # of greys, each alike
        return cells.reshape(side, n * cell, 3)
