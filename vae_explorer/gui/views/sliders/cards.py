"""Which dimension's card is open: that of the name on which the pointer rests, or that of the name that was clicked.

A card that the pointer opened goes with it, as a tooltip does. One that was clicked or opened by a key stays while z
moves: until Esc, another click on its name, or one beside the sliders. Nothing of it is imported or computed before.
Knows the desk.
"""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import font
from typing import TYPE_CHECKING

from vae_explorer.gui.desk import originals
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.tooltip import DELAY_MS
from vae_explorer.jobs import Job
from vae_explorer.session.state import State
from vae_explorer.space.space import Space

if TYPE_CHECKING:
    from vae_explorer.gui.views.sliders.card import CardView
    from vae_explorer.space.cards import Card

GAP = 4  # pixels of the design, between a row and its card
_PRESS, _CLOSE = "<<CardPress>>", "<<CardClose>>"
_OF_WINDOW = "[string trimright [winfo toplevel %W] .].card"


class Cards:
    """At most one card, in the window of the sliders; what was computed of a dimension is kept."""

    def __init__(self, area: tk.Misc, desk: Desk, rename: Callable[[int], None]) -> None:
        """area: what the rows of the sliders lie in. rename: called with a dimension that is to have another name."""
        self._rename = rename
        self._area, self._desk, self._state = area, desk, desk.session.state
        self._line = font.nametofont(FONT, area).metrics("linespace")
        self._made: dict[int, Card] = {}
        self._view: CardView | None = None
        self._row: tk.Misc = area  # that the card stands beside
        self._pinned = False
        self._over: tuple[int, tk.Misc] | None = None  # the dimension on whose name the pointer is, and its row
        self._resting = Later(area, self._rest, DELAY_MS)
        area.bind("<<Scrolled>>", lambda _event: self._place(), add=True)
        area.bind("<Unmap>", lambda _event: self.close(), add=True)  # as the handles come to the front
        area.bind("<Destroy>", lambda _event: self._end(), add=True)
        desk.session.originals.listen(self._repaint)
        _bind_all(area)

    def watch(self, dim: int, row: tk.Misc, name: tk.Widget) -> None:
        """Open the card of a dimension from its name, the first line of a widget in its row."""
        name.bind("<Motion>", lambda event: self._point(dim, row, event.y < self._line), add=True)
        name.bind("<Leave>", lambda _event: self._point(dim, row, False), add=True)
        name.bind("<Button-1>", lambda event: self._click(dim, row, event.y < self._line), add=True)

    def _click(self, dim: int, row: tk.Misc, on_name: bool) -> None:
        """Open or close a card by its name; what is below that is ground, which takes the focus from the sliders."""
        if on_name:
            self.turn(dim, row)
        else:
            row.winfo_toplevel().focus_set()

    def turn(self, dim: int, row: tk.Misc) -> None:
        """Open the card of a dimension beside its row, to stay; close it if it is open so."""
        if self._pinned and self._view is not None and self._view.dim == dim:
            self.close()
        else:
            self.open(dim, row)

    def open(self, dim: int, row: tk.Misc, pinned: bool = True) -> None:
        """Open the card of a dimension beside its row. pinned: to stay, not only while the pointer is on the name."""
        from vae_explorer.gui.views.sliders.card import CardView

        self.close()
        self._pinned, self._row = pinned, row
        buttons: dict[str, Callable[[], None]] = {}
        if pinned:
            buttons = {"Name…": partial(self._rename, dim), "×": self.close}
        self._view = CardView(self._area.winfo_toplevel(), self._desk, dim, self._state, buttons)
        self._view.bind(_CLOSE, lambda _event: self.close())
        self._view.bind(_PRESS, self._press)
        originals.ask(self._desk)
        if dim in self._made:
            self._view.tell(self._made[dim], self._state)
        else:
            work = partial(_card, self._desk.space, dim)
            self._desk.work.start("card", "", work, partial(self._tell, dim), self._fail)
        self._place()

    def show(self, state: State) -> None:
        """Show what a step does at a state, if a card is open."""
        self._state = state
        if self._view is not None:
            self._view.show(state)

    def close(self) -> None:
        """Close the card, if one is open."""
        self._resting.cancel()
        if self._view is not None:
            self._view.destroy()
            self._view = None

    # ------------------------------------------------------------------ the pointer

    def _point(self, dim: int, row: tk.Misc, on: bool) -> None:
        """The pointer moves over the head of a row, and is on the name in it or not."""
        self._over = (dim, row) if on else None
        if not on:
            self._resting.cancel()
            if not self._pinned:
                self.close()
        elif self._view is None:
            self._resting.ask()

    def _rest(self) -> None:
        if self._over is not None:
            self.open(*self._over, pinned=False)

    def _press(self, event: "tk.Event[tk.Misc]") -> None:
        """Close it at a click that is neither on it nor on the sliders."""
        under = str(self._area.tk.call("winfo", "containing", event.x_root, event.y_root))
        if not any(f"{under}.".startswith(f"{each}.") for each in (self._view, self._area)):
            self.close()

    # ------------------------------------------------------------------ the card

    def _tell(self, dim: int, card: "Card") -> None:
        """A card has been computed."""
        self._made[dim] = card
        if self._view is not None and self._view.dim == dim:
            self._view.tell(card, self._state)
            self._place()

    def _fail(self, error: Exception) -> None:
        self._desk.decoding.tell(error)
        if self._view is not None:
            self._view.say("What it does could not be computed.")

    def _repaint(self) -> None:
        if self._view is not None:
            self._view.repaint()

    def _place(self) -> None:
        """Stand in the column of the sliders: below the row or above it, and only where neither has room, beside it."""
        if self._view is None:
            return
        view, row, area = self._view, self._row, self._area
        view.update_idletasks()
        root, gap = view.winfo_toplevel(), self._desk.theme.px(GAP)
        left, top = area.winfo_rootx() - root.winfo_rootx(), row.winfo_rooty() - root.winfo_rooty()
        width, height, bottom = view.winfo_reqwidth(), view.winfo_reqheight(), top + row.winfo_height()
        if bottom + gap + height <= root.winfo_height():
            top = bottom + gap
        elif height + gap <= top:
            top -= height + gap
        else:
            left, top = left + area.winfo_width() + gap, min(top, root.winfo_height() - height)
        view.place(x=max(0, min(left, root.winfo_width() - width)), y=max(0, top))
        view.lift()

    def _end(self) -> None:
        self.close()
        self._desk.session.originals.forget(self._repaint)


def _card(space: Space, dim: int, _job: Job) -> "Card":
    """Compute the card of a dimension, beside the window."""
    from vae_explorer.space import cards

    return cards.of(space, dim)


def _bind_all(widget: tk.Misc) -> None:
    """Let the card in a window hear of Esc and of each click there, also of those that a widget keeps for itself."""
    for sequence, script in (
        ("<Escape>", f"catch {{event generate {_OF_WINDOW} {_CLOSE}}}"),
        ("<ButtonPress-1>", f"catch {{event generate {_OF_WINDOW} {_PRESS} -rootx %X -rooty %Y}}"),
    ):
        if script not in str(widget.tk.call("bind", "all", sequence)):
            widget.tk.call("bind", "all", sequence, f"+{script}")
