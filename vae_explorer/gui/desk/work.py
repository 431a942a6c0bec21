"""The one way for long work beside the window: looks after `jobs` by Tk's clock while something is under way."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from vae_explorer.gui.widgets.later import Later
from vae_explorer.jobs import Job, Jobs, Queue

T = TypeVar("T")

POLL_MS = 30
SOUGHT: tuple[Queue, ...] = ("search", "answer", "ink", "estimate")


class Work:
    """A job at a time in each queue; what it gives arrives in the main thread, unless it was cancelled before."""

    def __init__(self, root: tk.Misc, show: Callable[[tuple[Job, ...]], None]) -> None:
        """show: called with the jobs that are under way and have a title, the newest last, again and again while there
        are any."""
        self._show = show
        self._jobs = Jobs()
        self._looking = Later(root, self._look, POLL_MS)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs whose end has not been told, the newest last."""
        return self._jobs.running

    def current(self, queue: Queue) -> Job | None:
        """The job of a queue whose end has not been told, if any."""
        return self._jobs.current(queue)

    def start(
        self,
        queue: Queue,
        title: str,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None] = lambda: None,
    ) -> Job:
        """Do work(job) beside the window, as `Jobs.start`; an older job of the queue is cancelled.

        Without a title nobody is shown that it is under way: what is over at once would only flicker.
        """

        def _first(ended: Callable[[Any], None], value: object) -> None:
            self._show_running()  # first: a dialog that waits may come, and behind it only the others are under way
            ended(value)

        job = self._jobs.start(queue, title, work, partial(_first, done), partial(_first, failed), stopped)
        self._show_running()
        return job

    def cancel(self, job: Job) -> None:
        """Ask a job to stop, and forget it at once."""
        self._jobs.cancel(job)
        self._show_running()

    def stop(self) -> None:
        """Cancel what is searched for or estimated; what reads or writes files goes on."""
        for queue in SOUGHT:
            if job := self.current(queue):
                self.cancel(job)

    def close(self) -> None:
        """Cancel all, wait for the end, and leave nothing waiting."""
        self._jobs.close()
        self._looking.cancel()

    def tell(self) -> None:
        """Tell now what has ended."""
        self._jobs.poll()

    def _look(self) -> None:
        self._jobs.poll()
        self._show_running()

    def _show_running(self) -> None:
        """Show what is under way, and look again as long as anything is."""
        self._show(tuple(job for job in self.running if job.title))
        if self.running:
            self._looking.ask()
        else:
            self._looking.cancel()
