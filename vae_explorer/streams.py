"""Standard output and error as a program finds them: in any code page, closed, or with nobody who reads them."""

import codecs
import errno
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

SPELLED = {"·": "*", "−": "-", "–": "-", "—": "-", "…": "...", "→": "->", "×": "x", "±": "+-", "“": '"', "”": '"'}


def prepare() -> None:
    """Let a program print whatever it has to say, wherever that goes.

    What a code page does not have is spelled in letters that it has. Numbers 0 to 2 of streams that were closed go to
    nowhere, or the next file that is opened would have one, and a library's words would go into it.
    """
    with suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(number)
    codecs.register_error("spelled", _spell)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed, or a program without a console on Windows
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  for the whole program
        else:
            stream.reconfigure(errors="spelled")


def say(*lines: str) -> None:
    """Print lines of a log at once. Where it cannot be written, that is told on stderr once, and work goes on."""
    try:
        print(*lines, sep="\n", flush=True)
    except OSError as error:
        silence(sys.stdout)
        tell(f"The log ends here ({error.strerror or error}); work goes on.")


def tell(text: str) -> None:
    """Print an error, where there is anywhere to."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def result(text: str) -> None:
    """Print what a program was run for. Raises OSError when it cannot be written."""
    with _named():
        _check()
        print(text, flush=True)


def binary(data: bytes) -> None:
    """Write what a program was run for where it is no text. Raises OSError when it cannot be written."""
    with _named():
        _check()
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _check() -> None:
    """Raises OSError where stdout was closed, and `prepare` has put nowhere in its place."""
    if getattr(sys.stdout, "name", "") == os.devnull:
        raise OSError(errno.EBADF, "it is closed")


def written(code: int) -> int:
    """Write what stdout still holds and give the exit code. Raises OSError when it cannot be written."""
    with _named():
        sys.stdout.flush()
    return code


@contextmanager
def _named() -> Iterator[None]:
    """An OSError says that it is of the output, of which then no more is written."""
    try:
        yield
    except OSError as error:
        silence(sys.stdout)
        error.filename = "the output"
        raise


def silence(stream: TextIO) -> None:
    """Send what a stream still holds, and all that follows, to nowhere, so that the end of the program is quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):  # a stream of no file
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _spell(error: UnicodeError) -> tuple[str | bytes, int]:
    """Give the first character that could not be encoded in ones that can: by sense, without its accent, or by number.

    An odd byte of a file's name stays what it is.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    character, after = error.object[error.start], error.start + 1
    if "\udc80" <= character <= "\udcff":
        return bytes([ord(character) - 0xDC00]), after
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", character)))
    return SPELLED.get(character) or plain or ascii(character)[1:-1], after
