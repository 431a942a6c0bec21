"""What can stand between two Linear layers, and the slope of each. Knows arrays.

The names, and the constants of leaky_relu, elu and softplus, are those of torch.nn.functional.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.images import Floats


class Activation(NamedTuple):
    """value and slope are functions of the numbers a that come out of a layer, of any shape."""

    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def _sigmoid(a: Floats) -> Floats:
    half: Floats = np.tanh(0.5 * a)  # which never overflows
    return 0.5 * half + 0.5


def _negative(a: Floats) -> Floats:
    """exp(a) where a is negative, else 1: exp of the others would overflow."""
    return np.exp(np.minimum(a, 0))


ACTIVATIONS = {
    "relu": Activation(lambda a: np.maximum(a, 0), lambda a: (a > 0).astype(np.float32)),
    "leaky_relu": Activation(lambda a: np.maximum(a, 0.01 * a), lambda a: np.where(a > 0, 1, np.float32(0.01))),
    "elu": Activation(lambda a: np.where(a > 0, a, _negative(a) - 1), _negative),
    "silu": Activation(lambda a: a * _sigmoid(a), lambda a: _sigmoid(a) * (1 + a * (1 - _sigmoid(a)))),
    "softplus": Activation(lambda a: np.logaddexp(a, np.float32(0)), _sigmoid),
    "tanh": Activation(np.tanh, lambda a: 1 - np.tanh(a) ** 2),
    "sigmoid": Activation(_sigmoid, lambda a: _sigmoid(a) * (1 - _sigmoid(a))),
}
