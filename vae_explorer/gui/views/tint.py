"""The fields of classes and density over the tiles of the plane, while their layers are on. Knows desk and tiles."""

from functools import partial
from typing import TYPE_CHECKING

from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.painter import Painter
from vae_explorer.gui.widgets.tiles import Tiles
from vae_explorer.images import Size
from vae_explorer.jobs import Job
from vae_explorer.session.layers import FIELDS
from vae_explorer.space.latent import Plane, Points
from vae_explorer.space.space import Space

if TYPE_CHECKING:
    from vae_explorer.pictures.fields import Wash

Grid = tuple[Plane, Points, tuple[float, ...]]  # the plane, the tiles' values (n,) along each axis, and z


class Tint:
    """Each tile has the class and the density of its own digit, for it is that digit's point that is asked about."""

    def __init__(self, desk: Desk, tiles: Tiles) -> None:
        self._desk, self._tiles = desk, tiles
        self._grid: Grid | None = None
        self._painter = Painter(tiles.widget, desk, tiles.cover)
        desk.layers.listen(self._shade)
        tiles.widget.bind("<Configure>", lambda _event: self._shade(), add=True)

    def show(self, plane: Plane, values: Points, z: tuple[float, ...]) -> None:
        """Tint tiles at n values, (n,), along each axis of a plane, as far off it as z."""
        if self._grid is not None and (self._grid[0].axes != plane.axes).any():
            self._tiles.cover(None)  # until that of this plane is there
        self._grid = plane, values, z
        self._shade()

    def _shade(self) -> None:
        fields = tuple(name for name in FIELDS if name in self._desk.layers.shown)
        if not fields or self._desk.space.atlas is None:
            self._painter.stop()
            self._tiles.cover(None)
        elif self._grid is not None:
            plane, values, z = self._grid
            size, line = self._tiles.size, max(1, self._desk.theme.px(1))
            off = plane.lift([[0, 0]], z)[0].round(9)
            key = fields, plane.axes.tobytes(), values.tobytes(), off.tobytes(), size
            self._painter.want(key, partial(_wash, self._desk.space, self._grid, fields, size, line))


def _wash(space: Space, grid: Grid, fields: tuple[str, ...], size: Size, line: int, job: Job) -> "Wash":
    """The wash of all tiles, each of a size in pixels; computed beside the window."""
    from vae_explorer.pictures.fields import wash  # which no window needs to begin with
    from vae_explorer.space import field

    plane, values, z = grid
    return wash(field.over(space, plane, values, values[::-1], z, job.cancelled).labelled.tiled(size), fields, line)
