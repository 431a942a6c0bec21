"""A line to an X server that counts its answers: each is a question for which a program waits, 20 ms on a slow line.

The messages are those of the X Window System Protocol (X11, release 7), chapter 1 and appendix B.
"""

import os
import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

FIRST_PORT = 6000  # of display 0 on a host
MESSAGE = 32  # bytes, at least
REPLY, GENERIC = 1, 35  # kinds of messages that can be longer


class Line:
    """What one server said to all programs that came through; `answers` is for when they have ended."""

    def __init__(self, display: str) -> None:
        self._path = f"/tmp/.X11-unix/X{display.removeprefix(':')}"
        self._door = socket.create_server(("127.0.0.1", 0))
        self.display = f"127.0.0.1:{self._door.getsockname()[1] - FIRST_PORT}"
        self._said: list[bytearray] = []  # to each program
        self._threads = [threading.Thread(target=self._open)]
        self._threads[0].start()

    def _open(self) -> None:
        """Connect each program that comes, until the door is closed."""
        with suppress(OSError):
            while True:
                program, _ = self._door.accept()
                self._said.append(bytearray())
                self._threads.append(threading.Thread(target=self._carry, args=(program, self._said[-1])))
                self._threads[-1].start()

    def _carry(self, program: socket.socket, said: bytearray) -> None:
        """Pass on what program and server say until one of them hangs up; what the server says is kept in `said`."""
        program.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError), program, socket.socket(socket.AF_UNIX) as server:
            server.connect(self._path)
            while True:
                for source in select.select([program, server], [], [])[0]:
                    data = source.recv(1 << 16)
                    if not data:
                        return
                    if source is server:
                        said += data
                    (server if source is program else program).sendall(data)

    def close(self) -> None:
        """Let no other program in, and wait until all have ended."""
        self._door.shutdown(socket.SHUT_RDWR)
        for each in self._threads:
            each.join()
        self._door.close()

    @property
    def answers(self) -> int:
        return sum(map(replies, self._said))


def replies(said: bytes) -> int:
    """How many of the messages of a server, from the first on, are replies."""
    at, count = _first(said), 0
    while at + MESSAGE <= len(said):
        kind = said[at] & 0x7F  # less the bit of an event that another program has sent
        count += said[at] == REPLY
        more = struct.unpack_from("=I", said, at + 4)[0] if kind in (REPLY, GENERIC) else 0
        at += MESSAGE + 4 * more
    return count


def _first(said: bytes) -> int:
    """Where the messages begin, after what is said when a program connects."""
    return 8 + 4 * struct.unpack_from("=H", said, 6)[0] if len(said) >= 8 else len(said)


@contextmanager
def counted(display: str) -> Iterator[Line]:
    """Let the programs that are started meanwhile come through a line that counts."""
    line = Line(display)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DISPLAY", line.display)
        yield line
    line.close()
