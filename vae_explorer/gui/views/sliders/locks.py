"""The lock of a dimension, over the end of its head: seen while it is held, or the pointer is on its row, and made then
for the first time. Knows the session; moves no z."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.lock import Lock
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures import dimensions
from vae_explorer.session import holding
from vae_explorer.session.history import Session

KEYS = "<Key-l>", "<Key-L>"
ASIDE = 2  # pixels of the design by which its place stands out, so that the lock ends where the head does


class DimLock:
    """Turned by a click, or by L in the slider."""

    def __init__(self, row: ttk.Frame, head: tk.Canvas, scale: ttk.Scale, dim: int, session: Session, theme: Theme):
        """row: in which the head, whose right end it takes, and the slider are."""
        self._row, self._head, self._session, self._theme = row, head, session, theme
        self._dim, self._name = dim, f"z{dim}"
        self._lock: Lock | None = None
        self._held = self._over = False
        if session.space.no_handles:
            return
        for sequence in ("<Enter>", "<Leave>"):
            row.bind(sequence, self._point)
        for key in KEYS:
            scale.bind(key, lambda _event: self._turn())

    def show(self, held: frozenset[str]) -> None:
        """Show whether the dimension is among what is held."""
        if (self._name in held) != self._held:
            self._held = not self._held
            self._lay()

    def _point(self, event: "tk.Event[ttk.Frame]") -> None:
        """Hear that the pointer has come, or left, be it only for a part of the row."""
        width, height = self._row.winfo_width(), self._row.winfo_height()
        self._over = 0 <= event.x < width and 0 <= event.y < height
        self._lay()

    def _lay(self) -> None:
        """Show it, or take it away."""
        if not (self._held or self._over):
            if self._lock is not None:
                self._lock.place_forget()
            return
        if self._lock is None:
            self._lock = Lock(self._row, self._theme, self._turn)
            Tooltip(self._lock, self._tip, self._theme)
        self._lock.show(self._held)
        self._lock.place(in_=self._head, relx=1.0, x=self._theme.px(ASIDE), rely=1.0, anchor="se")

    def _turn(self) -> None:
        holding.turn(self._session, self._name)

    def _tip(self) -> str:
        title = dimensions.title(self._dim, self._session.state.names)
        if self._held:
            return f"{title} stays where it is while a handle or ink moves: click, or press L, to let it go"
        return f"Hold {title} while a handle or ink moves, by a click or L; its own slider moves it all the same"
