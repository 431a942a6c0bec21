"""The right of the window: the views of where one is, one at a time. Draws only the one that is seen."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Protocol

from vae_explorer.gui.arithmetic import ArithmeticView
from vae_explorer.gui.map import MapView
from vae_explorer.gui.path import PathView
from vae_explorer.gui.plane import PlaneView
from vae_explorer.gui.theme import Theme
from vae_explorer.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.app import App

OWN: dict[str, Callable[[State], object]] = {  # what each tab alone changes
    "map": lambda state: state.map_dims,
    "plane": lambda state: state.plane,
    "path": lambda state: state.path,
    "arithmetic": lambda state: state.terms,
}


class View(Protocol):
    """What stands in a tab."""

    widget: ttk.Frame

    def show(self, state: State) -> None:
        """Show a state; called for the tab that is seen only, at most once a frame."""

    def destroy(self) -> None:
        """Leave nothing waiting."""


class Tabs:
    """A notebook of map, plane, path and arithmetic."""

    def __init__(self, parent: tk.Misc, app: "App", theme: Theme) -> None:
        self._app, self._shown = app, app.session.state
        self.widget = ttk.Notebook(parent)
        self.map = MapView(self.widget, app, theme)
        self.plane = PlaneView(self.widget, app, theme)
        self.path = PathView(self.widget, app, theme)
        self.arithmetic = ArithmeticView(self.widget, app, theme)
        self.views: dict[str, View] = {
            "map": self.map, "plane": self.plane, "path": self.path, "arithmetic": self.arithmetic,
        }  # fmt: skip
        for name, view in self.views.items():
            self.widget.add(view.widget, text=name.capitalize(), padding=theme.px(12))
        self.widget.bind("<<NotebookTabChanged>>", lambda _event: self._chosen())
        self.select(app.settings.tab)

    @property
    def selected(self) -> str:
        """The name of the tab that is seen."""
        return [*self.views][self.widget.index("current")]  # type: ignore[no-untyped-call]

    def select(self, name: str) -> None:
        """Bring a tab to the front."""
        self.widget.select(self.views[name].widget)  # type: ignore[no-untyped-call]

    def _chosen(self) -> None:
        self._app.remember(tab=self.selected)
        self.show(self._app.session.state)

    def show(self, state: State) -> None:
        """Show a state in the tab that is seen; one whose own part has changed, as by undo, comes to the front."""
        before, self._shown = self._shown, state
        for name, part in OWN.items():
            if part(state) != part(before):
                self.select(name)
        self.views[self.selected].show(state)

    def destroy(self) -> None:
        """Leave nothing waiting."""
        for view in self.views.values():
            view.destroy()
