"""The factors as a table: what a step does to each from here, and how each goes with the dimension over the data. Knows
cards and Tk."""

import tkinter as tk
from tkinter import font
from typing import Literal

from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.space import effects, factors
from vae_explorer.space.cards import Card
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Values

HERE, RANK, BAR, END = 130, 174, 182, 208  # pixels of the design: where columns end, and between which the bars lie
THICK, GAP = 6, 1  # the same: a bar, and the space between lines
HEADS = "+1 here", "rank", "R²"


class FactorTable:
    """A line for each factor on one canvas, so that a frame of a drag changes a few texts."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        self._theme, px = theme, theme.px
        self._line = font.nametofont(FONT, parent).metrics("linespace") + px(GAP)
        height, ground = self._line * (1 + len(FACTORS)), theme.colours.raised
        self.canvas = tk.Canvas(parent, width=px(END), height=height, background=ground, highlightthickness=0)
        for title, right in zip(HEADS, (HERE, RANK, END), strict=True):
            self._text(0, px(right), "ne", title, theme.colours.muted)
        for k, factor in enumerate(FACTORS.values(), 1):
            self._text(k, 0, "nw", factor.title)
        self._here = [self._text(k, px(HERE), "ne") for k in range(1, 1 + len(FACTORS))]

    def _text(self, line: int, x: int, anchor: Literal["nw", "ne"], text: str = "", fill: str = "") -> int:
        """Write a text into a line, from its left or its right."""
        fill = fill or self._theme.colours.text
        return self.canvas.create_text(x, line * self._line, anchor=anchor, text=text, fill=fill, font=FONT)

    def tell(self, card: Card) -> None:
        """Show how each factor goes with the dimension over the data, once."""
        px, colours = self._theme.px, self._theme.colours
        for k, (rank, r2) in enumerate(zip(card.rank.tolist(), card.r2.tolist(), strict=True), 1):
            self._text(k, px(RANK), "ne", f"{rank:+.2f}".replace("-", "−"))
            top = k * self._line + (self._line - px(THICK)) // 2
            for share, fill in ((1.0, colours.border), (r2, colours.accent)):
                right = px(BAR) + round(share * px(END - BAR))
                self.canvas.create_rectangle(px(BAR), top, right, top + px(THICK), fill=fill, width=0)

    def show(self, changes: Values, sd: Values) -> None:
        """Show what a step changes from here, (F,): muted where that is hardly anything beside sd, (F,)."""
        colours, matter = self._theme.colours, effects.matter(changes, sd)
        for k, (name, item) in enumerate(zip(FACTORS, self._here, strict=True)):
            text = factors.written(name, float(changes[k]), signed=True)
            self.canvas.itemconfigure(item, text=text, fill=colours.text if k in matter else colours.muted)
