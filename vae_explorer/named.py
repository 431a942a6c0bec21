"""What a person names on a command line: a model, a point of its latent space, the file of a picture, and that of a
result. Knows the Space."""

from collections.abc import Sequence
from pathlib import Path

from vae_explorer import cli, files, models, plain, streams
from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Failure
from vae_explorer.models import Telling
from vae_explorer.session import photos, point_files, points
from vae_explorer.session.photos import Brought
from vae_explorer.session.points import Points
from vae_explorer.space.space import Space

# What --help says of it.
A_POINT = (
    "A point is the name of a class, for its mean, or D numbers: --z 3, --z -1,0.5,0,0,0,2. They may also be as\n"
    "Python, NumPy or torch print them, a row of a table that was saved here, or in a file: .npy, .csv, .tsv or .txt."
)


def model(weights: Path | None, telling: Telling) -> Codec:
    """Open the model that a command line names as `models.opened` does; what was done to open it is told on stderr."""
    found = models.opened(weights, telling)
    if found.source.opened:
        streams.tell(found.source.opened)
    return found


def point(space: Space, text: str | None, flag: str) -> tuple[float, ...]:
    """Read a point: the name of a class, D numbers, or the file of such; the origin for none. What commas
    were taken for is told where that is not plain. Raises Failure, OSError.
    """
    if text is None:
        return (0.0,) * space.latent_dim
    if (of_class := class_of(space, text)) is not None:
        return space.class_mean(of_class)
    try:
        found = _points(text, space.latent_dim)
        z = space.checked(found.one)
    except ValueError as error:
        said = plain.line(text, plain.MAX_QUOTED)
        raise Failure(f"{flag} {said}: {error}. It may also be a class of this model: {_classes(space)}.") from error
    if found.commas:
        streams.tell(f"{flag} was read with {found.commas}: {' '.join(map(str, z))}")
    return z


def label(space: Space, text: str, flag: str) -> tuple[float, ...]:
    """Give the mean of the class of a name. Raises Failure where the model has none of that name."""
    return space.class_mean(class_called(space, text, flag))


def class_called(space: Space, text: str, flag: str) -> int:
    """Give the label of the class of a name. Raises Failure where the model has none of that name."""
    found = class_of(space, text)
    if found is None:
        said = plain.line(text, plain.MAX_QUOTED)
        raise Failure(f"{flag} {said}: no class of this model is called so. Its classes: {_classes(space)}.")
    return found


def class_of(space: Space, text: str) -> int | None:
    """Give the label of the class of that name, in letters of any case; None where there is none."""
    for alike in (str, str.casefold):  # EMNIST has an a and an A
        for label, name in space.class_names.items():
            if alike(text.strip()) == alike(name):
                return label
    return None


def _classes(space: Space) -> str:
    return ", ".join(space.class_names.values()) or "none, for it has no atlas"


def _points(text: str, latent_dim: int) -> Points:
    if Path(text).suffix.lower() in point_files.SUFFIXES:
        return point_files.read(cli.path(text), latent_dim)
    return points.read(text, latent_dim)


def picture(space: Space, path: Path, flag: str) -> Brought:
    """Read the picture of a file, made like the data of a model that encodes it. Raises Failure, OSError."""
    from vae_explorer.datasets.photos import PhotoError, opened

    if space.no_encoder:
        raise Failure(f"{flag} is of no use to this model: {space.no_encoder}.")
    photo = opened(path)
    try:
        return photos.brought(space, photo)
    except PhotoError as error:  # which is of the photo, and does not know its file
        raise PhotoError(f"{plain.line(path.name)}: {error}") from error


def pictures(words: Sequence[str], most: int) -> list[Path]:
    """Give the files of pictures that are named, and those in folders that are, by their names. Raises Failure where a
    folder has none or they are more than so many, OSError."""
    found = [path for word in words for path in _in_folder(cli.path(word))]
    if len(found) > most:
        raise Failure(f"There are {len(found):,} pictures; {most:,} are the most. Name fewer.")
    return found


def _in_folder(path: Path) -> list[Path]:
    from vae_explorer.datasets.photos import SUFFIXES

    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file())
    if not found:
        raise Failure(f"{path} has no pictures in it.")
    return found


def check_result(path: Path, overwrite: bool, flag: str = "--out") -> None:
    """Check before anything is computed that a result may be written. Raises Failure where a file is there that is not
    to be replaced, OSError."""
    files.check(path)
    if path.exists() and not overwrite:
        raise Failure(f"{path} is there already. Choose another name with {flag}, or replace it with --overwrite.")
