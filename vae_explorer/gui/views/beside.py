"""The picture that somebody brought, beside what the model makes of it, and their difference. Knows pixels only."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import numpy as np
from numpy.typing import NDArray

from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Palette, Theme
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels, Shape, fitted

LOW, HIGH = 56, 84  # pixels of the design of a picture's side: below the digit, and right of it
GAP = 8
LIFT = 0.7  # the exponent of a difference's colour, below 1 so that small differences are seen
YOURS = "Your digit as the encoder gets it"
# What is more and less in the difference, and a sentence on it: of ink on a ground, and of a picture in colour.
OF_INK = "added", "missing", "What the model adds to your digit, in one colour, and what it misses of it, in the other"
OF_COLOURS = "lighter", "darker", "Where the model's is lighter than your digit, in one colour, and darker in the other"


class Beside:
    """Two small pictures with their names: in a row below the digit, or below each other right of it."""

    def __init__(self, parent: tk.Misc, theme: Theme, look: Look, shape: Shape, worded: Callable[[str], str]) -> None:
        """shape: (C, H, W) of a digit. worded: says of the model what is said of digits."""
        self._theme, self._look, self._table = theme, look, signed_colours(theme.colours)
        colours, *sides = shape
        self._shape = tuple(sides)
        self._levels: tuple[Pixels, Pixels] | None = None
        self._below: bool | None = None
        self.widget = ttk.Frame(parent)
        self._photos = [Photo(self.widget) for _ in range(2)]
        pictures = [ttk.Label(self.widget, image=photo.image, padding=0) for photo in self._photos]
        names = [ttk.Label(self.widget, text="yours"), ttk.Frame(self.widget)]
        more, less, what = OF_COLOURS if colours > 1 else OF_INK
        words = ("difference", "TLabel"), (f"+ {more}", "More.TLabel"), (f"− {less}", "Less.TLabel")
        yours, difference = worded(YOURS), worded(what)
        for text, style in words:
            label = ttk.Label(names[1], text=text, style=style)
            label.grid(sticky="w")
            Tooltip(label, lambda: difference, theme)
        self._cells = [*zip(pictures, names, strict=True)]
        for (picture, _), text in zip(self._cells, (yours, difference), strict=True):
            Tooltip(picture, lambda text=text: text, theme)  # type: ignore[misc]
        Tooltip(names[0], lambda: yours, theme)

    def lay(self, below: bool) -> None:
        """Stand below the digit, or else right of it."""
        if below == self._below:
            return
        self._below, gap = below, self._theme.px(GAP)
        for k, (picture, name) in enumerate(self._cells):
            if below:
                picture.grid(row=0, column=2 * k, padx=(gap if k else 0, 0), pady=0)
                name.grid(row=0, column=2 * k + 1, sticky="w", padx=(gap // 2, 0))
            else:
                picture.grid(row=2 * k, column=0, padx=0, pady=(gap if k else 0, 0))
                name.grid(row=2 * k + 1, column=0, sticky="", padx=0)
        self._paint()

    def show(self, yours: Pixels, models: Pixels) -> None:
        """Show grey levels (H, W), or colours (H, W, 3), and the difference of the model's from yours."""
        self._levels = yours, models
        self._paint()

    def _paint(self) -> None:
        if self._levels is None or self._below is None:
            return
        yours, models = self._levels
        side = self._theme.px(LOW if self._below else HIGH)
        width, height = fitted(self._shape, (side, side))
        self._photos[0].show(self._look.picture(yours, (width, height)))
        difference = models.astype(int) - yours
        if difference.ndim == 3:  # in colour
            difference = difference.sum(2) // 3
        signed = self._table[difference + 255]
        down, across = (np.arange(new) * old // new for new, old in zip((height, width), self._shape, strict=True))
        self._photos[1].show(signed[down][:, across])


def signed_colours(colours: Palette) -> NDArray[np.uint8]:
    """From −255 to 255 grey levels: from the theme's red over its ground to its accent, (511, 3)."""
    less, none, more = (
        np.frombuffer(bytes.fromhex(each[1:]), np.uint8).astype(float)
        for each in (colours.error, colours.surface, colours.accent)
    )
    even = np.linspace(-1, 1, 511)[:, None]
    share = np.sign(even) * abs(even) ** LIFT
    table: NDArray[np.uint8] = np.rint(
        none + np.maximum(share, 0) * (more - none) + np.maximum(-share, 0) * (less - none)
    ).astype(np.uint8)
    return table
