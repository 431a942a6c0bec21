"""One slider and one typed value for each latent dimension. Shows and moves the z of the session's State."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.scrolled import Scrolled
from vae_explorer.gui.theme import BOLD, FIXED, Theme
from vae_explorer.gui.tooltip import Tooltip
from vae_explorer.session import MAX_ABS_Z, Session, State

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
        self.scales = [self._scale(dim) for dim in range(len(self._values))]
        self.entries = [self._entry(dim) for dim in range(len(self._values))]

    def show(self, state: State) -> None:
        """Put thumbs and numbers where the state has them. Setting the variables never calls back."""
        for value, text, z in zip(self._values, self._texts, state.z, strict=True):
            if value.get() != z:
                value.set(z)
            if text.get() != format_value(z):
                text.set(format_value(z))

    def _scale(self, dim: int) -> ttk.Scale:
        inner, px = self.widget.inner, self._theme.px
        title = ttk.Label(inner, text=f"z{dim}", font=BOLD)
        title.grid(row=dim, column=0, sticky="w", padx=(0, px(8)), pady=px(4))
        scale = ttk.Scale(inner, from_=-RANGE, to=RANGE, variable=self._values[dim], takefocus=True)
        scale.configure(command=lambda text: self._move(dim, float(text)))
        scale.grid(row=dim, column=1, sticky="ew", pady=px(4))
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
        entry.grid(row=dim, column=2, padx=(px(8), px(4)), pady=px(4))
        Tooltip(entry, lambda: f"The value of z{dim}: type any from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}", self._theme)
        entry.bind("<Return>", lambda _event: self._typed(dim))
        entry.bind("<KP_Enter>", lambda _event: self._typed(dim))
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
