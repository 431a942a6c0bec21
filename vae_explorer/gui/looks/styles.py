"""How the widgets of ttk look: the colours of a `theme` on `clam`, flat, and at any scale. Knows no model."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.looks import grooves, targets, toggles
from vae_explorer.gui.looks.shapes import lined, picture
from vae_explorer.gui.looks.theme import PALETTES, Theme, set_fonts

SASH = 6  # pixels of the design, between two panes
HEAD = "Head.TButton"  # what folds and unfolds what is below it
LOW = "Low.TNotebook"  # whose tabs are as high as a control beside them


def apply(root: tk.Tk, name: str, scale: float) -> Theme:
    """Give the window, and what opens in it from now on, the palette of that name at that scale; give the theme."""
    theme = Theme(name, PALETTES[name], scale)
    set_fonts(root, scale)
    root.configure(background=theme.colours.surface)
    dress(ttk.Style(root), theme)
    return theme


def dress(style: ttk.Style, theme: Theme) -> None:
    """Give all widgets the colours and the scale of a theme."""
    own = f"vae-{theme.name}"
    if own not in style.theme_names():
        style.theme_create(own, parent="clam")
    style.theme_use(own)
    style.configure("Sash", sashthickness=theme.px(SASH), gripcount=0)
    _all(style, theme)
    parts = _labels, _buttons, _switches, _entries, _lists, _scrollbars, _tabs
    for part in (*parts, grooves.sliders, grooves.progress, toggles.buttons):
        part(style, theme)
    targets.apply(style, theme)


def _face(colour: str) -> dict[str, str]:
    """One colour for what is raised and for the edges by which `clam` would show that it is."""
    return {"background": colour, "lightcolor": colour, "darkcolor": colour}


def _all(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    style.configure(
        ".",
        background=colours.surface,
        foreground=colours.text,
        fieldbackground=colours.raised,
        bordercolor=colours.outline,
        lightcolor=colours.surface,
        darkcolor=colours.surface,
        troughcolor=colours.border,
        selectbackground=colours.accent,
        selectforeground=colours.on_accent,
        insertcolor=colours.text,
        focuscolor=colours.accent,
        font="TkDefaultFont",
    )


def _labels(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    style.configure("Muted.TLabel", foreground=colours.muted)
    style.configure("Error.TLabel", foreground=colours.error)
    style.configure("More.TLabel", foreground=colours.accent)
    style.configure("Less.TLabel", foreground=colours.error)


def _buttons(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    padding, edge = (theme.px(8), theme.px(4)), [("focus", colours.accent), ("disabled", colours.surface)]
    for kind in ("TButton", "TMenubutton"):
        style.configure(
            kind, **_face(colours.raised), padding=padding, relief="raised", borderwidth=1, width=0, anchor="center"
        )
        style.map(
            kind,
            background=[("disabled", colours.surface), ("pressed", colours.accent), ("active", colours.surface)],
            foreground=[("disabled", colours.muted), ("pressed", colours.on_accent)],
            bordercolor=[("focus", colours.accent), ("disabled", colours.border)],
            lightcolor=edge,
            darkcolor=edge,
        )
    style.configure("Low.TButton", padding=(theme.px(8), 0))  # in a line of text
    style.configure(HEAD, **_face(colours.surface), bordercolor=colours.surface, padding=0, anchor="w")
    style.map(HEAD, background=[], foreground=[("active", colours.accent)])
    style.configure("Low.TMenubutton", padding=(theme.px(4), 0))
    style.configure("TMenubutton", anchor="w", arrowcolor=colours.text, arrowsize=theme.px(5))


def _switches(style: ttk.Style, theme: Theme) -> None:
    """What is on or off: filled with the accent while it is on."""
    colours = theme.colours
    for kind in ("TCheckbutton", "TRadiobutton"):
        style.configure(
            kind,
            padding=(theme.px(2), theme.px(4)),
            indicatorsize=theme.px(14),
            indicatormargin=(0, 0, theme.px(8), 0),
            indicatorbackground=colours.raised,
            indicatorforeground=colours.on_accent,
            upperbordercolor=colours.outline,
            lowerbordercolor=colours.outline,
        )
        style.map(
            kind,
            background=[("active", colours.surface)],
            foreground=[("disabled", colours.muted)],
            indicatorbackground=[("disabled", colours.surface), ("selected", colours.accent)],
            upperbordercolor=[("selected", colours.accent)],
            lowerbordercolor=[("selected", colours.accent)],
        )


def _entries(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    for kind in ("TEntry", "TCombobox", "TSpinbox"):
        style.configure(kind, padding=(theme.px(4), theme.px(2)), lightcolor=colours.raised, arrowcolor=colours.text)
        style.map(
            kind,
            bordercolor=[("focus", colours.accent), ("invalid", colours.error)],
            lightcolor=[("focus", colours.accent)],
            fieldbackground=[("disabled", colours.surface), ("readonly", colours.raised)],
            foreground=[("disabled", colours.muted), ("readonly", colours.text)],
            selectbackground=[("readonly", colours.raised)],  # a chosen value is no text that was selected
            selectforeground=[("readonly", colours.text)],
            arrowcolor=[("disabled", colours.muted)],
        )
    style.configure("TCombobox", background=colours.raised, arrowsize=theme.px(14), padding=(theme.px(4), theme.px(3)))
    style.configure("TSpinbox", background=colours.raised, arrowsize=theme.px(10))


def _lists(style: ttk.Style, theme: Theme) -> None:
    """The rows of a Treeview, and of what drops from a combobox: a listbox of Tk's, which no style reaches."""
    colours, root = theme.colours, style.master
    style.configure("Treeview", background=colours.raised, bordercolor=colours.border)
    style.map("Treeview", background=[("selected", colours.accent)], foreground=[("selected", colours.on_accent)])
    for option, colour in {
        "background": colours.raised,
        "foreground": colours.text,
        "selectBackground": colours.accent,
        "selectForeground": colours.on_accent,
    }.items():
        root.option_add(f"*TCombobox*Listbox.{option}", colour)


