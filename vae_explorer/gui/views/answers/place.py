"""Whether the place where one is is a real one: how much of the data lies there, and how far out it is."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.words import USUAL
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session import subject
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space import ledger, places

LEAST = 160  # pixels of the design, of a line of text
LOOK_MS = 5  # between two looks whether a thread is done
REBUILT = (
    "By recon at mu: {}. A digit unlike all that the model learned is rebuilt badly, "
    "however usual the place is that the encoder gives to it"
)
WAIT = "How much of the data lies here is being computed…"  # as many lines as what is told then, so nothing moves


class Place:
    """Two sentences, and of a drawing a third. What a place is compared with is computed by a thread, so that the
    window need not wait for it."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say, theme = desk, say, desk.theme
        self._z: tuple[float, ...] = ()
        self._drawn: tuple[object, ...] | None = None  # what the drawing is, of which something is said
        self.ready = False  # whether it says how much of the data lies here
        self.widget = ttk.Frame(parent)
        self._asker = Asker(desk.decoding, self.widget)
        self.widget.columnconfigure(0, weight=1)
        self.data = Wrapped(self.widget, theme, WAIT, LEAST, "TLabel")
        self.radius = Wrapped(self.widget, theme, "", LEAST)
        self.rebuilt = Wrapped(self.widget, theme, "", LEAST, "TLabel")
        for label in (self.data, self.rebuilt, self.radius):
            label.configure(width=1)  # never wider than its place, so that another text lays nothing out anew
            label.grid(sticky="ew")
        self.rebuilt.grid_remove()  # until there is a drawing
        Tooltip(self.data, self._about, theme)
        Tooltip(self.rebuilt, lambda: desk.space.worded(REBUILT.format(desk.space.codec.likelihood.what)), theme)
        Tooltip(self.radius, lambda: places.radius(self._z).sentence if self._z else "", theme)
        self._looking = Later(self.widget, self._measure, LOOK_MS)

    def show(self, state: State) -> None:
        """Say it of the z of a state, and of its drawing where z came from one."""
        drawn = subject.key(state) if state.encoded else None
        if drawn != self._drawn:
            self._drawn = drawn
            self._compare(state)
        if state.z == self._z:
            return
        self._z = state.z
        found = places.radius(state.z)
        self.radius.configure(text=f"{found.length:.2f} from the middle; prior {found.low:.1f}–{found.high:.1f}")
        self._measure()

    def _compare(self, state: State) -> None:
        """Say how many of the encoded digits the model rebuilds better than a drawing, where there is one."""
        if not state.encoded or self._desk.space.atlas is None:
            self._asker.drop()
            self.rebuilt.grid_remove()
        else:
            self._asker.answer(self._drawn, 1, partial(_rebuilt_better, self._desk.session, state), self._tell)

    def _tell(self, share: float) -> None:
        self.rebuilt.configure(text=f"{share:.0f} of 100 are rebuilt better.")
        self.rebuilt.grid()

    def _measure(self) -> None:
        """Say how much of the data lies at z, as soon as that can be told without a wait."""
        density = self._desk.space.density
        if density is not None and density.preparing().is_alive():
            self._looking.ask()
            return
        found = places.place(self._desk.space, self._z)
        self.data.configure(text=found.sentence)
        self._say(found.word)
        self.ready = True

    def _about(self) -> str:
        space = self._desk.space
        return space.worded(USUAL) if space.density is not None else ""


def _rebuilt_better(session: Session, state: State) -> float:
    """Of 100 encoded digits, how many are rebuilt better than the drawing of a state."""
    drawn, space = session.subject(state), session.space
    assert drawn.posterior is not None and space.atlas is not None, "it was encoded, and there is something to compare"
    return ledger.rebuilt_better(space.codec, drawn.x, drawn.posterior, space.atlas)
