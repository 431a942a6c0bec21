"""A small padlock to click: closed while something is held. Knows Tk only."""

import tkinter as tk
from collections.abc import Callable
from tkinter import font

from vae_explorer.gui.looks.theme import FONT, Theme

SIDE = 14  # pixels of the design: its place, and of its body and shackle
BODY, SHACKLE = (9, 6), (5, 4)
LIFT = 2  # the same: how much higher the shackle stands when it is open


class Lock(tk.Canvas):
    """A padlock, with a text beside it where one is wanted."""

    def __init__(self, parent: tk.Misc, theme: Theme, turn: Callable[[], None], text: str = "") -> None:
        """turn: called when it is clicked."""
        colours, side = theme.colours, theme.px(SIDE)
        words = font.nametofont(FONT, parent).measure(text) + theme.px(4) if text else 0
        super().__init__(
            parent, width=side + words, height=side, background=colours.surface, highlightthickness=0, borderwidth=0,
            cursor="hand2",
        )  # fmt: skip
        self._theme, self._held, self._over = theme, False, False
        edge = max(1, theme.px(1.5))
        self._shackle = self.create_line(0, 0, 0, 0, width=edge)
        self._body = self.create_rectangle(0, 0, 0, 0, width=0)
        self._text = self.create_text(side + theme.px(2), side // 2, anchor="w", font=FONT, text=text)
        self.bind("<Button-1>", lambda _event: turn())
        self.bind("<Enter>", lambda _event: self._point(True))
        self.bind("<Leave>", lambda _event: self._point(False))
        self._draw()

    def show(self, held: bool) -> None:
        """Show it closed or open."""
        if held != self._held:
            self._held = held
            self._draw()

    def _point(self, over: bool) -> None:
        self._over = over
        self._draw()

    def _draw(self) -> None:
        colours, px = self._theme.colours, self._theme.px
        colour = colours.accent if self._over else colours.muted
        side, (width, height), (across, up) = px(SIDE), map(px, BODY), map(px, SHACKLE)
        left, bottom = (side - width) // 2, side - px(2)
        top, x = bottom - height, (side - across) // 2
        foot, head = top, top - up - (0 if self._held else px(LIFT))
        right_foot = foot if self._held else top - px(LIFT)  # an open one ends above the body
        self.coords(self._body, left, top, left + width, bottom)
        self.coords(self._shackle, x, foot, x, head, x + across, head, x + across, right_foot)
        for item in (self._shackle, self._body, self._text):
            self.itemconfigure(item, fill=colour)
