"""Makers of what a model says of a picture: its reconstruction, and its posterior."""

from collections.abc import Iterator
from dataclasses import dataclass

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Cancelled
from vae_explorer.images import Pixels
from vae_explorer.pictures import comparison, dimensions, pairs, posteriors
from vae_explorer.pictures.choice import texts
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside
from vae_explorer.pictures.tiles import shrunk
from vae_explorer.space import posterior
from vae_explorer.space.latent import Points
from vae_explorer.space.posterior import Posterior
from vae_explorer.space.space import Space, within

RECON, KL = "recon at z, nats", "kl, nats"
PAIR = 14  # millimetres that a picture and its numbers take at least
ROWS = 24  # dimensions at most in the picture of a posterior


@dataclass(frozen=True, eq=False)
class _Encoded:
    """A picture, what the encoder says of it, and the z, (1, D), of its reconstruction with its recon there in nats."""

    levels: Pixels
    posterior: Posterior
    z: Points
    recon: float

    @property
    def nats(self) -> tuple[float, float]:
        """Its recon, and its kl as the encoder has it."""
        return self.recon, float(self.posterior.kl.sum())


def _encoded(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Iterator[_Encoded]:
    """One picture with the z of its recipe, to which one may have moved; each of several with its own mu."""
    several = texts(chosen["image"])
    for text in several:
        if cancelled():
            raise Cancelled
        brought = Drawing.from_text(text)
        found = posterior.of(space.codec, brought.x)
        z = np.array([made.z]) if len(several) == 1 else within(found.mu[None])
        yield _Encoded(brought.levels, found, z, float(posterior.recon(space.codec, brought.x, z)[0]))


def reconstruct(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """Pictures, what is decoded at the z of each, and the differences; with their recon and kl."""
    found = [*_encoded(space, made, chosen, cancelled)]
    if len(found) == 1:
        return comparison.comparison(found[0].levels, space.codec.pixels(found[0].z)[0], *found[0].nats)
    decoded = tiles(space, np.concatenate([each.z for each in found]), cancelled)
    pictures = shrunk(np.stack([each.levels for each in found]), len(found))
    recon, kl = np.array([each.nats for each in found]).T
    columns = int(chosen["mm"] // PAIR) if chosen["mm"] else pairs.COLUMNS
    return pairs.pairs(pictures, decoded, {RECON: recon, KL: kl}, min(columns, pairs.COLUMNS))


def reconstruct_table(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Table:
    """A row for each picture: its recon at z and its kl, and of each dimension z, mu, sigma and kl."""
    heads = [f"{name}{dim}{unit}" for name, unit in _COLUMNS.items() for dim in range(space.latent_dim)]
    return Table([RECON, KL, *heads], [_row(each) for each in _encoded(space, made, chosen, cancelled)])


def _row(of: _Encoded) -> list[float]:
    found = of.posterior
    row: list[float] = np.concatenate([of.nats, of.z[0], found.mu, found.std, found.kl]).tolist()
    return row


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
