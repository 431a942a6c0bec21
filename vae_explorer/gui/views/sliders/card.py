"""The card of one dimension, over the window: what it tells, what a step does from here, what lies at its ends. Shows
the z of the session's State, and a card of the Space."""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import font, ttk

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD, FONT
from vae_explorer.gui.views.sliders.ends import Ends
from vae_explorer.gui.views.sliders.factor_table import FactorTable
from vae_explorer.gui.views.sliders.heads import format_nats
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.pictures import dimensions
from vae_explorer.session.state import State
from vae_explorer.space import effects
from vae_explorer.space.cards import Card
from vae_explorer.space.latent import Values

WIDTH, PAD, GAP = 356, 10, 4  # pixels of the design; the column of the sliders is as wide at least
WAITING = "Measuring the digits that it decodes…"
HINT = "click the name to keep it"
RANK = "rank: how surely a factor rises with this number, from −1 to 1 (Spearman's correlation)"
R2 = "R²: the share of a factor's variance that a straight line over this number alone explains"


class CardView(tk.Frame):
    """What is told of a dimension: first only its name, the rest when it has been computed."""

    def __init__(
        self, root: tk.Misc, desk: Desk, dim: int, state: State, buttons: Mapping[str, Callable[[], None]]
    ) -> None:
        """buttons: what each does, by its label; none for a card that goes when the pointer does."""
        colours, px = desk.theme.colours, desk.theme.px
        super().__init__(
            root, name="card", background=colours.raised, padx=px(PAD), pady=px(PAD) // 2,
            highlightthickness=max(1, px(1)), highlightbackground=colours.outline,
        )  # fmt: skip
        self.dim, self._desk, self._room = dim, desk, px(WIDTH - 2 * PAD)
        self._card: Card | None = None
        self.ends: Ends | None = None
        self._asker = Asker(desk.decoding, self)
        self.columnconfigure(0, weight=1)
        strut = tk.Frame(self, width=self._room, background=colours.raised)  # as wide with little in it as with all
        strut.grid(columnspan=2)
        self._head(dimensions.title(dim, state.names), buttons).grid(columnspan=2, sticky="ew")
        self.sentence, self.here = (self._label(self, "") for _ in range(2))
        line = font.nametofont(FONT, root).metrics("linespace")
        for row, (label, lines) in enumerate(((self.sentence, 1), (self.here, 3)), 2):
            label.grid(row=row, columnspan=2, sticky="nw", pady=(px(GAP), 0))
            self.rowconfigure(row, minsize=px(GAP) + lines * line)
        self.sentence.configure(text=desk.space.worded(WAITING))

    def _head(self, title: str, buttons: Mapping[str, Callable[[], None]]) -> tk.Frame:
        """The name of the dimension and how much it tells; on the right the buttons, or how to keep the card."""
        theme = self._desk.theme
        head, muted = tk.Frame(self, background=theme.colours.raised), theme.colours.muted
        head.columnconfigure(1, weight=1)
        self.title = self._label(head, title, BOLD)
        self.title.grid(row=0, column=0)
        self.nats = self._label(head, "", fill=muted)
        self.nats.grid(row=0, column=1, sticky="w", padx=theme.px(8))
        if not buttons:
            self._label(head, HINT, fill=muted).grid(row=0, column=2)
        self.buttons: dict[str, ttk.Button] = {}
        for column, (text, command) in enumerate(buttons.items(), 2):
            self.buttons[text] = button = ttk.Button(head, text=text, style="Low.TButton", command=command)
            button.configure(takefocus=False)  # the slider keeps the keys, and has one for each
            button.grid(row=0, column=column, padx=(theme.px(GAP), 0))
        return head

    def _label(self, parent: tk.Misc, text: str, face: str = FONT, fill: str = "") -> ttk.Label:
        colours, room = self._desk.theme.colours, self._room
        fill = fill or colours.text
        return ttk.Label(parent, text=text, font=face, foreground=fill, background=colours.raised, wraplength=room)

    @property
    def filled(self) -> bool:
        """Whether it shows what was computed."""
        return self._card is not None

    def say(self, text: str) -> None:
        """Say in a sentence what is to be said instead."""
        self.sentence.configure(text=text)

    def tell(self, card: Card, state: State) -> None:
        """Show what was computed of the dimension, and what it does at a state."""
        px, muted = self._desk.theme.px, self._desk.theme.colours.muted
        self._card = card
        self.nats.configure(text="" if card.nats is None else f"{format_nats(card.nats)} nats")
        self.sentence.configure(text=card.sentence)
        self.ends = Ends(self, self._desk)
        measured = len(card.rank) > 0
        self.ends.canvas.grid(row=4, column=int(measured), sticky="ne" if measured else "nw", pady=(px(GAP), 0))
        if not measured:
            self.rowconfigure(3, minsize=0)  # nothing is said of a step
        else:
            self.table = FactorTable(self, self._desk.theme)
            self.table.canvas.grid(row=4, column=0, sticky="nw", pady=(px(GAP), 0))
            self.table.tell(card)
            Tooltip(self.table.canvas, lambda: f"{RANK}\n{R2}", self._desk.theme)
            source = self._label(self, f"rank and R²: over {card.source}, as decoded", fill=muted)
            source.grid(row=5, columnspan=2, sticky="w")
        self.repaint()
        self.show(state)

    def repaint(self) -> None:
        """Show the ends' digits again, as the data set has been read."""
        if self._card is not None and self.ends is not None:
            self.ends.show(self._card)

    def show(self, state: State) -> None:
        """Show what the dimension is called, and what a step does at a state."""
        if self.title.cget("text") != (title := dimensions.title(self.dim, state.names)):
            self.title.configure(text=title)
        if self._card is None or not len(self._card.rank):
            return
        of = partial(effects.of, self._desk.space.codec, state.z, self.dim)
        self._asker.answer((state.z, self.dim), 2, of, self._tell_here)

    def _tell_here(self, changes: Values) -> None:
        sd = self._desk.space.ranges.sd
        self.table.show(changes, sd)
        self.here.configure(text=f"From here, +1: {effects.told(changes, sd)}.")

    def destroy(self) -> None:
        """Go away, and the pictures at once: they would wait for the garbage, which another thread may collect."""
        self.ends = None
        super().destroy()
