"""What the commands ask of a place or a drawing: the least change of class, another eps, a better posterior. What takes
long runs beside the window."""

import logging
import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.desk.memory import REFINED
from vae_explorer.jobs import Job
from vae_explorer.session import measurements, measuring, subject
from vae_explorer.session.action import a
from vae_explorer.session.bookmarks import MAX_NAME, Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.measurements import Measurement
from vae_explorer.session.state import Path
from vae_explorer.session.subject import Subject
from vae_explorer.space import change, refining
from vae_explorer.space.latent import Points
from vae_explorer.space.refining import Refined
from vae_explorer.space.space import point

log = logging.getLogger(__name__)

QUEUE: Final = "answer"
Z = tuple[float, ...]
T = TypeVar("T")


class Asking:
    """Asks of the session that is open, and tells it what was found."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        """desk: gives the one that there is now, which may be another when something is found."""
        self._desk = desk

    def change(self, label: int) -> None:
        """Find the least move of z until it looks like one of a class, and show it as a path."""
        session = self._desk().session
        classes, z, name = session.space.classes, session.state.z, a(session.space.class_names[label])
        assert classes is not None, "the command could not run"

        def _search(_job: Job) -> Points:
            return change.least(classes, z, label)

        self._start(session, f"Searching what would make it {name}…", _search, partial(self._changed, z, name))

    def _changed(self, start: Z, name: str, found: Points) -> None:
        """Show the least move as a path from where it was asked for."""
        desk, end = self._desk(), point(found)
        if end == start:
            desk.status.say(f"It looks like {name} already")
            return
        ends = Bookmark("here", start), Bookmark(f"least change to {name}"[:MAX_NAME].strip(), end)
        desk.motion.stop()
        desk.session.commit(path=Path(*ends))
        desk.status.say(f"The least change to {name} is a move of {math.dist(start, end):.2f}. Play shows it")

    def sample_eps(self) -> None:
        """Draw eps from N(0, I) by the session's chance and go to mu + sigma · eps."""
        session = self._desk().session
        self._go(session.chance.standard_normal(session.space.latent_dim))

    def back_to_mu(self) -> None:
        """Go to mu."""
        self._go(np.zeros(self._desk().space.latent_dim))

    def _go(self, eps: Points) -> None:
        """Go to mu + sigma · eps, as one step of undo; what is told stays about the same drawing."""
        session = self._desk().session
        state = session.state

        def _tell(about: Subject) -> None:
            posterior = about.posterior
            assert posterior is not None, "the command could not run"
            if session.state == state:
                self._desk().motion.stop()
                session.commit(z=point(posterior.at(eps)))

        if (known := session.known(state)) is not None:
            _tell(known)
        else:
            self._start(session, "Encoding what is decoded here…", lambda _job: session.subject(state), _tell)

    def refine(self) -> None:
        """Improve mu and sigma of the drawing by gradient, and go to the new mu."""
        session = self._desk().session
        state, codec = session.state, session.space.codec

        def _search(job: Job) -> Refined:
            about, progress = session.subject(state), partial(setattr, job, "progress")
            assert about.posterior is not None, "the command could not run"
            return refining.refine(codec, about.x, about.posterior, job.cancelled, progress)

        self._start(session, "Refining mu and sigma…", _search, partial(self._refined, subject.key(state)))

    def _refined(self, key: object, found: Refined) -> None:
        """Take the better posterior as one step of undo, unless another picture is looked at by now."""
        desk = self._desk()
        if subject.key(desk.session.state) != key:
            desk.status.say(desk.space.worded("mu and sigma were refined for a digit that has changed since"))
            return
        mu, logvar = (tuple(part.tolist()) for part in (found.posterior.mu, found.posterior.logvar))
        desk.memory.kept(desk.session, REFINED)[mu, logvar] = found
        desk.motion.stop()
        desk.session.commit(refined=(mu, logvar), z=point(mu))
        desk.status.say(f"Refining has won {found.won:.1f} ± {found.standard_error:.2f} nats")

    def measure(self) -> None:
        """Add a row to the table of measurements, of what is shown, and say what is in it."""
        session, state = self._desk().session, self._desk().session.state

        def _tell(row: Measurement) -> None:
            rows = (*session.state.measured, row)
            session.commit(measured=rows)
            known = ", ".join(filter(None, (row.label and a(row.label), measurements.sentence(row))))
            self._desk().status.say(f"Row {len(rows)} of Edit → Measurements…" + (known and f": {known}"))

        if session.space.codec.slow:
            self._start(session, "Measuring…", lambda _job: measuring.measured(session, state), _tell)
        else:
            _tell(measuring.measured(session))

    def _start(self, session: Session, title: str, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        """Work beside the window. What comes of it is told if the session is still open that it was asked for."""

        def _told(tell: Callable[[Any], None], value: object) -> None:
            if self._desk().session is session:
                tell(value)

        self._desk().work.start(QUEUE, title, work, partial(_told, done), partial(_told, self._failed))

    def _failed(self, error: Exception) -> None:
        """Say why nothing was found."""
        if not isinstance(error, ValueError | Failure):  # by which it is told that there is no such place
            log.error("nothing was found", exc_info=error)
        self._desk().status.say(f"Nothing was found: {plain.reason(error)}")
