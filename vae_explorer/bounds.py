"""Whether values are of the types and within the bounds that an options dataclass declares. Knows no command line."""

import math
import types
import typing
from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any, Literal

from vae_explorer import plain


def declared(kind: type[Any]) -> list[Field[Any]]:
    """Give the fields of an options dataclass that are options."""
    return [each for each in fields(kind) if "help" in each.metadata]


def not_none(hint: Any) -> Any:
    """Give X for X | None, else the hint itself."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):  # the latter is that of Literal | None
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def checked(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values that a file has for fields of an options dataclass as a command line gives them, by its bounds.

    Raises KeyError for a name that is none of its fields, ValueError for another type or a value out of bounds.
    """
    hints, known = typing.get_type_hints(kind), {each.name: each for each in declared(kind)}
    found = {}
    for name, value in values.items():
        bounds, hint = known[name].metadata["bounds"], not_none(hints[name])
        if not _is_of(value, hint):
            raise ValueError(f"{name} is {plain.quoted(value)}")
        if why := outside(value, bounds):
            raise ValueError(f"{name} is {plain.quoted(value)}, which {why}")
        found[name] = float(value) if hint is float else value
    return found


def _is_of(value: Any, hint: Any) -> bool:
    """Whether a value is of a type, or one of the words of a Literal."""
    if typing.get_origin(hint) is Literal:
        return type(value) is str and value in typing.get_args(hint)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is hint


def outside(value: Any, bounds: Mapping[str, float | None]) -> str:
    """Say how a value lies out of bounds, to follow its name; NaN and infinity always do."""
    minimum, above, maximum = bounds["minimum"], bounds["above"], bounds["maximum"]
    if isinstance(value, float) and not math.isfinite(value):
        return "is not a finite number"
    if minimum is not None and not value >= minimum:
        return f"is less than {minimum:g}"
    if above is not None and not value > above:
        return f"is not above {above:g}"
    if maximum is not None and not value <= maximum:
        return f"is more than {maximum:g}"
    return ""
