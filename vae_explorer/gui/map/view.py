"""The map: the encoded digits on a plane, and where one is among them. Chooses the plane; the chart draws it."""

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

import numpy as np

from vae_explorer.atlas import Atlas
from vae_explorer.checkpoint import ATLAS
from vae_explorer.gui.map.chart import Chart
from vae_explorer.gui.map.glimpse import Glimpse
from vae_explorer.gui.map.steering import Steering
from vae_explorer.gui.theme import Theme
from vae_explorer.gui.tooltip import Tooltip
from vae_explorer.latent import Plane
from vae_explorer.state import Dims, State

if TYPE_CHECKING:
    from vae_explorer.gui.app import App

PRINCIPAL, NONE = "principal", "–"
LEAST = 220  # pixels of the design, of a line of text
HINT = "Click to go there; drag to pan; wheel to zoom; Shift+click: the nearest digit"
KEYS = (
    "With the keys: arrows move by 0.1, with Shift by 0.01; + and − zoom; Return goes to the nearest encoded digit. "
    "The ring, too, can be dragged"
)
AXES = "Which two directions the map shows. Along the principal axes the encoded digits spread most"
OFF = "How far z lies from this plane, in the directions that the map does not show; moving on the map keeps it so"


class MapView:
    """The tab; `chart` and `steering` are None without an atlas."""

    def __init__(self, parent: tk.Misc, app: "App", theme: Theme) -> None:
        self._app, self._theme = app, theme
        self._shown: State | None = None
        self.chart: Chart | None = None
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)
        if app.session.atlas is None:
            self._miss()
        else:
            self._build(app.session.atlas)

    def _miss(self) -> None:
        why = self._app.session.missing[ATLAS]
        text = f"The map shows where the encoder puts the digits. It needs {ATLAS}: {why}. Training writes it."
        self._wrapped(self.widget, text).grid(row=0, sticky="ew")

    def _build(self, atlas: Atlas) -> None:
        app, px = self._app, self._theme.px
        self.chart = Chart(self.widget, self._theme, atlas, app.session.class_names)
        self.chart.widget.grid(row=0, sticky="nsew")
        glimpse = Glimpse(self.chart.canvas, self._theme, app.session.codec, app.look)
        self.steering = Steering(app, self.chart, glimpse)
        self._line().grid(row=1, sticky="ew", pady=(px(8), px(4)))
        self._below().grid(row=2, sticky="ew")

    def _line(self) -> ttk.Frame:
        """Two dimensions to choose, and how far z lies off their plane."""
        line, latent_dim = ttk.Frame(self.widget), len(self._app.session.state.z)
        gap = self._theme.px(4)
        line.columnconfigure(2, weight=1)
        dims = [f"z{dim}" for dim in range(latent_dim)]
        self.axes: list[ttk.Combobox] = []
        if latent_dim > 1:
            self.axes = [
                ttk.Combobox(line, state="readonly", values=[PRINCIPAL, *dims], width=len(PRINCIPAL)),
                ttk.Combobox(line, state="readonly", values=dims, width=3),
            ]
        for place, box in enumerate(self.axes):
            box.bind("<<ComboboxSelected>>", lambda _event, place=place: self._choose(place))  # type: ignore[misc]
            box.grid(row=0, column=place, padx=(0, gap))
            Tooltip(box, lambda: AXES, self._theme)
        self._off = tk.StringVar(line)
        if latent_dim > 2:  # else nothing is off the plane
            off = ttk.Label(line, textvariable=self._off)
            off.grid(row=0, column=2, sticky="e")
            Tooltip(off, lambda: OFF, self._theme)
        return line

    def _below(self) -> ttk.Frame:
        """What can be done, in a line, and the button for the whole view."""
        line = ttk.Frame(self.widget)
        line.columnconfigure(0, weight=1)
        hint = self._wrapped(line, HINT)
        hint.grid(row=0, column=0, sticky="ew", padx=(0, self._theme.px(4)))
        Tooltip(hint, lambda: KEYS, self._theme)
        self.fit = ttk.Button(line, text="Fit", command=self.steering.show_whole)
        self.fit.bind("<Return>", lambda _event: self.fit.invoke())
        self.fit.grid(row=0, column=1, sticky="e")
        Tooltip(self.fit, lambda: "Show all digits again; a double click on the map does it, too", self._theme)
        return line

    def _wrapped(self, parent: tk.Misc, text: str) -> ttk.Label:
        """A muted text in lines as long as its place is wide."""
        room = self._theme.px(4)  # for the space at the end of a line, which Tk lets stand out
        label = ttk.Label(parent, text=text, style="Muted.TLabel", wraplength=self._theme.px(LEAST))
        label.bind("<Configure>", lambda event: label.configure(wraplength=event.width - room))
        return label

    def _choose(self, place: int) -> None:
        text = self.axes[place].get()
        dim = None if text == PRINCIPAL else int(text.removeprefix("z"))
        self._app.session.commit(map_dims=chosen(self._app.session.state.map_dims, place, dim))
        self._name_axes(self._app.session.state.map_dims)  # also where the choice has changed nothing

    def show(self, state: State) -> None:
        """Show the plane of a state, and where its z lies."""
        before, self._shown = self._shown, state
        if self.chart is None:
            return
        turned = before is None or before.map_dims != state.map_dims
        if turned:
            self._lie(self.chart, state.map_dims)
        if turned or before is None or before.z != state.z:
            self.chart.show(state.z)
            self.steering.refresh()
            self._off.set(f"{self.chart.plane.off(state.z):.2f} off plane")

    def _lie(self, chart: Chart, dims: Dims | None) -> None:
        session = self._app.session
        if session.codec.latent_dim == 1:
            chart.lie(None, Plane(np.zeros(1), np.array([[1.0], [0.0]])), ("z0", ""))  # a line: up is no direction
        else:
            chart.lie(dims, *session.plane(dims))
            self._name_axes(dims)

    def _name_axes(self, dims: Dims | None) -> None:
        names = (PRINCIPAL, NONE) if dims is None else [f"z{dim}" for dim in dims]
        for box, name in zip(self.axes, names, strict=True):
            box.set(name)

    def destroy(self) -> None:
        """Leave nothing waiting."""
        if self.chart is not None:
            self.steering.destroy()
            self.chart.destroy()


def chosen(dims: Dims | None, place: int, dim: int | None) -> Dims | None:
    """The dimensions of the map after one, or None for the principal axes, was chosen at a place, 0 or 1.

    Where the other place has the same one, they change places.
    """
    if dim is None:
        return None
    other = (1 if dim == 0 else 0) if dims is None else dims[1 - place]
    if other == dim and dims is not None:
        other = dims[place]
    return (dim, other) if place == 0 else (other, dim)
