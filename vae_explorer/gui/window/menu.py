"""The menu bar and the shortcuts, from the table of `actions`. Keys typed into an entry stay there."""

import sys
import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from vae_explorer import plain
from vae_explorer.gui.looks.menus import bar, colour
from vae_explorer.gui.looks.theme import Palette
from vae_explorer.gui.panels.panel import waits
from vae_explorer.gui.widgets.shortcuts import sequences
from vae_explorer.session.action import Action
from vae_explorer.session.window import App
from vae_explorer.storage import checkpoint
from vae_explorer.storage.checkpoint import CheckpointError

_KEY = "Command" if sys.platform == "darwin" else "Ctrl"  # Tk on macOS turns the words into signs
_CONTROL_OR_ALT = 0x4 | (0x20000 if sys.platform == "win32" else 0x8)  # of an event's state
MAX_LABEL = 100  # characters of a path
RECENT = "open"  # the group of actions that the models opened last belong to
_ENTRYS_OWN = ("Home", "Escape", "Ctrl+C", "Ctrl+V")
_PRESSED = ("TButton", "TCheckbutton", "TRadiobutton", "TMenubutton", "TCombobox", "Canvas")  # by the space bar


class Menu:
    """One menu for each that an action names, in the order of the table, its groups parted by lines; and the models
    opened last, under File."""

    def __init__(
        self, root: tk.Tk, app: App, actions: Sequence[Action], palette: Palette, open_recent: Callable[[Path], None]
    ) -> None:
        self._app, self._open_recent = app, open_recent
        colour(root, palette)
        self.bar = bar(root)
        self._bound: list[tuple[str, str]] = []
        self._checks: dict[str, tk.BooleanVar] = {}
        self._places: dict[str, int] = {}  # in their menus
        for title in dict.fromkeys(action.menu for action in actions):
            self.bar.add_cascade(label=title, menu=self._menu([each for each in actions if each.menu == title]))
        for action in actions:
            for sequence in sequences(action.shortcut) if action.shortcut else ():
                self._bound.append((sequence, root.bind(sequence, partial(self._key, action), add=True)))
        root.configure(menu=self.bar)
        self._root = root

    def _menu(self, listed: list[Action]) -> tk.Menu:
        """Make one menu, with lines between its groups."""
        menu = tk.Menu(self.bar, tearoff=False)
        for k, group in enumerate(dict.fromkeys(action.group for action in listed)):
            if k:
                menu.add_separator()
            for action in listed:
                if action.group == group:
                    self._add(menu, action)
            if group == RECENT:
                self._recent = tk.Menu(menu, tearoff=False, postcommand=self._list_recent)
                menu.add_cascade(label="Open recent", menu=self._recent)
        menu.configure(postcommand=partial(self._update, menu, listed))
        return menu

    def destroy(self) -> None:
        """Take the menus and the shortcuts away, so that another table can take their place."""
        for sequence, command in self._bound:
            self._root.unbind(sequence, command)
        self.bar.destroy()

    def _add(self, menu: tk.Menu, action: Action) -> None:
        accelerator = action.shortcut.replace("Ctrl", _KEY).replace("Escape", "Esc")
        labels: dict[str, Any] = {"label": action.label, "accelerator": accelerator}
        if action.checked:
            check = self._checks[action.name] = tk.BooleanVar(self.bar)
            menu.add_checkbutton(variable=check, command=partial(self._run, action), **labels)
        else:
            menu.add_command(command=partial(self._run, action), **labels)
        self._places[action.name] = menu.index("end") or 0

    def _update(self, menu: tk.Menu, actions: Sequence[Action]) -> None:
        """Grey out what cannot run, and tick what is on, when the menu is about to be seen."""
        for action in actions:
            menu.entryconfigure(
                self._places[action.name], state="disabled" if action.why_not(self._app.session) else "normal"
            )
            if action.checked:
                self._checks[action.name].set(action.checked(self._app.settings))

    def _list_recent(self) -> None:
        self._recent.delete(0, "end")
        for path in self._app.settings.recent:
            there = _is_there(Path(path))
            self._recent.add_command(
                label=plain.line(path, MAX_LABEL) if there else f"{plain.line(path, MAX_LABEL)} (gone)",
                state="normal" if there else "disabled",
                command=partial(self._open_recent, Path(path)),
            )
        if not self._app.settings.recent:
            self._recent.add_command(label="No other model was opened yet", state="disabled")

    def _run(self, action: Action) -> None:
        if not action.why_not(self._app.session):
            action.run(self._app)

    def _key(self, action: Action, event: "tk.Event[tk.Misc]") -> None:
        if waits(self._root) or not isinstance(event.widget, tk.Misc):  # the key has pressed a button that is gone now
            return
        alone = len(action.shortcut) == 1 or action.shortcut == "Space"  # and then no entry's, nor with Control or Alt
        if _is_typed_into(event.widget) and (alone or action.shortcut in _ENTRYS_OWN):
            return
        if action.shortcut == "Space" and event.widget.winfo_class() in _PRESSED:
            return
        if not (alone and int(event.state) & _CONTROL_OR_ALT) and event.widget.winfo_toplevel() is self._root:
            self._run(action)


def _is_typed_into(widget: tk.Misc) -> bool:
    return isinstance(widget, tk.Entry) and str(widget["state"]) != "readonly"  # as lists to choose from are


def _is_there(path: Path) -> bool:
    """Whether the file is there that a path means, which may go on with the name of a model in it."""
    try:
        return checkpoint.place(path)[0].exists()
    except (OSError, CheckpointError):  # as in a folder that may not be searched
        return False
