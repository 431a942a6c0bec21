"""Makers of what lies over a plane: the map of the encoded digits, and the plane of decoded ones."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.pictures import dimensions, figures, maps
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import latent
from vae_explorer.space.latent import Plane
from vae_explorer.space.space import Space, within


def dots(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """The map of the atlas, over a plane or over one dimension."""
    digits, names, dims = space.atlas, space.class_names, chosen["dims"]
    assert digits is not None, "the table says that a map needs it"
    if len(dims) == 1:
        [dim] = dims
        axes = dimensions.title(dim, dimensions.read(chosen["names"])), space.worded("digits")
        return maps.line(digits.mu[:, dim].astype(float), digits.label, names, made.z[dim], axes)
    over, axes = _plane(space, chosen)
    return maps.plane(over.project(digits.mu), digits.label, names, over.project(made.z)[0], axes)


def plane(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """The plane of digits through z."""
    over, axes = _plane(space, chosen)
    if chosen["spacing"] == "quantiles":
        values = latent.quantiles(chosen["n"])
    else:
        values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    sheet = tiles(space, within(over.grid(values, made.z)), cancelled)
    return figures.plane(sheet, values.tolist(), values[::-1].tolist(), axes)


def _plane(space: Space, chosen: Chosen) -> tuple[Plane, tuple[str, str]]:
    """The plane that was chosen, and the titles of its axes."""
    dims = None if isinstance(chosen["dims"], str) else chosen["dims"]
    return space.plane(dims), dimensions.axes(dims, dimensions.read(chosen["names"]))
