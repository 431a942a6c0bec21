"""One process at a time in a folder: a lock that dies with its process. Knows nothing of what is done there.

filelock, which torch brings, leaves its file behind on Unix and does not tell who holds it.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}  # what the systems say of another's lock
_FAR = 1 << 20  # the byte that Windows locks; what stands before it can be read by others


class HeldError(Exception):
    """Another process has the lock: pid, its number, or empty where that is not known."""

    def __init__(self, pid: str) -> None:
        super().__init__(f"process {pid} has the lock")
        self.pid = pid


@contextlib.contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock that a file is, which is made and removed again; give whether it could be locked.

    The system frees it when the process ends, however it does; a file that was left then is used again. A disk that
    has no locks, as some network's, keeps nobody out.
    Raises HeldError when another has it, OSError when the file cannot be made.
    """
    file, locked = _locked(path)
    try:
        with contextlib.suppress(OSError):  # the number is a courtesy
            os.truncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        yield locked
    finally:
        if sys.platform == "win32":  # removes no file that is open
            os.close(file)
        with contextlib.suppress(OSError):  # the folder may be gone
            path.unlink()
        if sys.platform != "win32":  # only now: before, another could have locked what was removed
            os.close(file)


def _locked(path: Path) -> tuple[int, bool]:
    """Open and lock the file; give its descriptor, and whether the disk has locks."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            locked = _lock(file)
            if _is_still(path, file):
                return file, locked
        except HeldError:
            os.close(file)
            raise
        os.close(file)


def _lock(file: int) -> bool:
    """Lock an open file; give whether the disk has locks. Raises HeldError."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            os.lseek(file, 0, os.SEEK_SET)
            pid = os.read(file, 20).decode(errors="replace")
            raise HeldError(pid if pid.isdecimal() else "") from error
        return False
    return True


def _is_still(path: Path, file: int) -> bool:
    """Whether an open file still has its name: who held it before may have removed it when it was opened."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
