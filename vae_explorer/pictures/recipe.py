"""What it takes to make a picture again: its kind, z, choices, hash of the weights; as JSON, inside a PNG or a GIF.

Knows numbers and text, no models and no pixels. A recipe comes from strangers' files, so nothing in it is believed
unread. The chunks of a PNG are those of its specification (third edition, section 5), the blocks of a GIF those of
GIF89a (sections 15 to 24).
"""

import io
import json
import math
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from vae_explorer import __version__, files
from vae_explorer.errors import Failure
from vae_explorer.pictures import kinds, old_names

KEY = "recipe"  # of the PNG's text
MAX_TEXT = 300_000  # characters; 256 dimensions take 6,000, a picture of 256 × 256 pixels in colour 262,000
MAX_VERSION = 64
MAX_CHUNKS = 10_000  # ours come before the pixels; a program that saves again may put them after

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = KEY.encode() + b"\0"


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
        if not self.z or not all(isinstance(value, float) and math.isfinite(value) for value in self.z):
            raise ValueError("z is not one finite number or more")
        if not (isinstance(self.weights, str) and re.fullmatch("[0-9a-f]{64}", self.weights)):
            raise ValueError("weights is no sha256")
        if self.seed is not None and not (type(self.seed) is int and self.seed >= 0):
            raise ValueError("seed is no whole number from 0")
        if not (isinstance(self.version, str) and self.version.isprintable() and len(self.version) <= MAX_VERSION):
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
    try:
        if len(text) > MAX_TEXT:
            raise ValueError(f"it is longer than {MAX_TEXT} characters")
        read = _json(text)
        kind = read.get("picture", "digit"), read.get("options", {})  # the first recipes were all of digits
        return Recipe(_floats(read["z"]), read["weights"], read.get("seed"), read["version"], *kind)
    except KeyError as error:
        raise RecipeError(f"The recipe cannot be read: it has no {error.args[0]}.") from error
    except (ValueError, OverflowError) as error:
        raise RecipeError(f"The recipe cannot be read: {error}.") from error


def made_by(path: Path) -> Recipe:
    """Read the recipe that a saved PNG or GIF carries. Raises NoRecipeError where it has none, RecipeError, OSError."""
    return from_gif(path) if path.suffix.lower() == ".gif" else from_png(path)


def from_png(path: Path) -> Recipe:
    """Read the recipe that a saved picture carries; its pixels are not looked at, so they may even be damaged.

    Raises RecipeError, OSError.
    """
    return _from(path, _text)


def from_gif(path: Path) -> Recipe:
    """Read the recipe that a saved moving picture carries, as `from_png`. Raises RecipeError, OSError."""
    return _from(path, _comment)


def _from(path: Path, find: Callable[[BinaryIO], str | None]) -> Recipe:
    """Read the recipe whose text is found in a picture's file. Raises RecipeError, OSError."""
    try:
        with files.opened(path) as file:
            text = find(file)
        if text is not None:
            return loads(text)
    except RecipeError as error:
        raise type(error)(f"{path.name}: {error}") from error
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


def _text(file: BinaryIO) -> str | None:
    """Find the text of the recipe among the chunks of a PNG; None where there is none. Raises RecipeError.

    Read by hand, not by Pillow, which unpacks whatever other texts and profiles a stranger's file has on the way
    and warns of sizes that do not matter here.
    """
    if file.read(len(_SIGNATURE)) != _SIGNATURE:
        raise NoRecipeError("it is not a PNG.")
    for _ in range(MAX_CHUNKS):
        start = file.read(8)
        if len(start) < 8:  # also after IEND
            break
        length, kind = struct.unpack(">I4s", start)
        after = file.tell() + length + 4
        if kind in (b"tEXt", b"zTXt") and file.read(len(_HEAD)) == _HEAD:
            body = file.read(max(0, min(length - len(_HEAD), MAX_TEXT)))
            if file.read(4) != struct.pack(">I", zlib.crc32(kind + _HEAD + body)):
                raise RecipeError("its recipe is damaged, or much longer than any of ours.")
            return (body if kind == b"tEXt" else _unpacked(body)).decode("latin-1")
        file.seek(after)
    return None


def _comment(file: BinaryIO) -> str | None:
    """Find the text of the recipe among the comments of a GIF; None where there is none. Raises RecipeError.

    Ours comes before the first picture. No more is read than it can take; Pillow would read the longest comment, and
    look through a file without pictures to its end.
    """
    head = io.BytesIO(file.read(2 * MAX_TEXT))
    start = head.read(13)
    if start[:6] not in (b"GIF87a", b"GIF89a"):
        raise NoRecipeError("it is not a GIF.")
    if start[10:11] >= b"\x80":  # there is a table of colours
        head.seek(3 * 2 ** ((start[10] & 7) + 1), io.SEEK_CUR)
    while (kind := head.read(2))[:1] == b"!":
        body = b"".join(iter(lambda: head.read(int.from_bytes(head.read(1))), b""))
        if kind == b"!\xfe" and body.startswith(b"{"):
            return body.decode("latin-1")
    return None


def _unpacked(body: bytes) -> bytes:
    """Unpack a zTXt, which some programs make of our text when they save again; no further than is read."""
    try:
        return zlib.decompressobj().decompress(body[1:], MAX_TEXT + 1)
    except zlib.error as error:
        raise RecipeError("its recipe is damaged.") from error
