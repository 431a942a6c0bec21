"""The window. This file is its command line; nothing that may be missing is imported before it is asked for."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from vae_explorer import cli
from vae_explorer.cli import Failure, numbers, option
from vae_explorer.gui.room import LEAST

COMMAND = cli.Command(
    prog="gui.py",
    description="Move through the latent space of a variational autoencoder: a slider for each dimension, live.",
)

SCALES = 0.5, 4.0  # the least and the largest


def _size(text: str) -> tuple[int, int]:
    width, height = (int(part) for part in text.lower().split("x"))
    if not (LEAST[0] <= width <= 7680 and LEAST[1] <= height <= 4320):
        raise ValueError(text)
    return width, height


_size.__name__ = "WIDTHxHEIGHT"  # what an error calls it


@dataclass(frozen=True)
class Options:
    """How the window opens."""

    weights: Path | None = option(None, "decoder_weights.pt or its folder; the model that ships unless given")
    theme: Literal["light", "dark"] | None = option(None, "colours of the window; as it was last, else light")
    size: tuple[int, int] | None = option(
        None, "size of the window in pixels; as it was last, else 1180x760", read=_size, metavar="WIDTHxHEIGHT"
    )
    scale: float | None = option(
        None,
        "size of text and controls, as far as there is room; that of the screen unless given",
        minimum=SCALES[0],
        maximum=SCALES[1],
    )
    no_motion: bool = option(False, "jump to presets instead of moving there")
    z: tuple[float, ...] | None = option(None, "where to begin, D numbers; 0 unless given", read=numbers)
    seed: int | None = option(None, "seed of the random draws, so that they repeat", minimum=0)
    snapshot: Path | None = option(None, "write a picture of the whole window and end", metavar="FILE.png")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and give the exit code when it is closed."""
    return cli.run(COMMAND, Options, _open, argv)


def _open(options: Options) -> int:
    _require()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # which NumPy reads when it is imported
        os.environ.setdefault(name, "1")  # work this small is slower with more; on a busy machine 20 times
    try:
        if options.snapshot:
            from vae_explorer.gui.snapshot import take

            return take(options, options.snapshot)
        from vae_explorer.gui.shell import show

        return show(options)
    except ImportError as error:
        raise Failure(
            f"A package the window needs is there and cannot be imported ({error}). "
            "`make clean run` in the project's folder installs all anew."
        ) from error


def _require() -> None:
    """Raises Failure where a package the window needs is missing, with the way to install it."""
    try:
        import tkinter
    except ImportError as error:
        raise Failure(
            f"This Python has no tkinter ({error}), and the window is built with it. Install it "
            "(Debian, Ubuntu: sudo apt install python3-tk; Fedora: sudo dnf install python3-tkinter; "
            "macOS with Homebrew: brew install python-tk), or use a Python from python.org."
        ) from error
    del tkinter
    for name in ("numpy", "matplotlib", "PIL", "platformdirs"):
        if not _is_there(name):
            raise Failure(
                f"A package the window needs is missing (no module named {name!r}). `make run` installs all and opens "
                "the window; by hand it is `python -m pip install -e .` in the project's folder."
            )


def _is_there(name: str) -> bool:
    """Whether a package is installed; it is not imported, for the window is to be seen before that."""
    try:
        return find_spec(name) is not None
    except ValueError:  # of a module that says it is none
        return False
