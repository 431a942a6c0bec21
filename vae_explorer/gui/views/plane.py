"""The plane: digits side by side over two directions of latent space, through where one is. Chooses and decodes; the
tiles draw. The picture is that of Kingma and Welling (2013), figure 4."""

import tkinter as tk
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from tkinter import ttk
from typing import Any

import numpy as np

from vae_explorer.gui.desk.decoding import Asker
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.coordinates import RANGE, format_value
from vae_explorer.gui.views.layers import LEAST, HintLine
from vae_explorer.gui.views.rows import Rows
from vae_explorer.gui.views.tint import Tint
from vae_explorer.gui.widgets.axes import Axes
from vae_explorer.gui.widgets.tiles import Axis, Tile, Tiles, tile_of
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.images import Pixels
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session.layers import FIELDS
from vae_explorer.session.state import Plane, State
from vae_explorer.space import latent
from vae_explorer.space.latent import Points
from vae_explorer.space.space import point, within

COUNTS = 8, 12, 16, 20, 30
EVEN, QUANTILES = "even steps", "quantiles"
SAME = 1e-9  # less is rounding, and no other plane
LINE = "A plane needs two dimensions; this model has one."
HINT = "Each tile is what the decoder makes at that place. Click one to go there, or drag across them"
KEYS = "With the keys: the arrows go from tile to tile. What is not on the two axes stays as it is"
COUNT = "How many tiles there are: more are smaller, and nearer to each other"
SPACING = (
    f"Even steps go from −{RANGE:g} to {RANGE:g}. Quantiles stand closer where the prior N(0, 1) has more: each tile "
    "stands for the same share of it"
)
ARROWS = {"<Left>": (-1, 0), "<Right>": (1, 0), "<Up>": (0, 1), "<Down>": (0, -1)}


