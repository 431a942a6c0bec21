"""Moves z by the clock, and lets go as soon as anything else moves it. Knows Tk's clock and the session."""

import time
import tkinter as tk
from collections.abc import Callable

from vae_explorer.gui.desk.memory import Memory
from vae_explorer.gui.widgets.later import Later
from vae_explorer.session.history import Session
from vae_explorer.session.state import State
from vae_explorer.space import latent

DURATION_MS = 600
FRAME_MS = 15

Z = tuple[float, ...]


class Motion:
    """At most one movement at a time; a newer one starts from where the older has come to."""

    def __init__(self, widget: tk.Misc, session: Session, memory: Memory) -> None:
        """widget: with which every movement ends. memory: tells whether motion is wanted."""
        self._session, self._memory = session, memory
        self._next = Later(widget, self._frame, FRAME_MS)
        self._shown = session.state.z
        session.listen(self._watch)

    @property
    def moving(self) -> bool:
        """Whether a movement is under way."""
        return self._next.waiting

    def go(self, z: Z) -> None:
        """Move to z in 0.6 s, or be there at once where no motion is wanted; the whole way is one step of undo.

        It leads to a place that did not come from the drawing, so what is told is told of the place.
        """
        self.stop()
        self._session.preview(encoded=False)
        if not self._memory.settings.motion:
            self._session.commit(z=z)
            return
        start = self._session.state.z

        def _eased(ms: float) -> tuple[Z, bool]:
            t = ms / DURATION_MS
            if t >= 1:
                return z, True
            return tuple(latent.lerp(start, z, t * t * (3 - 2 * t)).tolist()), False  # starts and ends at rest

        self.follow(_eased)

    def follow(self, place: Callable[[float], tuple[Z, bool]], over: Callable[[], None] = lambda: None) -> None:
        """Move to where place(ms since now) is, frame by frame, until it tells that this was the last; the whole way is
        one step of undo. over: called when z is moved no more, for whatever reason."""
        self.stop()
        self._place, self._over, self._began = place, over, time.monotonic()
        self._frame()

    def stop(self) -> None:
        """Stay where the movement has come to, which is a step of undo."""
        if self.moving:
            self._cancel()
            self._session.commit()

    def destroy(self) -> None:
        """Stop for good, leaving nothing waiting."""
        self._cancel()
        self._session.forget(self._watch)

    def _cancel(self) -> None:
        if self.moving:
            self._next.cancel()
            self._over()

    def _frame(self) -> None:
        z, last = self._place((time.monotonic() - self._began) * 1000)
        self._shown = z
        if last:
            self._session.commit(z=z)
            self._over()
            return
        self._session.preview(z=z)
        self._next.ask()

    def _watch(self, state: State) -> None:
        """Let go when the hand, undo or anything else has moved z."""
        if state.z != self._shown:
            self._cancel()
        self._shown = state.z
