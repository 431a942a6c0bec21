"""A few words at the rim of a picture: that the next one is being computed, once that takes a while, or that it could
not be. Knows Tk only."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.later import Later

LATE_MS = 300  # what is there sooner would only flicker
WAITING, FAILED = "Decoding…", "Not decoded: this is the last picture"


class Sign:
    """Nothing is seen of it as long as pictures come."""

    def __init__(self, stage: tk.Misc, theme: Theme) -> None:
        """stage: on whose upper edge the words stand."""
        self._stage, self._theme = stage, theme
        self._label: ttk.Label | None = None
        self._late = Later(stage, self._show, LATE_MS)

    @property
    def text(self) -> str:
        """What it says, "" where nothing."""
        return "" if self._label is None else str(self._label.cget("text"))

    def wait(self) -> None:
        """A picture has been asked for."""
        self._late.ask()

    def rest(self) -> None:
        """It is there."""
        self._late.cancel()
        if self._label is not None:
            self._label.destroy()
            self._label = None

    def fail(self) -> None:
        """It could not be computed."""
        self.rest()
        self._write(FAILED, self._theme.colours.error)

    def _show(self) -> None:
        if self._label is None:
            self._write(WAITING, self._theme.colours.muted)

    def _write(self, text: str, colour: str) -> None:
        self._label = ttk.Label(self._stage, text=text, foreground=colour, padding=0)
        self._label.place(relx=0.5, rely=0, anchor="n")
