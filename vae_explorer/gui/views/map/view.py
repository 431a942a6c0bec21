"""The map: the encoded digits on a plane, and where one is among them. Chooses the plane; the chart draws it."""

import tkinter as tk
from tkinter import ttk

import numpy as np

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.layers import LEAST, HintLine
from vae_explorer.gui.views.map.chart import Chart
from vae_explorer.gui.views.map.dressing import Dressing
from vae_explorer.gui.views.map.glimpse import Glimpse
from vae_explorer.gui.views.map.steering import Steering
from vae_explorer.gui.widgets.axes import Axes
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session.layers import LAYERS
from vae_explorer.session.state import State
from vae_explorer.space import missing
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Dims, Plane
from vae_explorer.storage.checkpoint import ATLAS

HINT = "Click to go there; drag to pan; wheel to zoom"
KEYS = (
    "Shift+click goes to the nearest encoded digit. The ring, too, can be dragged. With the keys: arrows move by 0.1, "
    "with Shift by 0.01; + and − zoom; Return goes to the nearest encoded digit"
)
WHOLE = "Show all digits again; a double click on the map does it, too"
OFF = "How far z lies from this plane, in the directions that the map does not show; moving on the map keeps it so"


class MapView:
    """The tab; `chart` and `dressing` are None without an atlas."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, desk.theme
        self._shown: State | None = None
        self.chart: Chart | None = None
        self.dressing: Dressing | None = None
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)
        if desk.space.atlas is None:
            self._miss()
        else:
            self._build(desk.space.atlas)

    def _miss(self) -> None:
        space = self._desk.space
        lead, what = map(space.worded, ("The map shows where the encoder puts the digits.", "the encoded digits"))
        text = f"{lead} {missing.told(space, ATLAS, what)}"
        Wrapped(self.widget, self._theme, text, LEAST).grid(row=0, sticky="ew")

    def _build(self, atlas: Atlas) -> None:
        desk, px = self._desk, self._theme.px
        views = desk.memory.kept(desk.session, "views of planes")
        self.chart = Chart(self.widget, self._theme, atlas, desk.space.class_names, views)
        self.chart.widget.grid(row=0, sticky="nsew")
        glimpse = Glimpse(self.chart.canvas, self._theme, desk.decoding, desk.look)
        self.steering = Steering(desk, self.chart, glimpse)
        self.dressing = Dressing(desk, self.chart)
        self._line().grid(row=1, sticky="ew", pady=(px(8), px(4)))
        self._below().grid(row=2, sticky="ew")

    def _line(self) -> ttk.Frame:
        """The plane to choose, and how far z lies off it."""
        line, session = ttk.Frame(self.widget), self._desk.session
        line.columnconfigure(1, weight=1)
        self.axes: Axes | None = None
        if session.space.latent_dim > 1:
            self.axes = Axes(line, session, self._theme, lambda dims: session.commit(map_dims=dims))
            self.axes.widget.grid(row=0, column=0)
        self._off = tk.StringVar(line)
        if session.space.latent_dim > 2:  # else nothing is off the plane
            off = ttk.Label(line, textvariable=self._off)
            off.grid(row=0, column=1, sticky="e")
            Tooltip(off, lambda: OFF, self._theme)
        return line

    def _below(self) -> ttk.Frame:
        """What can be done, in a line, and the buttons for the layers and the whole view."""
        line = HintLine(self.widget, self._desk, HINT, KEYS, [*LAYERS])
        self.layers = line.layers
        self.fit = ttk.Button(line.widget, text="Fit", command=self.steering.show_whole)
        self.fit.grid(row=0, column=2, sticky="e", padx=(self._theme.px(4), 0))
        Tooltip(self.fit, lambda: self._desk.space.worded(WHOLE), self._theme)
        return line.widget

    def show(self, state: State) -> None:
        """Show the plane of a state, and where its z lies."""
        before, self._shown = self._shown, state
        if self.chart is None or self.dressing is None:
            return
        turned = before is None or (before.map_dims, before.names) != (state.map_dims, state.names)
        if turned:
            self._lie(self.chart, state.map_dims, state.names)
        if turned or before is None or before.z != state.z:
            self.chart.show(state.z)
            self.steering.refresh()
            self._off.set(f"{self.chart.plane.off(state.z):.2f} off plane")
        self.dressing.show(state)

    def _lie(self, chart: Chart, dims: Dims | None, names: Names) -> None:
        space = self._desk.space
        if space.latent_dim == 1:
            line = Plane(np.zeros(1), np.array([[1.0], [0.0]]))  # up is no direction
            chart.lie(None, line, (dimensions.title(0, names), ""))
        else:
            chart.lie(dims, space.plane(dims), dimensions.axes(dims, names))
            assert self.axes is not None
            self.axes.show(dims, names)
