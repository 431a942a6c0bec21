"""Other answers to a stroke, as small pictures to choose from; found beside the window. Knows the desk and what was
asked for."""

import logging
from functools import partial
from tkinter import ttk
from typing import Final

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.toggles import TOGGLE
from vae_explorer.gui.views.ink.painting import Wish, Z
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import fitted
from vae_explorer.jobs import Job
from vae_explorer.session.action import a
from vae_explorer.session.state import State
from vae_explorer.space import inking, places
from vae_explorer.space.space import point

log = logging.getLogger(__name__)

QUEUE: Final = "ink"
TITLE = "Looking for other digits with that ink…"
SIDE, GAP = 32, 4  # pixels of the design: of a picture's longer side, and between two
THERE = 0.1  # the mean squared error of a digit that has the ink already, of pixels in [-1, 1]: a sixth of the range
ABOUT = "What came of your stroke", "Another answer to your stroke"  # the first of them, and the others


class Others:
    """Up to three pictures in a row; that of where one is is pressed. They go when z is moved by anything else."""

    def __init__(self, parent: ttk.Frame, desk: Desk) -> None:
        self._desk, px = desk, desk.theme.px
        self._answers: tuple[Z, ...] = ()
        self._wish: Wish | None = None  # what they answer
        self._asked: Z | None = None  # for which others are looked for
        _, height, width = desk.space.shape
        self._size = fitted((height, width), (px(SIDE), px(SIDE)))
        self._photos = [Photo(parent) for _ in range(inking.MOST)]
        self.buttons = [
            ttk.Checkbutton(parent, image=photo.image, style=TOGGLE, command=partial(self._take, k), padding=px(2))
            for k, photo in enumerate(self._photos)
        ]
        for k, (button, photo) in enumerate(zip(self.buttons, self._photos, strict=True)):
            photo.show(np.zeros(self._size[::-1], np.uint8))  # so that its place is as large
            button.state(["!alternate"])
            Tooltip(button, partial(self._explain, k), desk.theme)
        parent.bind("<Destroy>", lambda _event: self._stop())

    @property
    def height(self) -> int:
        """How much room they need, also while there are none."""
        return self.buttons[0].winfo_reqheight()

    def seek(self, wish: Wish, z: Z) -> None:
        """Say how near z, which came of a stroke, is to what the stroke asked for, and look for other answers."""
        self._show_answers(())
        self._wish = wish
        self._desk.status.say(outcome(wish, z))

        def _search(job: Job) -> tuple[Z, ...]:
            return tuple(map(point, inking.alternatives(wish.inking, wish.paint, wish.mask, z, job.cancelled)))

        self._desk.work.start(
            QUEUE, self._desk.space.worded(TITLE), _search, partial(self._found, z), self._failed, self._stopped
        )
        self._asked = z  # not before: an older search was stopped just now

    def clear(self) -> None:
        """Look for no answers, and show none."""
        self._stop()
        self._show_answers(())

    def show(self, state: State) -> None:
        """Take the pictures away where z is none of theirs, or else show which it is."""
        if state.z != self._asked:
            self._stop()
        if self._answers and state.z not in self._answers:
            self._show_answers(())
        for z, button in zip(self._answers, self.buttons, strict=False):
            button.state(["selected" if z == state.z else "!selected"])

    def _found(self, z: Z, answers: tuple[Z, ...]) -> None:
        self._asked = None
        self._show_answers((z, *answers[1:]) if len(answers) > 1 else ())
        self.show(self._desk.session.state)

    def _failed(self, error: Exception) -> None:
        log.error("no other answers were found", exc_info=error)
        self._asked = None

    def _stopped(self) -> None:
        self._asked = None

    def _stop(self) -> None:
        """Look no further."""
        job = self._desk.work.current(QUEUE)
        if self._asked is not None and job is not None:
            self._desk.work.cancel(job)

    def _show_answers(self, answers: tuple[Z, ...]) -> None:
        """Show the picture of each, and no others."""
        self._answers, gap = answers, self._desk.theme.px(GAP)
        for k, (button, photo) in enumerate(zip(self.buttons, self._photos, strict=True)):
            if k < len(answers):
                [levels] = self._desk.space.codec.pixels(answers[k])
                photo.show(self._desk.look.picture(levels, self._size))
                button.grid(row=0, column=k, padx=(gap if k else 0, 0))
            else:
                button.grid_remove()

    def _take(self, k: int) -> None:
        """Go to an answer, as one step of undo."""
        self._desk.motion.stop()
        self._desk.session.commit(z=self._answers[k])
        if self._wish is not None:
            self._desk.status.say(outcome(self._wish, self._answers[k]))
        self.show(self._desk.session.state)  # a button that is pressed already has been switched off

    def _explain(self, k: int) -> str:
        """What an answer looks like, and how much of the data lies there."""
        if k >= len(self._answers):
            return ""
        z, space = self._answers[k], self._desk.space
        origin = ABOUT[bool(k)]
        if likeliest := space.likeliest(z):
            origin += f", which looks like {a(likeliest[0])}"
        return f"{origin}. {places.place(space, z).sentence}"


def outcome(wish: Wish, z: Z) -> str:
    """Say how near the model came to what a stroke asked for, and whether nothing kept it near the data."""
    before = wish.inking.error(wish.paint, wish.mask, [wish.inking.z])[0] / wish.mask.sum()
    if before < THERE:
        return wish.inking.space.worded("The digit had that ink already")
    gone = wish.inking.gone(wish.paint, wish.mask, z)
    share = f"{100 * max(gone, 0):.0f} % of its difference from your ink is gone"
    follows = gone >= 1 - inking.HALVED
    said = f"The digit follows: {share}" if follows else f"The model cannot draw that, only this: {share}"
    return wish.inking.space.worded(". ".join(filter(None, [said, wish.inking.space.no_data])))
