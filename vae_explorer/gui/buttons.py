"""Buttons for actions, greyed out with the reason beside the pointer. Shows the table of `actions`."""

import tkinter as tk
from collections.abc import Callable, Iterable
from functools import partial
from tkinter import ttk

from vae_explorer.actions import Action, App


class Buttons:
    """A block of buttons in rows of `columns`, all of one width."""

    def __init__(
        self, parent: tk.Misc, app: App, actions: Iterable[Action], columns: int, say: Callable[[str], None]
    ) -> None:
        """say: tells in the status line what the button under the pointer does, or why it cannot."""
        self._app, self._say = app, say
        self._shown = tuple(actions)
        self.widget = ttk.Frame(parent)
        self.buttons = {action.name: ttk.Button(self.widget, text=action.label) for action in self._shown}
        self.widget.columnconfigure(tuple(range(columns)), weight=1, uniform="buttons")
        for k, action in enumerate(self._shown):
            button = self.buttons[action.name]
            button.configure(command=partial(action.run, app))
            button.grid(row=k // columns, column=k % columns, sticky="ew", padx=2, pady=2)
            button.bind("<Enter>", partial(self._explain, action), add=True)
            button.bind("<Leave>", lambda _event: self._say(""), add=True)
            button.bind("<Return>", lambda event: event.widget.invoke(), add=True)

    def update(self) -> None:
        """Grey out what cannot run now."""
        for action in self._shown:
            state = "disabled" if action.why_not(self._app.session) else "!disabled"
            self.buttons[action.name].state([state])

    def _explain(self, action: Action, _event: object) -> None:
        why = action.why_not(self._app.session)
        keys = f"  ({action.shortcut})" if action.shortcut else ""
        self._say(f"{action.label}: {why}" if why else action.label + keys)
