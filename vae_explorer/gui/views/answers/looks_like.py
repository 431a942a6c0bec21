"""Which classes a point looks like, with their shares, and what would make it another."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer import plain
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.answers.bars import Bar, Bars
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.action import a
from vae_explorer.session.state import State
from vae_explorer.space import change

COUNT = 3  # of the likeliest classes; the shares of the others are small, or it is no place at all
FAR = "Far from all digits a share says little"
QUESTION = "Turn it into a …"
HOW = "The least move of z until another class is the likeliest, shown as a path"


class LooksLike:
    """Bars of the likeliest classes, and below them the question what would make it another: a list of all classes. A
    click on a bar asks for its class."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say = desk, say
        self._z: tuple[float, ...] = ()
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.bars = Bars(self.widget, desk.theme, "100 %", self._ask)
        self.bars.widget.grid(sticky="ew")
        self.question = ttk.Menubutton(self.widget, text=QUESTION, style="Low.TMenubutton")
        self.question.grid(sticky="w", pady=(desk.theme.px(4), 0))
        self.menu = tk.Menu(self.question, tearoff=False, postcommand=self._list)
        self.question.configure(menu=self.menu)
        Tooltip(self.question, self._why_not, desk.theme)

    def _list(self) -> None:
        """List the classes when the list is about to be seen."""
        self.menu.delete(0, "end")
        for label, name in self._desk.space.class_names.items():
            self.menu.add_command(label=plain.line(name), command=partial(self._change, label))

    def _change(self, label: int) -> None:
        self._desk.run(self._desk.actions[f"change-{label}"])

    def _ask(self, row: int) -> None:
        """Ask what would make it the class of a bar, unless it is that class."""
        if row:
            self._change([*self._desk.space.class_names][self._order[row]])

    def _why_not(self) -> str:
        why = change.lacks(self._desk.space.classes)
        return f"{HOW}. Off: {why}" if why else HOW

    def show(self, state: State) -> None:
        """Show what z looks like, unless that is shown."""
        space = self._desk.space
        if state.z == self._z or space.classes is None:
            return
        self._z = state.z
        [shares] = space.classes.shares(state.z)
        labels = [*space.class_names]
        self._order = (-shares).argsort(kind="stable")[:COUNT].tolist()
        named = [(space.class_names[labels[k]], float(shares[k])) for k in self._order]
        self.bars.show([_bar(name, share, k == 0, space.worded(FAR)) for k, (name, share) in enumerate(named)])
        self._say(a(named[0][0]))


def _bar(name: str, share: float, strong: bool, far: str) -> Bar:
    about = (
        f"Of what is encoded around here, {percent(share)} is of class {name}, if all classes are equally common. {far}"
    )
    return Bar(
        name, share, percent(share), about if strong else f"{about}.\nClick: what would make it {a(name)}?", strong
    )


def percent(share: float) -> str:
    """A share, 0 to 1, as a whole number of percent; what is neither nothing nor all does not become so."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and share < 1 else f"{whole} %"
