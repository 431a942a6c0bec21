"""Chains of Linear layers among the layers of a file: which follow each other, and which are heads for mu and logvar.

Knows layers and what they are called, no files.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from vae_explorer.storage.chain import Chain, ChainEncoder
from vae_explorer.storage.chain import Layer as Weights
from vae_explorer.storage.layers import Layer
from vae_explorer.storage.shapes import MAX_LATENT_DIM

LEAST_PIXELS = 64  # of a picture

_LOGVAR = re.compile(
    r"log_?(var|v(?![a-z])|sigma|std|s2)|ln_?var|var(?!iational)|sigma|std|sd(?![a-z])|scale", re.IGNORECASE
)
_LOGSTD = re.compile(r"sigma(?!_?(2|sq))|std|sd(?![a-z])|scale", re.IGNORECASE)  # a head for log σ


def chain(found: Sequence[Layer]) -> Chain | None:
    """Give Linear layers of which each takes what the one before gives; nothing where one does not."""
    if not found or not all(each.is_linear for each in found):
        return None
    fit = all(a.weight.shape[0] == b.weight.shape[1] for a, b in pairwise(found))
    return tuple(map(_weights, found)) if fit else None


def decoder(found: Sequence[Layer]) -> Chain | None:
    """Give a chain that can be a decoder: of few dimensions, and giving more numbers than it takes."""
    layers = chain(found)
    if layers is None:
        return None
    latent_dim, pixels = layers[0][0].shape[1], len(layers[-1][1])
    return layers if latent_dim <= MAX_LATENT_DIM and pixels >= LEAST_PIXELS and latent_dim < pixels else None


def encoder(found: Sequence[Layer], latent_dim: int, pixels: int) -> ChainEncoder | None:
    """Give a chain from so many pixels to two heads for D dimensions, or to one for mu and then logvar."""
    if not all(each.is_linear for each in found):
        return None
    pair = [each for each in found if each.weight.shape[0] == latent_dim][-2:]
    if len(pair) == 2 and pair[0].weight.shape == pair[1].weight.shape:
        ends = heads(pair)
    elif found and found[-1].weight.shape[0] == 2 * latent_dim:
        pair, (weight, bias) = [found[-1]], _weights(found[-1])
        ends = (weight[:latent_dim], bias[:latent_dim]), (weight[latent_dim:], bias[latent_dim:])
    else:
        return None
    trunk = [each for each in found if each not in pair]
    layers = chain(trunk) if trunk else ()
    if layers is None:
        return None
    widths = [layers[0][0].shape[1] if layers else pixels, len(layers[-1][1]) if layers else pixels]
    return ChainEncoder(layers, *ends) if widths == [pixels, ends[0][0].shape[1]] else None


def heads(pair: Sequence[Layer]) -> tuple[Weights, Weights]:
    """Give two heads as mu and logvar: by their names where these tell, else in their order; log σ is doubled."""
    first, second = pair
    turned = _LOGVAR.search(first.path[-1]) and not _LOGVAR.search(second.path[-1])
    mu, logvar = (second, first) if turned else (first, second)
    weight, bias = _weights(logvar)
    return _weights(mu), (2 * weight, 2 * bias) if _LOGSTD.search(logvar.path[-1]) else (weight, bias)


def _weights(layer: Layer) -> Weights:
    """The weight and the bias of a layer; one without a bias has zeros."""
    bias = np.zeros(len(layer.weight), np.float32) if layer.bias is None else layer.bias
    return np.ascontiguousarray(layer.weight), bias
