"""One latent dimension: how much it tells, its strip of digits, its slider and its typed value. Moves its z of the
session's State, and shows what it is told to."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil, floor
from tkinter import ttk

from vae_explorer.gui.looks.coordinates import RANGE
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.sliders.heads import Head
from vae_explorer.gui.views.sliders.strips import Spread, Strip, place
from vae_explorer.gui.views.sliders.values import ValueEntry
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.history import Session
from vae_explorer.space.space import MAX_ABS_Z

STEP, FINE_STEP, PAGE_STEP = 0.1, 0.01, 1.0

_KEYS = {
    "<Left>": -STEP,
    "<Right>": STEP,
    "<Shift-Left>": -FINE_STEP,
    "<Shift-Right>": FINE_STEP,
    "<Prior>": PAGE_STEP,
    "<Next>": -PAGE_STEP,
    "<<WheelUp>>": STEP,
    "<<WheelDown>>": -STEP,
    "<<WheelRight>>": STEP,
    "<<WheelLeft>>": -STEP,
}
_THUMB = 12  # pixels of the design, as the theme draws it
_GAP = 4  # pixels of the design, between what stands on the left and the strip


@dataclass(frozen=True)
class Facts:
    """What an atlas tells of a dimension: its kl and the largest of all dimensions, in nats; between which values most
    of the data lie."""

    kl: float
    most: float
    band: tuple[float, float]


class Row(ttk.Frame):
    """A slider and its strip are one control: the thumb stands under the tile of its value."""

    def __init__(
        self, parent: tk.Misc, dim: int, facts: Facts | None, session: Session, theme: Theme, say: Callable[[str], None]
    ) -> None:
        """facts: None where there is no atlas. say: called with the reason why a typed value cannot be."""
        super().__init__(parent)
        self._dim, self._session, self._theme = dim, session, theme
        self._value = tk.DoubleVar(self)
        self.columnconfigure(1, weight=1)
        self.entry = self._entry(say)  # Tab follows the order in which they are made
        self.strip = self._strip(None if facts is None else facts.band)
        self.scale = self._scale()
        kl, most = (None, 0.0) if facts is None else (facts.kl, facts.most)
        self._head = Head(self, dim, kl, most, self.left, theme).canvas
        self._head.grid(row=0, column=0, sticky="nw")

    @property
    def left(self) -> int:
        """How many pixels stand on the left of the strip, but for the space between."""
        return self.entry.winfo_reqwidth()

    @property
    def height(self) -> int:
        """How many pixels it needs from top to bottom."""
        upper, lower = (self._head, self.strip.canvas), (self.entry, self.scale)
        return sum(max(each.winfo_reqheight() for each in line) for line in (upper, lower))

    def _entry(self, say: Callable[[str], None]) -> ValueEntry:
        name = f"z{self._dim}"
        entry = ValueEntry(self, name, lambda: self._session.state.z[self._dim], self._type, say)
        entry.grid(row=1, column=0, sticky="w")
        Tooltip(entry, lambda: f"The value of {name}: type any from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}", self._theme)
        return entry

    def _strip(self, band: tuple[float, float] | None) -> Strip:
        strip = Strip(self, self._theme, self._session.space.shape, band, self._session.space.encodes)
        strip.canvas.grid(row=0, column=1, sticky="new", padx=(self._theme.px(_GAP), 0))
        strip.canvas.bind("<Button-1>", lambda _event: self.scale.focus_set(), add=True)
        strip.on_move(self._move, self._session.commit)
        Tooltip(strip.canvas, lambda: strip.tip(f"z{self._dim}"), self._theme)
        return strip

    def _scale(self) -> ttk.Scale:
        scale = ttk.Scale(self, from_=-RANGE, to=RANGE, variable=self._value, takefocus=True)
        scale.configure(command=lambda text: self._move(float(text)))
        scale.grid(row=1, column=1, sticky="ew")
        scale.bind("<ButtonRelease-1>", lambda _event: self._session.commit())
        how = "drag, turn the wheel, or use ← and →; a double click sets it to 0"
        Tooltip(scale, lambda: f"z{self._dim}: {how}", self._theme)
        for key, step in _KEYS.items():
            scale.bind(key, partial(self._step, step))
        for sequence, value in (("<Home>", 0.0), ("<Double-Button-1>", 0.0), ("<End>", RANGE)):
            scale.bind(sequence, partial(self._put, value))
        return scale

    # ------------------------------------------------------------------ what is shown

    def resize(self, width: int) -> None:
        """Give the strip its width; the slider's travel ends in the middle of the outermost tiles."""
        thumb = self._theme.px(_THUMB) / 2
        # Rounded to the right, because ttk rounds to the left: nowhere is the thumb a whole pixel beside its place.
        left = max(0, ceil(place(-RANGE, width) - thumb))
        right = max(0, floor(width - place(RANGE, width) - thumb))  # half a tile is narrower than half a thumb
        self.strip.resize(width)
        self.scale.grid(padx=(left + self._theme.px(_GAP), right))

    def show(self, z: float, spread: Spread | None) -> None:
        """Put thumb, number and frame where a value is, and the mark of the encoder's where its mean is. Setting the
        variable never calls back."""
        if self._value.get() != z:
            self._value.set(z)
        self.entry.show(z)
        self.strip.frame(z)
        self.strip.tell(spread)

    # ------------------------------------------------------------------ what moves z

    def _move(self, value: float) -> None:
        z, dim = self._session.state.z, self._dim
        self._session.preview(z=(*z[:dim], value, *z[dim + 1 :]))

    def _type(self, value: float) -> None:
        self._move(value)
        self._session.commit()

    def _step(self, step: float, _event: object) -> None:
        """Move by a key, to a limit that a value beyond the slider's range has passed already."""
        value = self._session.state.z[self._dim]
        limit = max(RANGE, abs(value))
        self._type(min(max(round(value + step, 6), -limit), limit))

    def _put(self, value: float, _event: object) -> str:
        self._type(value)
        return "break"  # Home is the window's, too, and a second click would press the thumb
