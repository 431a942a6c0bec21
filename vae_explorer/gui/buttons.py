"""Buttons for actions, greyed out with the reason beside the pointer. Shows the table of `actions`."""

import tkinter as tk
from collections.abc import Callable, Iterable
from functools import partial
from tkinter import ttk

from vae_explorer.actions import Action, App
from vae_explorer.gui.theme import Theme
from vae_explorer.gui.tooltip import Tooltip

GAP = 2  # pixels of the design on each side of a button


class Buttons:
    """A block of buttons in rows of `columns`, all of one width."""

    def __init__(
        self,
        parent: tk.Misc,
        app: App,
        actions: Iterable[Action],
        columns: int,
        hint: Callable[[str], None],
        theme: Theme,
        width: int | None = None,
    ) -> None:
        """columns: at most, or fewer where long labels need more than `width` pixels. hint: tells in the status
        line what the button under the pointer does, or why it cannot."""
        self._app, self._hint = app, hint
        self._shown = tuple(actions)
        self._off: dict[str, bool] = {}
        self.widget = ttk.Frame(parent)
        self.buttons = {
            action.name: ttk.Button(self.widget, text=action.short or action.label) for action in self._shown
        }
        gap = theme.px(GAP)
        if width is not None:
            widest = max(button.winfo_reqwidth() for button in self.buttons.values()) + 2 * gap
            columns = max(1, min(columns, width // widest))
        self.widget.columnconfigure(tuple(range(columns)), weight=1, uniform="buttons")
        for k, action in enumerate(self._shown):
            button = self.buttons[action.name]
            button.configure(command=partial(action.run, app))
            button.grid(row=k // columns, column=k % columns, sticky="ew", padx=gap, pady=gap)
            button.bind("<Enter>", partial(self._explain, action), add=True)
            button.bind("<Leave>", lambda _event: self._hint(""), add=True)
            Tooltip(button, partial(self._told, action), theme)
            button.bind("<Return>", lambda event: event.widget.invoke(), add=True)

    def update(self) -> None:
        """Grey out what cannot run now."""
        for action in self._shown:
            off = bool(action.why_not(self._app.session))
            if off != self._off.get(action.name):  # ttk draws a button again even where nothing has changed
                self._off[action.name] = off
                self.buttons[action.name].state(["disabled" if off else "!disabled"])

    def _explain(self, action: Action, _event: object) -> None:
        self._hint(self._told(action))

    def _told(self, action: Action) -> str:
        """What a button does, and by which key; or why it cannot."""
        why = action.why_not(self._app.session)
        keys = f"  ({action.keys})" if action.shortcut else ""
        return f"{action.label}: {why}" if why else action.label + keys
