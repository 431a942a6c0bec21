"""Long work beside the window: it runs in threads, can be cancelled, and its end is told in the main thread.

No Tk, and nothing of what the work is: the window calls `poll` now and then while something is `running`. Work that is
heavy in Python itself belongs into a process that the job's thread waits for; in the thread it would stall the window.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

T = TypeVar("T")

Queue = Literal[
    "open", "save", "search", "data", "prepare", "answer", "ink", "estimate", "field", "card", "handles", "decode"
]  # what a work is for
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
    stopped: Callable[[], None]

    @property
    def ended(self) -> bool:
        """Whether the work has an end that is not told yet."""
        return not self.thread.is_alive() and self.job._end is not None

    def tell(self) -> None:
        """Tell the end, once."""
        assert self.job._end is not None
        (succeeded, value), self.job._end = self.job._end, None  # an error's traceback holds the job
        if succeeded:
            self.done(value)
        else:
            self.failed(value)

    def stop(self) -> None:
        """Ask the work to stop, and tell at once that it was asked."""
        self.job._cancelled.set()
        self.stopped()


class Jobs:
    """Runs one work at a time in each queue. There a newer one takes the place of an older; other queues go on.

    To be used in the main thread only.
    """

    def __init__(self) -> None:
        self._runs: dict[Queue, _Run] = {}  # in the order in which they were started
        self._threads: list[threading.Thread] = []  # of cancelled jobs, too, that have not seen it yet

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs whose end has not been told, the newest last."""
        return tuple(run.job for run in self._runs.values())

    def current(self, queue: Queue) -> Job | None:
        """The job of a queue whose end has not been told, if any."""
        return self._runs[queue].job if queue in self._runs else None

    def start(
        self,
        queue: Queue,
        title: str,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None] = lambda: None,
    ) -> Job:
        """Run work(job) in a thread; after it has ended, `poll` calls either done(result) or failed(error).

        work touches no widget and holds none. Whatever it raises counts as failed; a SystemExit and its like arrive
        as the cause of a RuntimeError, which may be raised again in the window without closing it. When the
        job is cancelled, or a newer one takes its place, stopped() is called at once and neither of the others.
        """
        job, older = Job(title), self._runs.pop(queue, None)
        thread = threading.Thread(target=_work, args=(job, work), name=f"job: {title}", daemon=True)
        thread.start()
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        self._runs[queue] = _Run(job, thread, done, failed, stopped)
        if older is not None:
            older.stop()
        return job

    def cancel(self, job: Job) -> None:
        """Ask the work to stop and forget it at once: whatever it still gives is dropped. Nothing if it has ended."""
        for queue, run in self._runs.items():
            if run.job is job:
                del self._runs[queue]
                run.stop()
                return

    def poll(self) -> None:
        """Tell the end of each work that has ended. A callback may start, cancel and poll; one that raises is told
        of no more, and the ends that are left come with the next poll."""
        for queue, run in [*self._runs.items()]:
            if self._runs.get(queue) is run and run.ended:
                del self._runs[queue]
                run.tell()

    def close(self) -> None:
        """Cancel all, telling nobody, and wait until their threads have ended, which gives them time to end processes.

        One that does not look whether it is cancelled is left behind after 0.5 s; it ends with the program.
        """
        for job in self.running:
            job._cancelled.set()
        self._runs.clear()
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
