"""Digits in as many rows as columns on one canvas: shows them, marks one, and knows which is where. Knows pixels and
the names of axes; no model and no state.

All digits are one sheet, which is resized at once and pasted into one picture of Tk's. Pillow's own way of pasting
takes half as long as a PPM.
"""

import math
import tkinter as tk
from tkinter import font
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageTk

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.images import Pixels, Size, fitted, sheet
from vae_explorer.space.latent import Points

if TYPE_CHECKING:
    from vae_explorer.pictures.fields import Wash

LINE = 2  # pixels of the design, around the tile that is marked and the canvas that has the focus
GAP = 4

Tile = tuple[int, int]  # column and row, from the lower left one
Box = tuple[int, int, int, int]  # left, top, right, bottom
Axis = tuple[str, str, str]  # its least value, its name, its largest value


class Tiles:
    """The digits, as large as their place allows with whole pixels for each; names of the axes on two sides."""

    def __init__(self, parent: tk.Misc, theme: Theme, look: Look) -> None:
        self._theme, self._look = theme, look
        shades = theme.colours
        place = {"width": 1, "height": 1}  # it takes what there is
        self.widget = tk.Canvas(parent, place, takefocus=True, background=shades.surface, highlightthickness=0)
        self._digits: Pixels | None = None
        self._count, self._left, self._top = 1, 0, 0
        self.size: Size = (1, 1)  # of a tile
        self._wash: Wash | None = None
        self._marked: Tile | None = None
        self._axes: tuple[Axis, Axis] = (("", "", ""), ("", "", ""))
        self._made_for = "L", (1, 1)
        self._photo = ImageTk.PhotoImage(*self._made_for, master=self.widget)
        self._image = self.widget.create_image(0, 0, image=self._photo, anchor="nw")
        self._mark = self.widget.create_rectangle(0, 0, 0, 0, outline=shades.accent, width=theme.px(LINE))
        self._ring = self.widget.create_rectangle(
            0, 0, 0, 0, outline=shades.accent, width=theme.px(LINE), state="hidden"
        )
        self._names = [self.widget.create_text(0, 0, fill=shades.muted, font=FONT) for _ in range(6)]
        self.widget.bind("<Configure>", lambda _event: self._place())
        for sequence, state in (("<FocusIn>", "normal"), ("<FocusOut>", "hidden")):
            self.widget.bind(sequence, lambda _event, state=state: self.widget.itemconfigure(self._ring, state=state))  # type: ignore[misc]

    def show(self, digits: Pixels, axes: tuple[Axis, Axis]) -> None:
        """Show digits, (n·n, H, W) or (n·n, H, W, 3), row by row from the top; axes: the horizontal and the vertical
        one."""
        placed = self._digits is not None and digits.shape == self._digits.shape and axes == self._axes
        self._digits, self._count, self._axes = digits, math.isqrt(len(digits)), axes
        if placed:
            self._paint()
        else:
            self._place()

    def cover(self, wash: "Wash | None") -> None:
        """Lay a wash over the digits, or none. One of another size than all tiles together waits until they have it."""
        if wash is not self._wash:
            self._wash = wash
            self._paint()

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
        width, height = self.size
        return (x - self._left) // width, self._count - 1 - (y - self._top) // height

    def box(self, tile: Tile) -> Box:
        """The edges of a tile in the widget."""
        width, height = self.size
        left, top = self._left + tile[0] * width, self._top + (self._count - 1 - tile[1]) * height
        return left, top, left + width, top + height

    def _place(self) -> None:
        """Fit all into the widget."""
        width, height = self.widget.winfo_width(), self.widget.winfo_height()
        if self._digits is None or width <= 1:
            return  # it has nothing to show yet, or no place
        edge, gap, type_ = self._theme.px(LINE), self._theme.px(GAP), font.nametofont(FONT, self.widget)
        bottom = type_.metrics("linespace") + gap
        left = max(bottom, *(type_.measure(text) + gap for text in self._axes[1][::2]))
        around = 4 * edge  # a line around a tile at the rim, and that of the focus
        room = (width - left - around) // self._count, (height - bottom - around) // self._count
        self.size = fitted(self._digits.shape[1:], room)
        across, down = self._whole
        self._left = left + (width - left - across) // 2
        self._top = (height - bottom - down) // 2
        self.widget.coords(self._image, self._left, self._top)
        self.widget.coords(
            self._ring, *_outset((self._left, self._top, self._left + across, self._top + down), 1.5 * edge)
        )
        self._place_names(gap + edge)
        self._place_mark()
        self._paint()

    @property
    def _whole(self) -> Size:
        """The size of all tiles together."""
        return self.size[0] * self._count, self.size[1] * self._count

    def _place_names(self, gap: int) -> None:
        """Under the tiles the values and the name of the horizontal axis, left of them those of the vertical one."""
        left, top, (width, height) = self._left, self._top, self._whole
        right, bottom, across, down = left + width, top + height, left + width // 2, top + height // 2
        places = [
            (left, bottom + gap, "nw", 0), (across, bottom + gap, "n", 0), (right, bottom + gap, "ne", 0),
            (left - gap, bottom, "se", 0), (left - gap, down, "s", 90), (left - gap, top, "ne", 0),
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
        """Resize the sheet of all digits and put it onto the screen."""
        if self._digits is None or self.widget.winfo_width() <= 1:
            return
        picture = self._look.picture(sheet(self._digits, self._count), self._whole)
        if self._wash is not None and self._wash.cover.shape == picture.shape[:2]:
            picture = self._wash.over(picture if picture.ndim == 3 else picture[..., None])
        image = Image.fromarray(picture)
        if (image.mode, image.size) != self._made_for:
            self._made_for = image.mode, image.size
            self._photo = ImageTk.PhotoImage(image.mode, image.size, master=self.widget)
            self.widget.itemconfigure(self._image, image=self._photo)
        self._photo.paste(image)


def _outset(box: Box, by: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left - by, top - by, right + by, bottom + by


def tile_of(xy: Points, values: Points) -> Tile | None:
    """The tile that a point of the plane, (2,), lies on, where the tiles have n values, (n,), along each axis; None
    where it lies beyond the outermost ones by more than half a step."""
    middles = (values[1:] + values[:-1]) / 2
    edges = 2 * values[[0, -1]] - middles[[0, -1]]
    if not ((edges[0] <= xy) & (xy <= edges[1])).all():
        return None
    column, row = np.searchsorted(middles, xy).tolist()
    return column, row
