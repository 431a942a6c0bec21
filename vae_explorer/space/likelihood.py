"""The log-likelihood of one picture by importance sampling (Burda, Grosse and Salakhutdinov 2016, Importance Weighted
Autoencoders). Knows the codec; no atlas, no window.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer.space.codec import Codec
from vae_explorer.space.posterior import Posterior


@dataclass(frozen=True)
class Estimate:
    """An estimate of log p(x) from k weighted draws: nats, its standard error in nats.

    effective: how many draws of equal weight would tell as much, 1 to k (Kong 1992).
    """

    nats: float
    standard_error: float
    k: int
    effective: float

    @property
    def trusted(self) -> bool:
        """Whether the standard error can be believed: where few draws have nearly all the weight, it is too small."""
        return self.effective >= 100


def log_likelihood(
    codec: Codec,
    x: ArrayLike,
    q: Posterior,
    k: int,
    generator: np.random.Generator,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Estimate:
    """Estimate log p(x) of one picture x, (1, C, H, W) in [-1, 1] or uint8, in nats, from k draws around q(z|x).

    progress is called with the share of the work that is done, 0 to 1. Raises Cancelled soon after cancelled() has
    turned true, ValueError for k < 1.
    """
    raise NotImplementedError
