"""Colours, spaces, fonts and ttk styles of the window: two palettes on `clam`, at any scale. Knows no model."""

import tkinter as tk
from dataclasses import dataclass
from tkinter import font, ttk

FONT, BOLD, FIXED = "TkDefaultFont", "TkHeadingFont", "TkFixedFont"
FONT_POINTS = 10
SCALES = (0.5, 4.0)  # the least and the largest


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
    """How much larger than usual this screen shows things: 1 at 96 dots an inch, never less."""
    return min(max(1.0, root.winfo_fpixels("1i") / 96), SCALES[1])


def apply(root: tk.Tk, name: str, scale: float) -> Theme:
    """Give the window, and what opens in it from now on, the palette of that name at that scale."""
    theme = Theme(name, PALETTES[name], scale)
    colours = theme.colours
    root.tk.call("tk", "scaling", scale * 96 / 72)  # pixels a point
    for each in (FONT, BOLD, FIXED, "TkTextFont", "TkMenuFont"):
        font.nametofont(each, root).configure(size=FONT_POINTS)
    root.configure(background=colours.surface)
    style = ttk.Style(root)
    own = f"vae-{name}"
    if own not in style.theme_names():
        style.theme_create(own, parent="clam")
    style.theme_use(own)
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
        font=FONT,
    )
    style.configure("Muted.TLabel", foreground=colours.muted)
    style.configure("Error.TLabel", foreground=colours.error)
    style.configure("Sash", sashthickness=theme.px(6), gripcount=0)
    _buttons(style, theme)
    _entries(style, theme)
    _lists(style, theme)
    _sliders(style, theme)
    _scrollbars(style, theme)
    return theme


def _face(colour: str) -> dict[str, str]:
    """One colour for what is raised and for the edges by which `clam` would show that it is."""
    return {"background": colour, "lightcolor": colour, "darkcolor": colour}


def _buttons(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    padding, edge = (theme.px(8), theme.px(4)), [("focus", colours.accent), ("disabled", colours.surface)]
    style.configure(
        "TButton", **_face(colours.raised), padding=padding, relief="raised", borderwidth=1, width=0, anchor="center"
    )
    style.map(
        "TButton",
        background=[("disabled", colours.surface), ("pressed", colours.accent), ("active", colours.surface)],
        foreground=[("disabled", colours.muted), ("pressed", colours.on_accent)],
        bordercolor=[("focus", colours.accent), ("disabled", colours.border)],
        lightcolor=edge,
        darkcolor=edge,
    )


def _entries(style: ttk.Style, theme: Theme) -> None:
    colours = theme.colours
    for kind in ("TEntry", "TCombobox"):
        style.configure(kind, padding=(theme.px(4), theme.px(2)), lightcolor=colours.raised, arrowcolor=colours.text)
        style.map(
            kind,
            bordercolor=[("focus", colours.accent), ("invalid", colours.error)],
            lightcolor=[("focus", colours.accent)],
            fieldbackground=[("readonly", colours.raised)],
            foreground=[("readonly", colours.text)],
        )
    style.configure("TCombobox", background=colours.raised, arrowsize=theme.px(14))


def _lists(style: ttk.Style, theme: Theme) -> None:
    """The rows of a Treeview, and of what drops from a combobox: a listbox of Tk's, which no style reaches."""
    colours, root = theme.colours, style.master
    style.configure(
        "Treeview",
        rowheight=font.nametofont(FONT, root).metrics("linespace") + theme.px(8),
        background=colours.raised,
        bordercolor=colours.border,
    )
    style.map("Treeview", background=[("selected", colours.accent)], foreground=[("selected", colours.on_accent)])
    for option, colour in {
        "background": colours.raised,
        "foreground": colours.text,
        "selectBackground": colours.accent,
        "selectForeground": colours.on_accent,
    }.items():
        root.option_add(f"*TCombobox*Listbox.{option}", colour)


def _sliders(style: ttk.Style, theme: Theme) -> None:
    """A thin groove, from the theme `alt`, and a thumb of our own that is higher than it."""
    colours, kind = theme.colours, "Horizontal.TScale"
    groove, thumb = f"{theme.name}.Horizontal.Scale.trough", f"{theme.name}.Horizontal.Scale.slider"
    if groove not in style.element_names():
        images = {
            state: _thumb(style.master, f"{theme.name}-thumb-{state}", fill, theme)
            for state, fill in (("rest", colours.muted), ("accent", colours.accent), ("disabled", colours.border))
        }
        style.element_create(groove, "from", "alt", "Horizontal.Scale.trough")
        states = [(state, images["accent"]) for state in ("pressed", "focus", "active")]
        style.element_create(thumb, "image", images["rest"], ("disabled", images["disabled"]), *states)
    style.layout(kind, [(groove, {"sticky": "nswe", "children": [(thumb, {"side": "left", "sticky": ""})]})])
    style.configure(
        kind,
        groovewidth=theme.px(4),
        troughborderwidth=0,
        troughrelief="flat",
        troughcolor=colours.border,
        borderwidth=0,
    )


def _thumb(root: tk.Misc, name: str, fill: str, theme: Theme) -> str:
    """Draw a thumb with cut corners, 12 by 24 pixels; an image of Tk's own, which lives as long as the window."""
    width, height, cut = theme.px(12), theme.px(24), max(1, theme.px(2))
    root.tk.call("image", "create", "photo", name, "-width", width, "-height", height)
    root.tk.call(name, "put", fill, "-to", cut, 0, width - cut, height)
    root.tk.call(name, "put", fill, "-to", 0, cut, width, height - cut)
    return name


def _scrollbars(style: ttk.Style, theme: Theme) -> None:
    colours, kind = theme.colours, "Vertical.TScrollbar"
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
