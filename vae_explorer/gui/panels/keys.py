"""All keys of the window, in a window to read. Shows the table of `actions`."""

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.panels.page import Facts, Page
from vae_explorer.gui.panels.panel import opened
from vae_explorer.session.action import Action
from vae_explorer.space.space import MAX_ABS_Z

SLIDER_KEYS = [
    ("← →", "0.1 down or up"),
    ("Shift+← →", "0.01 down or up"),
    ("PgUp PgDn", "1 up or down"),
    ("Home", "to 0; a double click on the slider does it, too"),
    ("↑ ↓", "to the slider above or below"),
    ("Wheel", "moves the slider under the pointer"),
    ("End", "to 3"),
    ("F2", "gives it a name"),
    ("Return", "opens its card, which tells what it does; Esc closes it"),
    ("L", "holds it while a handle or ink moves, or lets it go"),
    ("Shift+Tab", "to its number, which can be typed"),
    ("Return there", f"takes the typed number, from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}; Esc brings the old one back"),
]
HANDLE_KEYS = [
    ("← →", "a step down or up; with Shift a tenth of it, with PgUp and PgDn five"),
    ("Home", "to the median of the data; a double click on the handle does it, too"),
    ("L", "holds the factor while another handle moves, or lets it go"),
    ("Esc", "in a drag: puts back what it began with"),
]
PAD_KEYS = [
    ("← → ↑ ↓", "move the ring; with Shift by less"),
    ("Space", "sets the pen down there and lifts it again, as Return and Esc do"),
    ("Right button", "erases, whatever the pen is"),
]
INK_KEYS = [
    ("← → ↑ ↓", "move the brush; with Shift by less"),
    ("Space", "sets the brush down there and lifts it again, as Return does"),
    ("Right button", "paints the other ink"),
    ("Esc", "puts back what the stroke has moved"),
]
MAP_KEYS = [
    ("← → ↑ ↓", "move z in the plane by 0.1; with Shift by 0.01"),
    ("+ −", "zoom"),
    ("Return", "goes to the nearest encoded digit, as Shift and a click do"),
]
TILE_KEYS = [
    ("← → ↑ ↓", "go from tile to tile"),
    ("Return", "on the nearest digits, goes to the chosen one"),
]
PATH_KEYS = [
    ("← →", "a tenth of the way back or on; with Shift a hundredth"),
    ("Home End", "to its ends"),
    ("Space", "plays, or pauses"),
]
SHELF_KEYS = [
    ("← → Home End", "choose one; with Shift, ← → move it in the row"),
    ("Return", "goes there"),
    ("F2", "renames it"),
    ("Delete", "deletes it; undo brings it back"),
    ("Shift+F10", "its menu"),
]
WHERE = {  # what the keys do where the keyboard is
    "In a slider": SLIDER_KEYS,
    "In a handle": HANDLE_KEYS,
    "On the pad of your digit": PAD_KEYS,
    "On the digit, with ink": INK_KEYS,
    "On the map": MAP_KEYS,
    "On the plane, and on the nearest digits": TILE_KEYS,
    "On the path's slider": PATH_KEYS,
    "On the bookmarks": SHELF_KEYS,
}


def show(root: tk.Misc, theme: Theme, actions: Sequence[Action], worded: Callable[[str], str]) -> None:
    """Open the window of all keys, or bring it to the front. worded: says of the model what is said of digits."""
    if opened(root, "keys"):
        return
    page = Page(root, theme, "keys", "Keys", indent=136)
    for title, facts in groups(actions):
        page.heading(worded(title))
        page.facts([(keys, worded(text)) for keys, text in facts])
    page.read()


def groups(actions: Iterable[Action]) -> list[tuple[str, Facts]]:
    """List the shortcuts by menu, in the order of the table, and what keys do where the keyboard is."""
    menus: dict[str, list[Action]] = {}
    for action in actions:
        if action.shortcut:
            menus.setdefault(action.menu, []).append(action)
    return [*((menu, _lines(each)) for menu, each in menus.items()), *WHERE.items()]


def _lines(actions: Sequence[Action]) -> Facts:
    """One line an action, but one for all the digits that follow each other."""
    digits = [action for action in actions if action.shortcut.isdecimal()]
    lines: Facts = []
    for action in actions:
        if len(digits) < 3 or action not in digits:
            lines.append((action.keys, action.label))
        elif action is digits[0]:
            last = digits[-1]
            label = f"{action.label} to {_rest(last.label, action.label)}"
            lines.append((f"{action.shortcut} to {last.shortcut}", label))
    return lines


def _rest(text: str, other: str) -> str:
    """The words of a text from the first on in which another one differs."""
    words, others = text.split(), other.split()
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))
    return " ".join(words[same:])
