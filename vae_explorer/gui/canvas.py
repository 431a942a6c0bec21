"""The digit in an embedded matplotlib canvas, redrawn by blitting. Shows pixels; knows no model and no state.

A full `canvas.draw()` resamples and colour-maps at full size, 24 ms; here the enlarged grey levels are
written straight into the Agg buffer and only their rectangle is copied to the screen, 1 ms.
"""

import tkinter as tk

import numpy as np
from matplotlib.backends.backend_tkagg import FigureCanvasTkAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from vae_explorer.images import Pixels

SIDE = 28
MARGIN = 16  # pixels around the digit

# Grey level → RGBA, four bytes as one number, so that a pixel is enlarged by repeating one.
_LUT = np.stack([*[np.arange(256)] * 3, np.full(256, 255)], axis=1).astype(np.uint8).view(np.uint32)[:, 0]


class DigitCanvas:
    """One digit as large as it goes at a whole number of screen pixels to each of its own."""

    def __init__(self, parent: tk.Misc, background: str) -> None:
        self.figure = Figure(figsize=(1, 1), dpi=100, facecolor=background)  # resized to its widget when shown
        self.canvas = FigureCanvasTkAgg(self.figure, parent)
        self.widget = self.canvas.get_tk_widget()
        self.widget.configure(background=background, highlightthickness=0, width=360, height=360)
        self._pixels: Pixels = np.zeros((SIDE, SIDE), np.uint8)
        self.frames = 0  # shown so far
        # Every full draw and every resize clears what was written directly.
        self.canvas.mpl_connect("draw_event", lambda _event: self._paint())

    @property
    def ready(self) -> bool:
        """Whether the window has given the canvas its size, so that there is something to draw on."""
        return self.widget.winfo_ismapped() and self.frames > 0

    def show(self, pixels: Pixels) -> None:
        """Show grey levels (28, 28) now, or as soon as the canvas has its size."""
        self._pixels = pixels
        if self.frames:
            box = self._paint()
            self.canvas.blit(box)

    def _paint(self) -> Bbox:
        """Write the enlarged digit into the canvas's buffer; give its rectangle, y upwards as matplotlib has it."""
        buffer = np.asarray(self.canvas.buffer_rgba())
        height, width = buffer.shape[:2]  # not from the widget, which may have another size already
        scale = max(1, (min(width, height) - 2 * MARGIN) // SIDE)
        digit = enlarge(self._pixels, scale)[:height, :width]
        top, left = (height - digit.shape[0]) // 2, (width - digit.shape[1]) // 2
        bottom, right = top + digit.shape[0], left + digit.shape[1]
        buffer.view(np.uint32)[top:bottom, left:right, 0] = digit
        self.frames += 1
        return Bbox([[left, height - bottom], [right, height - top]])


def enlarge(pixels: Pixels, scale: int) -> NDArray[np.uint32]:
    """Turn grey levels (h, w) into RGBA words (h·scale, w·scale), each level a square."""
    return _LUT[pixels].repeat(scale, axis=0).repeat(scale, axis=1)
