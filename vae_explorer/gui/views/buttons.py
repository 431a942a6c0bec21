"""Buttons for actions, greyed out with the reason beside the pointer. Shows the table of `actions`."""

import tkinter as tk
from collections.abc import Iterable
from functools import partial
from math import ceil
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.action import Action

GAP = 2  # pixels of the design on each side of a button
ROWS = 6  # at most; what is beyond is in the menu and the palette


class Buttons:
    """A block of buttons in rows of `columns`, all of one width, and no more than ROWS rows."""

    def __init__(
        self,
        parent: tk.Misc,
        desk: Desk,
        actions: Iterable[Action],
        columns: int,
        width: int | None = None,
        style: str = "TButton",
    ) -> None:
        """columns: at most, or fewer where long labels need more than `width` pixels."""
        self._desk = desk
        self._shown = tuple(actions)
        self._off: dict[str, bool] = {}
        self.widget = ttk.Frame(parent)
        self.buttons = {
            action.name: ttk.Button(self.widget, text=action.short or action.label, style=style)
            for action in self._shown
        }
        if width is not None:
            widest = max(button.winfo_reqwidth() for button in self.buttons.values()) + 2 * desk.theme.px(GAP)
            columns = max(1, min(columns, width // widest))
            columns = ceil(len(self._shown) / ceil(len(self._shown) / columns))  # no row of one button below nine
        for action in self._shown[ROWS * columns :]:
            self.buttons.pop(action.name).destroy()
        self._shown = self._shown[: ROWS * columns]
        self._lay(columns)

    def _lay(self, columns: int) -> None:
        """Put the buttons into their rows, each with what it runs and says."""
        gap = self._desk.theme.px(GAP)
        self.widget.columnconfigure(tuple(range(columns)), weight=1, uniform="buttons")
        for k, action in enumerate(self._shown):
            button = self.buttons[action.name]
            button.configure(command=partial(self._desk.run, action))
            button.grid(row=k // columns, column=k % columns, sticky="ew", padx=gap, pady=gap)
            Tooltip(button, partial(self._explain, action), self._desk.theme)

    def update(self) -> None:
        """Grey out what cannot run now."""
        for action in self._shown:
            off = bool(action.why_not(self._desk.session))
            if off != self._off.get(action.name):  # ttk draws a button again even where nothing has changed
                self._off[action.name] = off
                self.buttons[action.name].state(["disabled" if off else "!disabled"])

    def _explain(self, action: Action) -> str:
        """Tell what a button does, and why it cannot now, or else which key does it, too."""
        why = action.why_not(self._desk.session)
        more = f"\nOff: {why}" if why else f"\nKey: {action.keys}" if action.shortcut else ""
        return (action.description or action.label) + more
