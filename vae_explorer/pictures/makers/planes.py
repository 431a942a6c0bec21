"""Makers of what lies over a plane: the map of the encoded digits, and the plane of decoded ones."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.pictures import dimensions, figures, maps
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside, coordinates
from vae_explorer.space import latent
from vae_explorer.space.latent import Plane, Values
from vae_explorer.space.space import Space, within


def dots(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """The map of the atlas, over a plane or over one dimension."""
    digits, names, dims = space.atlas, space.class_names, chosen["dims"]
    assert digits is not None, "the table says that a map needs it"
    if len(dims) == 1:
        [dim] = dims
        axes = dimensions.title(dim, dimensions.read(chosen["names"])), space.worded("digits")
        return maps.line(digits.mu[:, dim].astype(float), digits.label, names, made.z[dim], axes, chosen["ground"])
    over, axes = _plane(space, chosen)
    return maps.plane(over.project(digits.mu), digits.label, names, over.project(made.z)[0], axes, chosen["ground"])


def dots_table(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each dot: the number of its image among the test images, its class, and where it lies."""
    digits, dims = space.atlas, chosen["dims"]
    assert digits is not None, "the table says that a map needs it"
    classes = [space.class_names[int(label)] for label in digits.label]
    if len(dims) == 1:
        return Table(
            ["image", "class", f"z{dims[0]}"], beside(digits.index, classes, digits.mu[:, dims[0]].astype(float))
        )
    over, axes = _plane(space, chosen)
    return Table(["image", "class", *axes], beside(digits.index, classes, over.project(digits.mu)))


def plane(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """The plane of digits through z."""
    (over, axes), values = _plane(space, chosen), _values(chosen)
    sheet = tiles(space, within(over.grid(values, made.z)), cancelled)
    return figures.plane(sheet, values.tolist(), values[::-1].tolist(), axes)


def plane_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each picture, row by row from the top: its coordinates, and z."""
    (over, axes), values = _plane(space, chosen), _values(chosen)
    across, down = (each.ravel() for each in np.meshgrid(values, values[::-1]))
    z = within(over.grid(values, made.z))
    return Table([*axes, *coordinates(space.latent_dim)], beside(across, down, z))


def _values(chosen: Chosen) -> Values:
    """The coordinates along each side, (n,)."""
    if chosen["spacing"] == "quantiles":
        return latent.quantiles(chosen["n"])
    return np.linspace(-chosen["span"], chosen["span"], chosen["n"])


def _plane(space: Space, chosen: Chosen) -> tuple[Plane, tuple[str, str]]:
    """The plane that was chosen, and the titles of its axes."""
    dims = None if isinstance(chosen["dims"], str) else chosen["dims"]
    shares = space.atlas.principal_shares if space.atlas else dimensions.UNKNOWN
    return space.plane(dims), dimensions.axes(dims, dimensions.read(chosen["names"]), shares)
