"""Makers of what a model says of a picture: its reconstruction."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import comparison
from vae_explorer.pictures.makers.tiling import Cancel, Chosen
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import posterior
from vae_explorer.space.space import Space


def reconstruct(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A picture, what is decoded at z, and the difference; with its recon at z, and its kl as the encoder has it."""
    brought, z = Drawing.from_text(chosen["image"]), np.array([made.z])
    levels, x = brought.levels, brought.x
    recon = float(posterior.recon(space.codec, x, z)[0])
    kl = float(posterior.of(space.codec, x).kl.sum())
    return comparison.comparison(levels, space.codec.pixels(z)[0], recon, kl)
