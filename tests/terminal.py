"""A program on a terminal of its own, and what a person sees there. Unix only.

The terminal is a real one (a pty), so Ctrl-C is a key which is echoed and becomes a signal. `Screen` shows what the
program writes; it knows as much of a terminal as a progress bar uses.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

PATIENCE_S = 60
START = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"


class Screen:
    """What a terminal shows, as rows that never scroll away: letters, carriage return, line feed, and wrapping."""

    def __init__(self, columns: int) -> None:
        self.columns, self.rows, self.column = columns, [""], 0

    def write(self, text: str) -> None:
        """Show text at the cursor, over what is there. A letter after the last column wraps to the next row."""
        for letter in text:
            if letter == "\r":
                self.column = 0
            elif letter == "\n":
                self.rows.append("")
            else:
                assert letter.isprintable(), f"this screen does not know {letter!r}"
                self._put(letter)

    def _put(self, letter: str) -> None:
        if self.column == self.columns:
            self.rows.append("")
            self.column = 0
        row = self.rows[-1].ljust(self.column)
        self.rows[-1] = row[: self.column] + letter + row[self.column + 1 :]
        self.column += 1

    @property
    def shown(self) -> list[str]:
        """The rows from top to bottom, without spaces at their ends."""
        return [row.rstrip() for row in self.rows]


class Terminal:
    """A running program, the screen that it writes to, and all that it has written."""

    def __init__(self, program: subprocess.Popen[bytes], keyboard: int, columns: int) -> None:
        self.keyboard: int | None = keyboard
        self.program, self.screen, self.written = program, Screen(columns or 80), b""

    def press(self, keys: bytes) -> None:
        """Type; b"\\x03" is Ctrl-C."""
        os.write(self.keyboard, keys)

    def until(self, text: str) -> None:
        """Wait until the screen shows a text."""
        end = time.monotonic() + PATIENCE_S
        while text not in "\n".join(self.screen.shown):
            assert self._read() and time.monotonic() < end, f"{text!r} never came: {self.screen.shown[-5:]}"

    def end(self) -> int:
        """Wait for the end of the program; give its exit code."""
        end = time.monotonic() + PATIENCE_S
        while self._read():
            assert time.monotonic() < end, f"the program goes on: {self.screen.shown[-5:]}"
        return self.program.wait(PATIENCE_S)

    def close(self) -> None:
        """Close the terminal, as a window's close button does; the program hears that."""
        if self.keyboard is not None:
            os.close(self.keyboard)
        self.keyboard = None

    def _read(self) -> bool:
        """Show what is written next; give whether there was anything before the program's end."""
        ready, _, _ = select.select([self.keyboard], [], [], PATIENCE_S)
        assert ready, f"nothing has come for {PATIENCE_S} s: {self.screen.shown}"
        try:
            data = os.read(self.keyboard, 1 << 16)
        except OSError:  # how Linux tells the end
            return False
        self.written += data
        self.screen.write(data.decode())
        return bool(data)


def pair(columns: int) -> tuple[int, int]:
    """Give the two ends of a new terminal of so many columns: the person's and the program's."""
    import termios

    try:
        keyboard, tty = os.openpty()
    except OSError as error:  # a container or a chroot without /dev/pts
        pytest.skip(f"this system gives no terminals: {error.strerror}")
    termios.tcsetwinsize(tty, (24 if columns else 0, columns))
    return keyboard, tty


@contextmanager
def terminal(*argv: object, columns: int = 80, cwd: object, stdout: int | None = None) -> Iterator[Terminal]:
    """Run Python with these arguments on a terminal of so many columns; 0 is one that does not know its width.

    stdout is a file's number where the output does not go to the terminal.
    """
    keyboard, tty = pair(columns)
    start = START if stdout is None else START.replace("; os.execv", f"; os.dup2({stdout}, 1); os.execv")
    line = [sys.executable, "-c", start, str(tty), *map(str, argv)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    passed = [tty] if stdout is None else [tty, stdout]
    program = subprocess.Popen(line, cwd=str(cwd), env=environment, pass_fds=passed)
    os.close(tty)
    opened = Terminal(program, keyboard, columns)
    try:
        yield opened
    finally:
        program.kill()
        program.wait()
        opened.close()
