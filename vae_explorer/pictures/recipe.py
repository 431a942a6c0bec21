"""What it takes to make a picture again: its kind, z, choices, hash of the weights; as JSON, inside the picture's file.

Knows numbers and text, no models and no pixels. A recipe comes from strangers' files, so nothing in it is believed
unread.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from vae_explorer import __version__, files
from vae_explorer.errors import Failure
from vae_explorer.pictures import carried, kinds, old_names
from vae_explorer.pictures.carried import MAX_TEXT, OtherFormatError

MAX_VERSION = 64


class RecipeError(Failure):
    """A text or a picture that has no recipe of ours; the text says why."""


class NoRecipeError(RecipeError):
    """A picture without any recipe, of whatever kind it is."""


@dataclass(frozen=True)
class Recipe:
    """How a picture was made. z: D finite floats; weights: sha256 of `decoder_weights.pt`, 64 hexadecimal digits;
    seed: of the random draws of its session, if it had one, from 0; version: of this program; picture: one of
    kinds.KINDS; options: what was chosen of it, in the plain form of kinds.checked. Names of older versions are taken,
    and become those of today.

    Raises ValueError for anything else, so that what is written can be read.
    """

    z: tuple[float, ...]
    weights: str
    seed: int | None = None
    version: str = __version__
    picture: str = "digit"
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        is_point = isinstance(self.z, tuple) and len(self.z) > 0
        if not is_point or not all(isinstance(value, float) and math.isfinite(value) for value in self.z):
            raise ValueError("z is not one finite number or more")
        if not (isinstance(self.weights, str) and re.fullmatch("[0-9a-f]{64}", self.weights)):
            raise ValueError("weights is no sha256")
        if self.seed is not None and not (type(self.seed) is int and self.seed >= 0):
            raise ValueError("seed is no whole number from 0")
        if not _is_version(self.version):
            raise ValueError(f"version is no text of at most {MAX_VERSION} characters")
        picture = old_names.now("picture", self.picture)
        if not (isinstance(picture, str) and picture in kinds.KINDS):
            raise ValueError(f"picture is none of {', '.join(kinds.KINDS)}")
        if not isinstance(self.options, Mapping):
            raise ValueError("options are no JSON object")
        options = kinds.checked(picture, old_names.options_now(picture, self.options), len(self.z))
        object.__setattr__(self, "picture", picture)
        object.__setattr__(self, "options", MappingProxyType(options))  # frozen as the rest

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a recipe be pickled and copied: Python does neither to frozen options, so it is made anew and checked."""
        values = {each.name: getattr(self, each.name) for each in fields(self)} | {"options": dict(self.options)}
        return type(self), tuple(values.values())


def dumps(recipe: Recipe) -> str:
    """Give the recipe as one line of JSON in ASCII; its floats read back bit for bit."""
    values = {each.name: getattr(recipe, each.name) for each in fields(recipe)}
    return json.dumps(values | {"options": dict(recipe.options)})


def loads(text: str) -> Recipe:
    """Read what `dumps` gave; keys that a later version may add are passed over. Raises RecipeError."""
    read: dict[str, Any] = {}
    try:
        if len(text) > MAX_TEXT:
            raise ValueError(f"it is longer than {MAX_TEXT} characters")
        read = _json(text)
        kind = read.get("picture", "digit"), read.get("options", {})  # the first recipes were all of digits
        return Recipe(_floats(read["z"]), read["weights"], read.get("seed"), read["version"], *kind)
    except KeyError as error:
        raise RecipeError(f"The recipe cannot be read: it has no {error.args[0]}{_hint(read)}.") from error
    except (ValueError, OverflowError) as error:
        raise RecipeError(f"The recipe cannot be read: {error}{_hint(read)}.") from error


def _hint(read: Mapping[str, Any]) -> str:
    """Say where a later version wrote what this one does not know, to follow the reason."""
    version = read.get("version")
    if not _is_version(version) or _numbers(version) <= _numbers(__version__):
        return ""
    return f". Version {version} made the picture, and this is {__version__}: update it"


def _is_version(version: object) -> TypeGuard[str]:
    return isinstance(version, str) and version.isprintable() and 0 < len(version) <= MAX_VERSION


def _numbers(version: str) -> list[int]:
    """The numbers of a version, the largest part first; none of what is no version."""
    return [int(part) for part in re.findall("[0-9]{1,9}", version)[:3]]


def made_by(path: str | Path) -> Recipe:
    """Read the recipe that a saved picture carries. Raises NoRecipeError where it has none, RecipeError, OSError."""
    path = Path(path)
    find = carried.FIND.get(path.suffix.lower(), carried.FIND[".png"])
    try:
        with files.opened(path) as file:
            text = find(file)
        if text is not None:
            return loads(text)
    except OtherFormatError as error:
        raise NoRecipeError(f"{path.name}: {error}.") from error
    except (RecipeError, ValueError) as error:
        raise RecipeError(f"{path.name}: {error}") from error
    raise NoRecipeError(f"{path.name} carries no recipe: it was not saved by this program, or changed since.")


def _json(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(read, dict):
        raise ValueError("it is no JSON object")
    return read


def _floats(value: object) -> tuple[float, ...]:
    """Turn a list of numbers into floats; text and truth values, which float() takes as well, are none."""
    if not isinstance(value, list) or not all(type(each) in (int, float) for each in value):
        raise ValueError("z is no list of numbers")
    return tuple(map(float, value))
