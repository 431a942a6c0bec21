"""What a person says of a file of weights that the file does not say itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window's command line reads these words before NumPy may be imported
    from vae_explorer.images import Shape

CHANNELS, SIDES = (1, 3), (8, 256)  # that pictures can have; sides from the least to the longest
HIDDEN = ("relu", "leaky_relu", "elu", "silu", "softplus", "tanh", "sigmoid")
OUTPUT = {
    "sigmoid": "after a sigmoid, in [0, 1]",
    "logits": "after a sigmoid, which the loss took",
    "tanh": "after a tanh, in [−1, 1]",
    "linear": "as they come, in [0, 1]",
    "signed": "as they come, in [−1, 1]",
}


@dataclass(frozen=True)
class Told:
    """What is told of a file, where each has a default that does for most.

    name: which of several models in the file is meant. hidden: what follows each Linear layer but the last, one of
    HIDDEN. output: how pixels come from the last, one of OUTPUT, or "" to guess. shape: of an image, (C, H, W), or
    None. encoder: the file of the encoder of an ONNX model, or None. Raises ValueError for other words.
    """

    name: str = ""
    hidden: str = HIDDEN[0]
    output: str = ""
    shape: "Shape | None" = None
    encoder: Path | None = None

    def __post_init__(self) -> None:
        _one_of("hidden", self.hidden, HIDDEN)
        _one_of("output", self.output, ("", *OUTPUT))
        if self.shape is not None and not _is_shape(self.shape):
            raise ValueError(f"shape is (C, H, W): 1 or 3 channels, and sides of {SIDES[0]} to {SIDES[1]} pixels")


def _one_of(name: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise ValueError(f"{name} is one of {', '.join(filter(None, known))}, not {word!r}")


def _is_shape(shape: object) -> bool:
    if not isinstance(shape, tuple) or len(shape) != 3 or not all(type(size) is int for size in shape):
        return False
    return shape[0] in CHANNELS and all(SIDES[0] <= side <= SIDES[1] for side in shape[1:])
