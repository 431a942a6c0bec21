"""The head of a row: the name of a latent dimension and how much it tells, as a number and as a bar. Knows Tk only."""

import tkinter as tk
from tkinter import font

from vae_explorer.gui.looks.theme import BOLD, FONT, Theme
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names

BAR = 6  # pixels of the design, its height
BITS = 1.44  # in a nat: 1 / ln 2


class Head:
    """Two lines that stand closer than labels would; one where nothing is known of the second."""

    def __init__(self, parent: tk.Misc, dim: int, kl: float | None, most: float, width: int, theme: Theme) -> None:
        """kl: of the dimension, in nats, None where it is not known; most: that of the dimension which tells most."""
        self._dim, self._nats, self._width = dim, "" if kl is None else f"{format_nats(kl)} nats", width
        self._share = min(max(kl / most, 0.0), 1.0) if kl is not None and most > 0 else 0.0
        self._bold, self._px = font.nametofont(BOLD, parent), theme.px
        self._line = font.nametofont(FONT, parent).metrics("linespace")
        colours = theme.colours
        self.canvas = tk.Canvas(
            parent, background=colours.surface, highlightthickness=0, borderwidth=0, width=width,
            height=self._line * (1 if kl is None else 2), cursor="hand2",
        )  # fmt: skip
        self._text = self.canvas.create_text(0, 0, anchor="nw", font=BOLD, fill=colours.text)
        self._bars: tuple[int, ...] = ()
        Tooltip(self.canvas, self._tip, theme)
        if kl is not None:
            self._bars = tuple(
                self.canvas.create_rectangle(0, 0, 0, 0, fill=fill, width=0) for fill in (colours.border, colours.muted)
            )
            self.canvas.create_text(0, self._line, anchor="nw", text=self._nats, fill=colours.muted, font=FONT)
        self.name(())

    def name(self, names: Names) -> None:
        """Write the name of the dimension, and beside it the bar, as far as there is room."""
        self._title = dimensions.title(self._dim, names)
        text = elided(dimensions.short(self._dim, names), self._width, self._bold.measure)
        self.canvas.itemconfigure(self._text, text=text)
        left, top = self._bold.measure(text) + self._px(8), (self._line - self._px(BAR)) // 2
        for bar, share in zip(self._bars, (1.0, self._share), strict=False):
            right = left + round(max(0, self._width - left) * share)
            self.canvas.coords(bar, left, top, right, top + self._px(BAR))

    def _tip(self) -> str:
        """What the second line means; on the first one, the card of the dimension opens."""
        if self.canvas.winfo_pointery() - self.canvas.winfo_rooty() < self._line or not self._nats:
            return ""
        return (
            f"{self._title} tells {self._nats} about a picture, on average; a nat is {BITS} bits, and 0 tells nothing"
        )


def format_nats(kl: float) -> str:
    """One decimal; in powers of ten where a strange model would make it long."""
    return f"{kl:z.1f}" if abs(kl) < 1000 else f"{kl:.0e}"
