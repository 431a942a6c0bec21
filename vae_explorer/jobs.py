"""One long work at a time beside the window: in a thread, with progress, cancel, and its end told in the main thread.

No Tk, and nothing of what the work is: the window calls `poll` now and then while there is a `current` job. Work
that is heavy in Python itself belongs into a process that the job's thread waits for; in the thread it would stall
the window.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

GRACE_S = 0.5  # how long after a cancel a work may still run


@dataclass(eq=False)
class Job:
    """What a work is handed: it writes `progress`, and looks at `cancelled` at least every 0.2 s."""

    title: str
    progress: float | None = None  # 0 to 1; None while nobody can tell
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)
    _end: tuple[bool, Any] | None = field(default=None, init=False, repr=False)  # succeeded; the result or the error

    def cancelled(self) -> bool:
        """Whether the work should stop: by a return or any exception, since nobody listens any more."""
        return self._cancelled.is_set()


@dataclass(frozen=True)
class _Run:
    """A job as the main thread knows it. The thread has no callbacks, so it is never the last to hold a widget."""

    job: Job
    thread: threading.Thread
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Jobs:
    """Runs one work at a time. A newer one takes the place of an older, whose end is dropped.

    To be used in the main thread only.
    """

    def __init__(self) -> None:
        self._run: _Run | None = None
        self._threads: list[threading.Thread] = []  # of cancelled jobs, too, that have not seen it yet

    @property
    def current(self) -> Job | None:
        """The job whose end has not been told, if any."""
        return self._run.job if self._run else None

    def start(
        self, title: str, work: Callable[[Job], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> Job:
        """Run work(job) in a thread; after it has ended, `poll` calls either done(result) or failed(error).

        work touches no widget and holds none. Whatever it raises counts as failed; a SystemExit and its like arrive
        as the cause of a RuntimeError, which may be raised again in the window without closing it. When the
        job has been cancelled, neither is called.
        """
        self.cancel()
        job = Job(title)
        thread = threading.Thread(target=_work, args=(job, work), name=f"job: {title}", daemon=True)
        thread.start()
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        self._run = _Run(job, thread, done, failed)
        return job

    def cancel(self) -> None:
        """Ask the work to stop and forget it at once: whatever it still gives is dropped."""
        if self._run:
            self._run.job._cancelled.set()
            self._run = None

    def poll(self) -> None:
        """Tell the end of the work if it has ended. Its callback may start the next one."""
        run = self._run
        if run is None or run.thread.is_alive() or run.job._end is None:
            return
        self._run = None
        (succeeded, value), run.job._end = run.job._end, None  # an error's traceback holds the job
        if succeeded:
            run.done(value)
        else:
            run.failed(value)

    def close(self) -> None:
        """Cancel, and wait until all threads have ended, which gives them time to end processes of their own.

        One that does not look whether it is cancelled is left behind after 0.5 s; it ends with the program.
        """
        self.cancel()
        end = time.monotonic() + GRACE_S
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))


def _work(job: Job, work: Callable[[Job], Any]) -> None:
    try:
        job._end = True, work(job)
    except Exception as error:  # whatever it is, the window has to be told
        job._end = False, error
    except BaseException as error:  # threading swallows a SystemExit, and Tk leaves its main loop for one
        job._end = False, RuntimeError(f"{job.title} ended with {error!r}.")
        job._end[1].__cause__ = error
    if job.cancelled():
        job._end = None
