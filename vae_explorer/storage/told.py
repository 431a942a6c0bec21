"""What a person says of a file of weights that the file does not say itself."""

from dataclasses import dataclass

from vae_explorer.images import Shape

HIDDEN = ("relu", "leaky_relu", "elu", "silu", "softplus", "tanh", "sigmoid")
OUTPUT = {
    "sigmoid": "a sigmoid, so pixels lie in [0, 1]",
    "logits": "nothing, and the loss took a sigmoid",
    "tanh": "a tanh, so pixels lie in [−1, 1]",
    "linear": "nothing; pixels are meant to lie in [0, 1]",
    "signed": "nothing; pixels are meant to lie in [−1, 1]",
}


@dataclass(frozen=True)
class Told:
    """What is told of a file, where each has a default that does for most.

    name: which of several models in the file is meant. hidden: what follows each Linear layer but the last, one of
    HIDDEN. output: what follows the last, one of OUTPUT, or "" to guess it. shape: of an image, (C, H, W), or None.
    """

    name: str = ""
    hidden: str = HIDDEN[0]
    output: str = ""
    shape: Shape | None = None
