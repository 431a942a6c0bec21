"""Makers of what a model says of a picture: its reconstruction, and its posterior."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import comparison, dimensions, posteriors
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside
from vae_explorer.pictures.tiles import shrunk
from vae_explorer.space import posterior
from vae_explorer.space.latent import Points
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.space import Space, within

ROWS = 24  # dimensions at most in the picture of a posterior


def reconstruct(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A picture, what is decoded at z, and the difference; with its recon at z, and its kl as the encoder has it."""
    brought, z = Drawing.from_text(chosen["image"]), np.array([made.z])
    recon = float(posterior.recon(space.codec, brought.x, z)[0])
    kl = float(posterior.of(space.codec, brought.x).kl.sum())
    return comparison.comparison(brought.levels, space.codec.pixels(z)[0], recon, kl)


def reconstruct_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for the picture: its recon at z and its kl, and of each dimension z, mu, sigma and kl."""
    x = Drawing.from_text(chosen["image"]).x
    found, dims = posterior.of(space.codec, x), range(space.latent_dim)
    heads = [f"{name}{dim}{unit}" for name, unit in _COLUMNS.items() for dim in dims]
    recon = posterior.recon(space.codec, x, np.array([made.z]))
    numbers = np.concatenate([recon, [found.kl.sum()], made.z, found.mu, found.std, found.kl])
    return Table(["recon, nats", "kl, nats", *heads], [numbers.tolist()])


_COLUMNS = {"z": "", "mu": "", "sigma": "", "kl": ", nats"}


def posterior_figure(space: Space, _made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """A picture, what is decoded at its mu and at draws from q(z|x); of each dimension, or of those that tell most of
    it, mu ± 1 and 2 sigma beside the prior."""
    brought = Drawing.from_text(chosen["image"])
    found, names = posterior.of(space.codec, brought.x), dimensions.read(chosen["names"])
    count = chosen["n"]
    decoded = tiles(space, within(np.concatenate([found.mu[None], _draws(found, count, chosen["seed"])])), cancelled)
    most = np.sort(np.argsort(-found.kl, kind="stable")[:ROWS])
    all_ = len(most) == space.latent_dim
    below = "mu ± 1 and 2 sigma; grey: the prior N(0, 1)" + ("" if all_ else f"; the {ROWS} dimensions with most nats")
    return posteriors.posterior(
        np.concatenate([shrunk(brought.levels[None], count + 2), decoded]),
        ("picture", "at mu", f"{count} draws from q(z|x)" if count > 2 else "draws"),
        found.mu[most],
        found.std[most],
        found.kl[most],
        [dimensions.title(int(dim), names) for dim in most],
        below,
    )


def posterior_table(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each dimension: mu, sigma, kl, and the draws."""
    found = posterior.of(space.codec, Drawing.from_text(chosen["image"]).x)
    draws = _draws(found, chosen["n"], chosen["seed"])
    head = ["dimension", "mu", "sigma", "kl, nats", *(f"z of draw {k + 1}" for k in range(len(draws)))]
    return Table(head, beside(np.arange(space.latent_dim), found.mu, found.std, found.kl, draws.T))


def _draws(found: Posterior, count: int, seed: int) -> Points:
    return found.at(np.random.default_rng(seed).standard_normal((count, len(found.mu))))
