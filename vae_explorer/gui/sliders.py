"""One slider and one typed value for each latent dimension. Shows and moves the z of the session's State."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.scrolled import Scrolled
from vae_explorer.gui.theme import BOLD, FIXED, Theme
from vae_explorer.gui.tooltip import Tooltip
from vae_explorer.session import MAX_ABS_Z, Session
from vae_explorer.state import State

RANGE = 3.0  # of the sliders; typed values reach further
STEP, FINE_STEP, PAGE_STEP = 0.1, 0.01, 1.0

_KEYS = {
    "<Left>": -STEP,
    "<Right>": STEP,
    "<Shift-Left>": -FINE_STEP,
    "<Shift-Right>": FINE_STEP,
    "<Prior>": PAGE_STEP,
    "<Next>": -PAGE_STEP,
}
_BUTTONS_DOWN = 0x700  # of an event's state: any of the three mouse buttons is held


class Sliders:
    """The rows of a model's latent dimensions, in an area that scrolls when there are many."""

    def __init__(self, parent: tk.Misc, session: Session, theme: Theme, say: Callable[[str], None]) -> None:
        """say: shows a sentence when a typed value cannot be used."""
        self.session, self._theme, self._say = session, theme, say
        self.widget = Scrolled(parent, theme.colours.surface)
        self.widget.inner.columnconfigure(1, weight=1)
        self._values = [tk.DoubleVar(parent) for _ in session.state.z]
        self._texts = [tk.StringVar(parent) for _ in session.state.z]
        self._axis().grid(row=0, column=1, sticky="ew")
        self.scales: list[ttk.Scale] = []
        self.entries: list[ttk.Entry] = []
        for dim in range(len(self._values)):  # Tab follows the order in which they are made
            self._title(dim).grid(row=dim + 1, column=0, sticky="w", padx=(0, theme.px(8)), pady=theme.px(4))
            self.scales.append(self._scale(dim))
            self.entries.append(self._entry(dim))

    def show(self, state: State) -> None:
        """Put thumbs and numbers where the state has them. Setting the variables never calls back."""
        for value, text, z in zip(self._values, self._texts, state.z, strict=True):
            if value.get() != z:
                value.set(z)
            if text.get() != format_value(z):
                text.set(format_value(z))

    def _axis(self) -> ttk.Frame:
        """The least, the middle and the largest value, each over its place of the sliders."""
        axis = ttk.Frame(self.widget.inner)
        axis.columnconfigure((0, 1, 2), weight=1, uniform="axis")
        for column, (text, side) in enumerate(((f"−{RANGE:g}", "w"), ("0", ""), (f"+{RANGE:g}", "e"))):
            ttk.Label(axis, text=text, style="Muted.TLabel").grid(row=0, column=column, sticky=side)
        return axis

    def _title(self, dim: int) -> ttk.Label:
        title = ttk.Label(self.widget.inner, text=f"z{dim}", font=BOLD)
        told = f"z{dim}: one of the numbers that the decoder turns into a picture; what it means shows when it moves"
        Tooltip(title, lambda: told, self._theme)
        return title

    def _scale(self, dim: int) -> ttk.Scale:
        inner, px = self.widget.inner, self._theme.px
        scale = ttk.Scale(inner, from_=-RANGE, to=RANGE, variable=self._values[dim], takefocus=True)
        scale.configure(command=lambda text: self._move(dim, float(text)))
        scale.grid(row=dim + 1, column=1, sticky="ew", pady=px(4))
        scale.bind("<Button-1>", lambda _event: scale.focus_set(), add=True)
        for button in (1, 2, 3):  # ttk moves the thumb with each of them
            scale.bind(f"<ButtonRelease-{button}>", lambda _event: self.session.commit(), add=True)
        Tooltip(
            scale, lambda: f"z{dim}: drag, turn the wheel, or use ← and →; a double click sets it to 0", self._theme
        )
        for key, step in _KEYS.items():
            scale.bind(key, partial(self._step, dim, step))
        scale.bind("<KeyRelease>", self._rest)  # ttk has keys of its own, such as End
        scale.bind("<Home>", partial(self._zero, dim))
        scale.bind("<Double-Button-1>", partial(self._zero, dim))
        for wheel, step in (("<Button-4>", STEP), ("<Button-5>", -STEP)):  # on X11
            scale.bind(wheel, partial(self._step, dim, step))
        scale.bind("<MouseWheel>", lambda event: self._step(dim, STEP if event.delta > 0 else -STEP, event))
        scale.bind("<Up>", partial(self._go_to, dim - 1))
        scale.bind("<Down>", partial(self._go_to, dim + 1))
        return scale

    def _entry(self, dim: int) -> ttk.Entry:
        inner, px = self.widget.inner, self._theme.px
        entry = ttk.Entry(inner, textvariable=self._texts[dim], width=6, justify="right", font=FIXED)
        entry.grid(row=dim + 1, column=2, padx=(px(8), px(4)), pady=px(4))
        Tooltip(entry, lambda: f"The value of z{dim}: type any from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}", self._theme)
        entry.bind("<Button-1>", self._take_up)
        for key in ("<Return>", "<KP_Enter>"):
            entry.bind(key, partial(self._accept, dim))
        entry.bind("<FocusOut>", lambda _event: self._typed(dim))
        entry.bind("<Escape>", lambda _event: self.show(self.session.state))
        return entry

    def _move(self, dim: int, value: float) -> None:
        z = self.session.state.z
        self.session.preview(z=(*z[:dim], value, *z[dim + 1 :]))

    def _step(self, dim: int, step: float, _event: object) -> str:
        """Move by a key, to a limit that a value beyond the slider's range has passed already."""
        value = self.session.state.z[dim]
        limit = max(RANGE, abs(value))
        self._move(dim, min(max(round(value + step, 6), -limit), limit))
        self.session.commit()
        return "break"  # not TScale's own steps of 1

    def _zero(self, dim: int, _event: object) -> str:
        self._move(dim, 0.0)
        self.session.commit()
        return "break"  # not TScale's own jump to −3

    def _rest(self, event: "tk.Event[ttk.Scale]") -> None:
        """Come to rest when a key is let go, unless the mouse still holds the thumb."""
        if not int(event.state) & _BUTTONS_DOWN:
            self.session.commit()

    def _go_to(self, dim: int, _event: object) -> str:
        self.scales[min(max(dim, 0), len(self.scales) - 1)].focus_set()
        return "break"  # not TScale's own steps of 1

    def _take_up(self, event: "tk.Event[ttk.Entry]") -> str | None:
        """Select the whole number at the first click, as Tab does, so that what is typed takes its place."""
        if event.widget.focus_get() is event.widget:
            return None
        event.widget.focus_set()
        _select(event.widget)
        return "break"  # not Entry's own cursor between the digits

    def _accept(self, dim: int, _event: object) -> None:
        """Take the typed number, and make way for the next one."""
        self._typed(dim)
        self.show(self.session.state)  # now: a text that comes with the next frame would undo the selection
        _select(self.entries[dim])

    def _typed(self, dim: int) -> None:
        text = self._texts[dim].get()
        if text == format_value(self.session.state.z[dim]):
            return  # untouched: the hidden digits of the value stay
        try:
            self._move(dim, parse_value(text))
            self.session.commit()
        except ValueError as error:
            self._say(f"z{dim}: {error}.")
            self.show(self.session.state)


def _select(entry: ttk.Entry) -> None:
    entry.selection_range(0, "end")
    entry.icursor("end")


def format_value(value: float) -> str:
    """Two decimals with a sign and a true minus; zero has none."""
    text = f"{value:+.2f}"
    return "0.00" if text[1:] == "0.00" else text.replace("-", "−")


def parse_value(text: str) -> float:
    """Read a typed number, with a true or a typewriter's minus, point or comma. Raises ValueError."""
    told = " ".join(text.split())[:20]  # one short line, whatever was pasted
    try:
        value = float(text.strip().replace("−", "-").replace(",", ".").replace("_", "no"))  # 1_0 is Python's ten
    except ValueError:
        raise ValueError(f"“{told}” is no number" if told else "an empty text is no number") from None
    if not abs(value) <= MAX_ABS_Z:
        raise ValueError(f"{told} is not between −{MAX_ABS_Z:g} and {MAX_ABS_Z:g}")
    return value
