"""Small pictures, each of what a step has left, with the switch of that step. Knows pixels, and no steps."""

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from tkinter import ttk

from vae_explorer.datasets.drawing import SHAPE
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels, fitted

SMALL = SHAPE[-1]  # pixels of the design, of a picture's longer side
GAP = 8
COLUMNS = 3, 2  # where there is room for so many, and else


@dataclass(frozen=True)
class Step:
    """What stands on a switch, and a sentence on the step. choices: what can be chosen of one that is never off, by
    its value."""

    text: str
    tip: str
    choices: Mapping[str, str] = field(default_factory=dict)


class Switches:
    """The steps, in rows of three or two; `widget` is where they stand."""

    def __init__(self, parent: tk.Misc, desk: Desk, steps: Mapping[str, Step], changed: Callable[[], None]) -> None:
        """changed: called when a person has switched one."""
        self._desk, self._steps, self._changed = desk, steps, changed
        self._side = desk.theme.px(SMALL)
        self.widget = ttk.Frame(parent)
        self._photos: dict[str, Photo] = {}
        self.controls: dict[str, ttk.Widget] = {}
        self._cells, self._columns = [self._cell(name) for name in steps], 0
        self._lay(COLUMNS[-1])
        self.widget.bind("<Configure>", lambda event: self._lay(COLUMNS[self._wide(COLUMNS[0]) > event.width]))

    def _wide(self, columns: int) -> int:
        """How wide so many columns are."""
        widths = [max((each.winfo_reqwidth() for each in self._cells[k::columns]), default=0) for k in range(columns)]
        return sum(widths) + (columns - 1) * self._desk.theme.px(GAP)

    def _lay(self, columns: int) -> None:
        """Put the steps into rows, in the order in which they are done."""
        if columns == self._columns:
            return
        self._columns, gap, last = columns, self._desk.theme.px(GAP), (len(self._cells) - 1) // columns
        for k, cell in enumerate(self._cells):
            row, column = divmod(k, columns)
            below, beside = gap // 2 if row < last else 0, gap if column else 0
            cell.grid(row=row, column=column, sticky="w", padx=(beside, 0), pady=(0, below))

    def _cell(self, name: str) -> ttk.Frame:
        """What a step left, and its switch."""
        cell, step = ttk.Frame(self.widget), self._steps[name]
        photo = self._photos[name] = Photo(cell)
        ground, side = self._desk.look.colour(0), self._side
        picture = tk.Label(cell, image=photo.image, borderwidth=0, padx=0, pady=0, width=side, height=side, bg=ground)
        picture.grid(row=0, column=0, padx=(0, self._desk.theme.px(GAP / 2)))
        if not step.choices:
            control: ttk.Widget = ttk.Checkbutton(cell, text=step.text, command=self._changed)
        else:
            control = ttk.Combobox(cell, state="readonly", values=[*step.choices.values()], width=7)
            control.bind("<<ComboboxSelected>>", lambda _event: self._changed())
        control.grid(row=0, column=1)
        Tooltip(control, lambda: step.tip, self._desk.theme)
        self.controls[name] = control
        return cell

    @property
    def values(self) -> dict[str, bool | str]:
        """What each step is switched to: whether it is on, or its choice."""
        return {name: self._value(name) for name in self._steps}

    def _value(self, name: str) -> bool | str:
        control = self.controls[name]
        if isinstance(control, ttk.Combobox):
            return [*self._steps[name].choices][control.current()]
        return control.instate(["selected"])

    def show(self, values: Mapping[str, bool | str], pictures: Mapping[str, Pixels]) -> None:
        """Show what each step is switched to, and what it left: grey levels (h, w). A step that was not done, of which
        there is no picture, left what the one before it did."""
        levels = next(iter(pictures.values()))
        for name, step in self._steps.items():
            control, value, levels = self.controls[name], values[name], pictures.get(name, levels)
            if isinstance(control, ttk.Combobox):
                control.set(step.choices[str(value)])
            else:
                control.state(["!alternate", "selected" if value else "!selected"])
            size = fitted((levels.shape[0], levels.shape[1]), (self._side, self._side))
            self._photos[name].show(self._desk.look.picture(levels, size))
