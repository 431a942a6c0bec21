"""What values the factors have in the data: of what is decoded at the means of the encoded digits. Knows no window."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vae_explorer.codecs.codec import Codec
from vae_explorer.space import measures
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points, Values

LOW, HIGH = 5, 95  # percentiles, between which most of the data lie
FEW = 200  # points, of which the factors can be told
DRAWS, SEED = 2000, 0  # from the prior, where there are no encoded digits; always the same


@dataclass(frozen=True, eq=False)
class Ranges:
    """points, (N, D), and the factors of what is decoded there, (N, F); source says what points they are."""

    points: Points
    measured: Values
    source: str

    @cached_property
    def low(self) -> Values:
        """Of each factor, its 5th percentile: (F,)."""
        return np.percentile(self.measured, LOW, 0)

    @cached_property
    def median(self) -> Values:
        """Of each factor, its 50th percentile: (F,)."""
        return np.percentile(self.measured, 50, 0)

    @cached_property
    def high(self) -> Values:
        """Of each factor, its 95th percentile: (F,)."""
        return np.percentile(self.measured, HIGH, 0)

    @cached_property
    def sd(self) -> Values:
        """Of each factor, its standard deviation: (F,); 1 where it never changes, so that one can divide by it."""
        sd = self.measured.std(0)
        return np.where(sd > 0, sd, 1.0)


def of(codec: Codec, atlas: Atlas | None) -> Ranges:
    """Measure what a model makes of its encoded digits or, where it has none, of draws from N(0, I). 0.15 s.

    Where pictures are large, or decoded slowly, it is some at even steps that are measured.
    """
    source = "draws from N(0, I)" if atlas is None else "the encoded digits"
    points = usual(codec.latent_dim, atlas)
    most = FEW if codec.slow else max(FEW, codec.at_once)
    points = points[:: -(-len(points) // most)]
    return Ranges(points, measures.decoded(codec.decode, points), source)


def usual(latent_dim: int, atlas: Atlas | None) -> Points:
    """The means of the encoded digits or, without an atlas, draws from N(0, I), the same each time: (N, D)."""
    if atlas is None:
        return np.random.default_rng(SEED).standard_normal((DRAWS, latent_dim))
    return atlas.mu.astype(float)
