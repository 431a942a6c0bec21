"""Some bars below each other on one canvas, each with a name, a number, and a sentence under the pointer. Knows Tk."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import font

from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.tooltip import Tooltip

ROW, THICK, GAP = 18, 8, 8  # pixels of the design: the height of a row and of its bar, and beside it
MOST = 0.4  # of the width is for a name


@dataclass(frozen=True)
class Bar:
    """A name; how long the bar is, 0 to 1; the number beside it; a sentence on it; whether it stands out."""

    name: str
    share: float
    number: str
    about: str
    strong: bool = False


class Bars:
    """As many bars as are shown; none of it is a widget of its own, so that a frame of a drag is quickly drawn."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, number: str, click: Callable[[int], None] = lambda _row: None
    ) -> None:
        """number: one that is as wide as any. click: called with the row that was clicked, from 0."""
        self._theme, self._font = theme, font.nametofont(FONT, parent)
        self._shown: tuple[Bar, ...] = ()
        self._right, self._names, self._over = self._font.measure(number), 0, 0
        colours = theme.colours
        self.widget = tk.Canvas(parent, width=1, height=1, background=colours.surface, highlightthickness=0)
        self._rows: list[tuple[int, int, int, int]] = []  # of each: groove, bar, name, number
        self.widget.bind("<Configure>", lambda _event: self._lay())
        self.widget.bind("<Motion>", self._move)
        self.widget.bind("<Button-1>", lambda event: self._click(event.y, click))
        Tooltip(self.widget, self._about, theme)

    def show(self, bars: Sequence[Bar]) -> None:
        """Show these bars, from above."""
        before, self._shown = self._shown, tuple(bars)
        names = max((self._font.measure(each.name) for each in bars), default=0)
        if len(before) != len(bars) or names > self._names:
            self._names = max(names, self._names)
            self._make()
            self._lay()
            return
        for k, (old, new) in enumerate(zip(before, bars, strict=True)):
            if old != new:
                self._draw(k)

    def _make(self) -> None:
        """Make the items of the rows, and take the room that they need."""
        colours, draw = self._theme.colours, self.widget
        draw.delete("all")
        self._rows = [
            (
                draw.create_rectangle(0, 0, 0, 0, fill=colours.border, width=0),
                draw.create_rectangle(0, 0, 0, 0, fill=colours.accent, width=0),
                draw.create_text(0, 0, anchor="w", font=FONT),
                draw.create_text(0, 0, anchor="e", font=FONT),
            )
            for _ in self._shown
        ]
        draw.configure(height=len(self._shown) * self._theme.px(ROW))

    def _lay(self) -> None:
        for k in range(len(self._shown)):
            self._draw(k)

    def _draw(self, k: int) -> None:
        bar, (groove, filled, name, number), px = self._shown[k], self._rows[k], self._theme.px
        draw, width = self.widget, self.widget.winfo_width()
        names = min(self._names, round(MOST * width))
        left, right, y = names + px(GAP), width - self._right - px(GAP), round((k + 0.5) * px(ROW))
        top, bottom = y - px(THICK) // 2, y + px(THICK) // 2
        end = left + round(min(max(bar.share, 0.0), 1.0) * (right - left))
        draw.coords(groove, left, top, right, bottom)
        draw.coords(filled, left, top, end, bottom)
        draw.coords(name, 0, y)
        draw.coords(number, width, y)
        colours = self._theme.colours
        draw.itemconfigure(filled, fill=colours.accent if bar.strong else colours.muted)
        draw.itemconfigure(name, text=elided(bar.name, names, self._font.measure), fill=colours.text)
        draw.itemconfigure(number, text=bar.number, fill=colours.text)

    def _click(self, y: int, click: Callable[[int], None]) -> None:
        row = y // self._theme.px(ROW)
        if row in range(len(self._shown)):
            click(row)

    def _move(self, event: "tk.Event[tk.Canvas]") -> None:
        over, self._over = self._over, event.y // self._theme.px(ROW)
        if over != self._over:
            self.widget.event_generate("<Enter>")  # for the tooltip of another one

    def _about(self) -> str:
        return self._shown[self._over].about if 0 <= self._over < len(self._shown) else ""
