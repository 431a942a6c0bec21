"""What it takes to make a picture again: z, seed, hash of the weights, version; as JSON and inside a PNG.

Knows numbers and text, no models. A recipe comes from strangers' files, so nothing in it is believed unread.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from vae_explorer import __version__
from vae_explorer.cli import Failure

KEY = "recipe"  # of the PNG's text
MAX_TEXT = 100_000  # characters; the recipe of 256 dimensions takes 6,000
MAX_FILE_BYTES = 64 << 20


class RecipeError(Failure):
    """A text or a picture that has no recipe of ours; the text says why."""


@dataclass(frozen=True)
class Recipe:
    """How a picture was made. z: D floats; weights: sha256 of `decoder_weights.pt`; seed: of the random
    draws of its session, if it had one; version: of this program."""

    z: tuple[float, ...]
    weights: str
    seed: int | None = None
    version: str = __version__


def dumps(recipe: Recipe) -> str:
    """Give the recipe as JSON; its floats read back bit for bit."""
    return json.dumps(asdict(recipe), allow_nan=False)


def loads(text: str) -> Recipe:
    """Read what `dumps` gave. Raises RecipeError."""
    try:
        if len(text) > MAX_TEXT:
            raise ValueError("too long")
        told = json.loads(text)
        z = tuple(float(value) for value in told["z"])
        weights, seed, version = told["weights"], told.get("seed"), told["version"]
        if not z or not all(math.isfinite(value) for value in z):
            raise ValueError("z is not finite")
        if not (isinstance(weights, str) and isinstance(version, str) and isinstance(seed, int | None)):
            raise TypeError("of other types")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise RecipeError(f"the recipe in it cannot be read ({type(error).__name__}).") from error
    return Recipe(z, weights, seed, version)


def from_png(path: Path) -> Recipe:
    """Read the recipe that a saved picture carries; its pixels are not decoded. Raises RecipeError, OSError."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise RecipeError(f"{path.name} is larger than {MAX_FILE_BYTES >> 20} MB; none of our pictures is.")
    try:
        with Image.open(path, formats=["PNG"]) as picture:
            text = picture.info.get(KEY)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise RecipeError(f"{path.name} is no PNG that can be read.") from error
    if not isinstance(text, str):
        raise RecipeError(f"{path.name} carries no recipe: it was not saved by this program, or edited since.")
    try:
        return loads(text)
    except RecipeError as error:
        raise RecipeError(f"{path.name}: {error}") from error
