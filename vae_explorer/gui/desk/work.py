"""The one way for long work beside the window: looks after `jobs` by Tk's clock while one is under way."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from vae_explorer.jobs import Job, Jobs

T = TypeVar("T")

POLL_MS = 30


class Work:
    """At most one job at a time; what it gives arrives in the main thread, unless it was cancelled before."""

    def __init__(self, root: tk.Misc, show: Callable[[Job | None], None]) -> None:
        """show: called with the job while it is under way, and with None when there is none any more."""
        self._root, self._show = root, show
        self._jobs = Jobs()
        self._timer: str | None = None

    @property
    def current(self) -> Job | None:
        """The job whose end has not been told, if any."""
        return self._jobs.current

    def start(
        self, title: str, work: Callable[[Job], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do work(job) beside the window, as `Jobs.start`; an older job is cancelled."""

        def first(tell: Callable[[Any], None], told: object) -> None:
            self._show(None)  # a dialog may come that waits, and nothing is under way behind it
            tell(told)

        self._jobs.start(title, work, partial(first, done), partial(first, failed))
        self._look()

    def stop(self) -> None:
        """Cancel what is under way, and forget it at once."""
        self._jobs.cancel()
        self._look()

    def close(self) -> None:
        """Cancel, wait for the end, and leave nothing waiting."""
        self._jobs.close()
        self._rest()

    def _look(self) -> None:
        self._rest()
        self._jobs.poll()
        self._show(self.current)
        self._rest()  # the end of a job may have started the next, which looks after itself
        if self.current:
            self._timer = self._root.after(POLL_MS, self._look)

    def _rest(self) -> None:
        if self._timer is not None:
            self._root.after_cancel(self._timer)
            self._timer = None
