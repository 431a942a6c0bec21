"""Our own Python in a process of its own, for what could hold up the window, take it down or bring torch into it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vae_explorer import plain
from vae_explorer.errors import Cancelled

LOOK_S = 0.01  # how often it is looked whether the process has ended
MAX_SAID = 500  # characters


class RefusedError(Exception):
    """The process ended with an error; the text is the last line that it wrote to stderr, or nothing."""


def run(work: Callable[[], None], data: bytes, timeout_s: float, cancelled: Callable[[], bool]) -> bytes:
    """Call a function of one of our modules in a child process; give what it writes to stdout.

    data is what it can read from stdin. The child has -P, or the current folder would be the first in which it looks
    for torch and NumPy. It is spoken to through files: a pipe can fill up, and communicate() with a timeout forgets
    what it has not sent. Raises RefusedError, TimeoutError after timeout_s seconds, Cancelled soon after cancelled() is
    true; the child has ended in any case.
    """
    code = f"import sys; sys.path.insert(0, sys.argv[1]); from {work.__module__} import {work.__name__} as work; work()"
    command = [sys.executable, "-P", "-c", code, str(Path(__file__).resolve().parents[1])]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as written, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=written, stderr=said)
        try:
            _wait(process, timeout_s, cancelled)
        finally:
            process.kill()
            process.wait()
        for file in (written, said):
            file.seek(0)
        if process.returncode:
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise RefusedError(plain.line("".join(last), MAX_SAID))
        return written.read()


def _wait(process: subprocess.Popen[bytes], timeout_s: float, cancelled: Callable[[], bool]) -> None:
    end = time.monotonic() + timeout_s
    while process.poll() is None:
        if cancelled():
            raise Cancelled
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(LOOK_S)
