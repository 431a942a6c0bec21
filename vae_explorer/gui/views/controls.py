"""The left of the window: where one moves. Sliders, typical pictures, and the buttons for the commonest commands."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.views.buttons import GAP, Buttons
from vae_explorer.gui.views.faces import LINE, PAD, Faces
from vae_explorer.gui.views.sliders.view import Sliders
from vae_explorer.gui.widgets.spare import Spare
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session import draws
from vae_explorer.session.action import Action
from vae_explorer.session.state import State
from vae_explorer.space.sources import WHY

WIDTH = 368  # pixels of the design, at least; ten buttons with a digit fit into it
GAPS = "The prior also falls into gaps between the digits"
MEAN = "The mean of a class: the middle of all the points that the encoder gives to its images"


class Controls:
    """The left column; `faces`, `presets` and `commands` are its parts."""

    def __init__(self, parent: tk.Misc, desk: Desk, presets: tuple[Action, ...]) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self._names = desk.session.state.names
        px, room = theme.px, theme.px(LINE)
        self.widget = ttk.Frame(parent, padding=(px(PAD), px(PAD), 0, px(8)))
        self.widget.columnconfigure(0, weight=1)
        self.widget.columnconfigure(1, minsize=px(PAD))  # in which the scrollbar stands
        self.widget.rowconfigure(1, weight=1)  # the sliders shrink first,
        self.widget.rowconfigure(6, weight=1000)  # and what is left over lies below everything
        self.faces = Faces(self.widget, desk)
        self.faces.widget.grid(row=1, columnspan=2, sticky="nsew")
        self.presets = Buttons(self.widget, desk, presets, min(10, max(5, len(presets))), room)
        if desk.space.atlas is not None:  # else nobody knows which classes there are, as the answers say
            title = ttk.Label(self.widget, text="Go to a typical picture", font=BOLD)
            title.grid(row=2, sticky="w", pady=(px(8), px(4)))
            Tooltip(title, lambda: MEAN, theme)
            self.presets.widget.grid(row=3, sticky="ew")
        moves = [desk.actions[name] for name in ("random", "reset", "undo", "redo")]
        self.commands = Buttons(self.widget, desk, moves, 4)
        self.commands.widget.grid(row=5, sticky="ew", pady=(px(8), 0))
        self._arrow()

    @property
    def sliders(self) -> Sliders:
        """The sliders of the numbers, made now if they were not seen yet."""
        return self.faces.numbers.sliders

    def _arrow(self) -> None:
        """Put a button beside Random that asks from where it draws, and below, where there is room, what it is now."""
        action, random, gap = self._desk.actions["draws"], self.commands.buttons["random"], self._theme.px(GAP)
        self.arrow = ttk.Button(self.commands.widget, text=action.short, command=partial(self._desk.run, action))
        self.arrow.grid(row=0, column=0, sticky="e", padx=gap)
        self.arrow.lift(random)  # so that Tab comes to it next
        random.grid(padx=(gap, gap + self.arrow.winfo_reqwidth()))
        self.commands.widget.columnconfigure(0, uniform="")
        self._note = Spare(self.widget, self._theme, LINE)
        self._note.grid(row=6, sticky="nsew")
        Tooltip(self._note.label, lambda: WHY, self._theme)
        Tooltip(self.arrow, lambda: f"Random is drawn {self._drawn()}: click to choose otherwise", self._theme)

    def _drawn(self) -> str:
        """From where Random draws, in the words that follow “drawn”."""
        session = self._desk.session
        return f"{draws.where(session.space, self._desk.memory.settings)}, seed {session.seed}"

    def show(self, state: State) -> None:
        """Show where the sliders stand, and what can be done now."""
        if state.order != self._desk.memory.settings.order:
            self._desk.memory.remember(order=state.order)  # also what undo brings back
        if state.names != self._names:
            self._names = state.names
            self._desk.memory.keep_names(self._desk.session)
        self.faces.show(state)
        self.presets.update()
        self.commands.update()
        self._note.write(f"Random: {self._drawn()}.\n{self._desk.space.worded(GAPS)}.")
