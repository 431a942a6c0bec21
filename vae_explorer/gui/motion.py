"""Moves z to a target by the clock, and lets go as soon as anything else moves it. Knows Tk's clock and the session."""

import time
import tkinter as tk

from vae_explorer import latent
from vae_explorer.session import Session
from vae_explorer.state import State

DURATION_MS = 600
FRAME_MS = 15


class Motion:
    """At most one transition at a time; a newer one starts from where the older has come to."""

    def __init__(self, root: tk.Misc, session: Session) -> None:
        self._root, self._session = root, session
        self._timer: str | None = None
        self._shown = session.state.z
        session.listen(self._watch)

    @property
    def moving(self) -> bool:
        """Whether a transition is under way."""
        return self._timer is not None

    def go(self, z: tuple[float, ...]) -> None:
        """Move to z in 0.6 s; when it is reached, exactly, the whole way is one step of undo."""
        self.stop()
        self._start, self._target, self._began = self._session.state.z, z, time.monotonic()
        self._frame()

    def stop(self) -> None:
        """Stay where the transition has come to, which is a step of undo."""
        if self._timer is not None:
            self._cancel()
            self._session.commit()

    def destroy(self) -> None:
        """Stop for good, leaving nothing waiting."""
        self._cancel()
        self._session.forget(self._watch)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._root.after_cancel(self._timer)
            self._timer = None

    def _frame(self) -> None:
        self._timer = None
        t = (time.monotonic() - self._began) * 1000 / DURATION_MS
        if t >= 1:
            self._session.commit(z=self._target)
            return
        eased = t * t * (3 - 2 * t)  # starts and ends at rest
        z = tuple(latent.lerp(self._start, self._target, eased).tolist())
        self._shown = z
        self._session.preview(z=z)
        self._timer = self._root.after(FRAME_MS, self._frame)

    def _watch(self, state: State) -> None:
        """Let go when the hand, undo or anything else has moved z."""
        if state.z != self._shown:
            self._cancel()
        self._shown = state.z
