"""The photo of a drawing made anew by other steps, beside the window. Knows the desk."""

import logging
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from vae_explorer.errors import Failure
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.jobs import Job
from vae_explorer.session import photos, subject
from vae_explorer.session.photos import Brought

if TYPE_CHECKING:
    from vae_explorer.datasets.prepare import Steps

log = logging.getLogger(__name__)


class Preparing:
    """Makes one photo at a time; of several switches that are turned soon after each other the last counts."""

    def __init__(self, desk: Desk, widget: tk.Misc, ended: Callable[[], None]) -> None:
        """ended: called, as long as the widget is there, when it is known which steps the drawing has."""
        self._desk, self._widget, self._ended = desk, widget, ended

    def start(self, brought: Brought, steps: "Steps") -> None:
        """Make the photo of the drawing anew by other steps, as one step of undo; the strokes over it stay."""
        space, ground = self._desk.space, self._desk.session.state.drawing.ground

        def _make(_job: Job) -> Brought:
            return photos.brought(space, brought.photo, steps)

        done = partial(self._done, ground)
        self._desk.work.start("prepare", "Preparing the picture…", _make, done, self._failed, self._stopped)

    def _done(self, ground: bytes, made: Brought) -> None:
        """Let the encoder read what was made, unless another picture is on the pad by now."""
        session = self._desk.session
        drawing = session.state.drawing
        if drawing.ground == ground:
            session.photos.keep(made)
            session.commit(**subject.drawn(session.space, replace(drawing, ground=made.drawing.ground)))
        self._end()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Failure):
            log.error("the picture was not prepared", exc_info=error)
        if self._widget.winfo_exists():
            self._desk.status.say(f"The step was not switched: {error}")
        self._end()

    def _stopped(self) -> None:
        """A person has stopped it, or the steps that were switched next are on their way."""
        if self._desk.work.current("prepare") is None:
            self._end()

    def _end(self) -> None:
        if self._widget.winfo_exists():  # else another view has taken its place, as with another theme
            self._ended()
