"""A large picture on a canvas that is panned by copying, as Tk takes ten times as long to read a new one. Knows pixels
only."""

import tkinter as tk

from vae_explorer.images import Pixels


class Sheet:
    """The picture, in the upper left corner of a canvas, under what is made later."""

    def __init__(self, canvas: tk.Canvas) -> None:
        self._canvas, self._size = canvas, (0, 0)
        self._seen, self._other = tk.PhotoImage(master=canvas), tk.PhotoImage(master=canvas)
        self._item = canvas.create_image(0, 0, anchor="nw", image=self._seen)

    def show(self, pixels: Pixels) -> None:
        """Show colours (h, w, 3)."""
        height, width = pixels.shape[:2]
        self._size = width, height
        self._seen.configure(width=width, height=height, data=_ppm(pixels), format="ppm")

    def move(self, right: int, down: int) -> None:
        """Move the picture by less than its size. What was there before shows where nothing has moved to."""
        (width, height), (left, top) = self._size, (max(0, right), max(0, down))
        self._other.configure(width=width, height=height)
        source = left - right, top - down, width - max(0, right), height - max(0, down)
        self._canvas.tk.call(self._other, "copy", self._seen, "-from", *source, "-to", left, top)
        self._canvas.itemconfigure(self._item, image=self._other)
        self._seen, self._other = self._other, self._seen

    def patch(self, pixels: Pixels, corner: tuple[int, int]) -> None:
        """Show colours (h, w, 3) in a part of the picture, from its upper left corner (x, y) on."""
        height, width = pixels.shape[:2]
        end = corner[0] + width, corner[1] + height
        self._canvas.tk.call(self._seen, "put", _ppm(pixels), "-format", "ppm", "-to", *corner, *end)


def _ppm(pixels: Pixels) -> bytes:
    """As PPM, which Tk reads fastest: no compression, no text."""
    height, width = pixels.shape[:2]
    return f"P6 {width} {height} 255\n".encode() + pixels.tobytes()
