"""All that a person can change in one open model, as values: equality, history and files need no code. Knows no model.

What can be derived from it is not in it.
"""

from dataclasses import dataclass

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures.dimensions import Names
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.measurements import Measurement
from vae_explorer.space.factors import HELD
from vae_explorer.space.latent import Dims
from vae_explorer.space.paths import WAYS

MAX_COUNT = 30  # of the plane's digits on a side


@dataclass(frozen=True)
class Plane:
    """The plane of digits: over two dimensions, or over the map's plane where dims is None; count × count digits, at
    even steps or, where quantiles is on, at even shares of N(0, 1)."""

    dims: Dims | None = (0, 1)
    count: int = 12
    quantiles: bool = False


@dataclass(frozen=True)
class Path:
    """The way from one place to another, and which of the ways is played."""

    start: Bookmark | None = None
    end: Bookmark | None = None
    way: str = next(iter(WAYS))


@dataclass(frozen=True)
class State:
    """z, a latent point of D floats; the bookmarks, in order; and what the views show: in which order the sliders
    stand, over which two dimensions the map lies (None: its principal axes), the plane, the path, and the three
    places of a − b + c; what is drawn on the pad, and whether z came from it, so that what is told of z is told of the
    drawing; mu and logvar of the drawing's q(z|x) where they were refined; the names of what is held while a handle or
    ink moves z, as `holding` has them; the measurements, in order; what dimensions are called."""

    z: tuple[float, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    order: str = "number"
    map_dims: Dims | None = None
    plane: Plane = Plane()
    path: Path = Path()
    terms: tuple[Bookmark | None, Bookmark | None, Bookmark | None] = (None, None, None)
    drawing: Drawing = Drawing()
    encoded: bool = False
    refined: tuple[tuple[float, ...], tuple[float, ...]] | None = None
    held: frozenset[str] = HELD
    measured: tuple[Measurement, ...] = ()
    names: Names = ()
