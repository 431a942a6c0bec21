"""The row under the digit: which ink paints on it, if any. Knows no stroke and no model."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.looks.toggles import TOGGLE
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels

GAP, SIDE = 4, 14  # pixels of the design: between two buttons, and of the colour on one
LEVELS = {True: 255, False: 0}  # of the digit's ink, and of its ground
NAMES = {"#ffffff": "White", "#000000": "Black"}
OTHER_NAMES = {True: "Bright", False: "Dark"}  # where digits have other colours
ABOUT = "Paint on the digit itself, and z follows to the nearest digit that the model can draw"
HOW = {
    True: "paint where the digit should be, and z follows to the nearest that the model can draw",
    False: "paint where the digit should not be, and z follows to the nearest that the model can draw",
}
KEYS = "Key: I begins and ends it, X takes the other ink. The right button of the mouse always paints the other"


class Bar:
    """A button for each ink, of which one may be pressed; right of them `place`, for what else there is to choose."""

    def __init__(self, parent: tk.Misc, desk: Desk, choose: Callable[[bool], None], why: str) -> None:
        """choose: called with whether it is the ink of the digit, not of its ground, that was pressed. why: why nothing
        can be painted, "" where it can."""
        self._desk, self._why, gap = desk, why, desk.theme.px(GAP)
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(1, weight=1)
        inks = ttk.Frame(self.widget)
        inks.grid(row=0, column=0, sticky="nw")
        caption = ttk.Label(inks, text="Ink")
        caption.grid(row=0, column=0, padx=(0, 2 * gap))
        Tooltip(caption, lambda: f"Off: {why}" if why else desk.space.worded(ABOUT), desk.theme)
        self._photos = {ink: Photo(inks) for ink in LEVELS}
        self.buttons = {
            ink: ttk.Checkbutton(inks, image=photo.image, style=TOGGLE, command=partial(choose, ink))
            for ink, photo in self._photos.items()
        }
        for column, (ink, button) in enumerate(self.buttons.items(), 1):
            self._photos[ink].show(_square(desk.theme, colour(desk.look, ink)))
            button.state(["!alternate", "disabled" if why else "!disabled"])
            button.grid(row=0, column=column, padx=(0, gap))
            Tooltip(button, partial(self._explain, ink), desk.theme)
        self.place = ttk.Frame(self.widget)
        self.place.grid(row=0, column=1, sticky="ne")

    def show(self, ink: bool | None) -> None:
        """Show which ink is in use; None: neither."""
        for each, button in self.buttons.items():
            button.state(["selected" if each == ink else "!selected"])

    def _explain(self, ink: bool) -> str:
        more = f"Off: {self._why}" if self._why else KEYS
        return self._desk.space.worded(f"{name(self._desk.look, ink)} ink: {HOW[ink]}\n{more}")


def colour(look: Look, ink: bool) -> str:
    """The colour of the digit's ink, or of its ground, #rrggbb."""
    return look.colour(LEVELS[ink])


def name(look: Look, ink: bool) -> str:
    """What an ink is called in the colours in which digits are shown."""
    return NAMES.get(colour(look, ink), OTHER_NAMES[ink])


def _square(theme: Theme, colour: str) -> Pixels:
    """A square of a colour with a line around it, (n, n, 3)."""
    line, side = max(1, theme.px(1)), theme.px(SIDE)
    square = np.empty((side, side, 3), np.uint8)
    square[:] = list(bytes.fromhex(theme.colours.outline[1:]))
    square[line:-line, line:-line] = list(bytes.fromhex(colour[1:]))
    return square
