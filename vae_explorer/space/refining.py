"""A better posterior for one picture, found by gradient: what the encoder leaves on the table for being fast.

The nats that it wins are the amortisation gap (Cremer, Li and Duvenaud 2018, Inference Suboptimality in Variational
Autoencoders). Knows the codec; no atlas, no window.
"""

from collections.abc import Callable
from dataclasses import dataclass

from numpy.typing import ArrayLike

from vae_explorer.space.codec import Codec
from vae_explorer.space.posterior import Posterior


@dataclass(frozen=True, eq=False)
class Refined:
    """A posterior that is no worse than the one that was given.

    won: by how many nats its elbo is higher, at least 0, over draws that the search did not see; standard_error: of
    that, in nats.
    """

    posterior: Posterior
    won: float
    standard_error: float


def refine(
    codec: Codec,
    x: ArrayLike,
    q: Posterior,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,  # noqa: ARG005
) -> Refined:
    """Improve a posterior of one picture x, (1, C, H, W) in [-1, 1] or uint8, by gradient.

    progress is called with the share of the work that is done, 0 to 1. Raises Cancelled soon after cancelled() has
    turned true.
    """
    raise NotImplementedError
