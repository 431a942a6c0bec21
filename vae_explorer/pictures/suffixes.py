"""The suffixes of the formats in which pictures are saved, and which file a name means. Draws nothing."""

import mimetypes
from pathlib import Path

from vae_explorer.errors import Failure
from vae_explorer.storage.formats import WEIGHTS

STILL = (".png", ".svg", ".pdf")  # of every picture, the usual one first
GIF = ".gif"  # of one that moves
TABLE = ".csv"  # of the numbers behind one

_TYPES = mimetypes.MimeTypes().types_map  # those of Python, whatever a machine adds to them


class ExportError(Failure):
    """A picture cannot be written in the format that its name asks for, or of that size."""


def named(path: Path, usual: str = ".png", suffixes: tuple[str, ...] = STILL) -> Path:
    """Give the file that is meant by a path: with the usual suffix, unless it has one of these.

    Raises ExportError for a suffix that tells of another kind of file, as .jpg does, and for a folder; another dot is
    part of the name.
    """
    if path.name in ("", "..") or path.is_dir():
        raise ExportError(f"{path} is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is a device or a pipe; name a file.")
    suffix = path.suffix.lower()
    if suffix not in suffixes and not is_known(suffix):
        return path.with_name(path.name + usual)
    checked(path, suffixes)
    return path


def is_known(suffix: str) -> bool:
    """Whether a suffix in small letters tells what kind of file there is."""
    return suffix in WEIGHTS or any(suffix in table for table in _TYPES)


def checked(path: Path, suffixes: tuple[str, ...] = STILL) -> str:
    """Give the suffix of a path in small letters. Raises ExportError when it is not among the formats."""
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        raise ExportError(f"{path.name}: pictures are saved as {', '.join(suffixes)}; choose one of these.")
    return suffix
