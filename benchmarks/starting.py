"""Process start → the window on the screen → its digit → all that is in it, beside what none of them can avoid."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ratios import table
from benchmarks.window import SCREEN
from vae_explorer.gui.window.snapshot import virtual_display

ROUNDS = 9
BARE, FIGURE = "bare Tk window on the screen", "Figure and backend_tkagg imported"
SHOWN, LIVE, FULL = "our window on the screen", "our digit live", "our window full"


def report() -> str:
    """Start each program in turns; files are in the system's cache and matplotlib's fonts in its own after a round."""
    taken: dict[str, list[float]] = {BARE: [], FIGURE: [], SHOWN: [], LIVE: [], FULL: []}
    with virtual_display(SCREEN), tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS + 1):
            taken[BARE] += _start("bare", folder)
            taken[FIGURE] += _start("figure", folder)
            for name, seconds in zip((SHOWN, LIVE, FULL), _start("window", folder), strict=True):
                taken[name].append(seconds)
    goals = {
        (SHOWN, BARE): "must be at most 2, aim 1.5",
        (LIVE, FIGURE): "must be at most 1.5, aim 1.2",
        (FULL, FIGURE): "must be at most 1.8",
    }
    return table("a process starts", {name: values[1:] for name, values in taken.items()}, goals)


def _start(what: str, folder: str) -> list[float]:
    """Start a process and give the times that it tells, from before it was made. folder: for what it remembers."""
    program = str(Path(__file__).with_name("opening.py"))
    command = [sys.executable, "-P", program, what, str(time.monotonic())]
    environment = os.environ | {"XDG_CONFIG_HOME": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # which would compile our modules at each start, and no other's
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return [float(each) for each in done.stdout.split()]
