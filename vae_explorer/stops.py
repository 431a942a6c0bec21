"""What asks a program to end: Ctrl-C, docker and SLURM, a terminal that is closed, Ctrl-Break; one answer to all."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Some systems lack some. Ctrl-C comes last: whoever puts handlers back may then be interrupted again.
SIGNALS = [getattr(signal, n) for n in ("SIGHUP", "SIGTERM", "SIGBREAK", "SIGINT") if hasattr(signal, n)]


def obey() -> None:
    """From now on each of the signals ends what runs as Ctrl-C does, by a KeyboardInterrupt with its number."""
    for each in _heard():
        signal.signal(each, _end)


@contextmanager
def heeded() -> Iterator[list[int]]:
    """Give a list to which the signals are appended that come meanwhile, so that what runs ends in its own time.

    A second Ctrl-C interrupts at once. Others may come twice for one reason, as when a terminal is closed.
    """
    came: list[int] = []

    def _heed(number: int, frame: FrameType | None) -> None:
        if came and number == signal.SIGINT:
            _end(number, frame)
        came.append(number)

    before = {each: signal.signal(each, _heed) for each in _heard()}
    try:
        yield came
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _heard() -> list[signal.Signals]:
    """The signals, but for those that the program was started to ignore, as under nohup."""
    return [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]


def _end(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt(number)
