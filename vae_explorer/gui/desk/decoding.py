"""What views ask of the decoder. What it answers within a frame is answered in the same call; the rest is computed
beside the window, in small steps one after the other, so that no hand waits. Knows the codec and jobs; no view.

Who asks is an `Asker`. What it asked last is answered, and what it asked before is dropped, but for the step that is
under way: where a hand moves for seconds, pictures come one after the other and not only when it rests.
"""

import logging
import tkinter as tk
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from vae_explorer.codecs.codec import MOST_A_STEP, Codec
from vae_explorer.errors import Failure, explain
from vae_explorer.gui.desk.status import Status
from vae_explorer.gui.desk.steps import Pace, Wanted, in_one, taken
from vae_explorer.gui.desk.work import Work
from vae_explorer.gui.widgets.later import Later
from vae_explorer.images import Floats, Pixels
from vae_explorer.jobs import Job
from vae_explorer.space.latent import Points

log = logging.getLogger(__name__)
T = TypeVar("T")

LOOK_MS = 5  # between two looks whether a step is done

Names = Sequence[Any]  # of parts, whose types their asker knows


class Decoding:
    """The askers of one window on one model, and the one step that is under way, if any."""

    def __init__(self, widget: tk.Misc, codec: Codec, work: Work, status: Status) -> None:
        """widget: with which it looks no more."""
        self.codec, self._work, self._status = codec, work, status
        self._askers: list[Asker] = []
        self._job: Job | None = None
        self.pace = Pace(codec)
        self._looking = Later(widget, self._look, LOOK_MS)

    @property
    def waiting(self) -> bool:
        """Whether anything that is seen is still to be computed."""
        return self._job is not None or self._next() is not None

    def at_once(self, points: int) -> bool:
        """Whether so many points are decoded so quickly that they need not be decoded beside the window."""
        return not self.codec.slow and points * prod(self.codec.shape) <= MOST_A_STEP

    def join(self, asker: "Asker") -> None:
        """Answer an asker from now on, the urgent ones first."""
        self._askers = sorted([*self._askers, asker], key=lambda each: not each.urgent)

    def leave(self, asker: "Asker") -> None:
        """Answer an asker no more."""
        self._askers = [each for each in self._askers if each is not asker]

    def go_on(self) -> None:
        """Take the next step, unless one is under way."""
        if self._job is None and (found := self._next()) is not None:
            asker, name = found
            wanted = asker.wanted[name]
            done, failed = partial(self._done, asker, name, wanted), partial(self._failed, asker, name, wanted)
            self._job = self._work.start("decode", "", partial(taken, wanted.steps), done, failed)
            self._looking.ask()

    def tell(self, error: Exception) -> None:
        """Say why something could not be computed. What is no Failure is a mistake of ours."""
        if isinstance(error, Failure):
            self._status.say(explain(error))
        else:
            log.error("the decoder was asked in vain", exc_info=error)
            self._status.say(f"Something went wrong: {error}")

    def close(self) -> None:
        """Answer nobody any more."""
        self._askers.clear()
        self._looking.cancel()
        if self._job is not None:
            self._work.cancel(self._job)

    def _next(self) -> "tuple[Asker, Hashable] | None":
        """What to compute next: of those that are seen, what the first waits for."""
        for asker in self._askers:
            if asker.wanted and asker.widget.winfo_viewable():
                return asker, next(iter(asker.wanted))
        return None

    def _look(self) -> None:
        self._work.tell()
        if self._job is not None:
            self._looking.ask()

    def _done(self, asker: "Asker", name: Hashable, wanted: Wanted, made: tuple[Any] | None) -> None:
        """A step was taken; made: what came of it, where it was the last."""
        self._job = None
        if made is not None and asker.takes(name, wanted):
            wanted.then(made[0])
        self.go_on()

    def _failed(self, asker: "Asker", name: Hashable, wanted: Wanted, error: Exception) -> None:
        self._job = None
        if asker.takes(name, wanted):
            self.tell(error)
            asker.failed()
        self.go_on()


class Asker:
    """One who asks, on a widget: nothing is computed for it while that is not seen."""

    def __init__(
        self, decoding: Decoding, widget: tk.Misc, urgent: bool = False, failed: Callable[[], None] = lambda: None
    ) -> None:
        """urgent: whether it is answered before others. failed: called when something could not be computed, and why
        has been said."""
        self._decoding, self.widget, self.urgent, self.failed = decoding, widget, urgent, failed
        self.wanted: dict[Hashable, Wanted] = {}
        decoding.join(self)
        widget.bind("<Map>", lambda _event: decoding.go_on(), add=True)
        widget.bind("<Destroy>", lambda event: self._leave() if event.widget is widget else None, add=True)

    def pixels(self, parts: Mapping[Any, Points], show: Callable[[Names, Pixels], None]) -> None:
        """Ask for the pixels of points, each (N, D), by names. show: called with names and the pixels of their points
        one after the other: with all in this call where that is quick, else with each when it is decoded."""
        self._decoded(self._decoding.codec.pixels, parts, show)

    def images(self, parts: Mapping[Any, Points], show: Callable[[Names, Floats], None]) -> None:
        """Ask for images, (N, C, H, W) in [-1, 1], as `pixels` does for pixels."""
        self._decoded(self._decoding.codec.decode, parts, show)

    def answer(self, key: Hashable, points: int, make: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask for what make() gives, which decodes so many points. key: what it is made of."""
        if self._decoding.at_once(points):
            self._now(make, then)
        else:
            self._beside({"": Wanted(key, in_one(make), then)})

    def drop(self) -> None:
        """Want nothing any more."""
        self.wanted.clear()

    def takes(self, name: Hashable, wanted: Wanted) -> bool:
        """Whether an answer is still of use; what was answered is wanted no more."""
        of_use = name in self.wanted
        if self.wanted.get(name) is wanted:
            del self.wanted[name]
        return of_use

    def _decoded(
        self, decode: Callable[[Points], NDArray[Any]], parts: Mapping[Any, Points], show: Callable[[Names, Any], None]
    ) -> None:
        if parts and self._decoding.at_once(sum(map(len, parts.values()))):
            joined = np.concatenate([*parts.values()]) if len(parts) > 1 else next(iter(parts.values()))
            self._now(lambda: decode(joined), partial(show, [*parts]))
            return
        steps = partial(self._decoding.pace.decoded, decode)
        self._beside({n: Wanted(each.tobytes(), steps(each), partial(show, [n])) for n, each in parts.items()})

    def _leave(self) -> None:
        """Hold nothing of the view, which goes with its widget: else its pictures would wait for the garbage, which
        another thread may collect."""
        self.drop()
        self.failed = lambda: None
        self._decoding.leave(self)

    def _now(self, make: Callable[[], T], then: Callable[[T], None]) -> None:
        self.drop()
        try:
            made = make()
        except Failure as error:
            self._decoding.tell(error)
            self.failed()
        else:
            then(made)

    def _beside(self, wanted: dict[Hashable, Wanted]) -> None:
        """Want these and nothing else; what was wanted already goes on."""
        for name, each in wanted.items():
            before = self.wanted.get(name)
            if before is not None and before.key == each.key:
                before.then = each.then
                wanted[name] = before
        self.wanted = wanted
        self._decoding.go_on()
