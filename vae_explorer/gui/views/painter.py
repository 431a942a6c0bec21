"""Pictures that take a tenth of a second, made beside the window one at a time: what is wanted last is made next, and
until then the one before may stay. Knows the desk, and nothing of the pictures."""

import logging
import tkinter as tk
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.later import Later
from vae_explorer.jobs import Job

T = TypeVar("T")

log = logging.getLogger(__name__)

REST_MS = 20  # after a change, so that the frame of the change itself is not held up


class Painter(Generic[T]):
    """The pictures of one view. None is made while the view is not seen."""

    def __init__(self, widget: tk.Misc, desk: Desk, show: Callable[[T], None]) -> None:
        """widget: on which they are seen. show: called with each picture that is made."""
        self._widget, self._desk, self._show = widget, desk, show
        self._wanted: tuple[Hashable, Callable[[Job], T]] | None = None
        self._made: Hashable = None  # or being made
        self._job: Job | None = None
        self._starting = Later(widget, self._start, REST_MS)
        widget.bind("<Map>", lambda _event: self._go_on(), add=True)
        for sequence in ("<Unmap>", "<Destroy>"):
            widget.bind(sequence, lambda _event: self._leave(), add=True)

    def want(self, key: Hashable, make: Callable[[Job], T]) -> None:
        """Make a picture, unless the last was made under the same key. While one is made, it is finished first: where
        a hand moves for seconds, pictures come one after the other and not only when it rests."""
        self._wanted = key, make
        self._go_on()

    def stop(self) -> None:
        """Make no more, and remember none."""
        self._wanted = self._made = None
        self._leave()

    def _leave(self) -> None:
        self._starting.cancel()
        if self._job is not None:
            self._desk.work.cancel(self._job)

    def _go_on(self) -> None:
        """Make what is wanted, if it is not made or being made."""
        if self._job is None and self._wanted is not None and self._wanted[0] != self._made:
            self._starting.ask()

    def _start(self) -> None:
        if self._wanted is None or not self._widget.winfo_viewable():
            return
        self._made, make = self._wanted
        self._job = self._desk.work.start("field", "", make, self._done, self._failed, self._stopped)

    def _done(self, picture: T) -> None:
        self._job = None
        self._show(picture)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        log.error("a field was not computed", exc_info=error)
        self._job = None

    def _stopped(self) -> None:
        """The view was left, or another took the place in the queue."""
        self._job = self._made = None
