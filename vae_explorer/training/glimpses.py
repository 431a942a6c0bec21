"""A training to look at: a run without files, and what its decoder makes of the same points on the way.

Prints nothing, and knows no files. `run` is the one for a model that stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike

from vae_explorer.images import Pixels, to_pixels, to_unit
from vae_explorer.space.latent import Values
from vae_explorer.training.options import Options
from vae_explorer.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Glimpse:
    """A run after so many epochs, of which a part may be done.

    terms: loss, recon and kl of each step so far, (S, 3), in nats: means over the images of its batch. tiles: what is
    decoded of the points now, (K, H, W).
    """

    epochs: float
    terms: Values
    tiles: Pixels


def glimpses(options: Options, images: Pixels, z: ArrayLike, parts: int = 2) -> Iterator[Glimpse]:
    """Train as `run.events` does but leave no files; yield a Glimpse at first and after each part of an epoch.

    images: (N, H, W), as MNIST has them; z: (K, D), the points to look at; parts: of an epoch. Raises DivergedError.
    """
    trainer, terms = Trainer(options, torch.from_numpy(to_unit(images)[:, None])), list[Values]()
    yield _glimpse(trainer, terms, z)
    while not trainer.finished:
        before, seen = np.zeros(3), 0
        for progress in trainer.epoch():
            sums = progress.images * np.array([progress.loss, progress.recon, progress.kl])
            terms.append((sums - before) / (progress.images - seen))
            if progress.images * parts // len(trainer.x) > seen * parts // len(trainer.x):
                yield _glimpse(trainer, terms, z)
            before, seen = sums, progress.images


@torch.no_grad()
def _glimpse(trainer: Trainer, terms: list[Values], z: ArrayLike) -> Glimpse:
    points = torch.tensor(np.asarray(z), dtype=torch.float32, device=trainer.device)
    tiles = to_pixels(trainer.vae.decoder(points)[:, 0].cpu().numpy())
    return Glimpse(trainer.seen / len(trainer.x), np.reshape(terms, (-1, 3)), tiles)
