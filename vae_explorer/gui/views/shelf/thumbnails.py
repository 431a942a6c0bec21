"""A row of small digits with their names, of which only those are drawn that are seen. Knows no session."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import font

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Decoding, Names
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import Pixels, fitted
from vae_explorer.session.bookmarks import Bookmark

CELL, SIDE, GAP = 72, 40, 4  # pixels of the design: the width of a bookmark, the square of its digit, around it

Z = tuple[float, ...]


class Thumbnails:
    """The row on a canvas; it begins with bookmark `first` and ends before `last`."""

    def __init__(self, parent: tk.Misc, decoding: Decoding, theme: Theme, look: Look) -> None:
        self._theme, self._look = theme, look
        self._font = font.nametofont(FONT, parent)
        self.first, self._room, self._count = 0, 1, 0
        self.marked: int | None = None  # the gap into which something is dragged
        self._drawn: object = None
        self._points: list[Z] = []  # whose digits the photo shows
        self._made: dict[Z, Pixels] = {}  # their digits, each in its cell, as far as they are decoded
        px = theme.px
        self.canvas = tk.Canvas(
            parent, height=px(SIDE + 2 * GAP) + self._font.metrics("linespace"), width=1, takefocus=True,
            background=theme.colours.surface, highlightthickness=0, borderwidth=0,
        )  # fmt: skip
        self._photo, self._asker = Photo(self.canvas), Asker(decoding, self.canvas)

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
            self._points = points
            self._made = {z: self._made[z] for z in points if z in self._made}
            self._photo.show(self._sheet())
            self._asker.pixels({z: np.array([z]) for z in points if z not in self._made}, self._take)
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

    def _take(self, points: Names, digits: Pixels) -> None:
        """Show the digits of some points."""
        self._made |= {z: self._cell(digit) for z, digit in zip(points, digits, strict=True)}
        self._photo.show(self._sheet())

    def _sheet(self) -> Pixels:
        """The digits side by side, each in its cell: (SIDE, n·CELL, 3); empty cells where they are not decoded."""
        return np.hstack([self._made[z] if z in self._made else self._empty() for z in self._points])

    def _cell(self, digit: Pixels) -> Pixels:
        """A digit in the middle of its cell, (SIDE, CELL, 3)."""
        cell = self._empty()
        side = len(cell)
        width, height = fitted(digit.shape, (side, side))
        left, top = self._theme.px((CELL - SIDE) / 2) + (side - width) // 2, (side - height) // 2
        picture = self._look.picture(digit, (width, height))
        cell[top : top + height, left : left + width] = picture.reshape(height, width, -1)  # of greys, each alike
        return cell

    def _empty(self) -> Pixels:
        surface = tuple(bytes.fromhex(self._theme.colours.surface[1:]))
        return np.full((self._theme.px(SIDE), self._theme.px(CELL), 3), surface, np.uint8)
