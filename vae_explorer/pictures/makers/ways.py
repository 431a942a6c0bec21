"""Makers of what lies between points: paths, also in motion, and arithmetic."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.images import Pixels
from vae_explorer.pictures import ways
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.tiles import DrawnWay
from vae_explorer.pictures.usual import ALL
from vae_explorer.space import geodesic, latent, paths
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space, within


def path(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """One way of a path, or all of them one above the other."""
    rows = {}
    for way in paths.WAYS if chosen["way"] == ALL else [chosen["way"]]:
        z = _points(space, way, chosen, cancelled)
        places = None if space.density is None else space.density.percentile(z)
        rows[paths.WAYS[way].title] = DrawnWay(tiles(space, z, cancelled), geodesic.speed(space.codec, z), places)
    return ways.ways(rows)


def path_frames(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Pixels:
    """The digits of a path there and back, so that it can be shown again and again: (2n − 2, h, w, …)."""
    there = space.codec.pixels(_points(space, chosen["way"], chosen, cancelled))
    return np.concatenate([there, there[-2:0:-1]])


def arithmetic(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """Three digits with their signs, and what they give."""
    terms = chosen["a"], chosen["b"], chosen["c"]
    z = within([*terms, latent.analogy(*terms)])
    below = "" if space.density is None else f"density {space.density.percentile(z[-1])[0]:.0f} %"
    return ways.equation(space.codec.pixels(z), ("A", "B", "C", "A − B + C"), ("−", "+", "="), below)


def _points(space: Space, way: str, chosen: Chosen, cancelled: Cancel) -> Points:
    """The points of a way from start to end, as far as the window goes: (n, D)."""
    return within(paths.find(way, space.codec, chosen["start"], chosen["end"], chosen["n"], cancelled))
