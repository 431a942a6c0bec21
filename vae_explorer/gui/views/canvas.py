"""The digit in an embedded matplotlib canvas, redrawn by blitting. Shows pixels; knows no model and no state.

A full `canvas.draw()` resamples and colour-maps at full size, 24 ms; here the enlarged colours are written
straight into the Agg buffer, and of those only the rectangle that has changed is copied to the screen, 1 ms.
"""

import re
import tkinter as tk
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from vae_explorer.pictures.rc import ground

import numpy as np
from matplotlib.backends.backend_tkagg import FigureCanvasTkAgg
from matplotlib.transforms import Bbox
from numpy.typing import NDArray
from PIL import Image

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.later import Later
from vae_explorer.images import Pixels, Shape, Size
from vae_explorer.pictures.colours import colour_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Words = NDArray[np.uint32]  # RGBA as one number, so that a pixel is enlarged by repeating one
Rectangle = tuple[slice, slice]  # rows and columns of the digit
# What is seen of a part of the enlarged digit, (h, w), where something lies over it; and from which of its rows and
# columns on that part is, and how many pixels of the screen each of the digit's has on a side.
Veil = Callable[[Words, int, int, float], Words]
_OURS = "<Configure>", "<Map>"  # of what matplotlib binds: how large the canvas is


class _Canvas(FigureCanvasTkAgg):
    """matplotlib's canvas as ground: it hears no key and no mouse, takes no focus, and leaves nothing waiting."""

    def __init__(self, figure: "Figure", master: tk.Misc) -> None:
        root, self._drawing = master.winfo_toplevel(), Later(master, self.draw)
        super().__init__(figure, master)
        last = tk.Frame(master)  # matplotlib has asked for the focus, which is given to who asks last, when it is seen
        last.focus_set()
        last.destroy()
        widget = self.get_tk_widget()
        for sequence in {*widget.bind()} - {*_OURS}:
            widget.unbind(sequence)
        for sequence in ("<MouseWheel>", "<Destroy>"):  # which would outlive the canvas
            for command in re.findall(r"\w*(?:scroll_event_windows|filter_destroy)", root.bind(sequence)):
                root.unbind(sequence, command)

    def draw_idle(self) -> None:
        """Draw when nothing else is to be done, unless the canvas is gone by then."""
        self._drawing.ask()


