"""Code by the name that a person gives, `package.module:function`: imported, and no other. Knows not what it is for."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from vae_explorer import plain
from vae_explorer.codecs.called import line
from vae_explorer.codecs.foreign import DecoderError

FORM = "package.module:function"


def found(name: str) -> tuple[Any, Path | None]:
    """Import the module of `package.module:function` and give what is meant of it, and the module's file.

    The module is looked for where Python looks for any, and then in the current folder. Raises DecoderError for another
    form, and for whatever goes wrong meanwhile.
    """
    where, _, what = name.partition(":")
    parts = [*where.split("."), *what.split(".")]
    if not all(part.isidentifier() for part in parts):
        raise DecoderError(f"{plain.quoted(name)} names no code; its form is {FORM}, as toy:decode of a file toy.py.")
    module = value = _imported(where)
    for part in what.split("."):
        if not hasattr(value, part):
            there = plain.some(key for key in getattr(value, "__dict__", dir(value)) if not key.startswith("_"))
            raise DecoderError(f"{name}: {getattr(module, '__file__', where)} has no {part}. It has {there}.")
        value = getattr(value, part)
    file = getattr(module, "__file__", None)
    return value, Path(file) if file else None


def _imported(where: str) -> ModuleType:
    with _here(), redirect_stdout(sys.stderr):
        try:
            return importlib.import_module(where)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a person's code does, the program goes on
            if isinstance(error, ModuleNotFoundError) and error.name and f"{where}.".startswith(f"{error.name}."):
                why = f"There is no module {error.name}, neither among Python's nor in {Path.cwd()}."
                raise DecoderError(why) from error
            raise DecoderError(f"The module {where} cannot be imported: {line(error)}.") from error


@contextmanager
def _here() -> Iterator[None]:
    """Let modules be found in the current folder, too, after all other places."""
    here = str(Path.cwd())
    sys.path.append(here)
    try:
        yield
    finally:
        for k in range(len(sys.path) - 1, -1, -1):
            if sys.path[k] == here:
                del sys.path[k]
                break
