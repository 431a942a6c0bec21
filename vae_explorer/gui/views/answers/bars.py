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
        self._ends = 0, 0  # between which pixels from the left the bars lie
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
        for k, old in enumerate(before):
            self._write(k, old)

    def _make(self) -> None:
        """Make the items of the rows, and take the room that they need."""
        colours, draw = self._theme.colours, self.widget
        draw.delete("all")
        self._rows = [
            (
                draw.create_rectangle(0, 0, 0, 0, fill=colours.border, width=0),
                draw.create_rectangle(0, 0, 0, 0, fill=colours.accent, width=0),
                draw.create_text(0, 0, anchor="w", fill=colours.text, font=FONT),
                draw.create_text(0, 0, anchor="e", fill=colours.text, font=FONT),
            )
            for _ in self._shown
        ]
        draw.configure(height=len(self._shown) * self._theme.px(ROW))

    def _lay(self) -> None:
        """Put all items where there is room for them."""
        draw, px, width = self.widget, self._theme.px, self.widget.winfo_width()
        self._ends = min(self._names, round(MOST * width)) + px(GAP), width - self._right - px(GAP)
        for k, (groove, _, name, number) in enumerate(self._rows):
            top, bottom = self._edges(k)
            draw.coords(groove, self._ends[0], top, self._ends[1], bottom)
            draw.coords(name, 0, (top + bottom) / 2)
            draw.coords(number, width, (top + bottom) / 2)
            self._write(k, None)

    def _edges(self, k: int) -> tuple[int, int]:
        """Between which pixels from above the bar of a row lies."""
        middle, half = round((k + 0.5) * self._theme.px(ROW)), self._theme.px(THICK) // 2
        return middle - half, middle + half

    def _write(self, k: int, old: Bar | None) -> None:
        """Show a bar in its row, as far as it differs from the one that stands there."""
        bar, (_, filled, name, number), draw = self._shown[k], self._rows[k], self.widget
        if old is None or old.share != bar.share:
            (left, right), (top, bottom) = self._ends, self._edges(k)
            draw.coords(filled, left, top, left + round(min(max(bar.share, 0.0), 1.0) * (right - left)), bottom)
        if old is None or old.number != bar.number:
            draw.itemconfigure(number, text=bar.number)
        if old is None or old.name != bar.name:
            draw.itemconfigure(name, text=elided(bar.name, self._ends[0] - self._theme.px(GAP), self._font.measure))
        if old is None or old.strong != bar.strong:
            draw.itemconfigure(filled, fill=self._theme.colours.accent if bar.strong else self._theme.colours.muted)

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
