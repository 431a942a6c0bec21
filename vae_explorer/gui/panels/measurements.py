"""The table of measurements, over the window. Shows the measurements of the session's State."""

import tkinter as tk
from collections.abc import Callable
from tkinter import font, ttk

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Names
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.panels.panel import Panel
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.shortcuts import sequences
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels, fitted
from vae_explorer.session.measurements import COLUMNS, Measurement, to_csv, written
from vae_explorer.session.state import State

NAME = "measurements"
ROWS = 7  # seen at once
STATUS = 40  # pixels of the design that stay free at the bottom, where it is said what was measured
ORIGIN, LABEL = 16, 10  # characters
CELL = 12  # pixels of the design, around the text of a cell
EDGE = 1  # pixels of the design, above and below the digit of a row
INDICATOR = 20  # pixels of the design, which a Treeview leaves free before the digit
HINT = "Ctrl+M adds a row. Return or a double click goes to the place of one, Delete takes it out."
NOTHING = "Nothing was measured yet: Ctrl+M measures the place where you are."


class Measurements(Panel):
    """The rows, and buttons to go to one, take it out, and keep them all. It stays open while the window is used."""

    def __init__(self, root: tk.Misc, desk: Desk, save: Callable[[], None]) -> None:
        """save: asks for a file, and saves the table."""
        super().__init__(root, desk.theme, NAME, "Measurements")
        self._desk, self._save = desk, save
        self._rows: tuple[Measurement, ...] | None = None
        self._digits: dict[tuple[float, ...], Photo] = {}
        self._asker = Asker(desk.decoding, self)
        self._side = int(str(ttk.Style(root).lookup("Treeview", "rowheight"))) - 2 * desk.theme.px(EDGE)
        self._size = fitted(desk.space.shape[1:], (self._side, self._side))
        self.table = self._table()
        hint = ttk.Label(self.body, text=HINT, style="Muted.TLabel")
        hint.grid(row=2, columnspan=2, sticky="w", pady=(self.theme.px(8), 0))
        self._hint = hint
        self._foot().grid(row=3, columnspan=2, sticky="ew", pady=(self.theme.px(12), 0))
        desk.session.listen(self._show)
        self.open(self.table)
        self._stand_aside()

    def _table(self) -> ttk.Treeview:
        px, measure = self.theme.px, font.nametofont(FONT, self).measure
        heads = {"origin": "Of", "label": "Class"} | {str(k): column.head for k, column in enumerate(COLUMNS)}
        table = ttk.Treeview(self.body, columns=[*heads], show=("tree", "headings"), height=ROWS, selectmode="extended")
        numbered = self._side + measure("00000") + px(INDICATOR)
        table.column("#0", width=numbered, minwidth=numbered, stretch=False)
        least = {"origin": ORIGIN * measure("0"), "label": LABEL * measure("0")}
        for name, head in heads.items():
            text = name in ("origin", "label")
            width = max(measure(head), least.get(name, measure("−000.0"))) + px(CELL)
            table.heading(name, text=head, anchor="w" if text else "e")
            table.column(name, width=width, minwidth=width, stretch=text, anchor="w" if text else "e")
        across = ttk.Scrollbar(self.body, orient="horizontal", command=table.xview, takefocus=False)
        down = ttk.Scrollbar(self.body, orient="vertical", command=table.yview, takefocus=False)
        table.configure(xscrollcommand=across.set, yscrollcommand=down.set)
        for each, row, column, sticky in ((table, 0, 0, "nsew"), (down, 0, 1, "ns"), (across, 1, 0, "ew")):
            each.grid(row=row, column=column, sticky=sticky)
        self.body.rowconfigure(0, weight=1)
        self._hear(table)
        Tooltip(table, self._about, self.theme)
        return table

    def _hear(self, table: ttk.Treeview) -> None:
        """Let keys and clicks do what the buttons do, and the window's keys what they do there."""
        table.bind("<Return>", lambda _event: self._go())
        table.bind("<Double-Button-1>", lambda event: self._go() if table.identify_row(event.y) else None)
        for sequence in ("<Delete>", "<BackSpace>"):
            table.bind(sequence, lambda _event: self._remove())
        table.bind("<<TreeviewSelect>>", lambda _event: self._enable())
        for action in (self._desk.actions[name] for name in ("measure", "undo", "redo")):
            for sequence in sequences(action.shortcut):
                self.bind(sequence, lambda _event, action=action: self._desk.run(action))  # type: ignore[misc]

    def _foot(self) -> ttk.Frame:
        foot = ttk.Frame(self.body)
        foot.columnconfigure(2, weight=1)
        commands: dict[str, Callable[[], None]] = {
            "Go there": self._go,
            "Take out": self._remove,
            "Copy": self._copy,
            "Save…": self._save,
            "Close": self.close,
        }
        self.buttons = {}
        for k, (text, command) in enumerate(commands.items()):
            button = self.buttons[text] = ttk.Button(foot, text=text, command=command)
            button.grid(row=0, column=k, sticky="e" if k > 1 else "w", padx=(self.theme.px(8) if k else 0, 0))
        return foot

    def _about(self) -> str:
        """What the column under the pointer is."""
        x = self.table.winfo_pointerx() - self.table.winfo_rootx()
        name = str(self.table.column(self.table.identify_column(x), "id"))
        return COLUMNS[int(name)].about if name.isdecimal() else ""

    def _stand_aside(self) -> None:
        """Stand at the foot of the window: the digit is seen above it, and what is said below."""
        root = self._desk.status.widget.winfo_toplevel()
        low = root.winfo_rooty() + root.winfo_height() - self.winfo_reqheight() - self.theme.px(STATUS)
        width = min(self.winfo_reqwidth(), root.winfo_width())
        left = root.winfo_rootx() + (root.winfo_width() - width) // 2
        self.geometry(f"{width}x{self.winfo_reqheight()}+{left}+{max(low, 0)}")

    # ------------------------------------------------------------------ what is shown

    def _show(self, state: State) -> None:
        """Write the rows, unless they are written already; the newest is seen."""
        if state.measured is self._rows or state.measured == self._rows:
            return
        self._rows = state.measured
        self.table.delete(*self.table.get_children())
        shown = self._digits
        self._digits = {row.z: shown.get(row.z) or self._place() for row in self._rows}
        asked = {z: np.array([z]) for z in self._digits if z not in shown or z in self._asker.wanted}
        self._asker.pixels(asked, self._take)
        for k, row in enumerate(self._rows):
            digit, values = self._digits[row.z].image, (row.origin or "a place", row.label or "–", *written(row))
            self.table.insert("", "end", iid=str(k), image=digit, text=f" {k + 1}", values=values)
        if self._rows:
            self.table.selection_set(str(len(self._rows) - 1))
            self.table.focus(str(len(self._rows) - 1))
            self.table.see(str(len(self._rows) - 1))
        self._hint.configure(text=HINT if self._rows else NOTHING)
        self._enable()

    def _place(self) -> Photo:
        """The place of a digit, as high as a row."""
        photo, (width, height) = Photo(self), self._size
        ground = np.array([*bytes.fromhex(self.theme.colours.border[1:])], np.uint8)
        photo.show(np.broadcast_to(ground, (height, width, 3)))
        return photo

    def _take(self, points: Names, digits: Pixels) -> None:
        """Show what is decoded at some points."""
        for z, digit in zip(points, digits, strict=True):
            if z in self._digits:
                self._digits[z].show(self._desk.look.picture(digit, self._size))

    def _enable(self) -> None:
        chosen = len(self._chosen())
        can = {"Go there": chosen == 1, "Take out": chosen > 0, "Copy": bool(self._rows), "Save…": bool(self._rows)}
        for name, possible in can.items():
            self.buttons[name].state(["!disabled" if possible else "disabled"])

    def _chosen(self) -> list[int]:
        return [int(each) for each in self.table.selection()]

    # ------------------------------------------------------------------ what a person does

    def _go(self) -> None:
        """Go to the place of the chosen row."""
        chosen = self._chosen()
        if len(chosen) == 1 and self._rows:
            self._desk.motion.go(self._rows[chosen[0]].z)

    def _remove(self) -> None:
        """Take the chosen rows out; undo brings them back."""
        chosen = {*self._chosen()}
        rows = self._desk.session.state.measured
        self._desk.session.commit(measured=tuple(row for k, row in enumerate(rows) if k not in chosen))

    def _copy(self) -> None:
        """Put the table on the clipboard, as spreadsheets take it."""
        rows = self._desk.session.state.measured
        self.clipboard_clear()
        self.clipboard_append(to_csv(rows, "\t"))
        self._desk.status.say(
            f"Copied {len(rows)} measurement{'s' * (len(rows) != 1)}, to be pasted into a spreadsheet"
        )

    def destroy(self) -> None:
        """Go away with the digits, and hear of no state any more."""
        self._desk.session.forget(self._show)
        super().destroy()
        self._digits.clear()
