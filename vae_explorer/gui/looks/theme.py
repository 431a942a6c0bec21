"""Colours, spaces and fonts of the window: two palettes, at any scale. What ttk makes of them is in `styles`."""

import tkinter as tk
from dataclasses import dataclass
from tkinter import font

from vae_explorer.gui.options import SCALES

FONT, BOLD, FIXED = "TkDefaultFont", "TkHeadingFont", "TkFixedFont"
FONT_POINTS = 10


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, as #rrggbb."""

    surface: str
    raised: str  # buttons, entries
    border: str  # of what is raised, and the groove of a slider
    outline: str  # of what can be operated; 3:1 against what is around it
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str


PALETTES = {
    "light": Palette("#f4f4f2", "#ffffff", "#b9b9b6", "#868683", "#1b1b1b", "#5a5a58", "#1f5fbf", "#ffffff", "#a8201a"),
    "dark": Palette("#1f2023", "#2b2d31", "#55585e", "#7c8087", "#ececec", "#a9abb0", "#7fb0ff", "#10151d", "#ff9088"),
}


@dataclass(frozen=True)
class Theme:
    """The look of one window: its palette, and how many screen pixels a pixel of the design takes."""

    name: str
    colours: Palette
    scale: float

    def px(self, pixels: float) -> int:
        """Turn pixels of the design, of which spaces take multiples of 4, into pixels of the screen."""
        return round(pixels * self.scale)


def screen_scale(root: tk.Tk) -> float:
    """How much larger than usual this screen shows things, in quarters: 1 at 96 dots an inch, never less."""
    return min(max(1.0, round(root.winfo_fpixels("1i") / 24) / 4), SCALES[1])


def set_fonts(root: tk.Tk, scale: float) -> None:
    """Give all text of the window its size at a scale."""
    root.tk.call("tk", "scaling", scale * 96 / 72)  # pixels a point
    for each in (FONT, BOLD, FIXED, "TkTextFont", "TkMenuFont"):
        font.nametofont(each, root).configure(size=FONT_POINTS)
