"""Names of classes on the colours of their classes, as items of a canvas. Knows labels and names only."""

import tkinter as tk
from collections.abc import Mapping
from tkinter.font import Font

import numpy as np

from vae_explorer.gui.looks.theme import BOLD, Theme
from vae_explorer.pictures.scatter import BACKGROUND, class_colours, is_light, short
from vae_explorer.space.latent import Points


class Badges:
    """One badge a class, to be moved about; `sizes` is how much room each takes, (N, 2) in pixels."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, names: Mapping[int, str]) -> None:
        """names: of the labels that occur."""
        self._canvas = canvas
        font, px = Font(canvas, name=BOLD, exists=True), theme.px
        texts = [*short(names).values()]
        height = font.metrics("linespace") + px(2)
        gap = px(2)  # around each
        self._sizes = np.array([(max(height, font.measure(text) + px(10)), height) for text in texts], float)
        self.sizes: Points = self._sizes + gap
        self._items = []
        for label, text in zip(names, texts, strict=True):
            colour = class_colours(np.array([label]))[0]
            ink = "#000000" if is_light(colour) else "#ffffff"
            box = canvas.create_rectangle(0, 0, 0, 0, fill=ink_of(colour), outline=ink_of(BACKGROUND), width=px(1))
            self._items.append((box, canvas.create_text(0, 0, text=text, font=BOLD, fill=ink)))

    def place(self, middles: Points) -> None:
        """Put the middle of each badge somewhere, (N, 2); NaN hides it."""
        for (box, text), (x, y), (width, height) in zip(self._items, middles.tolist(), self._sizes, strict=True):
            seen = x == x
            for item in (box, text):
                self._canvas.itemconfigure(item, state="normal" if seen else "hidden")
            if seen:
                left, top = round(x - width / 2), round(y - height / 2)
                self._canvas.coords(box, left, top, left + width, top + height)
                self._canvas.coords(text, left + width / 2, top + height / 2)


def ink_of(colour: tuple[int, int, int] | np.ndarray) -> str:
    """A colour, (3,), as Tk writes it."""
    red, green, blue = (int(level) for level in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"
