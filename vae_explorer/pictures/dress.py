"""A Figure in the colours of a dark slide, or on no ground. Knows Figures, nothing of what is in them: they are drawn
in the few colours of `inks`, each of which has a partner on another ground."""

from collections.abc import Callable, Iterator
from typing import Any

from vae_explorer.pictures.rc import Figure, own_settings

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from vae_explorer.pictures.inks import INK, LIGHT, THEMES, TICK

Colour = tuple[float, float, float, float]


@own_settings()
def recolour(figure: Figure, theme: str) -> None:
    """Give everything in a Figure that is drawn in one of our colours its partner in a theme, one of THEMES; what has
    another colour, as a class has, keeps it."""
    if theme == LIGHT:
        return
    table = {to_rgba(old): to_rgba(new) for old, new in THEMES[theme].items()}
    found = [(change, colour) for artist in figure.findobj() for colour, change in _colours(artist)]
    for axes in figure.axes:  # of ticks that there are not yet
        axes.tick_params(color=table[to_rgba(TICK)], labelcolor=table[to_rgba(INK)])
    for change, colour in found:
        change(table.get(colour, colour))
    for image in figure.findobj(AxesImage):
        _let_through(image)


def _let_through(image: Any) -> None:
    """Let the ground be seen between the tiles of a picture."""
    between = np.ma.getmaskarray(image.get_array())
    if between.any():
        image.set_alpha(np.where(between if between.ndim == 2 else between[..., 0], 0.0, 1.0))


def _colours(artist: Artist) -> Iterator[tuple[Colour, Callable[[Any], None]]]:
    """The colours of an artist, and what changes each."""
    if isinstance(artist, Text):
        yield to_rgba(artist.get_color()), artist.set_color
    elif isinstance(artist, Line2D):
        yield _rgba(artist.get_color()), artist.set_color
        yield _rgba(artist.get_markeredgecolor()), artist.set_markeredgecolor
        yield _rgba(artist.get_markerfacecolor()), artist.set_markerfacecolor
    elif isinstance(artist, Patch):
        yield to_rgba(artist.get_facecolor()), artist.set_facecolor
        yield to_rgba(artist.get_edgecolor()), artist.set_edgecolor
    elif isinstance(artist, Collection) and len(artist.get_edgecolor()):
        yield _rgba(artist.get_edgecolor()[0]), artist.set_edgecolor


def _rgba(colour: Any) -> Colour:
    return to_rgba(colour)
