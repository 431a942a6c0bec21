"""The tensors of our two networks as their state dicts name them, and whether a state dict has just these.

Knows arrays, no files.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from vae_explorer import plain
from vae_explorer.images import Floats
from vae_explorer.storage.chain import Chain
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.statedict import StateDict

MAX_LATENT_DIM = 256
MAX_WEIGHT = 1e6  # so that nothing which is computed of weights is beyond float32

# Shapes by key; the letter D stands for the number of latent dimensions.
DECODER_SHAPES = {
    "linear.weight": (1568, "D"),
    "linear.bias": (1568,),
    "deconv_stack.0.weight": (32, 16, 4, 4),
    "deconv_stack.0.bias": (16,),
    "deconv_stack.2.weight": (16, 1, 4, 4),
    "deconv_stack.2.bias": (1,),
}
ENCODER_SHAPES = {
    "conv_stack.0.weight": (16, 1, 4, 4),
    "conv_stack.0.bias": (16,),
    "conv_stack.2.weight": (32, 16, 4, 4),
    "conv_stack.2.bias": (32,),
    "fc_mu.weight": ("D", 1568),
    "fc_mu.bias": ("D",),
    "fc_logvar.weight": ("D", 1568),
    "fc_logvar.bias": ("D",),
}


def latent_dim(decoder: StateDict | Chain) -> int:
    """D, the number of latent dimensions that a decoder takes."""
    first = decoder["linear.weight"] if isinstance(decoder, dict) else decoder[0][0]
    return int(first.shape[1])


def check_shapes(state: StateDict, shapes: Mapping[str, tuple[Any, ...]], latent_dim: int | None = None) -> int:
    """Check keys, shapes and that every value is finite; give D. Raises StateDictError with what differs."""
    if state.keys() != shapes.keys():
        raise StateDictError(_other_keys(state, shapes))
    for key, shape in shapes.items():
        found = state[key].shape
        if "D" in shape and len(found) == len(shape) and latent_dim is None:
            latent_dim = found[shape.index("D")]
            if not 1 <= latent_dim <= MAX_LATENT_DIM:
                raise StateDictError(f"it has {latent_dim} latent dimensions; 1 to {MAX_LATENT_DIM} are shown.")
        expected = tuple(latent_dim if n == "D" else n for n in shape)
        if found != expected:
            raise StateDictError(f"its {key} has the shape {found}, not {expected}.")
        check_values(key, state[key])
    assert latent_dim is not None
    return latent_dim


def check_values(name: str, *arrays: Floats) -> None:
    """Check that the values of a layer are finite and no larger than training gives them. Raises StateDictError."""
    for array in arrays:
        if not np.isfinite(array).all():
            raise StateDictError(f"its {plain.line(name, 60)} holds values that are not finite (NaN or infinite).")
        if (abs(array) > MAX_WEIGHT).any():
            raise StateDictError(f"its {plain.line(name, 60)} holds values beyond ±{MAX_WEIGHT:,.0f}.")


def _other_keys(state: StateDict, shapes: Mapping[str, Any]) -> str:
    """Say what a state dict is that has other keys than are wanted."""
    if state.keys() == ENCODER_SHAPES.keys():
        return "it holds the weights of an encoder, not of a decoder."
    if state.keys() == DECODER_SHAPES.keys():
        return "it holds the weights of a decoder, not of an encoder."
    if not state:
        return "it is an empty state dict."
    lacking, more = [key for key in shapes if key not in state], [key for key in state if key not in shapes]
    renamed = [key for key in more if lacking and key.endswith(f".{lacking[0]}")]
    if renamed:
        return f"it names its tensors otherwise: {plain.line(renamed[0], 60)}, where {lacking[0]} is expected."
    differs = [f"lacks {plain.some(lacking)}"] * bool(lacking) + [f"has {plain.some(more)} besides"] * bool(more)
    return f"it {' and '.join(differs)}."
