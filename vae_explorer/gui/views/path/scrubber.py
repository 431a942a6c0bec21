"""A slider along a way, from 0 to 1, under the digits of it. Knows Tk only."""

import math
import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.widgets.tooltip import Tooltip

STEPS = {"<Left>": -0.1, "<Right>": 0.1, "<Shift-Left>": -0.01, "<Shift-Right>": 0.01}  # as of the sliders of z
HOW = "Drag it, or use ← and →; Space plays it"
THUMB = 12  # pixels of the design, how wide the theme's is


class Scrubber:
    """The slider. The hand on it, or its keys, ask to go somewhere and then to rest there; it follows what is shown."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        go: Callable[[float], None],
        rest: Callable[[], None],
        play: Callable[[], None],
    ) -> None:
        """go: called with a share, 0 to 1, on the way; rest: when the hand lets go; play: for the space key."""
        self._theme, self._go, self._play = theme, go, play
        self._share = tk.DoubleVar(parent)
        self.widget = ttk.Scale(parent, from_=0, to=1, variable=self._share, takefocus=True)
        self.widget.configure(command=lambda text: go(float(text)))
        self.widget.bind("<ButtonRelease-1>", lambda _event: rest())
        for key, step in STEPS.items():
            self.widget.bind(key, partial(self._by, step))
        self.widget.bind("<Home>", lambda _event: self._to(0))
        self.widget.bind("<End>", lambda _event: self._to(1))
        self.widget.bind("<KeyRelease>", lambda _event: rest())
        self.widget.bind("<space>", self._space)
        self._off = 0.0
        Tooltip(self.widget, self._tip, theme)

    def show(self, share: float, off: float = 0.0) -> None:
        """Put the thumb somewhere; hollow where z lies beside the way, so far off, and this is only the nearest place.

        Setting the variable never calls back.
        """
        if self._share.get() != share:
            self._share.set(share)
        if bool(off) != bool(self._off):
            self.widget.state(["alternate" if off else "!alternate"])
        self._off = off

    def _tip(self) -> str:
        if math.isfinite(self._off) and self._off:
            return f"You are beside the chosen way, {self._off:.2f} off; this is where it comes nearest. {HOW}"
        return f"Where you are on the chosen way. {HOW}"

    def stand(self, digit: float, width: float, whole: int) -> None:
        """Put the middle of the thumb at 0 under the middle of the first of the digits, and at 1 under the last one's.

        digit: the width of one, width: of all digits together, whole: of the place; in pixels of the screen.
        """
        beside = max(0, round((digit - self._theme.px(THUMB)) / 2))
        self.widget.grid_configure(padx=(beside, max(0, round(whole - width) + beside)))

    def _space(self, _event: object) -> str:
        self._play()
        return "break"

    def _by(self, step: float, _event: object) -> str:
        return self._to(self._share.get() + step)

    def _to(self, share: float) -> str:
        share = min(max(share, 0.0), 1.0)
        self.show(share)  # now: a key that is held comes again before the next frame
        self._go(share)
        return "break"
