"""The programs as they are started: the machine around them is taken as it is, before anything large is imported.

Modules are named by text here, so that a Ctrl-C while torch is imported finds a program there already.
"""

import atexit
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

from vae_explorer import cli, streams

# How a program is asked to end: by Ctrl-C; by docker, SLURM and systemd; by a terminal that is closed; by Ctrl-Break.
STOPS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def train() -> int:
    """`python -m vae_explorer.train`; give its exit code."""
    return run("vae_explorer.train")


def evaluate() -> int:
    """`python -m vae_explorer.evaluate`; give its exit code."""
    return run("vae_explorer.evaluate")


def render() -> int:
    """`python -m vae_explorer.render`; give its exit code."""
    return run("vae_explorer.render")


def window() -> int:
    """`python gui.py`; give its exit code."""
    return run("vae_explorer.gui")


def run(module: str) -> int:
    """Import a module and give the exit code of its `main`, on whatever machine this is.

    What of the output could not be written is an error; only a reader who left before its end, as head does, is none
    to be told, and the code is 141, as of programs that SIGPIPE ends.
    """
    streams.prepare()
    for each in _signals():
        signal.signal(each, _stop)
    _find_home()
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns of a person's settings, which are not used
    try:
        code = cli.told(module, lambda: import_module(module).main())
    except SystemExit as end:  # of argparse
        code = end.code if isinstance(end.code, int) else 0
    return cli.told(module, lambda: streams.written(code))


@contextmanager
def heeded() -> Iterator[list[int]]:
    """Give a list to which the signals of STOPS are appended, so that what runs ends in its own time.

    A second Ctrl-C interrupts at once. Others may come twice for one reason, as when a terminal is closed.
    """
    stops: list[int] = []

    def heed(number: int, frame: FrameType | None) -> None:
        if stops and number == signal.SIGINT:
            _stop(number, frame)
        stops.append(number)

    before = {each: signal.signal(each, heed) for each in _signals()}
    try:
        yield stops
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _signals() -> list[signal.Signals]:
    """The signals of STOPS, but for those that the program was started to ignore, as under nohup."""
    return [each for each in STOPS if signal.getsignal(each) is not signal.SIG_IGN]


def _stop(number: int, _frame: FrameType | None) -> None:
    """End what runs as Ctrl-C does, whichever signal it is."""
    raise KeyboardInterrupt(number)


def _find_home() -> None:
    """Where there is no home folder, let a temporary one be it: libraries ask for it when they are imported.

    Relative paths in XDG's variables count as none, as its specification has it.
    """
    for name in [name for name in os.environ if name.startswith("XDG_") and name.endswith("_HOME")]:
        if not Path(os.environ[name]).is_absolute():
            del os.environ[name]
    try:
        Path.home()
    except RuntimeError:  # neither HOME nor this user in the system's list
        home = tempfile.TemporaryDirectory(prefix="vae-explorer-", ignore_cleanup_errors=True)
        atexit.register(home.cleanup)
        os.environ["USERPROFILE" if sys.platform == "win32" else "HOME"] = home.name
