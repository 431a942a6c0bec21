"""Which classes a point looks like, with their shares, and what would make it another."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.answers.bars import Bar, Bars
from vae_explorer.gui.views.answers.part import Say
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.action import a
from vae_explorer.session.state import State

COUNT = 3  # of the likeliest classes; the shares of the others are small, or it is no place at all
COLUMNS = 5  # of buttons, at most: ten classes are two rows
WIDTH = 200  # pixels of the design, that buttons have at least
QUESTION = "What would make it a …"
HOW = "The least move of z until another class is the likeliest, shown as a path"


class LooksLike:
    """Bars of the likeliest classes, and a button for each."""

    def __init__(self, parent: tk.Misc, desk: Desk, say: Say) -> None:
        self._desk, self._say = desk, say
        self._z: tuple[float, ...] = ()
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        px = desk.theme.px
        self.bars = Bars(self.widget, desk.theme, "100 %")
        self.bars.widget.grid(sticky="ew")
        question = ttk.Label(self.widget, text=QUESTION, style="Muted.TLabel")
        question.grid(sticky="w", pady=(px(4), 0))
        Tooltip(question, lambda: HOW, desk.theme)
        actions = [action for action in desk.actions.values() if action.group == "change"]
        self.buttons = Buttons(self.widget, desk, actions, COLUMNS, px(WIDTH), "Low.TButton")
        self.buttons.widget.grid(sticky="w")

    def show(self, state: State) -> None:
        """Show what z looks like, unless that is shown."""
        self.buttons.update()
        space = self._desk.space
        if state.z == self._z or space.classes is None:
            return
        self._z = state.z
        [shares] = space.classes.shares(state.z)
        labels = [*space.class_names]
        order = (-shares).argsort(kind="stable")[:COUNT].tolist()
        named = [(space.class_names[labels[k]], float(shares[k])) for k in order]
        self.bars.show([_bar(name, share, k == 0) for k, (name, share) in enumerate(named)])
        self._say(a(named[0][0]))


def _bar(name: str, share: float, strong: bool) -> Bar:
    about = (
        f"Of what is encoded around here, {percent(share)} is of class {name}, if all classes are equally common. "
        "Far from all digits a share says little"
    )
    return Bar(name, share, percent(share), about, strong)


def percent(share: float) -> str:
    """A share, 0 to 1, as a whole number of percent; what is neither nothing nor all does not become so."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and share < 1 else f"{whole} %"
