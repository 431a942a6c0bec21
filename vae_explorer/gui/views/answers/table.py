"""Numbers in columns under their heads, on one canvas that scrolls: one row for each dimension. Knows Tk.

Each column is one text of as many lines as are seen, so that 256 rows are drawn as quickly as six.
"""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font, ttk

from vae_explorer.gui.looks.theme import FIXED, FONT, Theme
from vae_explorer.gui.widgets.tooltip import Tooltip

SEEN = 6  # rows, at most
NAME = 32  # pixels of the design, of the first column

Column = tuple[str, str]  # its head, and a sentence on it


class Table:
    """`heads` over columns; the first column has the names of the rows, z0, z1, …"""

    def __init__(self, parent: tk.Misc, theme: Theme, columns: Sequence[Column], count: int) -> None:
        """count: of rows."""
        self._theme, self._columns, self._count, self._first, self._over = theme, columns, count, 0, 0
        self._line = font.nametofont(FIXED, parent).metrics("linespace")
        self._values: Sequence[Sequence[str]] = [[""] * count for _ in columns]
        self._seen = min(count, SEEN)
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        colours = theme.colours
        self.canvas = tk.Canvas(self.widget, width=1, background=colours.surface, highlightthickness=0)
        self.canvas.configure(height=(self._seen + 1) * self._line)
        self.canvas.grid(row=0, column=0, sticky="ew")
        self._heads = [self.canvas.create_text(0, 0, text=head, anchor="ne", fill=colours.muted, font=FONT)
                       for head, _ in columns]  # fmt: skip
        self._texts = [self.canvas.create_text(0, 0, anchor="ne", justify="right", fill=colours.text, font=FIXED)
                       for _ in columns]  # fmt: skip
        self._names = self.canvas.create_text(0, self._line, anchor="nw", fill=colours.muted, font=FIXED)
        self.canvas.bind("<Configure>", lambda event: self._lay(event.width))
        self.canvas.bind("<Motion>", self._move)
        Tooltip(self.canvas, lambda: columns[self._over][1], theme)
        if count > SEEN:
            self._scrolls()

    def _scrolls(self) -> None:
        """Add a scrollbar, and hear wheel and keys."""
        self._bar = ttk.Scrollbar(self.widget, orient="vertical", command=self._scroll)
        self._bar.grid(row=0, column=1, sticky="ns")
        self.canvas.configure(takefocus=True, highlightthickness=1, highlightcolor=self._theme.colours.accent,
                              highlightbackground=self._theme.colours.surface)  # fmt: skip
        steps = {"<Up>": -1, "<Down>": 1, "<Prior>": -SEEN, "<Next>": SEEN, "<<WheelUp>>": -2, "<<WheelDown>>": 2}
        steps |= {"<Home>": -self._count, "<End>": self._count}
        for sequence, step in steps.items():
            self.canvas.bind(sequence, self._by(step))
        self._to(0)

    def _by(self, step: int) -> Callable[[object], str]:
        def _step(_event: object) -> str:
            self._to(self._first + step)
            return "break"

        return _step

    def _scroll(self, what: str, number: str, unit: str = "") -> None:
        """What the scrollbar asks for: Tk's `moveto share`, or `scroll number units` or pages."""
        if what == "moveto":
            self._to(round(float(number) * self._count))
        else:
            self._to(self._first + int(number) * (SEEN if unit == "pages" else 1))

    def _to(self, first: int) -> None:
        self._first = max(0, min(first, self._count - self._seen))
        self._bar.set(self._first / self._count, (self._first + self._seen) / self._count)
        self._write()

    def show(self, values: Sequence[Sequence[str]]) -> None:
        """Show columns of numbers, as texts."""
        self._values = values
        self._write()

    def _write(self) -> None:
        rows = range(self._first, self._first + self._seen)
        self.canvas.itemconfigure(self._names, text="\n".join(f"z{row}" for row in rows))
        for item, column in zip(self._texts, self._values, strict=True):
            self.canvas.itemconfigure(item, text="\n".join(column[row] for row in rows))

    def _lay(self, width: int) -> None:
        for k in range(len(self._columns)):
            x = self._right(k, width)
            self.canvas.coords(self._heads[k], x, 0)
            self.canvas.coords(self._texts[k], x, self._line)

    def _right(self, k: int, width: int) -> int:
        """Where a column ends."""
        name = self._theme.px(NAME)
        return name + round((k + 1) * (width - name - 2) / len(self._columns))

    def _move(self, event: "tk.Event[tk.Canvas]") -> None:
        width = self.canvas.winfo_width()
        ends = [self._right(k, width) for k in range(len(self._columns))]
        over, self._over = self._over, next((k for k, end in enumerate(ends) if event.x <= end), len(ends) - 1)
        if over != self._over:
            self.canvas.event_generate("<Enter>")  # for the tooltip of another one
