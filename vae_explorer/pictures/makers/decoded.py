"""Makers of what is decoded around a point: the digit, the strips of its dimensions, an edit of its factors."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import comparison, dimensions, figures, strips
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside, coordinates
from vae_explorer.space import latent, posterior
from vae_explorer.space.factors import FACTORS, written
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.solve import Solved, solve
from vae_explorer.space.space import Space, within

WIDE = 120.0  # millimetres, from which two columns of factors have room


def digit(space: Space, made: Recipe, _chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A digit as a tile, without anything around it."""
    return figures.bands({"": tiles(space, np.array([made.z]))}, columns=1)


def traverse(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """A strip for each dimension, in which it alone moves: from −span to span, or so far to both sides of z, or so many
    sigmas of the posterior of a picture."""
    dims, values, _, z = _strips(space, made, chosen)
    kl = None if space.atlas is None else space.atlas.kl_per_dim.tolist()
    names = dimensions.read(chosen["names"])
    unit = "σ" if chosen["image"] else "" if chosen["centre"] == "z" else None
    return strips.traverse(tiles(space, z, cancelled), values.tolist(), dims, made.z, kl, names, unit)


def edit(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """What is decoded at z, and where some of its factors are changed; with all factors, and what gave way."""
    changes, solved = _solved(space, made, chosen)
    before, after = space.codec.pixels(np.array([made.z, solved.z]))
    told = {
        f"{factor.title} {written(name, solved.before[name])} → {written(name, solved.reached[name])}": name in changes
        for name, factor in FACTORS.items()
    }
    columns = 1 if 0 < chosen["mm"] < WIDE else 2
    return comparison.edited(before, after, told, solved.gave_way, columns)


def traverse_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each picture of the strips: the dimension that moves, by which step, its value, and z."""
    dims, values, moved, z = _strips(space, made, chosen)
    step = "step, sigma" if chosen["image"] else "step" if chosen["centre"] == "z" else "value"
    rows = beside(np.repeat(dims, len(values)), np.tile(values, len(dims)), moved.ravel(), z)
    return Table(["dimension", step, "z of it", *coordinates(len(made.z))], rows)


def edit_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each factor, before and after the edit, and what was asked of it."""
    changes, solved = _solved(space, made, chosen)
    units = [factor.unit for factor in FACTORS.values()]
    before, after = ([float(of[name]) for name in FACTORS] for of in (solved.before, solved.reached))
    asked = [changes.get(name) for name in FACTORS]
    return Table(
        ["factor", "unit", "before", "asked change", "after"], beside(list(FACTORS), units, before, asked, after)
    )


def _solved(space: Space, made: Recipe, chosen: Chosen) -> tuple[dict[str, float], Solved]:
    """The changes that are asked for, and what came of them."""
    changes = {name: chosen[name] for name in FACTORS if chosen[name]}
    return changes, solve(space, made.z, changes, frozenset(chosen["lock"]))


def _strips(space: Space, made: Recipe, chosen: Chosen) -> tuple[list[int], Values, Points, Points]:
    """The dimensions in order; the n values or steps that each takes; where that is, (dims, n); and the points, strip
    by strip, (dims · n, D)."""
    dims = list(chosen["dims"])
    if chosen["order"] == "kl" and space.atlas is not None:
        dims.sort(key=space.atlas.dims_by_kl.index)
    values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    z, sigma, centred = np.array(made.z), np.ones(len(made.z)), bool(chosen["image"]) or chosen["centre"] == "z"
    if chosen["image"]:
        sigma = posterior.of(space.codec, Drawing.from_text(chosen["image"]).x).std
    moved = within(np.stack([(z[dim] if centred else 0.0) + sigma[dim] * values for dim in dims]))
    points = [latent.strip(made.z, dim, each) for dim, each in zip(dims, moved, strict=True)]
    return dims, values, moved, np.concatenate(points)
