"""`python gui.py`: the command line of the window. Nothing that may be missing is imported before it is asked for."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from vae_explorer import cli, files
from vae_explorer.datasets import home
from vae_explorer.errors import Failure
from vae_explorer.gui.options import Options
from vae_explorer.storage import formats

COMMAND = cli.Command(
    prog="gui.py",
    description="Move through the latent space of a variational autoencoder: a slider for each dimension, live.",
    epilog="""There are commands beside the window, each with a --help of its own:
  python -m vae_explorer.train     fit a model of your own
  python -m vae_explorer.evaluate  measure it on test images
  python -m vae_explorer.render    save pictures of it without a window

Other models: gui.py --weights vae.pth --pixels tanh, --weights decoder.onnx --encoder encoder.onnx,
or --decoder toy:decode, a function of a file toy.py in this folder.

The commands are installed as vae-explorer, vae-explorer-train, -evaluate and -render, too.""",
    place=home.told,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and give the exit code when it is closed."""
    return cli.run(COMMAND, Options, _open, argv)


def _open(options: Options) -> int:
    _require()
    if options.picture:
        _check(options.picture)  # what is no picture is told before a window comes and goes
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # which NumPy reads when it is imported
        os.environ.setdefault(name, "1")  # work this small is slower with more; on a busy machine 20 times
    try:
        if options.snapshot:
            from vae_explorer.gui.window.snapshot import take

            return take(options, options.snapshot)
        from vae_explorer.gui.window.shell import show

        return show(options)
    except ImportError as error:
        raise Failure(
            f"A package the window needs is there and cannot be imported ({error}). "
            "`make clean run` in the project's folder installs all anew."
        ) from error


def _check(picture: Path) -> None:
    """Raises Failure for a model where a picture is named, with its option, and OSError for what is not there."""
    if picture.is_dir() or picture.suffix.lower() in formats.WEIGHTS:
        raise Failure(f"{picture} is not a picture. To open the model there, use --weights {picture}.")
    files.opened(picture).close()


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
