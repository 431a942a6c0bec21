"""How good a model is on a data set: its loss and what it is made of. Knows models and images, no files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
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
    sums = _Sums(np.zeros(vae.latent_dim))
    generator = torch.Generator().manual_seed(SEED)
    for start in range(0, len(x), size):
        sums.add(vae, likelihood.fixed(x[start : start + size].to(vae.device)), likelihood, generator)
        if came:
            came(min(1.0, (start + size) / len(x)))
    n, variance = len(x), torch.cat(sums.mus).var(0, correction=0)
    kl_per_dim = tuple((sums.kl / n).tolist())
    recon, total = sums.recon / n, sum(kl_per_dim)
    active, mse = int((variance > ACTIVE_VARIANCE).sum()), sums.squares / n / x[:1].numel()
    return Quality(n, beta, DRAWS, SEED, recon + beta * total, recon, total, kl_per_dim, active, mse)


@dataclass
class _Sums:
    """Sums over the images so far, in float64, and mu of each."""

    kl: NDArray[np.float64]  # (D,)
    recon: float = 0.0
    squares: float = 0.0
    mus: list[Tensor] = field(default_factory=list)

    def add(self, vae: Model, batch: Tensor, likelihood: Likelihood, generator: torch.Generator) -> None:
        """Add a batch, (B, C, H, W)."""
        posterior = vae.encoder(batch)
        self.mus.append(posterior.mu.cpu().double())
        squares = (vae.preactivation(posterior.mu).tanh() - batch).square().sum((1, 2, 3)) / 4  # [-1, 1] → [0, 1]
        self.squares += float(squares.cpu().double().sum())
        for _ in range(DRAWS):
            eps = torch.randn(posterior.mu.shape, generator=generator).to(batch.device)
            recon = likelihood.recon(batch, vae.preactivation(reparameterize(posterior, eps)))
            self.recon += float(recon.cpu().double().sum()) / DRAWS
        self.kl += kl(posterior).cpu().double().sum(0).numpy()
