"""One slider, its filmstrip and a typed value for each latent dimension. Shows and moves the z of the session's State.

A slider and its strip are one control: the thumb stands under the tile of its value.
"""

import tkinter as tk
from functools import partial
from math import ceil, floor
from tkinter import ttk

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.coordinates import RANGE
from vae_explorer.gui.views.sliders.filmstrips import Films, Filmstrip, place
from vae_explorer.gui.views.sliders.heads import Head
from vae_explorer.gui.views.sliders.values import ValueEntry
from vae_explorer.gui.widgets.scrolled import Scrolled
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.state import State
from vae_explorer.space.space import MAX_ABS_Z

STEP, FINE_STEP, PAGE_STEP = 0.1, 0.01, 1.0

_KEYS = {
    "<Left>": -STEP,
    "<Right>": STEP,
    "<Shift-Left>": -FINE_STEP,
    "<Shift-Right>": FINE_STEP,
    "<Prior>": PAGE_STEP,
    "<Next>": -PAGE_STEP,
    "<<WheelUp>>": STEP,
    "<<WheelDown>>": -STEP,
    "<<WheelRight>>": STEP,
    "<<WheelLeft>>": -STEP,
}
GAP = 8  # pixels of the design, between rows
_THUMB = 12  # pixels of the design, as the theme draws it


