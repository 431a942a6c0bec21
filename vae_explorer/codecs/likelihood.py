"""What p(x|z) of a model is, around the picture that is decoded: minus its log, and the slopes of that.

`model` has the same two in torch, where they are trained; by its name in model.json a model finds its own here.
Knows arrays only.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import Floats

EDGE = np.float32(1 - 2**-24)  # the float32 next to 1: p is known to 2**-25, so a wrong pixel costs 17.3 nats at most


@dataclass(frozen=True)
class Likelihood:
    """p(x|z) of images x around x_hat, both in [-1, 1].

    recon: x_hat, (N, P), and x, (N, P) or one (P,) → −log p(x|z), less `constant` for each of its P numbers, in nats:
    (N,). slope: x_hat and x of any shape → the slope of recon with respect to x_hat, of that shape. information: x_hat
    of any shape → the Fisher information in each number of x about that of x_hat. what: what recon is, for people. p:
    what they call p(x).
    """

    recon: Callable[[Floats, Floats], Floats]
    slope: Callable[[Floats, Floats], Floats]
    information: Callable[[NDArray[Any]], NDArray[Any]]
    constant: float
    what: str
    p: str


def _squared_error(x_hat: Floats, x: Floats) -> Floats:
    difference = x_hat - x
    return np.asarray(np.einsum("np,np->n", difference, difference))


def _cross_entropy(x_hat: Floats, x: Floats) -> Floats:
    within = np.clip(x_hat, -EDGE, EDGE)
    white, black = 0.5 + 0.5 * within, 0.5 - 0.5 * within  # p and 1 − p, each as precise as it can be near 0
    return np.asarray(-0.5 * ((1 + x) * np.log(white) + (1 - x) * np.log(black)).sum(1))


def _variance(x_hat: NDArray[Any]) -> NDArray[Any]:
    """Of a pixel that is 1 or −1, and x_hat in the mean."""
    return np.asarray(1 - np.square(np.clip(x_hat, -EDGE, EDGE)))


LIKELIHOODS = {
    "gaussian": Likelihood(  # of variance ½
        recon=_squared_error,
        slope=lambda x_hat, x: 2 * (x_hat - x),
        information=lambda x_hat: np.full_like(x_hat, 2),
        constant=0.5 * math.log(math.pi),
        what="the squared error of the decoded picture, summed over its pixels",
        p="probability density",
    ),
    "bernoulli": Likelihood(  # 1 with p = (x_hat + 1)/2, else −1; recon of grey levels is the mean over such pictures
        recon=_cross_entropy,
        slope=lambda x_hat, x: (x_hat - x) / _variance(x_hat),
        information=lambda x_hat: 1 / _variance(x_hat),
        constant=0.0,
        what="minus the log of the probability of the picture in black and white, by the decoded one",
        p="probability",
    ),
}
