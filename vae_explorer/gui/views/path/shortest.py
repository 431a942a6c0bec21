"""A way that takes long to find between two places, sought beside the window and kept. Knows no widgets."""

import logging
from collections.abc import Callable
from functools import partial

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.jobs import Job
from vae_explorer.space import paths
from vae_explorer.space.latent import Points

log = logging.getLogger(__name__)

TITLE = "Searching for a way: {}…"
LOOK_MS = 50  # how often to look whether the search was cancelled, or other work has made room for it
KEPT = 32  # ways, newest last

Places = tuple[tuple[float, ...], tuple[float, ...]]


class Shortest:
    """One search at a time for one of the ways, of `count` points, (count, D)."""

    def __init__(self, desk: Desk, way: str, count: int, told: Callable[[], None]) -> None:
        """told: called when a search has ended: the way is found, or the search `stopped`."""
        self._desk, self._way, self._count, self._told = desk, way, count, told
        self._found: dict[Places, Points] = desk.memory.kept(desk.session, (way, count))
        self._sought: Places | None = None
        self._job: Job | None = None
        self._timer: str | None = None
        self.stopped = False  # by a person, or because other work had to be done

    def find(self, places: Places) -> Points | None:
        """Give the way, (count, D), if it is known; else None, and the search begins unless it was stopped."""
        start, end = places
        if places in self._found:
            return self._found[places]
        if (end, start) in self._found:
            return self._found[end, start][::-1]
        if places != self._sought:
            self.stop()
            self._sought = places
            self._start()
        return self._found.get(places)

    def stop(self) -> None:
        """Search no more, until a way is asked for again."""
        self._rest()
        self._sought, self.stopped = None, False
        if self._job is not None and self._desk.work.current is self._job:
            self._desk.work.stop()
        self._job = None

    def _start(self) -> None:
        """Begin as soon as nothing else is under way, which would be cancelled."""
        self._timer = None
        if self._sought is None:
            return
        other = self._desk.work.current
        if other is not None:
            self._wait()
            return
        codec, count, places = self._desk.space.codec, self._count, self._sought

        def search(job: Job) -> Points:
            def tell(share: float) -> None:
                job.progress = share

            return paths.find(self._way, codec, *places, count, job.cancelled, tell)

        title = TITLE.format(paths.WAYS[self._way].title.lower())
        self._desk.work.start(title, search, partial(self._done, places), self._failed)
        self._job = self._desk.work.current
        if self._job is not None:  # not over yet
            self._wait()

    def _wait(self) -> None:
        self._timer = self._desk.status.widget.after(LOOK_MS, self._start if self._job is None else self._look)

    def _rest(self) -> None:
        if self._timer is not None:
            self._desk.status.widget.after_cancel(self._timer)
            self._timer = None

    def _look(self) -> None:
        if self._desk.work.current is self._job:
            self._wait()
        else:
            self._end(stopped=True)

    def _done(self, places: Places, way: Points) -> None:
        self._found[places] = way
        for old in [*self._found][:-KEPT]:
            del self._found[old]
        self._end(stopped=False)

    def _failed(self, error: Exception) -> None:
        log.error("the way %r was not found", self._way, exc_info=error)
        self._end(stopped=True)

    def _end(self, stopped: bool) -> None:
        self._rest()
        self._timer = self._job = None
        self.stopped = stopped
        self._told()