class Sliders:
    """The rows of a model's latent dimensions, in an area that scrolls when there are many."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self.session, self._theme, self._say = desk.session, (theme := desk.theme), desk.status.say
        self._films = Films(desk.space.codec, desk.look)
        self._width = 0  # of the strips, once they have one
        self._drawn: dict[int, tuple[object, ...]] = {}  # of each strip: what its tiles were made of
        self._soon: str | None = None
        self.widget = Scrolled(parent, theme.colours.surface)
        self.widget.inner.columnconfigure(0, weight=1)
        self.widget.inner.configure(padding=(theme.px(2), 0))  # as buttons have it around them
        dims = range(len(desk.session.state.z))
        self._order = tuple(dims)
        self._values = [tk.DoubleVar(parent) for _ in dims]
        self.rows = [ttk.Frame(self.widget.inner) for _ in dims]
        self.entries = [self._entry(dim) for dim in dims]  # Tab follows the order in which they are made
        self.strips = [self._strip(dim) for dim in dims]
        self.scales = [self._scale(dim) for dim in dims]
        for dim in dims:
            self._head(dim)
        self.axis = self._axis()
        self._arrange()
        self.widget.bind("<<Scrolled>>", lambda _event: self._draw_soon(), add=True)
        self.widget.bind("<Destroy>", lambda _event: self._cancel(), add=True)

    def show(self, state: State) -> None:
        """Put thumbs, numbers and tiles where the state has them. Setting the variables never calls back."""
        if (order := self._wanted(state)) != self._order:
            self._order = order
            self._arrange()
        for value, entry, strip, z in zip(self._values, self.entries, self.strips, state.z, strict=True):
            if value.get() != z:
                value.set(z)
            entry.show(z)
            strip.mark(z)
        self._draw()

    # ------------------------------------------------------------------ the rows and their order

    def _wanted(self, state: State) -> tuple[int, ...]:
        """The dimensions in the order that the state has them."""
        if state.order == "number" or self.session.space.atlas is None:
            return tuple(range(len(state.z)))
        return self.session.space.atlas.dims_by_kl

    def _arrange(self) -> None:
        """Put the rows in order, for the eyes and, by lifting each over the one before, for Tab."""
        for k, dim in enumerate(self._order, 1):
            self.rows[dim].grid(row=k, column=0, sticky="ew", pady=(0, self._theme.px(GAP)))
            self.rows[dim].lift()

    def _axis(self) -> ttk.Frame:
        """The least, the middle and the largest value, each over its tile."""
        left = self.entries[0].winfo_reqwidth() + self._theme.px(4)
        axis = ttk.Frame(self.widget.inner)
        axis.grid(row=0, column=0, sticky="ew", padx=(left, 0))
        for value, text in ((-RANGE, f"−{RANGE:g}"), (0.0, "0"), (RANGE, f"+{RANGE:g}")):
            label = ttk.Label(axis, text=text, style="Muted.TLabel")
            label.place(relx=place(value, 1), anchor="n")
            axis.configure(height=label.winfo_reqheight())
        axis.bind("<Configure>", lambda event: self._resize(event.width))
        return axis

    def _head(self, dim: int) -> None:
        row, atlas = self.rows[dim], self.session.space.atlas
        row.columnconfigure(1, weight=1)
        row.bind("<Configure>", lambda _event: self._draw_soon())
        kl, most = (None, 0.0) if atlas is None else (float(atlas.kl_per_dim[dim]), float(atlas.kl_per_dim.max()))
        head = Head(row, dim, kl, most, self.entries[dim].winfo_reqwidth(), self._theme)
        head.canvas.grid(row=0, column=0, sticky="nw")

    def _strip(self, dim: int) -> Filmstrip:
        atlas = self.session.space.atlas
        band = None if atlas is None else tuple(atlas.percentiles()[:, dim].tolist())
        strip = Filmstrip(self.rows[dim], self._theme, band)
        strip.canvas.grid(row=0, column=1, sticky="new", padx=(self._theme.px(4), 0))
        strip.canvas.bind("<Button-1>", lambda _event: self.scales[dim].focus_set(), add=True)
        strip.on_move(partial(self._move, dim), self.session.commit)
        Tooltip(strip.canvas, lambda: strip.told(f"z{dim}"), self._theme)
        return strip

    def _scale(self, dim: int) -> ttk.Scale:
        scale = ttk.Scale(self.rows[dim], from_=-RANGE, to=RANGE, variable=self._values[dim], takefocus=True)
        scale.configure(command=lambda text: self._move(dim, float(text)))
        scale.grid(row=1, column=1, sticky="ew")
        scale.bind("<ButtonRelease-1>", lambda _event: self.session.commit())
        Tooltip(
            scale, lambda: f"z{dim}: drag, turn the wheel, or use ← and →; a double click sets it to 0", self._theme
        )
        for key, step in _KEYS.items():
            scale.bind(key, partial(self._step, dim, step))
        for sequence, value in (("<Home>", 0.0), ("<Double-Button-1>", 0.0), ("<End>", RANGE)):
            scale.bind(sequence, partial(self._put, dim, value))
        scale.bind("<Up>", partial(self._go_to, dim, -1))
        scale.bind("<Down>", partial(self._go_to, dim, 1))
        return scale

    def _entry(self, dim: int) -> ValueEntry:
        entry = ValueEntry(
            self.rows[dim], f"z{dim}", lambda: self.session.state.z[dim], partial(self._type, dim), self._say
        )
        entry.grid(row=1, column=0, sticky="w")
        Tooltip(entry, lambda: f"The value of z{dim}: type any from −{MAX_ABS_Z:g} to {MAX_ABS_Z:g}", self._theme)
        return entry

    # ------------------------------------------------------------------ the tiles

    def _resize(self, width: int) -> None:
        """Give strips and sliders their width; a slider's travel ends in the middle of the outermost tiles."""
        if width == self._width:
            return
        self._width = width
        thumb = self._theme.px(_THUMB) / 2
        # Rounded to the right, because ttk rounds to the left: nowhere is the thumb a whole pixel beside its place.
        left = max(0, ceil(place(-RANGE, width) - thumb))
        right = max(0, floor(width - place(RANGE, width) - thumb))  # half a tile is narrower than half a thumb
        for strip, scale in zip(self.strips, self.scales, strict=True):
            strip.resize(width)
            scale.grid(padx=(left + self._theme.px(4), right))
        self._draw_soon()

    def _draw_soon(self) -> None:
        if self._soon is None:  # until the rows lie where they will be seen
            self._soon = self.widget.after_idle(self._draw)

    def _draw(self) -> None:
        """Make the tiles of the strips in view anew, except those that no other slider has moved."""
        self._cancel()
        z = self.session.state.z
        made = {dim: (self._width, z[:dim], z[dim + 1 :]) for dim in self._in_view()}
        stale = [dim for dim in made if made[dim] != self._drawn.get(dim)]
        if not stale or self._width <= 1:
            return
        for dim, pixels in zip(stale, self._films.around(z, stale, self._width), strict=True):
            self.strips[dim].show(pixels)
            self._drawn[dim] = made[dim]

    def _in_view(self) -> list[int]:
        """The dimensions whose rows are seen, or a part of them."""
        top, bottom = self.widget.seen
        gap = self._theme.px(GAP)
        first = self.axis.winfo_height()
        pitch = self.rows[0].winfo_height() + gap  # all are alike
        rows = range(int((top - first) // pitch), int((bottom - first) // pitch) + 1)
        return [self._order[k] for k in rows if 0 <= k < len(self._order)]

    def _cancel(self) -> None:
        if self._soon is not None:
            self.widget.after_cancel(self._soon)
            self._soon = None

    # ------------------------------------------------------------------ what moves z

    def _move(self, dim: int, value: float) -> None:
        z = self.session.state.z
        self.session.preview(z=(*z[:dim], value, *z[dim + 1 :]))

    def _type(self, dim: int, value: float) -> None:
        self._move(dim, value)
        self.session.commit()

    def _step(self, dim: int, step: float, _event: object) -> None:
        """Move by a key, to a limit that a value beyond the slider's range has passed already."""
        value = self.session.state.z[dim]
        limit = max(RANGE, abs(value))
        self._type(dim, min(max(round(value + step, 6), -limit), limit))

    def _put(self, dim: int, value: float, _event: object) -> str:
        self._type(dim, value)
        return "break"  # Home is the window's, too, and a second click would press the thumb

    def _go_to(self, dim: int, step: int, _event: object) -> None:
        k = min(max(self._order.index(dim) + step, 0), len(self._order) - 1)
        self.scales[self._order[k]].focus_set()
