"""Networks that are read, known by the shapes of their layers: our own decoder and encoder, and chains of Linear ones.

Each function is given all layers of one place in a file, and gives nothing where one of them would be left over: a
layer that is ignored changes the picture. Knows layers, no files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vae_explorer.storage import layers, linear, shapes
from vae_explorer.storage.chain import Chain, ChainEncoder
from vae_explorer.storage.layers import Layer
from vae_explorer.storage.shapes import DECODER_SHAPES, ENCODER_SHAPES, MAX_LATENT_DIM
from vae_explorer.storage.statedict import StateDict

OTHER_ENCODER = "its layers are of another network than those that are read"
AUTOENCODER = "it is that of an autoencoder, which has no logvar"


@dataclass(frozen=True, eq=False)
class Network:
    """A decoder and, where the layers have it, its encoder; else why it has none, in a few words, or nothing.

    layers, beside: those of the decoder and of the encoder.
    """

    decoder: StateDict | Chain
    layers: tuple[Layer, ...]
    encoder: StateDict | ChainEncoder | None = None
    beside: tuple[Layer, ...] = ()
    why_not: str = ""

    @property
    def latent_dim(self) -> int:
        """D, the number of latent dimensions."""
        return shapes.latent_dim(self.decoder)

    def with_encoder(self, found: Sequence[Layer]) -> "Network | None":
        """Give it with the encoder of which these are all the layers; nothing where they are no such encoder."""
        if isinstance(self.decoder, dict):
            whole = len(found) * 2 == len(ENCODER_SHAPES)
            own: StateDict | ChainEncoder | None = _named(found, ENCODER_SHAPES, self.latent_dim) if whole else None
        else:
            pixels = len(self.decoder[-1][1])
            tried = (linear.encoder(each, self.latent_dim, pixels) for each in layers.orders(found))
            own = next(filter(None, tried), None)
        return replace(self, encoder=own, beside=tuple(found), why_not="") if own else None

    def without(self, found: Sequence[Layer]) -> "Network":
        """Give it with the reason why these layers, which are an encoder's or nothing of it, are not used."""
        chain = linear.chain(found)
        ends = chain and (chain[0][0].shape[1], len(chain[-1][1]))
        pixels = 0 if isinstance(self.decoder, dict) else len(self.decoder[-1][1])
        return replace(self, why_not=AUTOENCODER if ends == (pixels, self.latent_dim) else OTHER_ENCODER)


def whole(found: Sequence[Layer]) -> Network | None:
    """Give the network of which these are all the layers, if they are of one that is read."""
    return _conv(found) or _by_roles(found) or _cut(found)


def is_encoder(found: Sequence[Layer]) -> bool:
    """Whether these are the layers of an encoder alone."""
    if len(found) * 2 == len(ENCODER_SHAPES) and _named(found, ENCODER_SHAPES, None):
        return True
    if not found or not all(each.is_linear for each in found):
        return False
    latent_dim, pixels = found[-1].weight.shape[0], max(each.weight.shape[1] for each in found)
    return pixels > latent_dim and any(linear.encoder(each, latent_dim, pixels) for each in layers.orders(found))


def _conv(found: Sequence[Layer]) -> Network | None:
    """Our own decoder, alone or beside an encoder."""
    state = _named(found, DECODER_SHAPES, None)
    if state is None:
        return None
    own = tuple(each for each in found if any(each.weight is array for array in state.values()))
    return _beside(Network(state, own), [each for each in found if each not in own])


def _beside(network: Network, rest: Sequence[Layer]) -> Network | None:
    """A network among other layers; nothing where these are no encoder of any kind."""
    if not rest:
        return network
    foreign = all(each.role == "encoder" for each in rest)
    return network.with_encoder(rest) or (network.without(rest) if foreign else None)


def _named(found: Sequence[Layer], shapes: Mapping[str, tuple[Any, ...]], latent_dim: int | None) -> StateDict | None:
    """Give layers the names of a network by their shapes, if there is just one for each, and two for the two heads."""
    state: StateDict = {}
    stems: dict[tuple[Any, ...], list[str]] = {}
    for key, shape in shapes.items():
        if key.endswith(".weight"):
            stems.setdefault(shape, []).append(key.removesuffix(".weight"))
    for shape, names in stems.items():
        fitting = [each for each in found if _fits(each, shape, shapes[f"{names[0]}.bias"], latent_dim)]
        if len(fitting) != len(names) or len({each.weight.shape for each in fitting}) > 1:
            return None
        weights = linear.heads(fitting) if len(names) == 2 else [(fitting[0].weight, fitting[0].bias)]
        for name, (weight, bias) in zip(names, weights, strict=True):
            assert bias is not None, "it fits"
            state |= {f"{name}.weight": weight, f"{name}.bias": bias}
    return state


def _fits(layer: Layer, shape: tuple[Any, ...], length: tuple[Any, ...], latent_dim: int | None) -> bool:
    """Whether a layer has a shape, in which D stands for the number of latent dimensions."""
    if layer.bias is None or layer.weight.ndim != len(shape):
        return False
    pairs = [*zip(layer.weight.shape, shape, strict=True), (len(layer.bias), length[0])]
    dims = {n for n, wanted in pairs if wanted == "D"}
    if any(n != wanted for n, wanted in pairs if wanted != "D") or len(dims) > 1:
        return False
    return all(n <= MAX_LATENT_DIM and latent_dim in (None, n) for n in dims)


def _by_roles(found: Sequence[Layer]) -> Network | None:
    """A chain of those layers that by their names are the decoder's, among others."""
    own = [each for each in found if each.role == "decoder"]
    rest = [each for each in found if each.role != "decoder"]
    if not own or not rest:
        return None
    for order in layers.orders(own):
        if chain := linear.decoder(order):
            return _beside(Network(chain, tuple(order)), rest)
    return None


def _cut(found: Sequence[Layer]) -> Network | None:
    """A chain alone, or a whole VAE or autoencoder of Linear layers one after another, cut where z is."""
    for order in layers.orders(found):
        if network := _at_heads(order) or _alone(order):
            return network
    return None


def _alone(found: Sequence[Layer]) -> Network | None:
    """A decoder alone; of an autoencoder, which begins with as many numbers as it ends with, what follows its waist."""
    chain = linear.chain(found)
    if chain is None:
        return None
    widths = [len(bias) for _, bias in chain]
    cyclic = chain[0][0].shape[1] == widths[-1]
    own = found[int(np.argmin(widths)) + 1 :] if cyclic else found
    decoder = linear.decoder(own)
    return Network(decoder, tuple(own), why_not=AUTOENCODER if cyclic else "") if decoder else None


def _at_heads(found: Sequence[Layer]) -> Network | None:
    """An encoder and the decoder after it, cut behind two heads of one shape, or one for mu and logvar."""
    for i in range(1, len(found)):
        decoder = linear.decoder(found[i:])
        if decoder and (network := Network(decoder, tuple(found[i:])).with_encoder(found[:i])):
            return network
    return None
