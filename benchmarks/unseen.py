"""The test digits that are not in the atlas of a model: they measure, and nothing is chosen by them."""

from collections.abc import Callable
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


def report(title: str, measure: Callable[[Space, Points], str]) -> str:
    """Lay out what is measured of the model that ships and of all its unseen digits, (N, D), or why nothing is."""
    space = Space.open()
    try:
        mu = digits(space).mu
    except mnist.DataError as error:
        return f"{title} on unseen test digits: not measured. {error}"
    return measure(space, mu)
