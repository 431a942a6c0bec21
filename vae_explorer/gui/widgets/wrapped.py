"""A text in lines as long as its place is wide."""

import tkinter as tk
from tkinter import font, ttk

from vae_explorer.gui.looks.theme import FONT, Theme


class Wrapped(ttk.Label):
    """A label, muted unless another style is given, that breaks its lines anew whenever its width changes.

    To be stretched over its place (sticky "ew"), or it would shrink with its longest line, and shrink again.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, text: str, least: int, style: str = "Muted.TLabel") -> None:
        """least: pixels of the design that the lines are long before the text has its place."""
        super().__init__(parent, text=text, style=style, wraplength=theme.px(least))
        self._room = font.nametofont(FONT, parent).measure(" ")  # which Tk lets stand out at the end of a line
        self.bind("<Configure>", lambda event: self.fit(event.width))

    def fit(self, width: int) -> None:
        """Break the lines for so many pixels."""
        self.configure(wraplength=max(1, width - self._room))
