"""The layers of networks in whatever a file of weights holds: each weight with its bias, by names and shapes.

What is no weight goes: numbers, words, the state of an optimizer, the losses of a training run. Knows no networks.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vae_explorer import plain
from vae_explorer.images import Floats
from vae_explorer.storage.pickled import StateDictError

MAX_PARTS, MAX_DEPTH = 100_000, 20  # of a tree of dicts and lists
MAX_ARRAYS = 1000  # their layers are compared with each other
OPTIMIZER = {"state", "param_groups"}  # the keys of what any of torch's optimizers keeps

_BETWEEN = re.compile(r"[./\[\]'\"]+")  # names within names, of torch, TensorFlow, JAX
_RECORD = re.compile(r"(.*_)?(loss(es)?|history|epochs?|steps?|lr|acc(uracy)?|elbo)(_.*)?", re.IGNORECASE)
_KIND = re.compile(r"(?<![A-Za-z])(weights?|kernel|w|bias(es)?|b)(?![A-Za-z])", re.IGNORECASE)
_ROLES = {
    "decoder": re.compile(r"(.*_|.*[a-z](?=[A-Z]))?([Dd]ec(ode[rd]?)?|[Gg]en(erator)?|p_x)(?![a-z]).*"),
    "encoder": re.compile(r"(.*_|.*[a-z](?=[A-Z]))?([Ee]nc(ode[rd]?)?|q_z|recognition)(?![a-z]).*"),
}


@dataclass(frozen=True, eq=False)
class Layer:
    """A weight, its first axis the outputs of a Linear layer, and its bias; or what is none, as the mean of a norm.

    path: its names from the outermost. turned: whether the file had (in, out); None where the shapes do not tell.
    """

    path: tuple[str, ...]
    weight: Floats
    bias: Floats | None = None
    turned: bool | None = None

    @property
    def name(self) -> str:
        """Its names as one."""
        return ".".join(self.path)

    @property
    def role(self) -> str:
        """Which of "decoder" and "encoder" its names say it is part of, the innermost first; "" where none does."""
        for part in reversed(self.path):
            for role, pattern in _ROLES.items():
                if pattern.fullmatch(part):
                    return role
        return ""

    @property
    def is_linear(self) -> bool:
        """Whether it is a Linear layer, by its shape."""
        return self.weight.ndim == 2

    def __str__(self) -> str:
        """Its name and shape, as an error has them."""
        return f"{plain.line(self.name, 40)} ({'×'.join(map(str, self.weight.shape))})"


def of(tree: Any) -> list[Layer]:
    """Give the layers of a tree as a reader of weights gives it, in its order. Raises StateDictError for a huge one."""
    found, inside = [], _by_parent(_flat(tree))
    for parent, arrays in inside.items():
        found += _layers(parent, arrays)
    turned = {each.turned for each in found if each.is_linear} - {None}
    return [_straight(each, turned == {True}) for each in found]


def _flat(tree: Any) -> dict[tuple[str, ...], Floats]:
    """The arrays of a tree by their names from the outermost."""
    found: dict[tuple[str, ...], Floats] = {}
    left = MAX_PARTS

    def _walk(node: Any, path: tuple[str, ...]) -> None:
        nonlocal left
        left -= 1
        if left < 0 or len(path) > MAX_DEPTH:
            raise StateDictError("it holds more parts within parts than is ever needed.")
        if isinstance(node, np.ndarray):
            if node.ndim and node.size and not (node.ndim == 1 and path and _RECORD.fullmatch(path[-1])):
                found[path] = node
        elif isinstance(node, dict) and not node.keys() >= OPTIMIZER:
            for key, each in node.items():
                _walk(each, (*path, *filter(None, _BETWEEN.split(str(key)))))
        elif isinstance(node, list | tuple):
            for n, each in enumerate(node):
                _walk(each, (*path, str(n)))

    _walk(tree, ())
    if len(found) > MAX_ARRAYS:
        raise StateDictError(f"it holds {len(found)} tensors; at most {MAX_ARRAYS} are looked through.")
    return found


def _by_parent(arrays: Mapping[tuple[str, ...], Floats]) -> dict[tuple[str, ...], dict[str, Floats]]:
    found: dict[tuple[str, ...], dict[str, Floats]] = {}
    for path, array in arrays.items():
        found.setdefault(path[:-1], {})[path[-1] if path else ""] = array
    return found


def _layers(parent: tuple[str, ...], arrays: dict[str, Floats]) -> list[Layer]:
    """The layers among arrays that stand side by side, and whatever else is there as layers without a bias."""
    weights = {name: array for name, array in arrays.items() if array.ndim > 1}
    vectors = {name: array for name, array in arrays.items() if array.ndim == 1}
    found = []
    for name, weight in weights.items():
        path = parent if len(weights) == 1 and parent else (*parent, name)
        bias = _bias(name, weight, vectors, list(arrays))
        found.append(_layer(path, name, weight, None if bias is None else vectors.pop(bias)))
    for name, vector in [*vectors.items()][:1]:  # those of one norm are one layer
        found.append(Layer((*parent, name) if len(vectors) == 1 or not parent else parent, vector))
    return found


def _bias(name: str, weight: Floats, vectors: Mapping[str, Floats], order: list[str]) -> str | None:
    """The name of the bias of a weight: the one called alike, else the vector that comes next, if it is as long as one
    of the weight's first two axes."""
    fitting = [each for each, vector in vectors.items() if len(vector) in weight.shape[:2]]
    alike = [each for each in fitting if _KIND.sub("", each) == _KIND.sub("", name) and _KIND.search(each)]
    after = order.index(name) + 1
    following = [each for each in order[after : after + 1] if each in fitting]
    return next(iter([*alike, *following]), None)


