"""Files written whole or not at all, and what they hash to. Knows nothing of what is in them."""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import stat
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from vae_explorer.stops import SIGNALS

NO_NAME = "no file can have such a name"
_RENAMING = threading.Lock()  # in one thread at a time: each puts back what it has replaced
LONG_NAME = 200  # bytes of a file's name, of which systems take 255
STALE_S = 24 * 3600  # a file beside another that is older is of no process that still writes


class MixedError(OSError):
    """Some of several files are new and some are as they were: what went wrong could not be put right, either."""


def opened(path: Path) -> BinaryIO:
    """Open a file to read. Raises OSError, which names it, also for what is not a file: a pipe would be waited for, and
    a device may have no end."""
    try:
        file = open(path, "rb", opener=_at_once)  # noqa: SIM115 - Path's has no opener, and the caller closes it
    except ValueError as error:  # a NUL, or half of a pair of surrogates
        raise OSError(errno.EINVAL, NO_NAME, str(path)) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return file


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def write(contents: Mapping[Path, bytes]) -> None:
    """Write every file whole, in the order given, or leave all as they were.

    Each is written and flushed to disk beside its name first; only when all are safe are they renamed, and what
    is replaced is put back when a later one fails. A signal waits until that is done. Only a kill can come between two
    renames; what it leaves beside the files goes with the first write a day later.
    Links are followed and stay links. Raises OSError, which names the file, or the folder that is missing; MixedError
    when the old could not be put back.
    """
    contents = {_followed(path): data for path, data in contents.items()}
    parts, kept = ({path: _beside(path, kind) for path in contents} for kind in ("part", "old"))
    with _signals_wait():
        try:
            for path, data in contents.items():
                check(path)
                _flush(data, parts[path], path)
            with _RENAMING:
                _rename(parts, kept)
        finally:
            for left in (*parts.values(), *kept.values()):
                with contextlib.suppress(Exception):  # what went wrong before is what to tell
                    left.unlink(missing_ok=True)
    for path in contents:
        _sweep(path)


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """Let what would interrupt or end the program wait meanwhile. Other threads than the main one get no signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    handlers = {each: handler for each in SIGNALS if (handler := signal.getsignal(each)) is not None}  # Python's own
    try:
        for each in handlers:
            signal.signal(each, lambda number, _frame: arrived.append(number))
        yield
    finally:
        for each, handler in handlers.items():  # Ctrl-C's last: it raises, and would leave others as they are here
            signal.signal(each, handler)
        for number in arrived:
            signal.raise_signal(number)


def _beside(path: Path, kind: str) -> Path:
    """Where something of a file is kept while this thread writes it: another may write the same one."""
    return path.with_name(f"{_hidden(path)}{os.getpid()}-{threading.get_native_id()}.{kind}")


def _hidden(path: Path) -> str:
    """How the names of what is kept beside a file begin; of a long name, its hash, or they would be too long."""
    name = path.name if len(os.fsencode(path.name)) <= LONG_NAME else sha256(os.fsencode(path.name))
    return f".{name}."


def _rename(parts: Mapping[Path, Path], kept: Mapping[Path, Path]) -> None:
    """Rename each part to its path, or none. Meanwhile what is replaced is kept under another name."""
    for path in parts:
        with _named(path):
            _keep(path, kept[path])
    try:
        for path, part in parts.items():
            with _named(path):
                part.replace(path)
    except BaseException as error:
        done = [_put_back(path, parts[path], kept[path]) for path in parts]
        if not all(done):
            raise MixedError(f"{error}. Some of the files are new, and the old ones could not be put back.") from error
        raise


def _keep(path: Path, old: Path) -> None:
    """Give a file, if it is there, a second name."""
    old.unlink(missing_ok=True)
    try:
        old.hardlink_to(path)
    except OSError:  # no such file, or a disk without hard links
        with contextlib.suppress(FileNotFoundError):
            shutil.copy2(path, old)


def _put_back(path: Path, part: Path, old: Path) -> bool:
    """Undo the rename of a part, if there was one; whether that could be done."""
    try:
        if not part.exists():
            old.replace(path) if os.path.lexists(old) else path.unlink()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """An OSError names the path: of a full disk the system names nothing, of a rename what is renamed."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        del error.filename2
        raise


def check(path: Path) -> None:
    """Check, as far as one sees before, that a file can be written. Raises OSError for a folder, where its folder is
    missing, and for what is no name.

    No folder is made for a file that a person names, who may have mistyped it.
    """
    if not _may_be_name(path):
        raise OSError(errno.EINVAL, NO_NAME, str(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), _named(path):
        if not stat.S_ISREG(path.stat().st_mode):  # links that lead to each other are told here, too
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder; make it, or choose another", str(path.parent))


def _may_be_name(path: Path) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False


def _flush(data: bytes, part: Path, path: Path) -> None:
    """Write the part of a path to the disk, for the eyes of those who might read what it replaces."""
    with _named(path), part.open("wb") as file:
        if os.name == "posix":  # a part that is read-only could not be removed elsewhere
            with contextlib.suppress(OSError):  # no such file, or a disk without modes
                shutil.copymode(path, part)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sweep(path: Path) -> None:
    """Remove what killed processes left when they wrote this file."""
    left = re.compile(rf"{re.escape(_hidden(path))}[0-9]+(-[0-9]+)?\.(part|old)")
    with contextlib.suppress(Exception):  # the file is written; the rest is tidiness
        for each in path.parent.iterdir():
            if left.fullmatch(each.name) and time.time() - _touched(each) > STALE_S:
                with contextlib.suppress(OSError):
                    each.unlink()


def _touched(path: Path) -> float:
    """When a file was written or got a name, in seconds: what is kept of an old file is as old as that."""
    found = path.lstat()
    return max(found.st_mtime, found.st_ctime)


def _followed(path: Path) -> Path:
    """Where a link leads: settings may lie in a folder of dotfiles, models on a larger disk."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def sha256(data: bytes) -> str:
    """Hash bytes, as model.json records it of the files beside it."""
    return hashlib.sha256(data).hexdigest()
