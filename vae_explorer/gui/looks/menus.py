"""Menus as Tk draws them itself, which no style reaches. Knows colours, and no actions."""

import tkinter as tk
from typing import Any

from vae_explorer.gui.looks.theme import Palette


def colours_of(palette: Palette) -> dict[str, Any]:
    """Give the options of a menu of Tk's."""
    return {
        "background": palette.surface,
        "foreground": palette.text,
        "activebackground": palette.accent,
        "activeforeground": palette.on_accent,
        "disabledforeground": palette.muted,
        "selectcolor": palette.text,
    }


def bar(root: tk.Tk, palette: Palette) -> tk.Menu:
    """Make the menu bar of a window, with no menus in it."""
    return tk.Menu(root, tearoff=False, relief="flat", borderwidth=0, **colours_of(palette))


def empty(root: tk.Tk, palette: Palette) -> tk.Menu:
    """Give the window a menu bar with no words in it, as high as it will be with them."""
    made = bar(root, palette)
    made.add_cascade(label=" ", state="disabled")
    root.configure(menu=made)
    return made
