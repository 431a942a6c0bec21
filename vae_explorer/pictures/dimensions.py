"""What dimensions are called: z0, z1, …, and the names that a person has given to some. Knows texts only."""

import re
from collections.abc import Iterable, Mapping

from vae_explorer import plain
from vae_explorer.space.latent import Dims

MAX = 24  # characters of a name
AXES = "principal axis 1", "principal axis 2"
UNKNOWN = 0.0, 0.0  # shares of the variance

Names = tuple[tuple[int, str], ...]  # dimensions and their names, in order, each dimension at most once


def title(dim: int, names: Names = ()) -> str:
    """A dimension with its name, if it has one: "z3 lean"."""
    name = dict(names).get(dim, "")
    return f"z{dim} {name}".strip()


def short(dim: int, names: Names = ()) -> str:
    """The name of a dimension alone, where there is little room, or z3 where it has none."""
    return dict(names).get(dim, f"z{dim}")


def axes(dims: Dims | None, names: Names = (), shares: tuple[float, float] = UNKNOWN) -> tuple[str, str]:
    """The titles of two axes: those of two dimensions, or for None the principal ones, with the shares of the variance
    that lie along them, unless these are UNKNOWN."""
    if dims is not None:
        return title(dims[0], names), title(dims[1], names)
    first, second = (
        f"{axis}, {share:.0%} of the variance".replace("%", " %") if share else axis
        for axis, share in zip(AXES, shares, strict=True)
    )
    return first, second


def renamed(names: Names, dim: int, text: str) -> Names:
    """Give names in which a dimension has another: a text as one short line; an empty one takes its name away."""
    return _in_order(dict(names) | {dim: text})


def written(names: Names) -> tuple[str, ...]:
    """Write names as a recipe carries them: "3=lean"."""
    return tuple(f"{dim}={name}" for dim, name in names)


def number(text: str) -> int:
    """Read a dimension, as 3 or z3. Raises ValueError."""
    if not re.fullmatch(r"z?\d{1,9}", text.strip()):
        raise ValueError(f"{plain.quoted(text.strip())} is no dimension, as 3 or z3 is one")
    return int(text.strip().removeprefix("z"))


def read(texts: Iterable[str]) -> Names:
    """Read what `written` gives, in any order. Raises ValueError."""
    names: dict[int, str] = {}
    for text in texts:
        dim, equals, name = text.partition("=")
        if not equals:
            raise ValueError(f"{plain.quoted(text)} is no dimension with its name, as in 3=lean")
        if number(dim) in names:
            raise ValueError(f"dimension {number(dim)} has two names")
        names[number(dim)] = name
    return _in_order(names)


def typed(text: str) -> Names:
    """Read names as a person types them, "3=lean,4=wide"; "" are none. Raises ValueError."""
    return read(text.split(",") if text else ())


def are_written(value: object, latent_dim: int) -> bool:
    """Whether a value is what `written` gives for a model of D dimensions."""
    if not isinstance(value, tuple) or not all(isinstance(each, str) for each in value):
        return False
    try:
        names = read(value)
    except ValueError:
        return False
    return written(names) == value and all(0 <= dim < latent_dim for dim, _ in names)


def _in_order(texts: Mapping[int, str]) -> Names:
    """Give the names of dimensions, each of a text as one short line, without those that are empty."""
    lines = ((dim, plain.line(" ".join(text.split()), MAX)) for dim, text in texts.items())
    return tuple(sorted((dim, name) for dim, name in lines if name))
