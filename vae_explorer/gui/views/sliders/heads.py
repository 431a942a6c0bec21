"""The head of a row: the name of a latent dimension and how much it tells, as a number and as a bar. Knows Tk only."""

import tkinter as tk
from tkinter import font

from vae_explorer.gui.looks.theme import BOLD, FONT, Theme
from vae_explorer.gui.widgets.tooltip import Tooltip

BAR = 6  # pixels of the design, its height
BITS = 1.44  # in a nat: 1 / ln 2


class Head:
    """Two lines that stand closer than labels would; one where nothing is known of the second."""

    def __init__(self, parent: tk.Misc, dim: int, kl: float | None, most: float, width: int, theme: Theme) -> None:
        """kl: of the dimension, in nats, None where it is not known; most: that of the dimension which tells most."""
        self._name, self._nats = f"z{dim}", "" if kl is None else f"{format_nats(kl)} nats"
        self._line = font.nametofont(FONT, parent).metrics("linespace")
        colours = theme.colours
        self.canvas = tk.Canvas(
            parent, background=colours.surface, highlightthickness=0, borderwidth=0, width=width,
            height=self._line * (1 if kl is None else 2), cursor="hand2",
        )  # fmt: skip
        self.canvas.create_text(0, 0, anchor="nw", text=self._name, font=BOLD, fill=colours.text)
        Tooltip(self.canvas, self._tip, theme)
        if kl is not None:
            left = font.nametofont(BOLD, parent).measure(self._name) + theme.px(8)
            top = (self._line - theme.px(BAR)) // 2
            share = min(max(kl / most, 0.0), 1.0) if most > 0 else 0.0
            for right, fill in ((width, colours.border), (left + round((width - left) * share), colours.muted)):
                self.canvas.create_rectangle(left, top, right, top + theme.px(BAR), fill=fill, width=0)
            self.canvas.create_text(0, self._line, anchor="nw", text=self._nats, fill=colours.muted, font=FONT)

    def _tip(self) -> str:
        """What the second line means; on the first one, the card of the dimension opens."""
        if self.canvas.winfo_pointery() - self.canvas.winfo_rooty() < self._line or not self._nats:
            return ""
        return f"{self._name} tells {self._nats} about a picture, on average; a nat is {BITS} bits, and 0 tells nothing"


def format_nats(kl: float) -> str:
    """One decimal; in powers of ten where a strange model would make it long."""
    return f"{kl:z.1f}" if abs(kl) < 1000 else f"{kl:.0e}"
