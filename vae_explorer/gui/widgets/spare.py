"""A text for a place that nothing else needs: it is seen only while there is room for all of it. Knows Tk only."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.wrapped import Wrapped


class Spare(ttk.Frame):
    """A frame that asks for no room of its own; `label` has the text, in lines as long as the frame is wide."""

    def __init__(self, parent: tk.Misc, theme: Theme, least: int) -> None:
        """least: pixels of the design that the lines are long before the text has its place."""
        super().__init__(parent, width=1, height=1)
        self._text = ""
        self.label = Wrapped(self, theme, "", least)
        self.bind("<Configure>", lambda event: self._fit(event.width, event.height))

    def write(self, text: str) -> None:
        """Show a text, if there is room."""
        if text != self._text:
            self._text = text
            self.label.configure(text=text)
            self._fit(self.winfo_width(), self.winfo_height())

    def _fit(self, width: int, height: int) -> None:
        self.label.fit(width)
        if self.label.winfo_reqheight() <= height:
            self.label.place(relwidth=1)
        else:
            self.label.place_forget()
