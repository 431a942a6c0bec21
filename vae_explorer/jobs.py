"""One long work at a time beside the window: in a thread, with progress, cancel, and its end told in the main thread.

No Tk: the window calls `poll` now and then while a job is `busy`. Work that is heavy in Python itself belongs into
a process that the job's thread waits for; a thread of its own would stall the window.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class CancelledError(Exception):
    """Raised by a work that saw that it was cancelled."""


@dataclass
class Job:
    """What a work is handed: it reports `progress` and looks at `cancelled` at least every 0.2 s."""

    title: str
    progress: float | None = None  # 0 to 1; None while nobody can tell
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def cancelled(self) -> bool:
        """Whether the work should stop and raise CancelledError."""
        return self._cancelled.is_set()


@dataclass
class _Run:
    job: Job
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    end: tuple[bool, Any] | None = None  # written once, by the thread, when all is done


class Jobs:
    """Runs one work at a time. A newer one takes the place of an older, whose result is dropped."""

    def __init__(self) -> None:
        self._run: _Run | None = None

    @property
    def current(self) -> Job | None:
        """The job that is under way, if any."""
        return self._run.job if self._run else None

    def start(
        self,
        title: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Run work(job) in a thread; then `poll` calls done(result) or failed(error), in the main thread.

        What work raises other than CancelledError counts as failed. A cancelled job calls neither.
        """
        self.cancel()
        run = self._run = _Run(Job(title), done, failed)
        threading.Thread(target=_work, args=(run, work), name=f"job: {title}", daemon=True).start()
        return run.job

    def cancel(self) -> None:
        """Ask the work to stop and forget it at once: whatever it still gives is dropped."""
        if self._run:
            self._run.job._cancelled.set()
            self._run = None

    def poll(self) -> None:
        """Tell the end of the work if it has ended. To be called in the main thread."""
        run = self._run
        if run is None or run.end is None:
            return
        self._run = None
        succeeded, value = run.end
        if succeeded:
            run.done(value)
        else:
            run.failed(value)


def _work(run: _Run, work: Callable[[Job], Any]) -> None:
    try:
        run.end = (True, work(run.job))
    except Exception as error:  # whatever it is, the window has to be told
        run.end = (False, error)
