"""Choices of dimensions: one, some, a plane, and what they are called. Draws nothing."""

from collections.abc import Callable

from vae_explorer.pictures import dimensions
from vae_explorer.pictures.choice import Choice

PRINCIPAL = "principal"  # the plane in which the encoded digits spread most


def some_dims(help: str) -> Choice:
    """A selection of the dimensions: all, unless chosen."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _are_dims(value, latent_dim, range(1, latent_dim + 1))

    words = _up_to("selection of the dimensions 0 to {}")
    return Choice(help, _sane, words, lambda latent_dim: tuple(range(latent_dim)), _dims, "A,B,…")


def one_dim(help: str) -> Choice:
    """One dimension, the first unless chosen."""
    words = _up_to("dimension from 0 to {}")

    def _sane(value: object, latent_dim: int) -> bool:
        return type(value) is int and 0 <= value < latent_dim

    return Choice(help, _sane, words, 0, dimensions.number, "A")


def dim_names(help: str) -> Choice:
    """The names of some dimensions, as `dimensions.written` has them: none, unless chosen."""
    words = _up_to("list of names of the dimensions 0 to {}, as in 3=lean,4=wide")
    return Choice(help, dimensions.are_written, words, (), _names, "A=NAME,…")


def plane_dims(help: str) -> Choice:
    """A plane: two dimensions, or the principal one."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _is_principal(value, latent_dim) or _are_dims(value, latent_dim, range(2, 3))

    words = _up_to("plane: neither 'principal' nor two of the dimensions 0 to {}")
    return Choice(help, _sane, words, (0, 1), _dims, "A,B")


def map_dims(help: str) -> Choice:
    """What a map lies over: a plane or one dimension; of three and more, unless chosen, the principal plane."""

    def _sane(value: object, latent_dim: int) -> bool:
        return _is_principal(value, latent_dim) or _are_dims(value, latent_dim, range(1, 3))

    def _usual(latent_dim: int) -> str | tuple[int, ...]:
        return PRINCIPAL if latent_dim > 2 else tuple(range(latent_dim))

    words = _up_to("map: neither 'principal' nor one or two of the dimensions 0 to {}")
    return Choice(help, _sane, words, _usual, _dims, "A,B")


def _up_to(words: str) -> Callable[[int], str]:
    """Words for a model of D dimensions, of which the last is D − 1."""
    return lambda latent_dim: words.format(latent_dim - 1)


def _dims(text: str) -> str | tuple[int, ...]:
    if text == PRINCIPAL:
        return text
    return tuple(map(dimensions.number, text.split(",")))


def _names(text: str) -> tuple[str, ...]:
    return dimensions.written(dimensions.typed(text))


def _is_principal(value: object, latent_dim: int) -> bool:
    return isinstance(value, str) and value == PRINCIPAL and latent_dim > 1


def _are_dims(value: object, latent_dim: int, counts: range) -> bool:
    """Whether a value is a few different dimensions of a model."""
    if not isinstance(value, tuple) or not all(type(each) is int and 0 <= each < latent_dim for each in value):
        return False
    return len(value) in counts and len(set(value)) == len(value)
