"""Menus as Tk draws them itself, which no style reaches. Knows colours, and no actions."""

import tkinter as tk

from vae_explorer.gui.looks.theme import Palette


def colour(root: tk.Tk, palette: Palette) -> None:
    """Give the menus that are made from now on their colours.

    By Tk's list of options and not to each menu: Tk would first ask the X server for colours of its own, for each
    menu and for its double in the bar.
    """
    for option, value in {
        "background": palette.surface,
        "foreground": palette.text,
        "activeBackground": palette.accent,
        "activeForeground": palette.on_accent,
        "disabledForeground": palette.muted,
        "selectColor": palette.text,
    }.items():
        root.option_add(f"*Menu.{option}", value)


def bar(root: tk.Tk) -> tk.Menu:
    """Make the menu bar of a window, with no menus in it."""
    return tk.Menu(root, tearoff=False, relief="flat", borderwidth=0)


def empty(root: tk.Tk) -> tk.Menu:
    """Give the window a menu bar with no words in it, as high as it will be with them."""
    made = bar(root)
    made.add_cascade(label=" ", state="disabled")
    root.configure(menu=made)
    return made
