"""The least size of what is clicked, whatever the font: 24 pixels of the design a side (WCAG 2.2, 2.5.8).

ttk makes a control as large as its text and padding, so that the same entry is 36 pixels high with one font and 34 with
another. Here every kind of control gets a part of the least size, a picture without a pixel, behind the others.
Sliders need none, for their thumbs are as high. Scrollbars are left out: they are thinner everywhere, and the wheel and
the keys do the same.
"""

import tkinter as tk
from tkinter import font, ttk

from vae_explorer.gui.looks.theme import Theme

TARGET = 24  # pixels of the design
KINDS = (
    "TButton", "TMenubutton", "TCheckbutton", "TRadiobutton", "TEntry", "TCombobox", "TSpinbox", "TNotebook.Tab",
    "Toolbutton",
)  # fmt: skip
ROW_GAP = 8  # pixels of the design, between two lines of a list


def apply(style: ttk.Style, theme: Theme) -> None:
    """Let no control of the theme in use be smaller than a target; to be called after its layouts are made."""
    side, strut = theme.px(TARGET), f"{theme.name}.strut"
    if strut not in style.element_names():
        style.element_create(strut, "image", _nothing(style.master), width=side, height=side, sticky="")
    for kind in KINDS:
        parts = [part for part in style.layout(kind) if part[0] != strut]  # it is there since the last time
        style.layout(kind, [(strut, {"sticky": ""}), *parts])
    line: int = font.nametofont("TkDefaultFont", style.master).metrics("linespace")
    style.configure("Treeview", rowheight=max(side, line + theme.px(ROW_GAP)))


def _nothing(root: tk.Misc) -> str:
    """Make a picture without a pixel, which takes no time to draw; it lives as long as the window.

    One transparent pixel, repeated over the part, made the window ten times slower.
    """
    return str(root.tk.call("image", "create", "photo", "nothing"))
