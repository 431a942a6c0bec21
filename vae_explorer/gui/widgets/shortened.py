"""A line of text as wide as its place, whatever it says. Knows Tk only."""

import tkinter as tk
from tkinter import font, ttk
from typing import Any

from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.looks.words import elided


class Shortened(ttk.Label):
    """A label that leaves out the middle of its text where there is no room for all of it."""

    def __init__(self, parent: tk.Misc, text: str = "", **options: Any) -> None:
        """options: of a ttk.Label, but for its width."""
        super().__init__(parent, width=1, **options)  # never wider than its place
        self.whole, self._measure = text, font.nametofont(FONT, parent).measure
        self._edge = self.winfo_reqwidth() - self._measure("0")  # pixels around the text
        self.bind("<Configure>", lambda _event: self._fit())

    def write(self, text: str) -> None:
        """Show another text."""
        self.whole = text
        self._fit()

    @property
    def cut(self) -> bool:
        """Whether a part of the text is not seen."""
        return str(self.cget("text")) != self.whole

    def _fit(self) -> None:
        self.configure(text=elided(self.whole, self.winfo_width() - self._edge, self._measure))
