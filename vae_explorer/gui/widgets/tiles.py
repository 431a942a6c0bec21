"""A square of many digits on one canvas: shows them, marks one, and knows which is where. Knows pixels and the names of
axes; no model and no state.

All digits are one sheet, which is resized at once and pasted into one picture of Tk's. Pillow's own way of pasting
takes half as long as a PPM.
"""

import tkinter as tk
from tkinter import font

from PIL import Image, ImageTk

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.images import SIDE, Pixels

LINE = 2  # pixels of the design, around the tile that is marked and the canvas that has the focus
GAP = 4

Tile = tuple[int, int]  # column and row, from the lower left one
Box = tuple[int, int, int, int]  # left, top, right, bottom
Axis = tuple[str, str, str]  # its least value, its name, its largest value


class Tiles:
    """The square, as large as its place allows with whole pixels for each tile; names of the axes on two sides."""

    def __init__(self, parent: tk.Misc, theme: Theme, look: Look) -> None:
        self._theme, self._look = theme, look
        shades = theme.colours
        self.widget = tk.Canvas(
            parent,
            width=1,  # it takes the place that there is
            height=1,
            takefocus=True,
            background=shades.surface,
            highlightthickness=0,
        )
        self._levels: Pixels | None = None
        self._count, self._side, self._left, self._top = 1, 1, 0, 0
        self._marked: Tile | None = None
        self._axes: tuple[Axis, Axis] = (("", "", ""), ("", "", ""))
        self._photo = ImageTk.PhotoImage("L", (1, 1), master=self.widget)
        self._image = self.widget.create_image(0, 0, image=self._photo, anchor="nw")
        self._mark = self.widget.create_rectangle(0, 0, 0, 0, outline=shades.accent, width=theme.px(LINE))
        self._ring = self.widget.create_rectangle(
            0, 0, 0, 0, outline=shades.accent, width=theme.px(LINE), state="hidden"
        )
        self._names = [self.widget.create_text(0, 0, fill=shades.muted, font=FONT) for _ in range(6)]
        self.widget.bind("<Configure>", lambda _event: self._place())
        for sequence, state in (("<FocusIn>", "normal"), ("<FocusOut>", "hidden")):
            self.widget.bind(sequence, lambda _event, state=state: self.widget.itemconfigure(self._ring, state=state))  # type: ignore[misc]

    def show(self, levels: Pixels, axes: tuple[Axis, Axis]) -> None:
        """Show grey levels (28·n, 28·n); axes: the horizontal and the vertical one."""
        placed = self._levels is not None and levels.shape == self._levels.shape and axes == self._axes
        self._levels, self._count, self._axes = levels, len(levels) // SIDE, axes
        if placed:
            self._paint()
        else:
            self._place()

    def mark(self, tile: Tile | None) -> None:
        """Draw a line around a tile, or around none."""
        if tile != self._marked:
            self._marked = tile
            self._place_mark()

    def at(self, x: int, y: int) -> Tile | None:
        """The tile at a point of the widget, None beside them all."""
        column, row = self._cell(x, y)
        return (column, row) if column in range(self._count) and row in range(self._count) else None

    def nearest(self, x: int, y: int) -> Tile:
        """The tile at a point of the widget, or the nearest to it."""
        column, row = (min(max(each, 0), self._count - 1) for each in self._cell(x, y))
        return column, row

    def _cell(self, x: int, y: int) -> Tile:
        return (x - self._left) // self._side, self._count - 1 - (y - self._top) // self._side

    def box(self, tile: Tile) -> Box:
        """The edges of a tile in the widget."""
        left = self._left + tile[0] * self._side
        top = self._top + (self._count - 1 - tile[1]) * self._side
        return left, top, left + self._side, top + self._side

    def _place(self) -> None:
        """Fit all into the widget."""
        width, height = self.widget.winfo_width(), self.widget.winfo_height()
        if self._levels is None or width <= 1:
            return  # it has nothing to show yet, or no place
        edge, gap, type_ = self._theme.px(LINE), self._theme.px(GAP), font.nametofont(FONT, self.widget)
        bottom = type_.metrics("linespace") + gap
        left = max(bottom, *(type_.measure(text) + gap for text in self._axes[1][::2]))
        room = min(width - left, height - bottom) - 4 * edge  # a line around a tile at the rim, and that of the focus
        self._side = max(1, room // self._count)
        size = self._side * self._count
        self._left = left + (width - left - size) // 2
        self._top = (height - bottom - size) // 2
        self.widget.coords(self._image, self._left, self._top)
        self.widget.coords(
            self._ring, *_outset((self._left, self._top, self._left + size, self._top + size), 1.5 * edge)
        )
        self._place_names(size, gap + edge)
        self._place_mark()
        self._paint()

    def _place_names(self, size: int, gap: int) -> None:
        """Under the square the values and the name of the horizontal axis, left of it those of the vertical one."""
        left, top, right, bottom = self._left, self._top, self._left + size, self._top + size
        middle = size // 2
        places = [
            (left, bottom + gap, "nw", 0), (left + middle, bottom + gap, "n", 0), (right, bottom + gap, "ne", 0),
            (left - gap, bottom, "se", 0), (left - gap, top + middle, "s", 90), (left - gap, top, "ne", 0),
        ]  # fmt: skip
        for item, text, (x, y, anchor, angle) in zip(
            self._names, (*self._axes[0], *self._axes[1]), places, strict=True
        ):
            self.widget.coords(item, x, y)
            self.widget.itemconfigure(item, text=text, anchor=anchor, angle=angle)

    def _place_mark(self) -> None:
        if self._marked is None:
            self.widget.itemconfigure(self._mark, state="hidden")
            return
        self.widget.coords(self._mark, *_outset(self.box(self._marked), self._theme.px(LINE) / 2))
        self.widget.itemconfigure(self._mark, state="normal")

    def _paint(self) -> None:
        """Resize the sheet and put it onto the screen."""
        if self._levels is None or self.widget.winfo_width() <= 1:
            return
        size = self._side * self._count
        image = Image.fromarray(self._look.picture(self._levels, (size, size)))
        if size != self._photo.width():
            self._photo = ImageTk.PhotoImage(image.mode, image.size, master=self.widget)
            self.widget.itemconfigure(self._image, image=self._photo)
        self._photo.paste(image)


def _outset(box: Box, by: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left - by, top - by, right + by, bottom + by
