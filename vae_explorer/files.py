"""Files written whole or not at all, and what they hash to. Knows nothing of what is in them."""

import contextlib
import errno
import hashlib
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path

STALE_S = 24 * 3600  # a file beside another that is older is of no process that still writes


def write(contents: Mapping[Path, bytes]) -> None:
    """Write every file whole or leave all as they were, in the order given.

    Each is written and flushed to disk beside its name first; only when all are safe are they renamed,
    so a full disk or a kill leaves what was there; what a kill left beside it goes with the first write a day later.
    Missing folders are made. Raises OSError, which names the file.
    """
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    try:
        for path, data in contents.items():
            if path.is_dir():  # the one thing that would stop a rename half way through
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            _flush(data, beside[path], path)
        for path, part in beside.items():
            part.replace(path)
            _sweep(path)
    finally:
        for part in beside.values():
            with contextlib.suppress(OSError):  # what went wrong before is what to tell
                part.unlink(missing_ok=True)


def _flush(data: bytes, part: Path, path: Path) -> None:
    """Write the part of a path to the disk. An OSError names the path: of a full disk the system names nothing."""
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(path)
        raise


def _sweep(path: Path) -> None:
    """Remove what killed processes left when they wrote this file."""
    left = re.compile(rf"\.{re.escape(path.name)}\.[0-9]+\.part")
    with contextlib.suppress(OSError):  # the file is written; the rest is tidiness
        for each in path.parent.iterdir():
            if left.fullmatch(each.name) and time.time() - each.lstat().st_mtime > STALE_S:
                each.unlink()


def sha256(data: bytes) -> str:
    """Hash bytes, as model.json records it of the files beside it."""
    return hashlib.sha256(data).hexdigest()
