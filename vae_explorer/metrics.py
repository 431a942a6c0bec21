"""How good a model is on a data set: its loss and what it is made of. Knows models and images, no files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from vae_explorer.model import LIKELIHOODS, Likelihood, Posterior, kl, reparameterize

ACTIVE_VARIANCE = 0.01  # of mu over the images: Burda, Grosse and Salakhutdinov (2015), §5.2
BATCH = 500
DRAWS = 4
SEED = 0


class Model(Protocol):
    """What is measured: a VAE, or what can be asked like one."""

    latent_dim: int

    @property
    def device(self) -> torch.device:
        """Where it takes what it is given."""

    @property
    def encoder(self) -> Callable[[Tensor], Posterior]:
        """x, (B, C, H, W), → q(z|x)."""

    def preactivation(self, z: Tensor) -> Tensor:
        """z, (B, D), → a, (B, C, H, W), of which x_hat is the tanh."""


class Images(Protocol):
    """Images x, (N, C, H, W) in [-1, 1]: a tensor, or what gives a few of them at a time."""

    def __len__(self) -> int:
        """N."""

    def __getitem__(self, rows: slice) -> Tensor:
        """(B, C, H, W)."""


@dataclass(frozen=True)
class Quality:
    """Means over a data set, in nats per image where nothing else is said.

    loss is recon + beta·kl with z drawn from the posterior; active counts the dimensions whose mu varies
    over the images by more than 0.01; mse is per pixel, in [0, 1], of decode(mu).
    """

    images: int
    beta: float
    draws: int
    seed: int
    loss: float
    recon: float
    kl: float
    kl_per_dim: tuple[float, ...]
    active: int
    mse: float


@torch.no_grad()
def evaluate(
    vae: Model,
    x: Images,
    beta: float = 1.0,
    size: int = BATCH,
    came: Callable[[float], None] | None = None,
    likelihood: Likelihood = LIKELIHOODS["gaussian"],
) -> Quality:
    """Measure a model on images x, (N, C, H, W) in [-1, 1], N >= 1, with four posterior draws an image.

    likelihood: by which recon is computed, of x as it fixes them: of bernoulli, all is measured on black and white.
    The noise has a fixed seed and is made on the CPU, so the figures repeat on any device. x may lie on
    another device than the model. Sums over the images are made in float64 on the CPU: Apple's GPU has none.
    size: of a batch; another gives other draws. came: called with the share that is done, 0 to 1.
    """
    generator = torch.Generator().manual_seed(SEED)
    recon = squares = 0.0
    nats = np.zeros(vae.latent_dim)
    mus = []
    for start in range(0, len(x), size):
        batch = likelihood.fixed(x[start : start + size].to(vae.device))
        posterior = vae.encoder(batch)
        mus.append(posterior.mu.cpu().double())
        squares += float((vae.preactivation(posterior.mu).tanh() - batch).square().sum()) / 4  # [-1, 1] → [0, 1]
        for _ in range(DRAWS):
            eps = torch.randn(posterior.mu.shape, generator=generator).to(batch.device)
            each = likelihood.recon(batch, vae.preactivation(reparameterize(posterior, eps)))
            recon += float(each.cpu().double().sum()) / DRAWS
        nats += kl(posterior).cpu().double().sum(0).numpy()
        if came:
            came(min(1.0, (start + size) / len(x)))
    n = len(x)
    kl_per_dim = tuple((nats / n).tolist())
    active = int((torch.cat(mus).var(0, correction=0) > ACTIVE_VARIANCE).sum())
    loss = recon / n + beta * sum(kl_per_dim)
    mse = squares / n / batch[0].numel()
    return Quality(n, beta, DRAWS, SEED, loss, recon / n, sum(kl_per_dim), kl_per_dim, active, mse)
