"""Makers of what is decoded around a point: the digit, the strips of its dimensions, an edit of its factors."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.pictures import comparison, dimensions, figures, strips
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside, coordinates
from vae_explorer.space import latent
from vae_explorer.space.factors import FACTORS, written
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.solve import solve
from vae_explorer.space.space import Space


def digit(space: Space, made: Recipe, _chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A digit as a tile, without anything around it."""
    return figures.bands({"": tiles(space, np.array([made.z]))}, columns=1)


def traverse(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """A strip for each dimension, in which it alone moves from z."""
    values, z = _strips(made, chosen)
    kl = None if space.atlas is None else space.atlas.kl_per_dim.tolist()
    names = dimensions.read(chosen["names"])
    return strips.traverse(tiles(space, z, cancelled), values.tolist(), chosen["dims"], made.z, kl, names)


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


def traverse_table(_space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each picture of the strips: the dimension that moves, its value, and z."""
    values, z = _strips(made, chosen)
    dims = np.repeat(chosen["dims"], len(values))
    return Table(
        ["dimension", "value", *coordinates(len(made.z))], beside(dims, np.tile(values, len(chosen["dims"])), z)
    )


def edit_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each factor, before and after the edit, and what was asked of it."""
    changes = {name: chosen[name] for name in FACTORS if chosen[name]}
    solved = solve(space, made.z, changes, frozenset(chosen["lock"]))
    units = [factor.unit for factor in FACTORS.values()]
    before, after = ([float(of[name]) for name in FACTORS] for of in (solved.before, solved.reached))
    asked = [changes.get(name) for name in FACTORS]
    return Table(
        ["factor", "unit", "before", "asked change", "after"], beside(list(FACTORS), units, before, asked, after)
    )


def _strips(made: Recipe, chosen: Chosen) -> tuple[Values, Points]:
    """The values that each dimension takes, (n,), and the points, strip by strip, (dims · n, D)."""
    values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    return values, np.concatenate([latent.strip(made.z, dim, values) for dim in chosen["dims"]])