def _layer(path: tuple[str, ...], name: str, weight: Floats, bias: Floats | None) -> Layer:
    from_numpy = "kernel" in name or (bias is None and "weight" not in name.lower())
    turned = True if from_numpy and weight.ndim == 2 else None
    if bias is not None and weight.ndim == 2 and weight.shape[0] != weight.shape[1]:
        turned = len(bias) != len(weight)
    return Layer(path, weight, bias, turned)


def _straight(layer: Layer, turned: bool) -> Layer:
    """Turn a Linear layer whose weight is (in, out); turned: whether all are that tell."""
    if layer.is_linear and (turned if layer.turned is None else layer.turned):
        return replace(layer, weight=layer.weight.T)
    return layer


def orders(found: Sequence[Layer]) -> list[Sequence[Layer]]:
    """Give layers in the orders in which they may follow each other, the likeliest first.

    That is the one of the file, unless somebody has sorted it by names: then the one of their shapes, if there is just
    one, or else numbers in names go by their value.
    """
    names = [each.name for each in found]
    natural = sorted(found, key=lambda each: [*map(_by_value, _WORDS.findall(each.name))])
    threaded = _threaded(natural)
    return [*threaded, natural, found] if names == sorted(names) else [found, natural, *threaded]


_WORDS = re.compile(r"\d+|\D+")


def _by_value(word: str) -> tuple[bool, int, str]:
    return not word.isdecimal(), int(word[:20]) if word.isdecimal() else 0, word


def _threaded(found: Sequence[Layer]) -> list[Sequence[Layer]]:
    """The one order in which each Linear layer takes what the one before gives, two heads side by side; else none.

    It begins where a width is taken that none gives, or else, with heads, at that of the picture, taken by one layer.
    """
    most = sorted(Counter(each.weight.shape for each in found).values())[-2:]
    if not all(each.is_linear for each in found) or most not in ([1, 1], [1, 2]):
        return []
    taken = Counter(each.weight.shape[1] for each in found)
    given = {each.weight.shape[0] for each in found}
    starts = [n for n in taken if n not in given] or [
        n for n in taken if most == [1, 2] and taken[n] == 1 and n != min(taken)
    ]
    order: list[Layer] = []
    while len(starts) == 1 and len(order) < len(found):
        ways = [each for each in found if each.weight.shape[1] == starts[0] and each not in order]
        starts = sorted({each.weight.shape[0] for each in ways})[:1]  # inwards before outwards again
        order += [each for each in ways if each.weight.shape[0] in starts]
    return [order] if len(order) == len(found) else []
