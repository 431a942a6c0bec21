"""A picture that was saved here, made once more by the recipe in it. Knows its file, and which models there are.

Its recipe is a stranger's, so it names no file: the model is found by its sha256 among those that a person opened.
"""

from collections.abc import Iterator
from pathlib import Path

from vae_explorer import __version__, cli, named, settings, streams
from vae_explorer.codecs import opening
from vae_explorer.codecs.codec import Codec
from vae_explorer.datasets import photos
from vae_explorer.errors import Failure
from vae_explorer.models import Telling
from vae_explorer.pictures import carried, recipe
from vae_explorer.pictures.recipe import NoRecipeError, Recipe
from vae_explorer.rendering.options import PROG
from vae_explorer.session import tellings
from vae_explorer.storage.checkpoint import CheckpointError

TRAINED = Path("trained")  # where training saves a model unless it is told otherwise


def made_by(path: Path) -> Recipe:
    """Read the recipe of a picture. Raises RecipeError, which says what to do with one that has none, OSError."""
    try:
        return recipe.made_by(path)
    except NoRecipeError as error:
        if (suffix := path.suffix.lower()) in photos.SUFFIXES:
            then = f"To see what the model makes of it: {PROG} reconstruct {cli.typed('--image', path)}"
        else:
            then = "" if suffix in carried.FIND else f"Pictures that can be drawn again are {', '.join(carried.FIND)}."
        raise NoRecipeError(f"{error} {then}".rstrip()) from error


def name(path: Path) -> str:
    """Give the name of the file of a repeated picture, without its suffix: never that of the picture itself."""
    return f"{path.stem}-again"


def model(made: Recipe, path: Path, weights: Path | None, telling: Telling) -> Codec:
    """Open the model of which a picture was made: the one that is named, which has to be that; else the one that ships,
    or one that was opened last. Raises Failure where it is none of them."""
    found = named.model(weights, telling)
    if found.source.sha256 == made.weights:
        return found
    what = f"{path.name} was made with other weights than {found.source.place}: those with the sha256 {made.weights}."
    if weights is not None or telling.decoder:
        raise Failure(f"{what} Name them with --weights, or leave that out.")
    for place in _known():
        try:
            found = opening.opened(place, told=tellings.read(place))
        except (CheckpointError, OSError):
            continue
        if found.source.sha256 == made.weights:
            streams.tell(f"Model: {place}")
            return found
    raise Failure(
        f"{what} They are not in ./{TRAINED}, nor among the models that the window opened last. "
        "Name them with --weights."
    )


def _known() -> Iterator[Path]:
    """Where models are, as far as a person has told the program."""
    yield TRAINED
    yield from map(Path, settings.read().recent)


def compared(made: Recipe, path: Path, data: bytes) -> str:
    """Say how a picture that was made again compares with its file, to follow its name."""
    if len(data) == path.stat().st_size and data == path.read_bytes():
        return f", the same bytes as {path.name}"
    by = f"version {made.version} of this program made it" if made.version != __version__ else "it was saved anew since"
    return f". Its bytes are not those of {path.name}: {by}, or other libraries drew it."
