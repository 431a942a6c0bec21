"""Files written whole or not at all, and what they hash to. Knows nothing of what is in them."""

import contextlib
import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path


def write(contents: Mapping[Path, bytes]) -> None:
    """Write every file whole or leave all as they were, in the order given.

    Each is written and flushed to disk beside its name first; only when all are safe are they renamed,
    so a full disk or a kill leaves what was there. Missing folders are made. Raises OSError.
    """
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    try:
        for path, data in contents.items():
            if path.is_dir():  # the one thing that would stop a rename half way through
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside[path].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, part in beside.items():
            part.replace(path)
    finally:
        for part in beside.values():
            with contextlib.suppress(OSError):  # what went wrong before is what to tell
                part.unlink(missing_ok=True)


def sha256(data: bytes) -> str:
    """Hash bytes, as model.json records it of the files beside it."""
    return hashlib.sha256(data).hexdigest()
