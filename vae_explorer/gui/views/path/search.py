"""A way that takes long to find between two places, sought beside the window and kept. Knows no widgets."""

from collections.abc import Callable
from functools import partial

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.jobs import Job
from vae_explorer.space import paths
from vae_explorer.space.latent import Points

TITLE = "Searching for a way: {}…"
COUNT = 11  # points of a way, one for each digit that is shown, as in the picture that is saved
KEPT = 32  # ways, newest last

Places = tuple[tuple[float, ...], tuple[float, ...]]


class Search:
    """One search at a time for one of the ways, of `count` points, (count, D)."""

    def __init__(self, desk: Desk, way: str, count: int, ended: Callable[[], None]) -> None:
        """ended: called when a search has ended: the way is found, or the search `stopped`."""
        self._desk, self._way, self._count, self._ended = desk, way, count, ended
        self._found = _kept(desk, way, count)
        self._sought: Places | None = None
        self._job: Job | None = None
        self.stopped = False  # by a person, or because it failed

    def find(self, places: Places) -> Points | None:
        """Give the way, (count, D), if it is known; else None, and the search begins unless it was stopped.

        While another way is sought it does not, for that search would end. So the caller asks again when that one has
        ended.
        """
        way = known(self._desk, self._way, self._count, places)
        if way is not None:
            return way
        if places != self._sought:
            self.stop()
            self._sought = places
        if not self.stopped and self._desk.work.current("search") is None:
            self._start(places)
        return None

    def stop(self) -> None:
        """Search no more, until a way is asked for again."""
        self._sought, self.stopped = None, False
        job, self._job = self._job, None
        if job is not None:
            self._desk.work.cancel(job)

    def _start(self, places: Places) -> None:
        """Search beside the window."""
        way, codec, count = self._way, self._desk.space.codec, self._count

        def _search(job: Job) -> Points:
            return paths.find(way, codec, *places, count, job.cancelled, partial(setattr, job, "progress"))

        title = TITLE.format(paths.WAYS[way].title.lower())
        done, stopped = partial(self._done, places), partial(self._stopped, places)
        self._job = self._desk.work.start("search", title, _search, done, self._failed, stopped)

    def _done(self, places: Places, way: Points) -> None:
        self._found[places] = way
        for old in [*self._found][:-KEPT]:
            del self._found[old]
        self._end(stopped=False)

    def _failed(self, error: Exception) -> None:
        self._desk.decoding.tell(error)
        self._end(stopped=True)

    def _stopped(self, places: Places) -> None:
        """The search for places was cancelled. That ends it unless others are sought by now, or none."""
        if places == self._sought:
            self._end(stopped=True)

    def _end(self, stopped: bool) -> None:
        self._job, self.stopped = None, stopped
        self._ended()


def known(desk: Desk, way: str, count: int, places: Places) -> Points | None:
    """Give a way between two places, (count, D), if any search of this walk has found it, in either direction."""
    found, (start, end) = _kept(desk, way, count), places
    if places in found:
        return found[places]
    return found[end, start][::-1] if (end, start) in found else None


def _kept(desk: Desk, way: str, count: int) -> dict[Places, Points]:
    return desk.memory.kept(desk.session, (way, count))
