"""The two faces of the left column, the model's numbers and handles in units of a person: one at a time.

A face is made when it is seen for the first time, and while it is hidden nothing of it is computed or drawn.
"""

import tkinter as tk
from functools import cached_property
from tkinter import ttk
from typing import TYPE_CHECKING

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.styles import LOW
from vae_explorer.gui.views.numbers import Numbers
from vae_explorer.session.faces import FACES
from vae_explorer.session.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.views.handles.view import Handles

PAD = 12  # pixels of the design, beside the column
LINE = 344  # the same, of text: as long as ten buttons with a digit are wide


class Faces:
    """The titles of the faces as tabs, and below them the one that the settings have in front."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, px = desk, desk.theme.px
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.columnconfigure(1, minsize=px(PAD))
        self.widget.rowconfigure(1, weight=1)
        self._head = ttk.Frame(self.widget)
        self._head.grid(row=0, sticky="ew")
        self._head.columnconfigure(0, weight=1)
        self.titles = ttk.Notebook(self._head, style=LOW)
        for title in FACES.values():
            self.titles.add(ttk.Frame(self.titles), text=title)  # of no height: what is seen lies below
        self.titles.grid(row=0, column=0, sticky="sw")
        self._front: Numbers | Handles | None = None
        self._face()
        self.titles.bind("<<NotebookTabChanged>>", lambda _event: self._chosen())

    @cached_property
    def numbers(self) -> Numbers:
        """The face of the numbers."""
        return Numbers(self.widget, self._head, self._desk, LINE)

    @cached_property
    def handles(self) -> "Handles":
        """The face of the handles."""
        from vae_explorer.gui.views.handles.view import Handles

        return Handles(self.widget, self._desk, LINE)

    def bring(self, name: str) -> None:
        """Bring a face to the front, now and for the next start."""
        if name != self._desk.memory.settings.face:
            self._desk.memory.remember(face=name)
            self.show(self._desk.session.state)

    def show(self, state: State) -> None:
        """Show a state in the face that is in front."""
        self._face().show(state)

    def _face(self) -> "Numbers | Handles":
        """Bring the face to the front that the settings have there; give it."""
        name = self._desk.memory.settings.face
        front = self.numbers if name == "numbers" else self.handles
        if front is not self._front:
            if self._front is not None:
                self._lay(self._front, False)
            self._front = front
            self._lay(front, True)
            self.titles.select([*FACES].index(name))  # type: ignore[no-untyped-call]
        return front

    def _lay(self, face: "Numbers | Handles", seen: bool) -> None:
        """Give a face its place, or take it away."""
        for widget, place in ((face.widget, (1, 0, 2)), (face.corner, (0, 1, 1))):
            if widget is not None and seen:
                row, column, span = place
                widget.grid(row=row, column=column, columnspan=span, sticky="nsew" if row else "e")
            elif widget is not None:
                widget.grid_remove()

    def _chosen(self) -> None:
        """Bring the face of the chosen title to the front."""
        self.bring([*FACES][self.titles.index("current")])  # type: ignore[no-untyped-call]
