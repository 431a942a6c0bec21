"""The tiles of the strips in view: made anew where another slider has moved, and shaded where that is wanted."""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Names
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.sliders.shades import Shades
from vae_explorer.gui.views.sliders.strips import Strip, laid, tile_points
from vae_explorer.gui.widgets.later import Later
from vae_explorer.images import Pixels
from vae_explorer.session.history import TILES
from vae_explorer.space.latent import Points

LOOK_MS = 20  # between two looks whether tiles can be shaded yet

Made = dict[Any, tuple[object, ...]]  # by dimension, what the tiles of its strip are made of


class Tiling:
    """Remembers of each strip what its tiles were made of, and makes all that are stale at once."""

    def __init__(self, widget: tk.Misc, desk: Desk, again: Callable[[], None]) -> None:
        """again: called when the tiles can be shaded, to draw them."""
        self._desk, self._asker = desk, Asker(desk.decoding, widget)
        self._drawn: Made = {}
        self._shades: Shades | None = None
        self._waiting = Later(widget, again, LOOK_MS)

    def draw(self, strips: Mapping[int, Strip], z: tuple[float, ...], width: int) -> None:
        """Draw the strips of some dimensions at z, but for those that no other slider has moved."""
        shades = self._wanted()
        made: Made = {dim: (width, shades, z[:dim], z[dim + 1 :]) for dim in strips}
        points = {dim: tile_points(z, dim) for dim in strips if made[dim] != self._drawn.get(dim)}
        if points or self._asker.wanted:
            self._asker.pixels(points, partial(self._show, strips, points, made))

    def _show(
        self, strips: Mapping[Any, Strip], points: Mapping[Any, Points], made: Made, dims: Names, digits: Pixels
    ) -> None:
        """Show the strips of some dimensions, whose digits were decoded."""
        width, shades = made[dims[0]][:2]
        assert isinstance(width, int)
        pixels, percents = laid(self._desk.look, digits, width, self._desk.theme.colours.surface), None
        if isinstance(shades, Shades):
            percents = shades.percents(np.concatenate([points[dim] for dim in dims])).reshape(len(dims), TILES)
            pixels = shades.covered(pixels, percents)
        for k, dim in enumerate(dims):
            strips[dim].show(pixels[k], None if percents is None else percents[k].tolist())
            self._drawn[dim] = made[dim]

    def _wanted(self) -> Shades | None:
        """What shades the tiles, where the settings want that and it can be done without a wait."""
        density = self._desk.space.density
        if density is None or not self._desk.memory.settings.shade:
            return None
        if self._shades is None:
            self._shades = Shades(density, self._desk.theme)
        if self._shades.ready:
            return self._shades
        self._waiting.ask()
        return None
