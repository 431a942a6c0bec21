"""Buttons that stay pressed: they look like a button, and are on or off. Knows ttk and the theme only."""

from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme

TOGGLE = "Toolbutton"  # ttk's name for them


def buttons(style: ttk.Style, theme: Theme) -> None:
    """Fill them with the accent while they are on."""
    colours = theme.colours
    style.configure(
        TOGGLE, background=colours.raised, lightcolor=colours.raised, darkcolor=colours.raised, padding=theme.px(3),
        relief="raised", borderwidth=1, anchor="center",
    )  # fmt: skip
    style.map(
        TOGGLE,
        background=[
            ("disabled", colours.surface), ("selected", colours.accent), ("pressed", colours.accent),
            ("active", colours.surface),
        ],
        foreground=[("disabled", colours.muted), ("selected", colours.on_accent), ("pressed", colours.on_accent)],
        relief=[],
    )  # fmt: skip
    for edge, off in (("bordercolor", colours.border), ("lightcolor", colours.surface), ("darkcolor", colours.surface)):
        front: list[tuple[str, ...]] = [("selected", "focus", colours.text), ("selected", colours.accent)]
        style.map(TOGGLE, None, **{edge: [*front, ("focus", colours.accent), ("disabled", off)]})  # type: ignore[arg-type]  # as for layouts
