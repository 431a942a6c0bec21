"""Colours, spaces and the ttk style of the window, from two palettes. Knows Tk and no model."""

import tkinter as tk
from dataclasses import dataclass
from tkinter import ttk

SPACE = 8  # pixels; all spaces are multiples of half of it
FONT, BOLD, FIXED = "TkDefaultFont", "TkHeadingFont", "TkFixedFont"


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, as #rrggbb."""

    surface: str
    raised: str  # buttons, entries
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str


PALETTES = {
    "light": Palette("#f4f4f2", "#ffffff", "#b9b9b6", "#1b1b1b", "#5a5a58", "#1f5fbf", "#ffffff", "#a8201a"),
    "dark": Palette("#1f2023", "#2b2d31", "#55585e", "#ececec", "#a9abb0", "#7fb0ff", "#10151d", "#ff9088"),
}


def apply(root: tk.Tk, name: str) -> Palette:
    """Give the window the theme of that name; return its palette for what is not a ttk widget."""
    colours = PALETTES[name]
    root.configure(background=colours.surface)
    style = ttk.Style(root)
    style.theme_use("clam")
    style.configure(
        ".",
        background=colours.surface,
        foreground=colours.text,
        fieldbackground=colours.raised,
        bordercolor=colours.border,
        lightcolor=colours.surface,
        darkcolor=colours.surface,
        troughcolor=colours.border,
        selectbackground=colours.accent,
        selectforeground=colours.on_accent,
        insertcolor=colours.text,
        focuscolor=colours.accent,
    )
    style.configure("Muted.TLabel", foreground=colours.muted)
    style.configure("Error.TLabel", foreground=colours.error)
    _buttons(style, colours)
    _fields(style, colours)
    return colours


def _buttons(style: ttk.Style, colours: Palette) -> None:
    style.configure(
        "TButton",
        background=colours.raised,
        lightcolor=colours.raised,
        darkcolor=colours.raised,
        padding=(SPACE, SPACE // 2),
        width=0,
        anchor="center",
    )
    style.map(
        "TButton",
        background=[("disabled", colours.surface), ("pressed", colours.accent), ("active", colours.surface)],
        foreground=[("disabled", colours.muted), ("pressed", colours.on_accent)],
        bordercolor=[("focus", colours.accent)],
        lightcolor=[("focus", colours.accent), ("disabled", colours.surface)],
        darkcolor=[("focus", colours.accent), ("disabled", colours.surface)],
    )


def _fields(style: ttk.Style, colours: Palette) -> None:
    style.configure("TEntry", padding=(SPACE // 2, 2), lightcolor=colours.raised)
    style.map(
        "TEntry",
        bordercolor=[("focus", colours.accent), ("invalid", colours.error)],
        lightcolor=[("focus", colours.accent)],
    )
    style.configure(
        "Horizontal.TScale",
        background=colours.muted,  # the thumb
        bordercolor=colours.surface,
        lightcolor=colours.muted,
        darkcolor=colours.muted,
        sliderlength=16,
        gripcount=0,
    )
    style.map(
        "Horizontal.TScale",
        background=[("active", colours.accent), ("focus", colours.accent)],
        lightcolor=[("active", colours.accent), ("focus", colours.accent)],
        darkcolor=[("active", colours.accent), ("focus", colours.accent)],
        bordercolor=[("focus", colours.accent)],
    )
    style.configure(
        "Vertical.TScrollbar",
        background=colours.border,
        troughcolor=colours.surface,
        bordercolor=colours.surface,
        lightcolor=colours.border,
        darkcolor=colours.border,
        arrowcolor=colours.muted,
        gripcount=0,
    )
    style.map("Vertical.TScrollbar", background=[("active", colours.accent), ("disabled", colours.surface)])
