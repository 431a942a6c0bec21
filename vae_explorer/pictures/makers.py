"""What makes the pictures in the table of `kinds`: each function gives one as a Figure, or the frames of a GIF.

Knows spaces and figures, no files. Each takes (space, recipe, chosen, cancelled): all the choices by name; and a
function that turns true when nobody wants the picture any more, for what takes long, which then raises Cancelled.
"""

from collections.abc import Callable, Mapping
from typing import Any

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Cancelled
from vae_explorer.images import Pixels
from vae_explorer.pictures import comparison, dimensions, figures, maps
from vae_explorer.pictures.kinds import ALL
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.tiles import DrawnWay, shrunk
from vae_explorer.space import geodesic, latent, paths, posterior
from vae_explorer.space.factors import FACTORS, written
from vae_explorer.space.latent import Plane, Points
from vae_explorer.space.solve import solve
from vae_explorer.space.space import Space, within

AT_ONCE = 64  # pictures between two looks whether they are still wanted

Cancel = Callable[[], bool]
Chosen = Mapping[str, Any]


def digit(space: Space, made: Recipe, _chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A digit as a tile, without anything around it."""
    return figures.bands({"": _tiles(space, np.array([made.z]))}, columns=1)


def traverse(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """A strip for each dimension, in which it alone moves from z."""
    values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    z = np.concatenate([latent.strip(made.z, dim, values) for dim in chosen["dims"]])
    kl = None if space.atlas is None else space.atlas.kl_per_dim.tolist()
    names = dimensions.read(chosen["names"])
    return figures.traverse(_tiles(space, z, cancelled), values.tolist(), chosen["dims"], made.z, kl, names)


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
    tiles = _tiles(space, within(over.grid(values, made.z)), cancelled)
    return figures.plane(tiles, values.tolist(), values[::-1].tolist(), axes)


def path(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """One way of a path, or all of them one above the other."""
    rows = {}
    for way in paths.WAYS if chosen["way"] == ALL else [chosen["way"]]:
        z = _points(space, way, chosen, cancelled)
        places = None if space.density is None else space.density.percentile(z)
        rows[paths.WAYS[way].title] = DrawnWay(_tiles(space, z, cancelled), geodesic.speed(space.codec, z), places)
    return figures.ways(rows)


def path_frames(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Pixels:
    """The digits of a path there and back, so that it can be shown again and again: (2n − 2, h, w, …)."""
    there = space.codec.pixels(_points(space, chosen["way"], chosen, cancelled))
    return np.concatenate([there, there[-2:0:-1]])


def arithmetic(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """Three digits with their signs, and what they give."""
    terms = chosen["a"], chosen["b"], chosen["c"]
    z = within([*terms, latent.analogy(*terms)])
    below = "" if space.density is None else f"density {space.density.percentile(z[-1])[0]:.0f} %"
    return figures.equation(space.codec.pixels(z), ("A", "B", "C", "A − B + C"), ("−", "+", "="), below)


def reconstruct(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A picture, what is decoded at z, and the difference; with its recon at z, and its kl as the encoder has it."""
    brought, z = Drawing.from_text(chosen["image"]), np.array([made.z])
    levels, x = brought.levels, brought.x
    recon = float(posterior.recon(space.codec, x, z)[0])
    kl = float(posterior.of(space.codec, x).kl.sum())
    return comparison.comparison(levels, space.codec.pixels(z)[0], recon, kl)


def edit(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """What is decoded at z, and where some of its factors are changed; with all factors, and what gave way."""
    changes = {name: chosen[name] for name in FACTORS if chosen[name]}
    solved = solve(space, made.z, changes, frozenset(chosen["lock"]))
    before, after = space.codec.pixels(np.array([made.z, solved.z]))
    told = {
        f"{factor.title} {written(name, solved.before[name])} → {written(name, solved.reached[name])}": name in changes
        for name, factor in FACTORS.items()
    }
    return comparison.edited(before, after, told, solved.gave_way)


def _tiles(space: Space, z: Points, cancelled: Cancel = lambda: False) -> Pixels:
    """What is decoded at points, (N, D), as tiles of a sheet; a few at a time, as large pictures become small there."""
    at_once, found = min(AT_ONCE, space.codec.at_once), []
    for i in range(0, len(z), at_once):
        if cancelled():
            raise Cancelled
        found.append(shrunk(space.codec.pixels(z[i : i + at_once]), len(z)))
    return np.concatenate(found)


def _points(space: Space, way: str, chosen: Chosen, cancelled: Cancel) -> Points:
    """The points of a way from start to end, as far as the window goes: (n, D)."""
    return within(paths.find(way, space.codec, chosen["start"], chosen["end"], chosen["n"], cancelled))


def _plane(space: Space, chosen: Chosen) -> tuple[Plane, tuple[str, str]]:
    """The plane that was chosen, and the titles of its axes."""
    dims = None if isinstance(chosen["dims"], str) else chosen["dims"]
    return space.plane(dims), dimensions.axes(dims, dimensions.read(chosen["names"]))
