"""The search for networks in whatever a file of weights holds: under any names, beside anything else, more than one.

Beginning with all layers of a file it goes inwards until those of one place are a network and nothing else. Knows trees
as readers of weights give them, and no files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import numpy as np

from vae_explorer import plain
from vae_explorer.storage import layers, networks
from vae_explorer.storage.layers import Layer
from vae_explorer.storage.networks import Network
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.shapes import DECODER_SHAPES

# What such a layer beside a decoder is called that comes after it.
_AFTER = re.compile(r"(final|post|out|output|last|to_?(rgb|img|image|pixels?))(?![a-z]).*", re.IGNORECASE)


MAX_NAME = 200  # characters: it is written into paths
_OURS = {key.rpartition(".")[0] for key in DECODER_SHAPES}


class OtherModelError(StateDictError):
    """The weights are whole, and those of a network that is not read."""


@dataclass(frozen=True, eq=False)
class Found:
    """A network, and the names from the outermost of the place in the file where it was found."""

    path: tuple[str, ...]
    network: Network

    @property
    def name(self) -> str:
        """The place as a person names it."""
        return plain.line(".".join(self.path), MAX_NAME)

    def is_called(self, name: str) -> bool:
        """Whether a name is that of the place, or of one around the decoder."""
        return name == self.name or f"{self.network.layers[0].name}.".startswith(f"{name}.")


def find(tree: Any) -> list[Found]:
    """Give all networks in a tree that differ, at least one. Raises StateDictError, which says what else it holds."""
    everything = layers.of(tree)
    found = _distinct(_inside((), everything))
    if not found:
        raise _nothing(tree, everything)
    return found


def described(found: Found, form: str) -> str:
    """Say where in a file a network was found, as a sentence; nothing where it is all that there is.

    form: in which the file came, if that is another than torch's.
    """
    network = found.network
    paths = [each.path for each in network.layers]
    alike = takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    place = tuple(names[0] for names in alike) if len(paths) > 1 else paths[0][:-1]
    clauses = [f"taken from “{plain.line('.'.join(place), 60)}” in {form or 'the file'}"] if place else []
    if form and not place:
        clauses.append(f"read from {form}")
    if isinstance(network.decoder, dict) and {".".join(path[len(place) :]) for path in paths} != _OURS:
        clauses.append("known by the shapes of its layers")
    if network.encoder is not None:
        clauses.append("with its encoder")
    said = ", ".join(clauses)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _inside(path: tuple[str, ...], inside: Sequence[Layer]) -> list[Found]:
    """The networks among the layers of one place."""
    if network := networks.whole(inside):
        return [Found(path, network)]
    children: dict[str, list[Layer]] = {}
    for each in inside:
        if len(each.path) > len(path):
            children.setdefault(each.path[len(path)], []).append(each)
    by_child = {name: _inside((*path, name), under) for name, under in children.items() if len(under) > 1}
    beside = [each for each in inside if not by_child.get("".join(each.path[len(path) : len(path) + 1]))]
    found = [each for part in by_child.values() for each in part if not _is_part(each, beside, len(path))]
    return [_with_encoder(each, beside) for each in found]


def _is_part(found: Found, beside: Sequence[Layer], depth: int) -> bool:
    """Whether a network is part of a larger one, whose other layers lie beside it; depth: of the place of all."""
    latent_dim = found.network.latent_dim
    for each in beside:
        feeds = each.is_linear and each.weight.shape[0] == latent_dim and each.weight.shape[1] <= latent_dim
        follows = len(each.path) <= depth or _AFTER.fullmatch(each.path[depth])
        if each.role == "decoder" or (each.role != "encoder" and (feeds or follows)):
            return True
    return False


def _with_encoder(found: Found, beside: Sequence[Layer]) -> Found:
    """A decoder with the encoder that lies beside it, where it has none and there is one."""
    network = found.network
    if network.encoder is not None or not beside:
        return found
    whole = next(filter(None, map(network.with_encoder, _groups(beside))), None)
    return replace(found, network=whole or (network if network.why_not else network.without(beside)))


def _groups(beside: Sequence[Layer]) -> Iterator[Sequence[Layer]]:
    """Layers that may be an encoder together: all, those that are called so, and those of each place."""
    yield beside
    yield [each for each in beside if each.role == "encoder"]
    for name in dict.fromkeys(each.path[:-1] for each in beside):
        yield [each for each in beside if each.path[: len(name)] == name]


def _distinct(found: Sequence[Found]) -> list[Found]:
    """Leave out those of equal numbers."""
    kept: list[Found] = []
    for each in found:
        if not any(_equal(each.network, other.network) for other in kept):
            kept.append(each)
    return kept


def _equal(a: Network, b: Network) -> bool:
    arrays = [[array for each in one.layers + one.beside for array in (each.weight, each.bias)] for one in (a, b)]
    return len(arrays[0]) == len(arrays[1]) and all(map(np.array_equal, *arrays))


def _nothing(tree: Any, everything: Sequence[Layer]) -> StateDictError:
    """Say what a tree is in which there is no network that is read."""
    if not everything:
        empty = "an empty state dict" if tree == {} else "no tensors"
        return StateDictError(f"it holds {empty}.") if isinstance(tree, dict) else StateDictError(_odd(tree))
    if networks.is_encoder(everything):
        return StateDictError("it holds the weights of an encoder, not of a decoder.")
    return OtherModelError(
        f"it is another model than those that are read: its layers are {plain.some(map(str, everything))}. Read are "
        "chains of Linear layers, and the convolutional decoder of this program."
    )


def _odd(tree: Any) -> str:
    return f"it holds {plain.quoted(tree)}, and no weights with names."
