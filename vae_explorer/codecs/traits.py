"""What a decoder of one's own says of itself, or shows when it is tried: D, its shape, black and white."""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.codecs import output
from vae_explorer.codecs.foreign import MAX_DIMS, DecoderError
from vae_explorer.codecs.output import OUTPUTS, Output, between
from vae_explorer.images import Shape
from vae_explorer.storage.told import Told


def function(decoder: Any, called: str) -> Callable[..., Any]:
    """What decodes: its `decode`, or itself. Raises DecoderError."""
    if isinstance(decoder, type):
        raise DecoderError(f"{called} is a class; name an object of it, or a function.")
    found: Any = getattr(decoder, "decode", decoder)
    if not callable(found):
        raise DecoderError(f"{called} is {plain.quoted(decoder)}: it has no decode, and cannot be called.")
    return found  # type: ignore[no-any-return]


def dims(called: str, said: Any) -> int:
    """D, as somebody says it. Raises DecoderError."""
    if said is None:
        why = "does not say how many dimensions z has: it needs the attribute latent_dim"
        raise DecoderError(f"{called} {why}, as in decode.latent_dim = 20 below a function.")
    try:
        count = operator.index(said)
    except TypeError:
        count = 0
    if not 1 <= count <= MAX_DIMS:
        raise DecoderError(f"The latent_dim of {called} is {plain.quoted(said)}; it is a number from 1 to {MAX_DIMS}.")
    return count


def shape(called: str, decoder: Any) -> Shape | None:
    """(C, H, W), where it says so. Raises DecoderError."""
    said = getattr(decoder, "shape", None)
    try:
        sizes: Any = None if said is None else tuple(map(operator.index, said))
        return Told(shape=sizes).shape
    except (TypeError, ValueError) as error:
        raise DecoderError(f"The shape of {called} is {plain.quoted(said)}: {error}.") from error


def after(called: str, given: NDArray[Any], word: str, range: Any) -> Output:
    """What becomes of its numbers: as told, or seen from what it gave at first. Raises DecoderError."""
    if range is not None:
        return _between(called, range)
    if word:
        return OUTPUTS[word]
    if not np.isfinite(given).all():
        raise DecoderError(f"{called} gives NaN or infinity for draws from N(0, I).")
    low, high = float(given.min()), float(given.max())
    if given.dtype == np.uint8:
        return between(0, 255)
    if (seen := output.seen(given)) != "logits":
        return OUTPUTS[seen]
    if low >= 0 and high <= 255:
        return between(0, 255)
    why = f"gives numbers from {low:.4g} to {high:.4g}. Say which are black and white: decode.range = (0, 1)"
    raise DecoderError(f"{called} {why}, or what else is meant.")


def _between(called: str, range: Any) -> Output:
    try:
        low, high = map(float, range)
    except (TypeError, ValueError, OverflowError):
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        said = plain.line(repr(range), plain.MAX_QUOTED)
        raise DecoderError(f"The range of {called} is {said}; it is (black, white), two numbers.")
    return between(low, high)