def _scrollbars(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    for kind in ("Vertical.TScrollbar", "Horizontal.TScrollbar"):
        style.configure(
            kind,
            **_face(colours.border),
            troughcolor=colours.surface,
            bordercolor=colours.surface,
            arrowcolor=colours.muted,
            arrowsize=theme.px(12),
            gripcount=0,
        )
        style.map(kind, background=[("active", colours.accent), ("disabled", colours.surface)])


def _tabs(style: ttk.Style, theme: Theme) -> None:
    """Tabs without boxes: the one in front stands on a line of the accent, and has a ring of it with the focus."""
    colours, line, tab = theme.colours, max(1, theme.px(2)), f"{theme.name}.Notebook.tab"
    if tab not in style.element_names():
        rest, over, front, focus = (
            picture(style.master, f"{theme.name}-tab-{state}", lined(line, colours.surface, colour, ring))
            for state, colour, ring in (
                ("rest", colours.surface, False),
                ("over", colours.border, False),
                ("front", colours.accent, False),
                ("focus", colours.accent, True),
            )
        )
        style.element_create(
            tab, "image", rest, ("selected", "focus", focus), ("selected", front), ("active", over),
            border=line, padding=0, sticky="nswe",
        )  # fmt: skip
    padded = {"sticky": "nswe", "children": [("Notebook.label", {"sticky": ""})]}
    style.layout("TNotebook.Tab", [(tab, {"sticky": "nswe", "children": [("Notebook.padding", padded)]})])  # type: ignore[list-item]  # its own type is that of no nested dict
    style.configure("TNotebook", borderwidth=0, tabmargins=(0, theme.px(4), 0, 0), bordercolor=colours.surface)
    style.configure("TNotebook.Tab", padding=(theme.px(8), theme.px(8)))
    style.configure(LOW, tabmargins=0)
    style.configure(f"{LOW}.Tab", padding=(theme.px(8), theme.px(4)))
    style.map("TNotebook.Tab", foreground=[("selected", colours.text), ("!active", colours.muted)])
