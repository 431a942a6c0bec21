"""A slider, a strip of digits and a typed value for each latent dimension, in rows. Shows the z of the session's State.

A model may have hundreds of dimensions, and a row takes some milliseconds. So a row is made when it comes into sight;
all are equally high, so that the place of each is known before.
"""

import tkinter as tk
from collections.abc import Iterable
from functools import partial
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.coordinates import RANGE
from vae_explorer.gui.views.sliders.cards import Cards
from vae_explorer.gui.views.sliders.parts import Parts
from vae_explorer.gui.views.sliders.row import TRAVEL, Row
from vae_explorer.gui.views.sliders.spreads import Spreads
from vae_explorer.gui.views.sliders.tiling import Tiling
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.scrolled import Scrolled
from vae_explorer.session.state import State

GAP = 8  # pixels of the design, between rows


class Sliders:
    """The rows of a model's latent dimensions, in an area that scrolls when there are many."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self.session, self._theme, self._say = desk.session, (theme := desk.theme), desk.status.say
        self._width = 0  # of the strips, once they have one
        self._first = self._pitch = 1  # pixels from the top to the first row, and from each to the next
        self.widget = Scrolled(parent, theme.colours.surface)
        self.cards = Cards(self.widget, desk, self.rename)
        self._spreads = Spreads(self.widget, desk, self._mark)
        self._tiling = Tiling(self.widget, desk, self._draw)
        self._drawing = Later(self.widget, self._draw)  # when the rows lie where they will be seen
        self.widget.inner.configure(padding=(theme.px(2), 0))  # as buttons have it around them
        self._made: dict[int, Row] = {}
        self._order, count = self._wanted(desk.session.state), desk.space.latent_dim
        self.rows = Parts(count, self._row)
        self.entries = Parts(count, lambda dim: self._row(dim).entry)
        self.strips = Parts(count, lambda dim: self._row(dim).strip)
        self.scales = Parts(count, lambda dim: self._row(dim).scale)
        self.axis = self._axis()
        self._arrange()
        self.widget.bind("<<Scrolled>>", lambda _event: self._drawing.ask(), add=True)

    def show(self, state: State) -> None:
        """Put thumbs, numbers and tiles where the state has them."""
        if (order := self._wanted(state)) != self._order:
            self._order = order
            self._arrange()
            if (dim := self._focused()) is not None:
                self._make_beside(dim)
        for row in self._made.values():
            row.show(state)
        self._spreads.show(state)
        self.cards.show(state)
        self._draw()

    def _mark(self) -> None:
        """Mark where the encoder puts the picture that is seen."""
        for dim, row in self._made.items():
            row.strip.tell(self._spreads.of[dim])

    def show_card(self, dim: int | None) -> None:
        """Open the card of a dimension, whose slider takes the keys; None: of that which has them, or of the first."""
        dim = self._take_keys(dim)
        self.cards.open(dim, self._made[dim])

    def rename(self, dim: int | None) -> None:
        """Let the person type a name for a dimension; None: for the one that has the keys, or for the first."""
        self.cards.close()
        self._made[self._take_keys(dim)].rename()

    def _take_keys(self, dim: int | None) -> int:
        """Give the keys to the slider of a dimension, which brings it into view, and give the dimension."""
        if dim is None:
            focused = self._focused()
            dim = self._order[0] if focused is None else focused
        self.scales[dim].focus_set()
        return dim

    # ------------------------------------------------------------------ the rows and their order

    def _wanted(self, state: State) -> tuple[int, ...]:
        """The dimensions in the order that the state has them."""
        if state.order == "number" or self.session.space.atlas is None:
            return tuple(range(len(state.z)))
        return self.session.space.atlas.dims_by_kl

    def _axis(self) -> ttk.Frame:
        """The least, the middle and the largest value, each over its tile."""
        axis = ttk.Frame(self.widget.inner)
        for value, text in ((-RANGE, f"−{RANGE:g}"), (0.0, "0"), (RANGE, f"+{RANGE:g}")):
            label = ttk.Label(axis, text=text, style="Muted.TLabel")
            label.place(relx=TRAVEL.place(value, 1), anchor="n")
            axis.configure(height=label.winfo_reqheight())
        left = self._make(self._order[0]).left + self._theme.px(4)
        axis.place(x=left, relwidth=1, width=-left)
        axis.bind("<Configure>", lambda event: self._resize(event.width))
        return axis

    def _row(self, dim: int) -> Row:
        """The row of a dimension, laid out."""
        self._lay_out([dim])
        return self._made[dim]

    def _lay_out(self, dims: Iterable[int]) -> None:
        """Make those of some rows that are missing, with their places at once: else nothing can be given the focus."""
        before = len(self._made)
        self._complete(dims)
        if len(self._made) > before:
            self.widget.update_idletasks()

    def _complete(self, dims: Iterable[int]) -> None:
        """Make those of some rows that are missing; they are laid out when Tk has nothing else to do."""
        before = len(self._made)
        for dim in dims:
            self._make(dim)
        if len(self._made) > before:
            self._arrange()

    def _make(self, dim: int) -> Row:
        """Make a row, unless it is there; its place comes by `_arrange`."""
        if dim in self._made:
            return self._made[dim]
        row = self._made[dim] = Row(self.widget.inner, dim, self.session, self._theme, self._say)
        row.scale.bind("<Up>", partial(self._go_to, dim, -1))
        row.scale.bind("<Down>", partial(self._go_to, dim, 1))
        for each in (row.entry, row.scale):
            each.bind("<FocusIn>", lambda _event: self._make_beside(dim))
        row.scale.bind("<Return>", lambda _event: self.cards.turn(dim, row))
        row.scale.bind("<F2>", lambda _event: self.rename(dim))
        row.head.bind("<Double-Button-1>", lambda _event: self.rename(dim))
        self.cards.watch(dim, row, row.head)
        row.resize(self._width)
        row.show(self.session.state)
        row.strip.tell(self._spreads.of[dim])
        return row

    def _arrange(self) -> None:
        """Put the rows in order, for the eyes and, by lifting each over the one before, for Tab.

        The first and the last are always there: they are where Tab comes from elsewhere.
        """
        self._make(self._order[-1])
        height = self._make(self._order[0]).height  # all are alike
        self._first, self._pitch = self.axis.winfo_reqheight(), height + self._theme.px(GAP)
        for k, dim in enumerate(self._order):
            if dim in self._made:
                self._made[dim].place(y=self._first + k * self._pitch, relwidth=1, height=height)
                self._made[dim].lift()
        self.widget.inner.configure(height=self._first + len(self._order) * self._pitch)

    def _make_beside(self, dim: int) -> None:
        """Make the rows above and below one that has the focus, so that Tab finds them there."""
        k = self._order.index(dim)
        self._lay_out(self._order[max(0, k - 1) : k + 2])

    def _focused(self) -> int | None:
        """The dimension whose row has the focus, if any has it."""
        focus = str(self.widget.tk.call("focus"))  # also while a menu of Tk's own has it
        return next((dim for dim, row in self._made.items() if focus.startswith(f"{row}.")), None)

    def _go_to(self, dim: int, step: int, _event: object) -> None:
        k = min(max(self._order.index(dim) + step, 0), len(self._order) - 1)
        self.scales[self._order[k]].focus_set()

    # ------------------------------------------------------------------ the tiles

    def _resize(self, width: int) -> None:
        """Give the strips their width, and with it the rows their height and place."""
        if width != self._width:
            self._width = width
            for row in self._made.values():
                row.resize(width)
            self._arrange()
            self._drawing.ask()

    def _draw(self) -> None:
        """Make the rows in view, and their tiles anew."""
        self._drawing.cancel()
        if self._width <= 1:
            return
        dims = self._in_view()
        self._complete(dims)
        strips = {dim: self._made[dim].strip for dim in dims}
        self._tiling.draw(strips, self.session.state.z, self._width)

    def _in_view(self) -> list[int]:
        """The dimensions whose rows are seen, or a part of them."""
        first, last = (int((y - self._first) // self._pitch) for y in self.widget.seen)
        rows = range(first, last + 1)
        return [self._order[k] for k in rows if 0 <= k < len(self._order)]
