"""Which file is meant by a path to weights: a file, its folder, or one of several models in a file, as FILE#name.

Knows names of files, and not what is in them.
"""

from collections.abc import Collection
from pathlib import Path

from vae_explorer import plain
from vae_explorer.errors import Failure
from vae_explorer.storage import formats

RUN = "checkpoint.pt"  # what a run of training goes on from; weights only where there are no others
# What other programs keep beside weights and is none.
_OTHERS = {"optimizer.pt", "scheduler.pt", "rng_state.pth", "training_args.bin"}


class PlaceError(Failure):
    """A path that leads to no one file of weights; the text says why."""


def of_weights(path: Path, usual: str, beside: Collection[str]) -> tuple[Path, str]:
    """Give the file of weights that a path means, and the name behind a # in it, if that is not part of the file's.

    usual: the name that it has in a folder of ours; beside: what else lies there and is none. Raises PlaceError for a
    folder in which it cannot be told, and for a path that cannot be looked at.
    """
    try:
        path, name = _split(path)
        if path.is_dir():
            return _in_folder(path, usual, beside), name
    except OSError as error:  # a name too long, a folder that may not be searched
        raise PlaceError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # a NUL
        raise PlaceError(f"{path} cannot be read: no file can have such a name.") from error
    if ".data-0" in path.name:  # which is nothing but numbers
        kind = "of a checkpoint of TensorFlow"
        raise PlaceError(f"{path} is part {kind}, which is not read. {formats.advice(kind)}")
    return path, name


def stamp(path: Path) -> tuple[int, ...] | None:
    """Give what differs once a file has been replaced; None for what is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # the latter for a NUL
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _split(path: Path) -> tuple[Path, str]:
    """Cut a path at the first # before which there is a file; a name of a file may have one, too."""
    places = [] if path.exists() else [n for n, letter in enumerate(path.name) if letter == "#" and n]
    cuts = [(path.with_name(path.name[:n]), path.name[n + 1 :]) for n in places]
    return next((cut for cut in cuts if cut[0].exists()), (path, ""))


def _in_folder(folder: Path, usual: str, beside: Collection[str]) -> Path:
    """The file of weights in a folder: the usual one, else the only one."""
    if (folder / usual).exists():
        return folder / usual
    names = sorted(each.name for each in folder.iterdir())
    weights = [each for each in names if each.lower().removesuffix(".gz").endswith(formats.WEIGHTS)]
    left_out = {*beside, *_OTHERS, RUN}
    own = [each for each in weights if each not in left_out] or [each for each in weights if each == RUN]
    if len(own) > 1:
        raise PlaceError(f"{folder} has several files of weights: {plain.some(own)}. Choose one of them.")
    if not own and (kind := formats.folder(names)):
        raise PlaceError(f"{folder} is {kind}, which is not read. {formats.advice(kind)}")
    return folder / (own[0] if own else usual)
