"""The menu bar and the shortcuts, from the table of `actions`. Keys typed into an entry stay there."""

import sys
import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import Any

from vae_explorer.actions import Action, App
from vae_explorer.gui.theme import Palette

_COMMAND = "Command" if sys.platform == "darwin" else "Control"


class Menu:
    """One menu for each that an action names, in the order of the table."""

    def __init__(self, root: tk.Tk, app: App, actions: Sequence[Action], palette: Palette) -> None:
        self._app = app
        bar = tk.Menu(root, tearoff=False, relief="flat", borderwidth=0, **_colours(palette))
        menus: dict[str, tk.Menu] = {}
        for action in actions:
            if action.menu not in menus:
                menus[action.menu] = tk.Menu(bar, tearoff=False, **_colours(palette))
                bar.add_cascade(label=action.menu, menu=menus[action.menu])
            menus[action.menu].add_command(
                label=action.label, accelerator=action.shortcut, command=partial(self._run, action)
            )
            if action.shortcut:
                root.bind(sequence(action.shortcut), partial(self._key, action), add=True)
        for title, menu in menus.items():
            listed = [each for each in actions if each.menu == title]
            menu.configure(postcommand=partial(self._update, menu, listed))
        root.configure(menu=bar)

    def _update(self, menu: tk.Menu, actions: Sequence[Action]) -> None:
        for k, action in enumerate(actions):
            menu.entryconfigure(k, state="disabled" if action.why_not(self._app.session) else "normal")

    def _run(self, action: Action) -> None:
        if not action.why_not(self._app.session):
            action.run(self._app)

    def _key(self, action: Action, event: "tk.Event[tk.Misc]") -> None:
        typing = isinstance(event.widget, tk.Entry)
        if not typing or "+" in action.shortcut:
            self._run(action)


def sequence(shortcut: str) -> str:
    """Turn "Ctrl+Shift+Z" into Tk's "<Control-Shift-Z>"; on macOS Ctrl is Command."""
    *modifiers, key = shortcut.split("+")
    if len(key) == 1:
        key = f"Key-{key.upper() if 'Shift' in modifiers else key.lower()}"
    parts = [_COMMAND if each == "Ctrl" else each for each in modifiers]
    return f"<{'-'.join([*parts, key])}>"


def _colours(palette: Palette) -> dict[str, Any]:
    return {
        "background": palette.surface,
        "foreground": palette.text,
        "activebackground": palette.accent,
        "activeforeground": palette.on_accent,
        "disabledforeground": palette.muted,
    }
