"""The digit at a place one has not gone to yet, small, beside the pointer. Decodes a point; moves nothing."""

import tkinter as tk
from functools import partial

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Decoding, Names
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import Pixels
from vae_explorer.space.latent import Points

SIDE = 64  # pixels of the design, of the digit's longer side: as near to it as whole pixels for each come
AWAY = 16  # pixels of the design from the pointer
EDGE = "#a9abb0"


class Glimpse:
    """A picture with a thin edge on a canvas, hidden until it is shown."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, decoding: Decoding, look: Look) -> None:
        self._canvas, self._look, self._asker = canvas, look, Asker(decoding, canvas, urgent=True)
        _, h, w = decoding.codec.shape
        times = SIDE / max(h, w)
        times = theme.scale * (times if times < 1 else round(times))
        self._size = round(w * times), round(h * times)
        self._line, self._away = max(1, theme.px(1)), theme.px(AWAY)
        self._photo = Photo(canvas)
        self._items = (
            canvas.create_rectangle(0, 0, 0, 0, fill=EDGE, outline="", state="hidden"),
            canvas.create_image(0, 0, anchor="nw", image=self._photo.image, state="hidden"),
        )

    def show(self, z: tuple[float, ...], pointer: Points) -> None:
        """Show the digit of z beside a pointer, (2,) in pixels; below it on the right, where there is room."""
        self._asker.pixels({"": np.array([z])}, partial(self._place, pointer))

    def _place(self, pointer: Points, _names: Names, pixels: Pixels) -> None:
        self._photo.show(self._look.picture(pixels[0], self._size))
        room = np.array([self._canvas.winfo_width(), self._canvas.winfo_height()])
        corner = pointer + self._away
        over = corner + self._size + self._line > room
        left, top = (int(n) for n in np.where(over, pointer - self._away - self._size, corner))
        edge, picture = self._items
        line, (width, height) = self._line, self._size
        self._canvas.coords(edge, left - line, top - line, left + width + line, top + height + line)
        self._canvas.coords(picture, left, top)
        for item in self._items:
            self._canvas.itemconfigure(item, state="normal")
            self._canvas.tag_raise(item)

    def hide(self) -> None:
        """Show nothing."""
        self._asker.drop()
        for item in self._items:
            self._canvas.itemconfigure(item, state="hidden")
