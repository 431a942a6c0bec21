"""How ttk's sliders and progress bars look: a groove, and what stands or grows in it. Knows no model."""

import tkinter as tk
from tkinter import ttk
from typing import Any

from vae_explorer.gui.looks import targets
from vae_explorer.gui.looks.shapes import picture, ring, rounded
from vae_explorer.gui.looks.theme import Theme


def sliders(style: ttk.Style, theme: Theme) -> None:
    """A thin groove, from the theme `alt`, and a thumb of our own that is higher than it."""
    colours, kind = theme.colours, "Horizontal.TScale"
    groove, thumb = f"{theme.name}.Horizontal.Scale.trough", f"{theme.name}.Horizontal.Scale.slider"
    if groove not in style.element_names():
        style.element_create(groove, "from", "alt", "Horizontal.Scale.trough")
        style.element_create(thumb, "image", *_thumb(style.master, theme))
    style.layout(kind, [(groove, {"sticky": "nswe", "children": [(thumb, {"side": "left", "sticky": ""})]})])
    style.configure(
        kind,
        groovewidth=theme.px(4),
        troughborderwidth=0,
        troughrelief="flat",
        troughcolor=colours.border,
        borderwidth=0,
    )


def _thumb(root: tk.Misc, theme: Theme) -> list[Any]:
    """Draw a slider's thumb: how it looks at rest, and then in each state; hollow where z lies beyond it."""
    size, colours = (theme.px(12), theme.px(targets.TARGET), theme.px(3)), theme.colours
    full = {"rest": colours.muted, "accent": colours.accent, "disabled": colours.border}
    rest, accent, disabled = (
        picture(root, f"{theme.name}-thumb-{state}", rounded(*size, fill, colours.surface))
        for state, fill in full.items()
    )
    hollow, held = (
        picture(root, f"{theme.name}-thumb-{state}", ring(*size, theme.px(2), colour, colours.surface))
        for state, colour in (("hollow", colours.muted), ("held", colours.accent))
    )
    states = [(state, accent) for state in ("pressed", "focus", "active")]
    return [rest, ("disabled", disabled), ("alternate", "focus", held), ("alternate", hollow), *states]


def progress(style: ttk.Style, theme: Theme) -> None:
    """A groove as the sliders', filled with the accent; both from the theme `default`, which draws no edges."""
    kind = "Horizontal.TProgressbar"
    groove, bar = (f"{theme.name}.Horizontal.Progressbar.{part}" for part in ("trough", "pbar"))
    if groove not in style.element_names():
        style.element_create(groove, "from", "default", "Horizontal.Progressbar.trough")
        style.element_create(bar, "from", "default", "Horizontal.Progressbar.pbar")
    style.layout(kind, [(groove, {"sticky": "nswe", "children": [(bar, {"side": "left", "sticky": "ns"})]})])
    style.configure(
        kind,
        background=theme.colours.accent,
        troughcolor=theme.colours.border,
        thickness=theme.px(8),
        borderwidth=0,
        pbarrelief="flat",
        troughrelief="flat",
    )
