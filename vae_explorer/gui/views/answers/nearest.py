"""The encoded digits nearest to z, as pictures in a row; a click on one goes there."""

import tkinter as tk
from tkinter import ttk

import numpy as np

from vae_explorer.gui.desk import originals
from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.cells import in_cells
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.images import Pixels
from vae_explorer.session.action import a
from vae_explorer.session.state import State
from vae_explorer.space.space import point

COUNT = 5
SIDE, CELL, LINE = 36, 42, 2  # pixels of the design: of a picture, of its place, and of the line around it
LEAST = 160  # the same, of a line of text
REAL = "As they are in the data set"
MADE = "Decoded from where their encodings lie"


class Nearest:
    """One canvas with the pictures, which mouse and keys choose from: ← and → and Return."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say, theme, px = desk, say, desk.theme, desk.theme.px
        self._rows: list[int] = []  # of the atlas
        self._z: tuple[float, ...] = ()
        self.at = 0  # which of them the keys are on
        self._marked = False  # whether that can be seen
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.canvas = tk.Canvas(
            self.widget, width=COUNT * px(CELL), height=px(CELL), takefocus=True, background=theme.colours.surface,
            highlightthickness=0,
        )  # fmt: skip
        self.canvas.grid(sticky="w")
        self._photo = Photo(self.canvas)
        self.canvas.create_image(0, 0, image=self._photo.image, anchor="nw")
        accent = theme.colours.accent
        self._ring = self.canvas.create_rectangle(0, 0, 0, 0, outline=accent, width=px(LINE), state="hidden")
        self.source = Wrapped(self.widget, theme, MADE, LEAST)
        self.source.grid(sticky="ew")
        self._hear()
        self._asker = Asker(desk.decoding, self.canvas)
        self._originals = desk.session.originals
        self._originals.listen(self._paint)
        self.widget.bind("<Destroy>", lambda _event: self._originals.forget(self._paint))
        originals.ask(desk)

    def _hear(self) -> None:
        canvas = self.canvas
        canvas.bind("<Motion>", self._move)
        canvas.bind("<Button-1>", lambda event: self._click(event.x // self._desk.theme.px(CELL)))
        canvas.bind("<Left>", lambda _event: self._choose(self.at - 1))
        canvas.bind("<Right>", lambda _event: self._choose(self.at + 1))
        canvas.bind("<Return>", lambda _event: self._click(self.at))
        canvas.bind("<space>", lambda _event: self._click(self.at))
        for sequence in ("<FocusIn>", "<FocusOut>", "<Enter>", "<Leave>"):
            canvas.bind(sequence, lambda event: self._mark(event.type), add=True)
        canvas.bind("<Destroy>", lambda _event: self._desk.pointed.point(()))
        Tooltip(canvas, self._about, self._desk.theme)

    def show(self, state: State) -> None:
        """Show the digits nearest to z, unless they are shown."""
        digits = self._desk.space.atlas
        if digits is None or state.z == self._z:
            return
        self._z = state.z
        rows = digits.neighbours(state.z, COUNT).tolist()
        if rows != self._rows:
            self._rows = rows
            self._say(" ".join(self._name(row) for row in rows))
            self._paint()
            if self._marked:
                self._mark()

    def _paint(self) -> None:
        """Draw the pictures: the real ones where they are at hand, and say which they are."""
        digits, split = self._desk.space.atlas, self._originals.split
        assert digits is not None, "the part needs an atlas"
        if split is not None:
            self._asker.drop()
            self._photo.show(self._sheet(split.images[digits.index[self._rows]]))
        elif self._rows:
            points = digits.mu[self._rows].astype(float)
            self._asker.pixels({"": points}, lambda _names, pixels: self._photo.show(self._sheet(pixels)))
        why = self._originals.why_not
        self.source.configure(text=REAL if split is not None else f"{MADE}: {why}" if why else MADE)

    def _sheet(self, pictures: Pixels) -> Pixels:
        """The pictures side by side, each in the middle of its place: (CELL, n·CELL, 3)."""
        theme = self._desk.theme
        return in_cells(self._desk.look, pictures, theme.px(CELL), theme.px(SIDE), theme.colours.surface)

    def _name(self, row: int) -> str:
        digits, names = self._desk.space.atlas, self._desk.space.class_names
        assert digits is not None
        return names[int(digits.label[row])]

    def _move(self, event: "tk.Event[tk.Canvas]") -> None:
        """Choose what is under the pointer."""
        at = self.at
        self._choose(event.x // self._desk.theme.px(CELL))
        if at != self.at:
            self.canvas.event_generate("<Enter>")  # for the tooltip of another one

    def _choose(self, k: int) -> str:
        self.at = max(0, min(k, len(self._rows) - 1))
        self._mark()
        return "break"

    def _click(self, k: int) -> str:
        """Go to the digit."""
        digits = self._desk.space.atlas
        if digits is not None and self._rows:
            self._choose(k)
            self.canvas.focus_set()
            self._desk.motion.go(point(digits.mu[self._rows[self.at]]))
        return "break"

    def _mark(self, event: object = None) -> None:
        """Show which one is chosen, and on the map all of them, while the pointer or the keys are on the row."""
        self._marked = seen = event not in (tk.EventType.Leave, tk.EventType.FocusOut)
        edge = self._desk.theme.px(LINE) // 2
        left, size = self.at * self._desk.theme.px(CELL), self._desk.theme.px(CELL)
        self.canvas.coords(self._ring, left + edge, edge, left + size - edge, size - edge)
        self.canvas.itemconfigure(self._ring, state="normal" if seen else "hidden")
        chosen = self._rows[self.at : self.at + 1]
        self._desk.pointed.point((*chosen, *(row for row in self._rows if row not in chosen)) if seen else ())

    def _about(self) -> str:
        digits = self._desk.space.atlas
        if digits is None or not self._rows:
            return ""
        row = self._rows[self.at]
        far = float(np.linalg.norm(digits.mu[row] - np.array(self._z)))
        return (
            f"{a(self._name(row)).capitalize()}, test image {digits.index[row]}, {far:.2f} from here. Click: go there"
        )