class DigitCanvas:
    """One digit as large as it goes at a whole number of screen pixels to each of its own; where there is no room for
    one each, all of it, made small."""

    def __init__(self, parent: tk.Misc, theme: Theme, margin: int, look: str, colours: str, shape: Shape) -> None:
        """margin: pixels around the digit. look: "pixels" or "smooth". colours: the name of a matplotlib colormap, for
        grey levels. shape: (C, H, W) of a digit."""
        self._margin, self._smooth, self._lut = margin, look == "smooth", lookup_table(colours)
        self.figure = ground(theme.colours.surface)  # its widget resizes it
        self.canvas = _Canvas(self.figure, parent)
        self.widget = self.canvas.get_tk_widget()
        self.widget.configure(background=theme.colours.surface, highlightthickness=0)
        channels, height, width = shape
        self._pixels: Pixels = np.zeros((height, width, channels)[: 2 + (channels > 1)], np.uint8)
        self._whole: Rectangle = (slice(0, height), slice(0, width))
        self.veil: Veil | None = None  # what lies over the digit
        self.frames = 0  # shown so far
        # Every full draw and every resize clears what was written directly.
        self.canvas.mpl_connect("draw_event", lambda _event: self._paint(self._whole))

    @property
    def ready(self) -> bool:
        """Whether the window has given the canvas its size, so that there is something to draw on."""
        return bool(self.widget.winfo_ismapped()) and self.frames > 0

    def show(self, pixels: Pixels) -> None:
        """Show grey levels (H, W), or colours (H, W, 3), now, or as soon as the canvas has its size."""
        where = self._whole if self._smooth else changed(self._pixels, pixels)
        self._pixels = pixels
        if self.frames:
            self.canvas.blit(self._paint(where))

    def repaint(self, where: Rectangle) -> None:
        """Show a part of the digit again, as what lies over it has changed."""
        if self.frames:
            self.canvas.blit(self._paint(self._whole if self._smooth else where))

    @property
    def place(self) -> tuple[int, int, float]:
        """Where the digit lies on the canvas, left and top, and how many pixels of the screen each of its own has."""
        height, width = self._buffer.shape  # not from the widget, which may have another size already
        h, w = self._pixels.shape[:2]
        across, down = width - 2 * self._margin, height - 2 * self._margin
        scale = min(across // w, down // h) or max(1 / max(h, w), min(across / w, down / h))
        wide, high = sizes((w, h), scale)
        return max(0, (width - wide) // 2), max(0, (height - high) // 2), scale

    @property
    def _buffer(self) -> Words:
        buffer: Words = np.asarray(self.canvas.buffer_rgba()).view(np.uint32)[..., 0]
        return buffer

    def _paint(self, where: Rectangle) -> Bbox:
        """Write a part of the digit, enlarged, into the canvas's buffer; give its rectangle, y upwards as
        matplotlib has it."""
        buffer, (left, top, scale) = self._buffer, self.place
        whole = scale < 1 or self._smooth
        rows, columns = self._whole if whole else where
        words = self._words(rows, columns, scale)
        y, x, height = int(rows.start * scale), int(columns.start * scale), len(buffer)
        if self.veil is not None:
            words = self.veil(words, y, x, scale)
        y, x = top + y, left + x
        target = buffer[y : y + len(words), x : x + words.shape[1]]
        target[...] = words[: target.shape[0], : target.shape[1]]
        self.frames += 1
        return Bbox([[x, height - y - len(words)], [x + words.shape[1], height - y]])

    def _words(self, rows: slice, columns: slice, scale: float) -> Words:
        """A part of the digit, enlarged; all of it where it is smooth or made small."""
        if scale < 1:
            h, w = self._pixels.shape[:2]
            small = Image.fromarray(self._pixels).resize(sizes((w, h), scale), Image.Resampling.BOX)
            return rgba(np.asarray(small), self._lut)
        if self._smooth:
            return smooth(self._pixels, int(scale), self._lut)
        return enlarge(self._pixels[rows, columns], int(scale), self._lut)


def changed(before: Pixels, after: Pixels) -> Rectangle:
    """Give the smallest rectangle outside of which two pictures are the same; one pixel where all is."""
    differs = before != after
    if differs.ndim == 3:  # in colour
        differs = differs.any(2)
    rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


@cache
def lookup_table(colours: str) -> Words:
    """Grey level → RGBA of a colormap, (256,)."""
    opaque = np.full((256, 1), 255, np.uint8)
    words: Words = np.hstack([colour_table(colours), opaque]).view(np.uint32)[:, 0]
    return words


def rgba(pixels: Pixels, lut: Words) -> Words:
    """Turn grey levels (h, w), by a table, or colours (h, w, 3) into RGBA words (h, w)."""
    if pixels.ndim == 2:
        return lut[pixels]
    opaque = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    opaque[..., :3] = pixels
    words: Words = opaque.view(np.uint32)[..., 0]
    return words


def enlarge(pixels: Pixels, scale: int, lut: Words) -> Words:
    """Turn grey levels (h, w), or colours (h, w, 3), into RGBA words (h·scale, w·scale), each level a square."""
    return rgba(pixels, lut).repeat(scale, axis=0).repeat(scale, axis=1)


def smooth(pixels: Pixels, scale: int, lut: Words) -> Words:
    """Turn grey levels (h, w), or colours (h, w, 3), into RGBA words (h·scale, w·scale) by cubic interpolation."""
    down, across = (_cubic(count, scale) for count in pixels.shape[:2])
    planes = pixels.astype(np.float32).reshape(*pixels.shape[:2], -1).transpose(2, 0, 1)  # (C, h, w)
    levels = np.rint(down @ planes @ across.T).clip(0, 255).astype(np.uint8)
    return rgba(levels[0] if pixels.ndim == 2 else levels.transpose(1, 2, 0), lut)


def sizes(sides: Size, scale: float) -> Size:
    """How many pixels of the screen a width and a height have at a scale, at least one."""
    wide, high = (max(1, round(side * scale)) for side in sides)
    return wide, high


@cache
def _cubic(count: int, scale: int) -> NDArray[np.float32]:
    """The weight of each of count levels for each of count·scale pixels: the cubic kernel of Keys (1981), a = −½."""
    centres = (np.arange(count * scale) + 0.5) / scale - 0.5
    d = np.abs(centres[:, None] - np.arange(count))
    near, far = 1.5 * d**3 - 2.5 * d**2 + 1, -0.5 * d**3 + 2.5 * d**2 - 4 * d + 2
    weights: NDArray[np.float64] = np.where(d <= 1, near, np.where(d < 2, far, 0))
    weights /= weights.sum(1, keepdims=True)
    return weights.astype(np.float32)
