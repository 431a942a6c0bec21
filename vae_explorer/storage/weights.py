"""What the bytes of a file of weights hold: a decoder and perhaps an encoder, as arrays. Knows bytes, and no paths.

A plain state dict of our own networks is read and checked here. What is none is handed on: to the readers of other
forms, and to the search for networks in whatever they give.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vae_explorer import plain
from vae_explorer.images import DIGIT, Shape
from vae_explorer.storage import statedict
from vae_explorer.storage.chain import Chain, ChainEncoder
from vae_explorer.storage.pickled import NeedsTorchError, OtherFormError, StateDictError
from vae_explorer.storage.shapes import DECODER_SHAPES, ENCODER_SHAPES, check_shapes, check_values
from vae_explorer.storage.statedict import StateDict
from vae_explorer.storage.told import SIDES, Told

if TYPE_CHECKING:
    from vae_explorer.storage.search import Found


class SeveralError(StateDictError):
    """There are several networks that differ; names has what each is called by."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("it holds several models that differ.")
        self.names = names


@dataclass(frozen=True, eq=False)
class Weights:
    """A decoder, its encoder or why there is none, and the shape of an image; opened: what was done, as a sentence.

    name: which of several it is, empty where there was only one.
    """

    decoder: StateDict | Chain
    encoder: StateDict | ChainEncoder | None = None
    no_encoder: str = ""
    shape: Shape = DIGIT
    opened: str = ""
    name: str = ""


def read(data: bytes, told: Told, cancelled: Callable[[], bool]) -> Weights:
    """Read the bytes of a file of weights. Raises SeveralError, another StateDictError, or Cancelled."""
    tree, form = _tree(data, cancelled)
    if _is_plain(tree, DECODER_SHAPES) and not form:
        check_shapes(tree, DECODER_SHAPES)
        return Weights(tree)
    from vae_explorer.storage import search

    several = search.find(tree)
    found = _meant(several, told.name)
    network, name = found.network, found.name if len(several) > 1 else ""
    opened = search.described(found, form)
    if isinstance(network.decoder, dict):
        latent_dim = check_shapes(network.decoder, DECODER_SHAPES)
        if isinstance(network.encoder, dict):
            check_shapes(network.encoder, ENCODER_SHAPES, latent_dim)
        return Weights(network.decoder, network.encoder, network.why_not, DIGIT, opened, name)
    for layer in network.layers + network.beside:
        check_values(layer.name, *(each for each in (layer.weight, layer.bias) if each is not None))
    shape = _shape(len(network.decoder[-1][1]), told.shape)
    return Weights(network.decoder, network.encoder, network.why_not, shape, opened, name)


def _meant(found: Sequence["Found"], name: str) -> "Found":
    """Give the network that is called so, or the only one. Raises SeveralError, and StateDictError for another name."""
    names = tuple(each.name for each in found)
    named = [each for each in found if each.is_called(name)] if name else found
    if not named:
        which = f"there are {plain.some(names)}" if len(names) > 1 else "there is one, which needs no name"
        raise StateDictError(f"it holds no model that is called {plain.quoted(name)}: {which}.")
    if len(named) > 1:
        raise SeveralError(names)
    return named[0]


def read_encoder(data: bytes, latent_dim: int, cancelled: Callable[[], bool]) -> StateDict:
    """Read the bytes of a file of our own encoder, for a decoder of D dimensions. Raises StateDictError, Cancelled."""
    tree, _ = _tree(data, cancelled)
    if not isinstance(tree, dict) or not all(isinstance(each, np.ndarray) for each in tree.values()):
        raise StateDictError("it holds more than the tensors of an encoder.")
    check_shapes(tree, ENCODER_SHAPES, latent_dim)
    return tree


def _tree(data: bytes, cancelled: Callable[[], bool]) -> tuple[Any, str]:
    """What a file holds, and in which form if that is another than torch's, in a few words."""
    try:
        return statedict.loads(data), ""
    except (NeedsTorchError, OtherFormError):
        from vae_explorer.storage import containers

        return containers.loads(data, cancelled)


def _is_plain(tree: Any, shapes: dict[str, Any]) -> bool:
    """Whether a tree is a state dict with just these names."""
    same = isinstance(tree, dict) and tree.keys() == shapes.keys()
    return same and all(isinstance(each, np.ndarray) for each in tree.values())


def _shape(pixels: int, told: Shape | None) -> Shape:
    """The shape of images of so many pixels: the one that was told, else a square in grey or in colour."""
    sides = {channels: math.isqrt(pixels // channels) for channels in (1, 3)}
    shapes = [told] if told else [(channels, side, side) for channels, side in sides.items()]
    for channels, height, width in shapes:
        if channels * height * width == pixels and all(SIDES[0] <= side <= SIDES[1] for side in (height, width)):
            return channels, height, width
    what = f"as {'×'.join(map(str, told))}" if told else "as a square in grey or in colour"
    raise StateDictError(
        f"its decoder gives {pixels} numbers, which cannot be shown {what} of {SIDES[0]} to {SIDES[1]} pixels a side. "
        "Say their shape with --shape, as 3x64x48: channels, rows and columns."
    )
