"""One thing to choose of a picture: what it can be, what it is unless chosen, how a person types it. Draws nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import dimensions
from vae_explorer.space.factors import CLASS, FACTORS, HELD, holdable

MAX_ABS = 10.0  # of a coordinate, as in the window
PRINCIPAL = "principal"  # the plane in which the encoded digits spread most
POINT, FILE = "POINT", "FILE"  # what a person types where only a model can tell what it means: `metavar` says which

Sane = Callable[[Any, int], bool]


@dataclass(frozen=True)
class Choice:
    """One thing to choose, of a model of D latent dimensions.

    help: what it is, in a few words. sane(value, D) is whether a value can be chosen; words(D) end the sentence
    "… is no" of one that cannot. default is a value or a function of D, and `...` where a value has to be chosen. read
    turns what a person types into a value or raises ValueError; it is None for a POINT, since only a model knows the
    classes that may name one, and for the FILE of a picture, since it depends on the model how that is prepared.
    names: the texts that it can be, where these are few. moving: it is of a GIF only.
    """

    help: str
    sane: Sane
    words: Callable[[int], str]
    default: Any | Callable[[int], Any]
    read: Callable[[str], Any] | None
    metavar: str | None = None
    names: Callable[[], Iterable[str]] | None = None
    moving: bool = False


def one_of(help: str, names: Callable[[], Iterable[str]], default: str) -> Choice:
    """One of a few texts, asked for anew each time."""
    return Choice(
        help,
        lambda value, _: isinstance(value, str) and value in names(),
        lambda _: f"choice of {', '.join(names())}",
        default,
        str,
        names=names,
    )


def whole(help: str, least: int, most: int, default: int) -> Choice:
    """A whole number; a truth value, which Python takes for one, is none."""
    words = f"whole number from {least} to {most}"
    return Choice(
        help, lambda value, _: type(value) is int and least <= value <= most, lambda _: words, default, int, "N"
    )


def above_0(help: str, most: float, default: float) -> Choice:
    """A number above 0."""
    words = f"number above 0, to {most:g}"
    return Choice(help, lambda value, _: _within(value, most) and value > 0, lambda _: words, default, float, "X")


def change(help: str, most: float) -> Choice:
    """A change of so much at most in either direction; none unless chosen."""
    words = f"number from −{most:g} to {most:g}"
    return Choice(help, lambda value, _: _within(value, most), lambda _: words, 0.0, float, "±X")


def locks(help: str) -> Choice:
    """What is held while factors change: names of factors, of dimensions, and "class"."""

    def _sane(value: object, latent_dim: int) -> bool:
        known = holdable(latent_dim)
        names = value if isinstance(value, tuple) else (None,)
        return all(isinstance(each, str) and each in known for each in names) and len(set(names)) == len(names)

    words = f"list of {', '.join(FACTORS)}, {CLASS}, or of z0 to z{{}}"
    usual = tuple(name for name in FACTORS if name in HELD)
    return Choice(help, _sane, lambda latent_dim: words.format(latent_dim - 1), usual, _held, "NAMES")


def point(help: str) -> Choice:
    """A point of latent space, which has to be chosen."""
    return Choice(help, _is_point, lambda latent_dim: f"point of {latent_dim} numbers", ..., None, POINT)


def levels(help: str) -> Choice:
    """The grey levels of a prepared picture as text, which have to be chosen."""
    return Choice(help, _are_levels, lambda _: "text of a picture's grey levels in base64", ..., None, FILE)


def some_dims(help: str) -> Choice:
    """A selection of the dimensions: all, unless chosen."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _are_dims(value, latent_dim, range(1, latent_dim + 1))

    words = "selection of the {} dimensions"
    return Choice(help, _sane, words.format, lambda latent_dim: tuple(range(latent_dim)), _dims, "A,B,…")


def dim_names(help: str) -> Choice:
    """The names of some dimensions, as `dimensions.written` has them: none, unless chosen."""
    words = "list of names of the {} dimensions, in order, as in 3=lean,4=wide"
    return Choice(help, dimensions.are_written, words.format, (), _names, "A=NAME,…")


def plane_dims(help: str) -> Choice:
    """A plane: two dimensions, or the principal one."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _is_principal(value, latent_dim) or _are_dims(value, latent_dim, range(2, 3))

    words = "plane: neither 'principal' nor two of the {} dimensions"
    return Choice(help, _sane, words.format, (0, 1), _dims, "A,B")


def map_dims(help: str) -> Choice:
    """What a map lies over: a plane or one dimension; of three and more, unless chosen, the principal plane."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _is_principal(value, latent_dim) or _are_dims(value, latent_dim, range(1, 3))

    def _usual(latent_dim: int) -> str | tuple[int, ...]:
        return PRINCIPAL if latent_dim > 2 else tuple(range(latent_dim))

    words = "map: neither 'principal' nor one or two of the {} dimensions"
    return Choice(help, _sane, words.format, _usual, _dims, "A,B")


def _dims(text: str) -> str | tuple[int, ...]:
    if text == PRINCIPAL:
        return text
    return tuple(int(part.strip().removeprefix("z")) for part in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    return dimensions.written(dimensions.read(text.split(",")))


_dims.__name__, _names.__name__ = "list of dimensions", "list of names"  # what an error calls them


def _held(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _within(value: object, bound: float) -> bool:
    """Whether a value is a number so near to 0; NaN is not."""
    return type(value) in (int, float) and -bound <= value <= bound  # type: ignore[operator]


def _is_point(value: object, latent_dim: int) -> bool:
    return isinstance(value, tuple) and len(value) == latent_dim and all(_within(each, MAX_ABS) for each in value)


def _are_levels(value: object, _latent_dim: int) -> bool:
    if not isinstance(value, str):
        return False
    try:
        Drawing.from_text(value)
    except ValueError:
        return False
    return True


def _is_principal(value: object, latent_dim: int) -> bool:
    return value == PRINCIPAL and latent_dim > 1


def _are_dims(value: object, latent_dim: int, counts: range) -> bool:
    """Whether a value is a few different dimensions of a model."""
    if not isinstance(value, tuple) or not all(type(each) is int and 0 <= each < latent_dim for each in value):
        return False
    return len(value) in counts and len(set(value)) == len(value)
