"""What kinds of picture there are, and what can be chosen of each. Knows names and bounds, draws nothing.

A default never changes: it is what a recipe means that does not name the choice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vae_explorer.settings import COLOURS, LOOKS
from vae_explorer.space.paths import WAYS

PICTURES = ("digit", "traverse", "map", "manifold", "path", "arithmetic")
FORMATS = (".png", ".svg", ".pdf")  # of every picture, the usual one first
ALL = "all"  # ways, one above the other
SPACINGS = ("even", "quantiles")  # steps of the same length, or of the same share of N(0, 1)
PRINCIPAL = "principal"  # the plane in which the encoded digits spread most
MIN_SIDE, MAX_SIDE = 28, 4480  # pixels of a digit's picture
MAX_MOVING_SIDE = 1120
MAX_SPAN = 10.0
MAX_ABS = 10.0  # of a coordinate, as in the window
MIN_MS, MAX_MS = 20, 10_000  # of a frame; browsers slow down what is faster


@dataclass(frozen=True)
class Choice:
    """One thing to choose. sane tells of a value and the number of dimensions whether it can be chosen; words end
    the sentence "… is no" of one that cannot, with {D} for that number and {ways} for the ways of a path;
    default is for a model of so many dimensions, `...` where there is none.
    """

    words: str
    sane: Callable[[Any, int], bool]
    default: Any | Callable[[int], Any]


def of(picture: str) -> Mapping[str, Choice]:
    """Give what can be chosen of a picture, by name. Raises KeyError when there is no such picture."""
    return _CHOICES[picture]


def formats(picture: str) -> tuple[str, ...]:
    """Give the suffixes of the formats that a picture can be saved in, the usual one first."""
    return (*FORMATS, ".gif") if picture == "path" else FORMATS


def ways() -> tuple[str, ...]:
    """Give what a path can show: each of the ways, or all of them."""
    return (*WAYS, ALL)


def an(picture: str) -> str:
    """A picture with its article."""
    return f"a{'n' * (picture[0] in 'aeiou')} {picture}"


def checked(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give the options of a picture in plain form: numbers, texts and tuples of numbers, always in the same order.

    Raises ValueError for an unknown name or a value that cannot be; the options may be anything that JSON can be.
    """
    known = of(picture)
    plain: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            raise ValueError(f"{an(picture)} has no option {str(name)[:40]!r}")
        plain[name] = tuple(value) if isinstance(value, list) else value
        if not known[name].sane(plain[name], latent_dim):
            raise ValueError(f"{name} is no {known[name].words.format(D=latent_dim, ways=', '.join(ways()))}")
    for name, value in complete(picture, plain, latent_dim).items():
        if value is ...:
            raise ValueError(f"{an(picture)} needs the option {name!r}")
        if not known[name].sane(value, latent_dim):
            raise ValueError(f"{an(picture)} cannot be of {latent_dim} latent dimension" + "s" * (latent_dim > 1))
    return {name: plain[name] for name in known if name in plain}


def complete(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give checked options with the default of each that is not among them."""
    filled = {}
    for name, choice in of(picture).items():
        default = choice.default(latent_dim) if callable(choice.default) else choice.default
        filled[name] = options.get(name, default)
    return filled


def _one_of(names: tuple[str, ...], default: str) -> Choice:
    return Choice(f"choice of {', '.join(names)}", lambda value, _: isinstance(value, str) and value in names, default)


def _whole(least: int, most: int, default: int) -> Choice:
    """A whole number; a truth value, which Python takes for one, is none."""
    words = f"whole number from {least} to {most}"
    return Choice(words, lambda value, _: type(value) is int and least <= value <= most, default)


def _within(value: object, bound: float) -> bool:
    """Whether a value is a number so near to 0; NaN is not."""
    return type(value) in (int, float) and -bound <= value <= bound  # type: ignore[operator]


def _is_point(value: object, latent_dim: int) -> bool:
    return isinstance(value, tuple) and len(value) == latent_dim and all(_within(each, MAX_ABS) for each in value)


def _are_dims(value: object, latent_dim: int, counts: range) -> bool:
    """Whether a value is a few different dimensions of a model."""
    if not isinstance(value, tuple) or not all(type(each) is int and 0 <= each < latent_dim for each in value):
        return False
    return len(value) in counts and len(set(value)) == len(value)


def _is_plane(value: object, latent_dim: int) -> bool:
    return (value == PRINCIPAL and latent_dim > 1) or _are_dims(value, latent_dim, range(2, 3))


def _is_map(value: object, latent_dim: int) -> bool:
    return (value == PRINCIPAL and latent_dim > 1) or _are_dims(value, latent_dim, range(1, 3))


def _is_selection(value: object, latent_dim: int) -> bool:
    return _are_dims(value, latent_dim, range(1, latent_dim + 1))


def _usual_map(latent_dim: int) -> str | tuple[int, ...]:
    """The plane of the most spread, where there are more dimensions than a map has."""
    return PRINCIPAL if latent_dim > 2 else tuple(range(latent_dim))


_PLANE = "plane: neither 'principal' nor two of the {D} dimensions"
_MAP = "map: neither 'principal' nor one or two of the {D} dimensions"
_POINT = "point of {D} numbers"
_SPAN = Choice(f"number above 0, to {MAX_SPAN:g}", lambda value, _: _within(value, MAX_SPAN) and value > 0, 3.0)

_CHOICES: dict[str, dict[str, Choice]] = {
    "digit": {
        "side": _whole(MIN_SIDE, MAX_SIDE, 560),
        "look": _one_of(tuple(LOOKS), "pixels"),
        "colours": _one_of(tuple(COLOURS), "gray"),
    },
    "traverse": {
        "dims": Choice("selection of the {D} dimensions", _is_selection, lambda latent_dim: tuple(range(latent_dim))),
        "n": _whole(2, 41, 13),
        "span": _SPAN,
    },
    "map": {"dims": Choice(_MAP, _is_map, _usual_map)},
    "manifold": {
        "dims": Choice(_PLANE, _is_plane, (0, 1)),
        "n": _whole(2, 60, 20),
        "spacing": _one_of(SPACINGS, "even"),
        "span": _SPAN,  # where the spacing is even
    },
    "path": {
        "a": Choice(_POINT, _is_point, ...),
        "b": Choice(_POINT, _is_point, ...),
        "kind": Choice("choice of {ways}", lambda value, _: isinstance(value, str) and value in ways(), ALL),
        "n": _whole(2, 120, 11),
        # The rest is of a moving picture, which goes one of the ways.
        "side": _whole(MIN_SIDE, MAX_MOVING_SIDE, 280),
        "look": _one_of(tuple(LOOKS), "pixels"),
        "colours": _one_of(tuple(COLOURS), "gray"),
        "ms": _whole(MIN_MS, MAX_MS, 80),
    },
    "arithmetic": dict.fromkeys("abc", Choice(_POINT, _is_point, ...)),  # a − b + c
}
