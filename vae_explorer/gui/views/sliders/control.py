"""A slider and its strip, which are one control, and a typed value beside them. Calls what moves the value, and shows
what it is told to; knows no session."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from math import ceil, floor
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.sliders.strips import Strip
from vae_explorer.gui.views.sliders.travel import Quantity
from vae_explorer.gui.views.sliders.values import ValueEntry
from vae_explorer.gui.widgets.tooltip import Tooltip

_THUMB = 12  # pixels of the design, as the theme draws it
_GAP = 4  # pixels of the design, between what stands on the left and the strip


class Control(ttk.Frame):
    """The thumb stands under the tile of its value. What stands over the entry is put into row 0, column 0."""

    def __init__(
        self, parent: tk.Misc, quantity: Quantity, strip: Callable[[tk.Misc], Strip], chars: int, theme: Theme,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        """strip: makes the strip. chars: of the entry. say: called with the reason why a typed value cannot be."""
        super().__init__(parent)
        self._quantity, self._theme = quantity, theme
        self._value = tk.DoubleVar(self)
        self.columnconfigure(1, weight=1)
        written = quantity.write, quantity.read
        self.entry = ValueEntry(self, quantity.name, *written, self.now, self._set, say, chars)  # Tab comes to it first
        self.entry.grid(row=1, column=0, sticky="w")
        self.strip = strip(self)
        self.strip.canvas.grid(row=0, column=1, sticky="new", padx=(theme.px(_GAP), 0))
        self.strip.canvas.bind("<Button-1>", self._focus, add=True)
        self.strip.on_move(self.move, self.rest)
        Tooltip(self.strip.canvas, self.strip_tip, theme)
        self.scale: ttk.Scale = self._scale()

    def _focus(self, _event: object) -> None:
        self.scale.focus_set()

    def strip_tip(self) -> str:
        """Say what lies under the pointer on the strip."""
        return self.strip.tip(self._quantity.name)

    def now(self) -> float:
        """Give the value as it is."""
        raise NotImplementedError

    def move(self, value: float) -> None:
        """Let the value be another, on the way to where it will rest."""
        raise NotImplementedError

    def rest(self) -> None:
        """Let the value be what it is: one step of undo."""
        raise NotImplementedError

    @property
    def left(self) -> int:
        """How many pixels stand on the left of the strip, but for the space between."""
        return self.entry.winfo_reqwidth()

    @property
    def height(self) -> int:
        """How many pixels it needs from top to bottom."""
        upper, lower = (*self.grid_slaves(row=0, column=0), self.strip.canvas), (self.entry, self.scale)
        return sum(max(each.winfo_reqheight() for each in line) for line in (upper, lower))

    def _scale(self) -> ttk.Scale:
        quantity = self._quantity
        low, high = quantity.travel.low, quantity.travel.high
        scale = ttk.Scale(self, from_=low, to=high, variable=self._value, takefocus=True)
        scale.configure(command=lambda text: self.move(float(text)))
        scale.grid(row=1, column=1, sticky="ew")
        scale.bind("<ButtonRelease-1>", lambda _event: self.rest())
        for up, down, step in (
            ("<Right>", "<Left>", quantity.step),
            ("<Shift-Right>", "<Shift-Left>", quantity.fine),
            ("<Prior>", "<Next>", quantity.page),
            ("<<WheelUp>>", "<<WheelDown>>", quantity.step),
            ("<<WheelRight>>", "<<WheelLeft>>", quantity.step),
        ):
            scale.bind(up, partial(self._step, step))
            scale.bind(down, partial(self._step, -step))
        for sequence, value in (("<Home>", quantity.centre), ("<Double-Button-1>", quantity.centre), ("<End>", high)):
            scale.bind(sequence, partial(self._put, value))
        return scale

    def resize(self, width: int) -> None:
        """Give the strip its width; the slider's travel ends in the middle of the outermost tiles."""
        thumb, travel = self._theme.px(_THUMB) / 2, self._quantity.travel
        # Rounded to the right, because ttk rounds to the left: nowhere is the thumb a whole pixel beside its place.
        left = max(0, ceil(travel.place(travel.low, width) - thumb))
        right = max(0, floor(width - travel.place(travel.high, width) - thumb))  # half a tile is narrower than a thumb
        self.strip.resize(width)
        self.scale.grid(padx=(left + self._theme.px(_GAP), right))

    def put(self, value: float) -> None:
        """Put the thumb where a value is. Setting the variable never calls back."""
        if self._value.get() != value:
            self._value.set(value)

    def _set(self, value: float) -> None:
        self.move(value)
        self.rest()

    def _step(self, step: float, _event: object) -> None:
        """Move by a key, to a limit that a value beyond the slider's range has passed already."""
        value, travel = self.now(), self._quantity.travel
        low, high = min(travel.low, value), max(travel.high, value)
        self._set(min(max(round(value + step, 6), low), high))

    def _put(self, value: float, _event: object) -> str:
        self._set(value)
        return "break"  # Home is the window's, too, and a second click would press the thumb
