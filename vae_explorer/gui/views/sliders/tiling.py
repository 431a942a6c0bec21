"""The tiles of the strips in view: made anew where another slider has moved, and shaded where that is wanted."""

import tkinter as tk
from collections.abc import Callable, Mapping

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.sliders.shades import Shades
from vae_explorer.gui.views.sliders.strips import Strip, Strips
from vae_explorer.gui.widgets.later import Later
from vae_explorer.session.history import TILES

LOOK_MS = 20  # between two looks whether tiles can be shaded yet


class Tiling:
    """Remembers of each strip what its tiles were made of, and makes all that are stale at once."""

    def __init__(self, widget: tk.Misc, desk: Desk, again: Callable[[], None]) -> None:
        """again: called when the tiles can be shaded, to draw them."""
        self._desk, self._strips = desk, Strips(desk.space.codec, desk.look)
        self._drawn: dict[int, tuple[object, ...]] = {}
        self._shades: Shades | None = None
        self._waiting = Later(widget, again, LOOK_MS)

    def draw(self, strips: Mapping[int, Strip], z: tuple[float, ...], width: int) -> None:
        """Draw the strips of some dimensions at z, but for those that no other slider has moved."""
        shades = self._wanted()
        made = {dim: (width, shades, z[:dim], z[dim + 1 :]) for dim in strips}
        stale = [dim for dim in made if made[dim] != self._drawn.get(dim)]
        if not stale:
            return
        pixels = self._strips.around(z, stale, width)
        percents = None
        if shades is not None:
            percents = shades.percents(self._strips.points(z, stale)).reshape(len(stale), TILES)
            pixels = shades.covered(pixels, percents)
        for k, dim in enumerate(stale):
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
