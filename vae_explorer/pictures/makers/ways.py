"""Makers of what lies between points: paths, also in motion, and arithmetic."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.images import Pixels
from vae_explorer.pictures import ways
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, places, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Cell, Table, beside, coordinates
from vae_explorer.pictures.tiles import DrawnWay
from vae_explorer.pictures.usual import ALL
from vae_explorer.space import geodesic, latent, paths
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space, within

TERMS = ("A", "B", "C", "A − B + C")


def path(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """One way of a path, or all of them one above the other."""
    rows = {}
    for way in _ways(chosen):
        z = _points(space, way, chosen, cancelled)
        known = None if space.density is None else space.density.percentile(z)
        rows[paths.WAYS[way].title] = DrawnWay(tiles(space, z, cancelled), geodesic.speed(space.codec, z), known)
    return ways.ways(rows)


def path_table(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Table:
    """A row for each picture of each way: z, how much the picture changes to the next, and how dense its place is."""
    rows: list[list[Cell]] = []
    for way in _ways(chosen):
        z = _points(space, way, chosen, cancelled)
        steps = [*geodesic.speed(space.codec, z).tolist(), None]
        rows += beside([way] * len(z), np.arange(1, len(z) + 1), z, steps, places(space, z))
    return Table(["way", "picture", *coordinates(space.latent_dim), "change to the next", "density, %"], rows)


def path_frames(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Pixels:
    """The digits of a path there and back, so that it can be shown again and again: (2n − 2, h, w, …)."""
    there = space.codec.pixels(_points(space, chosen["way"], chosen, cancelled))
    return np.concatenate([there, there[-2:0:-1]])


def arithmetic(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """Three digits with their signs, and what they give."""
    z = _terms(chosen)
    below = "" if space.density is None else f"density {space.density.percentile(z[-1])[0]:.0f} %"
    return ways.equation(space.codec.pixels(z), TERMS, ("−", "+", "="), below)


def arithmetic_table(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each term, and one for what they give: z, and how dense its place is."""
    z = _terms(chosen)
    return Table(["term", *coordinates(space.latent_dim), "density, %"], beside(TERMS, z, places(space, z)))


def _ways(chosen: Chosen) -> list[str]:
    return list(paths.WAYS) if chosen["way"] == ALL else [chosen["way"]]


def _terms(chosen: Chosen) -> Points:
    """The three terms, and what they give, as far as the window goes: (4, D)."""
    terms = chosen["a"], chosen["b"], chosen["c"]
    return within([*terms, latent.analogy(*terms)])


def _points(space: Space, way: str, chosen: Chosen, cancelled: Cancel) -> Points:
    """The points of a way from start to end, as far as the window goes: (n, D)."""
    return within(paths.find(way, space.codec, chosen["start"], chosen["end"], chosen["n"], cancelled))
