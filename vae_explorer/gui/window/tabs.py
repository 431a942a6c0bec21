"""The right of the window: the views of where one is, one at a time. Draws only the one that is seen."""

import tkinter as tk
from pkgutil import resolve_name
from tkinter import ttk
from typing import TYPE_CHECKING, Protocol, cast

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.tab import TABS, present
from vae_explorer.session.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.views.path.view import PathView
    from vae_explorer.gui.views.yours.view import YoursView


class View(Protocol):
    """What stands in a tab."""

    widget: ttk.Frame

    def show(self, state: State) -> None:
        """Show a state; called for the tab that is seen only, at most once a frame."""


class Tabs:
    """A notebook of the tabs in the table. A view is made when it is seen for the first time, and none before
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
            self.widget.add(place, text=desk.space.worded(TABS[name].title))
        self.widget.bind("<<NotebookTabChanged>>", lambda _event: self._chosen())
        self._instead = _instead(desk)
        self.select(self._instead or present(desk.memory.settings.tab))

    def begin(self) -> None:
        """Show the tab in front from now on."""
        self.began = True
        self.show(self._desk.session.state)

    def view(self, name: str) -> View:
        """The view of a tab."""
        if name not in self._views:
            view: View = resolve_name(TABS[name].view)(self._places[name], self._desk)
            view.widget.grid(sticky="nsew")
            self._views[name] = view
        return self._views[name]

    @property
    def path(self) -> "PathView":
        """The view of the path, which can be played from elsewhere."""
        return cast("PathView", self.view("path"))

    @property
    def yours(self) -> "YoursView":
        """The view of the pad, whose pen can be changed from elsewhere."""
        return cast("YoursView", self.view("yours"))

    @property
    def selected(self) -> str:
        """The name of the tab that is seen."""
        return [*self._places][self.widget.index("current")]  # type: ignore[no-untyped-call]

    def select(self, name: str) -> None:
        """Bring a tab to the front."""
        self.widget.select(self._places[name])  # type: ignore[no-untyped-call]

    def _chosen(self) -> None:
        if self.selected != self._instead:  # what somebody has chosen
            self._desk.memory.remember(tab=self.selected)
            self._instead = ""
        self.show(self._desk.session.state)

    def show(self, state: State) -> None:
        """Show a state in the tab that is seen; one whose own part has changed, as by undo, comes to the front."""
        if not self.began:
            return
        before, self._shown = self._shown, state
        for name, tab in TABS.items():
            if tab.part(state) != tab.part(before):
                self.select(name)
        self.view(self.selected).show(state)


def _instead(desk: Desk) -> str:
    """The tab to begin with where the remembered one is the map and there is none; else empty."""
    space = desk.space
    at_map = present(desk.memory.settings.tab) == "map"
    return "plane" if at_map and space.atlas is None and space.latent_dim > 1 else ""
