"""A few lines of Python that make a picture again without the window. Knows recipes and text, runs nothing."""

import re
from pathlib import Path
from pprint import pformat
from typing import Any

from vae_explorer import __version__
from vae_explorer.pictures import kinds
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import Told

WIDTH = 100  # columns
PIECE = 76  # characters, as base64 has them on a line
LONG = re.compile(rf"'([A-Za-z0-9+/=:]{{{WIDTH},}})'")  # text without a space in it, such as a picture's grey levels


def as_python(made: Recipe, source: Source | None = None, name: str = "") -> str:
    """Give a program that makes the picture of a recipe again, byte for byte as it is saved from the window.

    source: of the model, None for the one that ships; name: of the picture's file, whose suffix is its format;
    `digit.png` or the like unless given. All values are written out as literals, so that nothing in them runs.
    """
    name = name or f"{made.picture}.png"
    lines = [
        "import vae_explorer as vx",
        "",
        f"vae = {_opening(source)}  # sha256 {made.weights[:12]}…",
        _assigned("z", made.z),
    ]
    named: dict[str, Any] = {"seed": made.seed} if made.seed is not None else {}
    named |= {"version": made.version} if made.version != __version__ else {}
    chosen = kinds.complete(made.picture, made.options, len(made.z))
    if made.picture == "digit":
        lines.append("x_hat = vae.decode(z)  # (1, C, H, W) in [-1, 1]")
        last = f"vx.save_digit(x_hat[0], {name!r}, {_arguments(chosen)}, made=made)"
    else:
        named |= {"picture": made.picture}
        last = f"vx.save(vae, made, {name!r})"
    if made.options:
        lines.append(_assigned("options", dict(made.options)))
        given = ", options=options"
    else:
        given = ""
    arguments = f", {_arguments(named)}" if named else ""
    return "\n".join([*lines, f"made = vx.Recipe(z, vae.source.sha256{arguments}{given})", last, ""])


def _opening(source: Source | None) -> str:
    """How a model is opened: one that was told more than its file says, with the same words; code by its name."""
    if source is None or source.ships:
        return "vx.load()"
    if source.path is None:
        return f"vx.open({source.called!r})"
    said = {name: value for name, value in vars(source.told).items() if value != getattr(Told(), name)}
    words = [f"{name}={(str(value) if isinstance(value, Path) else value)!r}" for name, value in said.items()]
    return f"vx.load({', '.join([repr(str(source.path.resolve())), *words])})"


def _arguments(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _assigned(name: str, value: Any) -> str:
    """An assignment, on one line or as many as it takes."""
    text = pformat(value, width=WIDTH - len(name) - 3, compact=True, sort_dicts=False)
    return f"{name} = " + LONG.sub(_in_lines, text).replace("\n", "\n" + " " * (len(name) + 3))


def _in_lines(literal: re.Match[str]) -> str:
    """A literal of text in pieces below each other, which Python takes as one."""
    text, indent = literal[1], " " * literal.start()
    pieces = [f"'{text[k : k + PIECE]}'" for k in range(0, len(text), PIECE)]
    return f"\n{indent}".join(pieces)
