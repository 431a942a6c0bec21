"""The programs as they are started: the machine around them is taken as it is, before anything large is imported.

Modules are named by text here, so that a Ctrl-C while torch is imported finds a program there already.
"""

import atexit
import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from vae_explorer import exits, stops, streams


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
    return run("vae_explorer.gui.command")


def run(module: str) -> int:
    """Import a module and give the exit code of its `main`, on whatever machine this is.

    It is an error when some of the output could not be written. Where a reader left before its end, as head does,
    nothing is said, and the code is 141, as of programs that SIGPIPE ends.
    """
    streams.prepare()
    stops.obey()
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns of a person's settings, which are not used
    try:
        code = exits.code(module, lambda: _main(module))
    except SystemExit as end:  # of argparse, which gives a number
        code = int(end.code or 0)
    return exits.code(module, lambda: streams.written(code))


def _main(module: str) -> int:
    _find_home()
    code: int = import_module(module).main()
    return code


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
