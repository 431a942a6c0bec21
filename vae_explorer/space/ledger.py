"""The ledger of one picture: what its loss is made of, in nats, and where it stands among the atlas's digits.

Knows the codec and the atlas; no window.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.codecs.codec import Codec
from vae_explorer.space import posterior
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points
from vae_explorer.space.posterior import Posterior

PAIRS = 8  # of draws: recon then is right within 0.1 nats
SEED = 0


@dataclass(frozen=True, eq=False)
class Ledger:
    """The terms of the loss of one picture x under a posterior q(z|x), in nats.

    recon: −log p(x|z) less the constant, averaged over q. recon_at_mu: the same of decode(mu), as the atlas keeps it.
    kl: (D,). constant: what −log p(x|z) has beside recon. percentile: of the atlas's digits, the share in percent whose
    recon_at_mu + kl is lower, which the model describes better; None without an atlas.
    """

    recon: float
    recon_at_mu: float
    kl: Points
    constant: float
    percentile: float | None

    @property
    def loss(self) -> float:
        """recon + kl: minus the elbo, less the constant."""
        return self.recon + float(self.kl.sum())

    @property
    def elbo(self) -> float:
        """The lower bound of log p(x), in nats, with its constant."""
        return -self.loss - self.constant


def of(codec: Codec, x: ArrayLike, q: Posterior, atlas: Atlas | None = None) -> Ledger:
    """Reckon with one picture x, (1, C, H, W) in [-1, 1] or uint8, under a posterior of it.

    recon is averaged over draws that are always the same, so that it does not flicker while a picture is drawn. For a
    decoder that overflows, recon is infinite or NaN, and nothing is raised. Raises ValueError for an x of another size.
    """
    errors = posterior.recon(codec, x, q.at(_eps(codec.latent_dim)))
    at_mu, kl = float(errors[0]), q.kl
    percentile = None if atlas is None else _percentile(atlas.losses, at_mu + float(kl.sum()))
    return Ledger(float(errors[1:].mean()), at_mu, kl, posterior.constant(codec), percentile)


def rebuilt_better(codec: Codec, x: ArrayLike, q: Posterior, atlas: Atlas) -> float:
    """Of the atlas's digits, give the share in percent that decode(mu) is nearer to than to one picture x at its mu.

    x: (1, C, H, W) in [-1, 1] or uint8, and q its posterior. A digit unlike all that was learned is rebuilt badly,
    however usual the place is that the encoder gives to it. Raises ValueError for an x of another size.
    """
    return _percentile(atlas.recons, float(posterior.recon(codec, x, q.mu[None])[0]))


def _percentile(ordered: Points, value: float) -> float:
    """Of values in order, (N,), the share in percent that is lower; NaN is higher than all."""
    return 100 * float(np.searchsorted(ordered, value)) / len(ordered)


@lru_cache
def _eps(latent_dim: int) -> Points:
    """0, for mu, and then the draws: (1 + 2·pairs, D)."""
    draws = posterior.sample(PAIRS, latent_dim, np.random.default_rng(SEED))
    return np.concatenate([np.zeros((1, latent_dim)), draws])