class PlaneView:
    """The tab; `tiles` and `tint` are None where there is one dimension only."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, (theme := desk.theme)
        self._plane: Plane | None = None  # that is drawn
        self._through: Points = np.zeros(0)  # the middle of what is drawn, (D,)
        self._values: Points = np.zeros(0)  # of the tiles, along each axis
        self._rows = Rows(desk.look, theme.colours.surface)
        self._given: Names = ()
        self._names = "", ""  # of the axes
        self._pressed: Tile | None = None
        self._dragged: Tile | None = None
        self.tiles: Tiles | None = None
        self.tint: Tint | None = None
        self.widget = ttk.Frame(parent)
        self._asker = Asker(desk.decoding, self.widget)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)
        if desk.space.latent_dim == 1:
            Wrapped(self.widget, theme, LINE, LEAST).grid(sticky="new")
        else:
            self._build()

    def _build(self) -> None:
        px = self._theme.px
        self.tiles = tiles = Tiles(self.widget, self._theme, self._desk.look)
        tiles.widget.grid(row=0, sticky="nsew")
        self._line().grid(row=1, sticky="ew", pady=(px(8), px(4)))
        below = HintLine(self.widget, self._desk, HINT, KEYS, FIELDS)
        below.widget.grid(row=2, sticky="ew")
        self.layers = below.layers
        self.tint = Tint(self._desk, tiles)
        bind = tiles.widget.bind
        bind("<Button-1>", partial(self._press, tiles))
        bind("<B1-Motion>", partial(self._drag, tiles))
        bind("<ButtonRelease-1>", self._release)
        bind("<Motion>", lambda event: self._hint(tiles.at(event.x, event.y)))
        bind("<Leave>", lambda _event: self._hint(None))
        for key, step in ARROWS.items():
            bind(key, partial(self._step, step))

    def _line(self) -> ttk.Frame:
        """The two axes, the number of tiles and their distance; in two lines where there is no room for one."""
        line, gap = ttk.Frame(self.widget), self._theme.px(4)
        self.axes = Axes(line, self._desk.session, self._theme, lambda dims: self._choose(dims=dims))
        self.axes.widget.grid(row=0, column=0, sticky="w")
        rest = ttk.Frame(line)
        self.count = self._box(rest, [tally(count) for count in COUNTS], COUNT, len(tally(COUNTS[-1])))
        self.spacing = self._box(rest, [EVEN, QUANTILES], SPACING, len(EVEN))
        self.count.bind("<<ComboboxSelected>>", lambda _event: self._choose(count=COUNTS[self.count.current()]))
        self.spacing.bind("<<ComboboxSelected>>", lambda _event: self._choose(quantiles=self.spacing.current() == 1))

        def _arrange(width: int) -> None:
            if self.axes.widget.winfo_reqwidth() + gap + rest.winfo_reqwidth() <= width:
                rest.grid(row=0, column=1, padx=(gap, 0), pady=0)
            else:
                rest.grid(row=1, column=0, padx=0, pady=(gap, 0), sticky="w")

        _arrange(0)
        line.bind("<Configure>", lambda event: _arrange(event.width))
        return line

    def _box(self, parent: ttk.Frame, values: list[str], why: str, width: int) -> ttk.Combobox:
        box = ttk.Combobox(parent, state="readonly", values=values, width=width)
        box.grid(row=0, column=len(parent.winfo_children()) - 1, padx=(0, self._theme.px(4)))
        Tooltip(box, lambda: why, self._theme)
        return box

    def show(self, state: State) -> None:
        """Show the digits of a state's plane, unless they are shown already, and where on it z is."""
        if self.tiles is None or self.tint is None:
            return
        plane = self._desk.space.plane(state.plane.dims)
        through = plane.lift([[0, 0]], state.z)[0]
        taken = state.plane == self._plane and state.names == self._given
        if not taken or abs(through - self._through).max() > SAME:
            if not taken:
                self._prepare(state.plane, state.names)
            self._through = through
            count, points = len(self._values), within(plane.grid(self._values, state.z))
            rows = {row: points[row * count : (row + 1) * count] for row in range(count)}
            self._asker.pixels(rows, partial(self._take, self.tiles, count))
        self.tint.show(plane, self._values, state.z)
        self.tiles.mark(tile_of(plane.project(state.z)[0], self._values))

    def _take(self, tiles: Tiles, count: int, rows: Sequence[int], digits: Pixels) -> None:
        """Show the digits of some rows of a plane, from the top, unless there are others by now."""
        if count == len(self._values):
            axes = self._axis(self._names[0]), self._axis(self._names[1])
            tiles.show(self._rows.take(count, rows, digits), axes)

    def _prepare(self, plane: Plane, names: Names) -> None:
        """Prepare what holds as long as the plane and the names of dimensions are, and put it into the controls."""
        self._plane, self._given, self._names = plane, names, dimensions.axes(plane.dims, names)
        self._values = latent.quantiles(plane.count) if plane.quantiles else np.linspace(-RANGE, RANGE, plane.count)
        self.axes.show(plane.dims, names)
        self.count.set(tally(plane.count))
        self.spacing.set(QUANTILES if plane.quantiles else EVEN)

    def _axis(self, name: str) -> Axis:
        low, high = (f"{value:+.1f}".removesuffix(".0").replace("-", "−") for value in self._values[[0, -1]])
        return low, name, high

    def _choose(self, **changes: Any) -> None:
        session = self._desk.session
        session.commit(plane=replace(session.state.plane, **changes))

    def _point(self, tile: Tile) -> tuple[float, ...]:
        """The z of a tile: on the plane that is drawn, and as far off it as z is now."""
        session = self._desk.session
        plane = session.space.plane(session.state.plane.dims)
        xy = self._values[list(tile)]
        return point(plane.lift([xy], session.state.z)[0])

    def _press(self, tiles: Tiles, event: "tk.Event[tk.Canvas]") -> None:
        tiles.widget.focus_set()
        self._pressed, self._dragged = tiles.at(event.x, event.y), None

    def _drag(self, tiles: Tiles, event: "tk.Event[tk.Canvas]") -> None:
        """Show the tile under the pointer, or the nearest to it, once it has left the one that was pressed."""
        tile = tiles.nearest(event.x, event.y)
        if self._pressed is None or tile == (self._dragged or self._pressed):
            return
        self._dragged = tile
        self._hint(tile)
        self._desk.session.preview(z=self._point(tile))

    def _release(self, _event: object) -> None:
        if self._dragged is not None:
            self._desk.session.commit()
        elif self._pressed is not None:
            self._desk.motion.go(self._point(self._pressed))
        self._pressed = self._dragged = None

    def _step(self, step: Tile, _event: object) -> None:
        """Go to the next tile from where z is, or from the nearest to it."""
        session = self._desk.session
        plane = session.space.plane(session.state.plane.dims)
        nearest = abs(self._values - plane.project(session.state.z)[0][:, None]).argmin(1)
        column, row = np.clip(nearest + step, 0, len(self._values) - 1).tolist()
        session.commit(z=self._point((column, row)))

    def _hint(self, tile: Tile | None) -> None:
        """Say in the status line where the tile under the pointer is."""
        values = [] if tile is None else self._values[list(tile)].tolist()
        coordinates = [f"{name} {format_value(value)}" for name, value in zip(self._names, values, strict=False)]
        self._desk.status.hint(", ".join(coordinates))


def tally(count: int) -> str:
    """Tell how many tiles there are."""
    return f"{count} × {count}"
