"""The menu bar and the shortcuts, from the table of `actions`. Keys typed into an entry stay there."""

import sys
import tkinter as tk
from collections.abc import Sequence
from functools import partial
from typing import Any

from vae_explorer.actions import Action, App
from vae_explorer.gui.theme import Palette

_COMMAND = "Command" if sys.platform == "darwin" else "Control"
_CONTROL_OR_ALT = 0x4 | (0x20000 if sys.platform == "win32" else 0x8)  # of an event's state


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
            for sequence in sequences(action.shortcut) if action.shortcut else ():
                root.bind(sequence, partial(self._key, action), add=True)
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
        alone = "+" not in action.shortcut  # and then neither an entry's nor a key with Control or Alt
        if not alone or not (isinstance(event.widget, tk.Entry) or int(event.state) & _CONTROL_OR_ALT):
            self._run(action)


def sequences(shortcut: str) -> tuple[str, ...]:
    """Turn "Ctrl+Shift+Z" into Tk's "<Control-Shift-Key-Z>", and what Caps Lock or a keypad makes of it.

    On macOS Ctrl is Command.
    """
    *modifiers, key = shortcut.split("+")
    if len(key) == 1:
        other = f"KP_{key}" if key.isdigit() else key.swapcase()
        names = [f"Key-{name}" for name in ((key, other) if "Shift" in modifiers else (key.lower(), other.upper()))]
    else:
        names = [key]
    parts = [_COMMAND if each == "Ctrl" else each for each in modifiers]
    return tuple(f"<{'-'.join([*parts, name])}>" for name in names)


def _colours(palette: Palette) -> dict[str, Any]:
    return {
        "background": palette.surface,
        "foreground": palette.text,
        "activebackground": palette.accent,
        "activeforeground": palette.on_accent,
        "disabledforeground": palette.muted,
    }
