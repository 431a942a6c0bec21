"""The right of the window: the views of where one is, one at a time. Draws only the one that is seen."""

import tkinter as tk
from collections.abc import Callable
from importlib import import_module
from tkinter import ttk
from typing import TYPE_CHECKING, Protocol, cast

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.session.state import State
from vae_explorer.settings import TABS

if TYPE_CHECKING:
    from vae_explorer.gui.views.path.view import PathView

VIEWS = {  # where each is defined; imported when it is made
    "map": ("vae_explorer.gui.views.map.view", "MapView"),
    "plane": ("vae_explorer.gui.views.plane", "PlaneView"),
    "path": ("vae_explorer.gui.views.path.view", "PathView"),
    "arithmetic": ("vae_explorer.gui.views.arithmetic", "ArithmeticView"),
}
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
    """A notebook of map, plane, path and arithmetic. A view is made when it is seen for the first time, and none before
    `begin`: what a person sees first need not wait for it."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._shown = desk, desk.session.state
        self.began = False
        self.widget = ttk.Notebook(parent)
        self._places = {name: ttk.Frame(self.widget, padding=desk.theme.px(12)) for name in TABS}
        self._views: dict[str, View] = {}
        for name, place in self._places.items():
            place.columnconfigure(0, weight=1)
            place.rowconfigure(0, weight=1)
            self.widget.add(place, text=name.capitalize())
        self.widget.bind("<<NotebookTabChanged>>", lambda _event: self._chosen())
        self.select(desk.memory.settings.tab)

    def begin(self) -> None:
        """Show the tab in front from now on."""
        self.began = True
        self.show(self._desk.session.state)

    def view(self, name: str) -> View:
        """The view of a tab."""
        if name not in self._views:
            module, kind = VIEWS[name]
            view: View = getattr(import_module(module), kind)(self._places[name], self._desk)
            view.widget.grid(sticky="nsew")
            self._views[name] = view
        return self._views[name]

    @property
    def path(self) -> "PathView":
        """The view of the path, which can be played from elsewhere."""
        return cast("PathView", self.view("path"))

    @property
    def selected(self) -> str:
        """The name of the tab that is seen."""
        return TABS[self.widget.index("current")]  # type: ignore[no-untyped-call]

    def select(self, name: str) -> None:
        """Bring a tab to the front."""
        self.widget.select(self._places[name])  # type: ignore[no-untyped-call]

    def _chosen(self) -> None:
        self._desk.memory.remember(tab=self.selected)
        self.show(self._desk.session.state)

    def show(self, state: State) -> None:
        """Show a state in the tab that is seen; one whose own part has changed, as by undo, comes to the front."""
        if not self.began:
            return
        before, self._shown = self._shown, state
        for name, part in OWN.items():
            if part(state) != part(before):
                self.select(name)
        self.view(self.selected).show(state)

    def destroy(self) -> None:
        """Leave nothing waiting."""
        for view in self._views.values():
            view.destroy()
