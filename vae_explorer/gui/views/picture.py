"""The middle of the window: the digit that z decodes to, beside it the drawing that z came from, and below it what can
be told of both."""

import time
import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

import numpy as np

from vae_explorer.gui import preload
from vae_explorer.gui.desk.decoding import Asker, Names
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.sign import Sign
from vae_explorer.gui.widgets.later import Later
from vae_explorer.images import Pixels
from vae_explorer.session.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.views.answers.column import Answers
    from vae_explorer.gui.views.beside import Beside
    from vae_explorer.gui.views.canvas import DigitCanvas
    from vae_explorer.gui.views.ink.view import Ink

SIDE, MARGIN = 260, 16  # pixels of the design: of the canvas before it has its place, and around the digit
LEAST = 64, 72  # pixels of the design: of the digit's canvas and of the column below it, where there is little room
GAP = 4  # the same, between the name of the digit and what is below it
LINE = 2  # the same, around a digit that has the focus
BELOW = 16 + 8  # the same, of the space around the button at the foot
WIDE = 360  # pixels of the design, from which on the drawing stands right of the digit and not below it
LOOK_MS = 5  # between two looks whether a thread is done
MODELS = "the model's"


class Picture:
    """The digit; `decode_s` is how long the last decode took.

    It keeps the window waiting for nothing: `digit` is None until its canvas is imported, and `ink` and `answers`, what
    paints on it and the column below it, are None until `begin`, when it can be seen.
    """

    def __init__(self, parent: tk.Misc, desk: Desk, painted: Callable[[], None]) -> None:
        """painted: called when the digit can be seen, and after each full draw."""
        self._desk, self._theme, self._painted = desk, desk.theme, painted
        self.decode_s = 0.0
        self.digit: DigitCanvas | None = None
        self.ink: Ink | None = None
        self.answers: Answers | None = None
        self.beside: Beside | None = None  # made for the first drawing
        self.compared = False  # whether it is seen
        self._shown: object = None
        px = desk.theme.px
        self.widget = ttk.Frame(parent, padding=(0, 0, 0, px(16)))
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(3, weight=1)  # the column takes what is left over, and scrolls
        self._stage = ttk.Frame(self.widget, width=px(SIDE), height=px(SIDE))
        self._stage.grid(row=0, column=0, sticky="nsew")
        self._models = ttk.Label(self.widget, text=MODELS)
        self.saving = Buttons(self.widget, desk, [desk.actions["save"]], 1)
        self.saving.widget.grid(row=4, columnspan=2, pady=(px(8), 0))
        self.widget.bind("<Configure>", lambda _event: self._fit())
        self._sign = Sign(self._stage, desk.theme)
        self._asker = Asker(desk.decoding, self._stage, urgent=True, failed=self._sign.fail)
        self._making = Later(self.widget, self._make, LOOK_MS)
        self._make()

    def _make(self) -> None:
        """Make the digit's canvas as soon as it is imported."""
        if preload.importing().is_alive():
            self._making.ask()
            return
        from vae_explorer.gui.views.canvas import DigitCanvas

        settings, margin, shape = self._desk.memory.settings, self._theme.px(MARGIN), self._desk.space.shape
        self.digit = DigitCanvas(self._stage, self._theme, margin, settings.look, settings.colours, shape)
        self.digit.widget.place(relwidth=1, relheight=1)
        self.digit.widget.configure(takefocus=False)  # no key does anything there
        self.digit.canvas.mpl_connect("draw_event", lambda _event: self._seen())
        self._shown = None  # what was asked for before is shown now
        self.show(self._desk.session.state)

    def _seen(self) -> None:
        """The digit is on the screen: begin with what takes longest of all that is told of it."""
        density = self._desk.space.density
        if density is not None and "place" in self._desk.memory.settings.unfolded:
            density.preparing()
        self._painted()

    def begin(self) -> None:
        """The digit is on the screen: now what can be told of it."""
        from vae_explorer.gui.views.answers.column import Answers
        from vae_explorer.gui.views.ink.view import Ink

        assert self.digit is not None, "it can be seen"
        margin = self._theme.px(MARGIN)
        self.ink = Ink(self.widget, self._desk, self.digit)
        self.ink.widget.grid(row=1, columnspan=2, sticky="ew", padx=margin, pady=(0, self._theme.px(GAP)))
        self.ink.widget.bind("<Configure>", lambda _event: self._fit())
        self.answers = Answers(self.widget, self._desk, self.widget.winfo_width() - margin)
        self.answers.widget.grid(row=3, columnspan=2, sticky="nsew", padx=(margin, 0))
        self.answers.widget.lower(self.saving.widget)  # Tab follows the order in which they lie
        self.ink.widget.lower(self.answers.widget)
        self.answers.show(self._desk.session.state)

    @property
    def ready(self) -> bool:
        """Whether the digit can be seen, and what is told of it."""
        return self.digit is not None and self.digit.ready and self.answers is not None and self.answers.ready

    def switch_ink(self) -> None:
        """Begin to paint on the digit, or end it, once the digit can be seen."""
        if self.ink is not None:
            self.ink.switch()

    def switch_ink_colour(self) -> None:
        """Paint on the digit with the other ink, once the digit can be seen."""
        if self.ink is not None:
            self.ink.switch_colour()

    def show(self, state: State) -> None:
        """Decode z and show it, unless it is shown already; and what is told of it."""
        shown = state.z, state.encoded, state.drawing if state.encoded else None
        if shown != self._shown:
            self._shown = shown
            self._asker.pixels({"digit": np.array([state.z])}, partial(self._take, state, time.perf_counter()))
            if self._asker.wanted:
                self._sign.wait()
        if self.ink is not None:
            self.ink.show(state)
        if self.answers is not None:
            self.answers.show(state)

    def _take(self, state: State, asked: float, _names: Names, pixels: Pixels) -> None:
        """Show what was decoded at a state, which may not be the newest any more, and was asked for at a time."""
        self.decode_s = time.perf_counter() - asked
        self._sign.rest()
        if self._asker.wanted:
            self._sign.wait()  # for the newest
        if self.digit is not None:
            self.digit.show(pixels[0])
        self._compare(state, pixels[0])

    def _compare(self, state: State, levels: Pixels) -> None:
        """Show the drawing beside its reconstruction; without one the digit has the width for itself."""
        if state.encoded:
            if self.beside is None:
                self.beside = self._make_beside()
            self.beside.show(state.drawing.levels, levels)
        if state.encoded != self.compared:
            self.compared = state.encoded
            self._fit()

    def _make_beside(self) -> "Beside":
        from vae_explorer.gui.views.beside import Beside

        space = self._desk.space
        beside = Beside(self.widget, self._theme, self._desk.look, space.shape, space.worded)
        beside.widget.bind("<Configure>", lambda _event: self._fit())  # only then is known how large it is
        return beside

    def _fit(self) -> None:
        """Give the digit all the width, and so much of the height that the column below it keeps some."""
        px = self._theme.px
        width, height = self.widget.winfo_width(), self.widget.winfo_height()
        room = height - self.saving.widget.winfo_reqheight() - px(BELOW) - px(LEAST[1])
        if self.ink is not None:
            room -= self.ink.widget.winfo_reqheight() + px(GAP)
        if self.beside is not None:
            wide, high = self._place(self.beside) if self.compared else self._displace(self.beside)
            width, room = width - wide, room - high
        _, h, w = self._desk.space.shape
        around = 2 * px(MARGIN)
        wanted = max(px(LEAST[0]), min(round((width - around) * h / w) + around, room))
        if wanted != self._stage.winfo_reqheight():
            self._stage.configure(height=wanted)

    def _place(self, beside: "Beside") -> tuple[int, int]:
        """Put the drawing below the digit, or where there is room right of it; give what that takes of width and
        height."""
        below, margin = self.widget.winfo_width() < self._theme.px(WIDE), self._theme.px(MARGIN)
        beside.lay(below)
        gap = max(0, self._models.winfo_reqheight() - margin) + self._theme.px(GAP)  # the name hangs into it
        self._stage.grid(pady=(0, gap))
        self._models.place(in_=self._stage, relx=0.5, rely=1.0, y=self._theme.px(LINE) - margin, anchor="n")
        if below:
            beside.widget.grid(row=2, column=0, padx=0, pady=0, sticky="")
            return 0, beside.widget.winfo_reqheight() + gap
        beside.widget.grid(row=0, column=1, padx=(0, margin), pady=(margin, 0), sticky="n")
        return beside.widget.winfo_reqwidth() + margin, gap

    def _displace(self, beside: "Beside") -> tuple[int, int]:
        """Take the drawing away."""
        beside.widget.grid_remove()
        self._models.place_forget()
        self._stage.grid(pady=0)
        return 0, 0
