"""Makers of draws: a sheet of what is decoded at points from where the data are, from the prior, or of a class."""

import math

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.pictures import figures
from vae_explorer.pictures.choice import NO_CLASS
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, places, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside, coordinates
from vae_explorer.space import sources
from vae_explorer.space.latent import Points
from vae_explorer.space.sources import SOURCES, About
from vae_explorer.space.space import Space


def samples(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """A sheet of decoded draws, as nearly square as their number allows."""
    source, label = source_of(chosen), chosen["label"]
    whence = SOURCES[source].title[0].lower() + SOURCES[source].title[1:]
    from_ = f"class {space.class_names[label]}" if source == "class" else f"the {whence}"
    columns = math.ceil(math.sqrt(chosen["n"]))
    title = f"{chosen['n']} draw{'s' * (chosen['n'] > 1)} from {from_}, seed {chosen['seed']}"
    return figures.bands({title: tiles(space, _drawn(space, made, chosen), cancelled)}, columns)


def table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each draw: where it is, and how many of the data lie in emptier places."""
    z = _drawn(space, made, chosen)
    head = ["draw", *coordinates(space.latent_dim), "density, %"]
    return Table(head, beside(np.arange(1, len(z) + 1), z, places(space, z)))


def source_of(chosen: Chosen) -> str:
    """The name of the source of draws, one of SOURCES: where a class is chosen, that."""
    return str(chosen["source"]) if chosen["label"] == NO_CLASS else "class"


def _drawn(space: Space, made: Recipe, chosen: Chosen) -> Points:
    """The points, (n, D): the same that Random draws in the window by that seed, one after the other."""
    generator, about = np.random.default_rng(chosen["seed"]), About(made.z, chosen["label"])
    return np.array([sources.sample(source_of(chosen), space, generator, about) for _ in range(chosen["n"])])
