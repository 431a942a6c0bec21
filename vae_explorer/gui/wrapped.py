"""A text in lines as long as its place is wide."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.theme import Theme

ROOM = 4  # pixels of the design, for the space at the end of a line, which Tk lets stand out


class Wrapped(ttk.Label):
    """A label, muted unless another style is given, that breaks its lines anew whenever its width changes.

    To be stretched over its place (sticky "ew"), or it would shrink with its longest line, and shrink again.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, text: str, least: int, style: str = "Muted.TLabel") -> None:
        """least: pixels of the design that the lines are long before the text has its place."""
        super().__init__(parent, text=text, style=style, wraplength=theme.px(least))
        self._room = theme.px(ROOM)
        self.bind("<Configure>", lambda event: self.fit(event.width))

    def fit(self, width: int) -> None:
        """Break the lines for so many pixels."""
        self.configure(wraplength=max(1, width - self._room))
