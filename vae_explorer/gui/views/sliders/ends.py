"""The digits at both ends of a dimension: what is decoded there, and the encoded ones that lie furthest out. Knows
cards and pixels."""

import tkinter as tk
from tkinter import font

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.cells import in_cells
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels
from vae_explorer.space.cards import DIGITS, PERCENTILES, Card, End

CELL, SIDE = 29, 26  # pixels of the design: the place of a digit, and the digit
LINE = 2  # the same, around what is decoded
DECODED = (
    f"In the frame is what is decoded at the {PERCENTILES[1]}th or the {PERCENTILES[0]}st percentile of this number, "
    "with all others at their mean"
)


class Ends:
    """Two rows on one canvas, the high end above the low one: a line on the end, the decoded digit, and beside it the
    encoded ones."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, colours, px = desk, desk.theme.colours, desk.theme.px
        self._font = font.nametofont(FONT, parent)
        line, self._width = self._font.metrics("linespace"), (1 + DIGITS) * px(CELL)
        row = line + px(CELL)
        self.canvas = tk.Canvas(
            parent, width=self._width, height=2 * row, background=colours.raised, highlightthickness=0
        )
        self._photos = [Photo(self.canvas) for _ in range(2)]
        for k, photo in enumerate(self._photos):
            top, edge = k * row + line, px(LINE)
            self.canvas.create_image(0, top, anchor="nw", image=photo.image)
            box = edge // 2, top + edge // 2, px(CELL) - edge // 2, top + px(CELL) - edge // 2
            self.canvas.create_rectangle(*box, outline=colours.accent, width=edge)
        self._texts = [
            self.canvas.create_text(px(1), k * row, anchor="nw", font=FONT, fill=colours.muted) for k in range(2)
        ]
        about = DECODED if desk.space.atlas is None else f"{DECODED}; then the encoded digits furthest out"
        Tooltip(self.canvas, lambda: desk.space.worded(about), desk.theme)

    def show(self, card: Card) -> None:
        """Show the ends of a card: the encoded digits as they are in the data set, where that has been read."""
        theme = self._desk.theme
        rows = zip(("high", "low"), (card.high, card.low), self._photos, self._texts, strict=True)
        for which, end, photo, text in rows:
            pictures = self._pictures(end)
            photo.show(in_cells(self._desk.look, pictures, theme.px(CELL), theme.px(SIDE), theme.colours.raised))
            caption = elided(self._caption(end, which), self._width, self._font.measure)
            self.canvas.itemconfigure(text, text=caption)

    def _pictures(self, end: End) -> Pixels:
        """The digits of an end, (n, H, W), the decoded one first."""
        space, split, rows = self._desk.space, self._desk.session.originals.split, list(end.rows)
        decoded = space.codec.pixels(end.z)
        if space.atlas is None or not rows:
            return decoded
        real = space.codec.pixels(space.atlas.mu[rows]) if split is None else split.images[space.atlas.index[rows]]
        return np.concatenate([decoded, real])

    def _caption(self, end: End, which: str) -> str:
        """Which end it is, and of which classes most digits there are."""
        names = [self._desk.space.class_names[label] for label in end.mostly]
        return f"{which}: mostly {', '.join(names)}" if names else which
