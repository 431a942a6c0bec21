"""The digits at both ends of a dimension: what is decoded there, and the encoded ones that lie furthest out. Knows
cards and pixels."""

import tkinter as tk
from collections.abc import Mapping
from functools import partial
from tkinter import font

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Names
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.cells import in_cells
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels
from vae_explorer.space.cards import DIGITS, PERCENTILES, Card, End
from vae_explorer.space.latent import Points

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
        self._asker = Asker(desk.decoding, self.canvas)
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
        ends = {"high": card.high, "low": card.low}
        for (which, end), text in zip(ends.items(), self._texts, strict=True):
            caption = elided(self._caption(end, which), self._width, self._font.measure)
            self.canvas.itemconfigure(text, text=caption)
        self._asker.pixels({which: self._points(end) for which, end in ends.items()}, partial(self._paint, ends))

    def _points(self, end: End) -> Points:
        """What is to be decoded for an end, (n, D): its own point first, and those of digits that are not at hand."""
        atlas, rows = self._desk.space.atlas, list(end.rows)
        if atlas is None or self._desk.session.originals.split is not None:
            return end.z[None]
        return np.concatenate([end.z[None], atlas.mu[rows]])

    def _paint(self, ends: Mapping[str, End], names: Names, decoded: Pixels) -> None:
        """Show the digits of ends, of which all have as many."""
        theme, split, atlas = self._desk.theme, self._desk.session.originals.split, self._desk.space.atlas
        for which, made in zip(names, np.split(decoded, len(names)), strict=True):
            pictures = made
            if atlas is not None and split is not None:
                pictures = np.concatenate([made[:1], split.images[atlas.index[list(ends[which].rows)]]])
            photo = self._photos[[*ends].index(which)]
            photo.show(in_cells(self._desk.look, pictures, theme.px(CELL), theme.px(SIDE), theme.colours.raised))

    def _caption(self, end: End, which: str) -> str:
        """Which end it is, and of which classes most digits there are."""
        names = [self._desk.space.class_names[label] for label in end.mostly]
        return f"{which}: mostly {', '.join(names)}" if names else which
