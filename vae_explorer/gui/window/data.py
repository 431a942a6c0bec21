"""Test digits as the digit: one at random, or by its number or class; and the download of their data set."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from vae_explorer.datasets import home, mirrors
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.listing import DataError
from vae_explorer.datasets.originals import NotHereError, Originals
from vae_explorer.gui.desk import originals
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.window.digits import Digits, Failed
from vae_explorer.jobs import Job

if TYPE_CHECKING:
    from vae_explorer.datasets.split import Split

WHERE = f"{home.VARIABLE} may name the folder of that."


class Data:
    """What one window shows of the test images of its model's data set."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk], digits: Digits, failed: Failed) -> None:
        """desk: gives the desk of the views there are now. failed: says what was not done and why."""
        self._root, self._now, self._digits, self._failed = root, desk, digits, failed
        self._fetching: Job | None = None

    def random(self) -> None:
        """Take a test digit at random."""

        def _random(split: "Split") -> None:
            session = self._now().session
            self._take(split, session.originals.draw(session.chance))

        self._with(_random)

    def choose(self) -> None:
        """Ask which test digit, and take it."""
        from vae_explorer.gui.panels import original

        def _choose(split: "Split") -> None:
            desk, there = self._now(), self._now().session.originals
            draw = partial(there.draw, desk.session.chance)
            number = original.ask(self._root, desk.theme, desk.space, split.labels, draw)
            if number is not None and self._is_open(there):
                self._take(split, number)

        self._with(_choose)

    def fetch(self) -> None:
        """Say how large MNIST is and where it goes, and when that is wanted, download it beside the window."""
        from vae_explorer.datasets import mnist

        if self._is_fetched():
            return
        what = f"{mirrors.DOWNLOAD_SIZE} are downloaded to {home.cache()}, where training finds them too."
        if not dialogs.ask_whether(self._root, "Fetch MNIST?", what):
            return
        desk, read = self._now(), self._now().session.originals.read

        def _fetch(job: Job) -> "Split":
            return read(mnist.fetch(partial(setattr, job, "progress"), job.cancelled))

        def _done(split: "Split") -> None:
            self._now().status.say(f"MNIST is here: {len(split.labels):,} test digits")

        failed = partial(self._failed, "MNIST was not fetched")
        self._fetching = originals.start(desk, "Fetching MNIST…", _fetch, _done, failed)

    def _is_fetched(self) -> bool:
        """Whether a download is under way; then say so."""
        job = self._now().work.current("data")
        fetching = job is not None and job is self._fetching
        if fetching:
            self._now().status.say("MNIST is being fetched; when it is here, there are test digits")
        return fetching

    def _with(self, then: "Callable[[Split], None]") -> None:
        """Do something with the test images, which are read first where that has not been done."""
        there = self._now().session.originals
        if there.split is not None:
            then(there.split)
        elif not self._is_fetched():
            originals.read(self._now(), lambda split: then(split) if self._is_open(there) else None, self._missing)

    def _is_open(self, there: Originals) -> bool:
        """Whether no other model has been opened since."""
        return self._now().session.originals is there

    def _missing(self, error: Exception) -> None:
        if isinstance(error, NotHereError) and self._now().session.originals.is_mnist:
            self.fetch()
        else:
            if isinstance(error, DataError):
                error = DataError(f"{str(error)[:1].upper()}{str(error)[1:].removesuffix('.')}. {WHERE}")
            self._failed(self._now().space.worded("There are no test digits"), error)

    def _take(self, split: "Split", number: int) -> None:
        desk, label = self._now(), int(split.labels[number])
        name, what = desk.space.class_names.get(label, str(label)), desk.space.worded("Test digit")
        self._digits.take(Drawing.of(split.images[number]), f"{what} {number}: the data set calls it {name}")
