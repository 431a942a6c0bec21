"""The test digits that are not in the atlas of a model: they measure, and nothing is chosen by them."""

from dataclasses import dataclass

import numpy as np

from vae_explorer.datasets import mnist
from vae_explorer.images import Pixels, to_unit
from vae_explorer.space.latent import Points
from vae_explorer.space.space import Space


@dataclass(frozen=True)
class Unseen:
    """Encoded means, (N, D), and labels, (N,)."""

    mu: Points
    label: Pixels


def digits(space: Space) -> Unseen:
    """Encode them all. Raises DataError without MNIST on this machine."""
    assert space.atlas is not None
    test = mnist.load(offline=True).test
    rows = np.setdiff1d(np.arange(len(test.labels)), space.atlas.index)
    mu = [space.codec.encode(to_unit(test.images[part])[:, None])[0] for part in np.array_split(rows, 10)]
    return Unseen(np.concatenate(mu).astype(float), test.labels[rows])
