"""The views around one session: where one moves, what one gets, where one is. Redraws them at most once a turn of the
event loop, with the newest state."""

import time
import tkinter as tk
from tkinter import ttk

from vae_explorer.errors import Failure, explain
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views import controls
from vae_explorer.gui.views.controls import Controls
from vae_explorer.gui.views.picture import Picture
from vae_explorer.gui.views.shelf.view import Shelf
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.panes import Panes
from vae_explorer.gui.window import composing
from vae_explorer.gui.window.tabs import Tabs
from vae_explorer.session.action import Action
from vae_explorer.session.state import State
from vae_explorer.settings import Settings

ROUNDS = 3  # of what the server tells, until what scrolls within the window has its place, too
LEAST = controls.WIDTH, 256, 320  # pixels of the design, of the columns


class Workspace:
    """All that is between the menu and the status line."""

    def __init__(self, root: tk.Tk, desk: Desk, presets: tuple[Action, ...]) -> None:
        self._root, self._desk, self.session = root, desk, desk.session
        self._drawn: State | None = None
        self._narrow = False
        self.widget = ttk.Frame(root)
        self._drawing = Later(self.widget, self._draw)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)
        self.panes = Panes(self.widget, desk.theme, LEAST, desk.memory.settings.shares, Settings.shares)
        self.panes.widget.grid(row=0, column=0, sticky="nsew")
        self.panes.widget.bind("<Configure>", lambda event: self._say_whether_narrow(event.width), add=True)
        left, middle, right = self.panes.columns
        self.controls = Controls(left, desk, presets)
        self.picture = Picture(middle, desk, self._painted)
        self.tabs = Tabs(right, desk)
        self._beginning = Later(self.widget, self._begin, 1)
        self._resuming = Later(self.widget, self._resume)
        self._rounds = ROUNDS
        self.shelf = Shelf(self.widget, desk)
        for view in (self.controls, self.picture, self.tabs):
            view.widget.grid(sticky="nsew")
        self.shelf.widget.grid(row=1, column=0, sticky="ew")
        self.session.listen(self._changed)

    @property
    def ready(self) -> bool:
        """Whether all that there is to see of the state is on the screen."""
        waiting = self._drawing.waiting or self._desk.decoding.waiting
        return self.picture.ready and self.tabs.began and not waiting

    def _say_whether_narrow(self, width: int) -> None:
        """Say that there is no place for all columns when that has become so, and no more when there is."""
        narrow, text = width < self.panes.needed, f"Too narrow for the tabs: {self.panes.needed} pixels are needed"
        if narrow and not self._narrow:
            self._desk.status.say(text)
        elif self._narrow and not narrow and self._desk.status.said == text:
            self._desk.status.say("")
        self._narrow = narrow

    def _painted(self) -> None:
        """The digit is on the screen: now what is beside it."""
        if not self.tabs.began:
            self._beginning.ask()

    def _begin(self) -> None:
        self.picture.begin()
        self.tabs.begin()
        self._resuming.ask()

    def _resume(self) -> None:
        """Turn input methods on when every widget has its place."""
        composing.hear(self._root)
        self._rounds -= 1
        if self._rounds:
            self._resuming.ask()
        else:
            composing.resume(self._root)

    def _changed(self, _state: State) -> None:
        self._drawing.ask()

    def redraw(self) -> None:
        """Show the state again, as something else has changed by which a view shows it."""
        self._drawing.ask()

    def _draw(self) -> None:
        """Show the newest state; all that came since the last frame is one frame."""
        state, began = self.session.state, time.perf_counter()
        if state != self._drawn:
            self._drawn = state
            self._desk.status.moved()
            for part in (self.picture, self.tabs, self.shelf):
                self._show(part, state)
        self._show(self.controls, state)  # a value may have been typed and taken back since the last frame
        self._desk.status.show_times(self.picture.decode_s, time.perf_counter() - began)

    def _show(self, part: Picture | Tabs | Shelf | Controls, state: State) -> None:
        """Let a part show a state. There a decoder of a person's own may fail: that is said, and the others go on."""
        try:
            part.show(state)
        except Failure as error:
            self._desk.status.say(explain(error))

    def destroy(self) -> None:
        """Take the views away and stop listening."""
        self.session.forget(self._changed)
        self.widget.destroy()
