"""`python -m vae_explorer.render`: pictures of a trained model's latent space as files, without a screen."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.render())

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer import cli, named, streams
from vae_explorer.cli import option
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.pictures import export, kinds, make, old_names
from vae_explorer.pictures.choice import FILE, POINT, Choice
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import subject
from vae_explorer.space.space import Space

# What else can be asked for, and the module whose main(argv) answers: each has options and a --help of its own.
OTHERS = {"stats": ("Numbers of pictures, in place of a picture of them", "vae_explorer.stats")}


@dataclass(frozen=True)
class Options(Telling, Weights):
    """What is drawn, of which model, and where to: what every kind of picture has."""

    picture: str = option(
        "digit", "what to draw", positional=True, metavar="PICTURE", choices=lambda: (*KINDS, *old_names.OLD["picture"])
    )
    out: Path | None = option(
        None, "where to, as .png, .svg or .pdf, a path also as .gif; PICTURE.png unless given", metavar="FILE"
    )
    overwrite: bool = option(False, "replace the file if it is there")
    z: str | None = option(None, "the point that is drawn, or around which; 0 unless given", metavar="POINT")
    sample: bool = option(False, "draw the point from where the data are, instead of --z")
    seed: int = option(0, "seed of that draw", minimum=0, maximum=2**63)


def command() -> cli.Command:
    """Give what --help says of the pictures, from the table of their kinds."""
    told = {name: kind.description for name, kind in KINDS.items()}
    told |= {name: f"{about}; {name} --help tells of it" for name, (about, _) in OTHERS.items()}
    width = max(map(len, told))
    rows = "\n".join(f"  {name:{width}}  {about}" for name, about in told.items())
    return cli.Command(
        prog="python -m vae_explorer.render",
        description=f"Draw a picture of a model's latent space into a file.\n\n{rows}",
        epilog=(
            f"{named.A_POINT}\n"
            "A picture to reconstruct is a PNG, JPEG, GIF, BMP or WEBP; for a model of MNIST's digits, of one digit.\n"
            "The picture carries the recipe to make it again.\n"
            "Other models: --weights vae.pth --pixels tanh, --weights decoder.onnx, --decoder toy:decode, of toy.py."
        ),
    )


def all_options() -> type[Options]:
    """Give the options of the command: those of every kind of picture, and one for each choice of any kind."""
    fields = [(name, Any, _option(name, of)) for name, of in _choices().items()]
    return make_dataclass("AllOptions", fields, bases=(Options,), frozen=True)


def _choices() -> dict[str, dict[str, Choice]]:
    """By the name of each choice, the kinds of picture that have it, and as what."""
    found: dict[str, dict[str, Choice]] = {}
    for picture, kind in KINDS.items():
        for name, choice in kind.choices.items():
            found.setdefault(name, {})[picture] = choice
    return found


def _option(name: str, of: Mapping[str, Choice]) -> Any:
    """The option of the command line for a choice of some kinds of picture; those of one name are read alike."""
    one = next(iter(of.values()))
    old = {old for names in old_names.OLD.values() for old, new in names.items() if new == name}
    read = partial(old_names.now, name) if one.names else one.read or str
    once = sorted(old - _choices().keys())
    return option(None, _help(name, of), read=read, metavar=one.metavar, choices=one.names, old=once)


def _help(name: str, of: Mapping[str, Choice]) -> str:
    """What a choice is, for the kinds of picture that have it, with its defaults."""
    clauses = []
    for text in dict.fromkeys(choice.help for choice in of.values()):
        shown = [_shown(name, picture, choice) for picture, choice in of.items() if choice.help == text]
        clauses.append(f"{text} ({', '.join(shown)})")
    return "; ".join(clauses)


def _shown(name: str, picture: str, choice: Choice) -> str:
    """A kind of picture with its default of a choice, also the one of its GIF."""
    default, moving = choice.default, KINDS[picture].moving
    shown = picture + " as GIF" * choice.moving + (f": {default}" if isinstance(default, int | float | str) else "")
    return shown + (f", as GIF {moving.usual[name]}" if moving and name in moving.usual else "")


def render(options: Options) -> int:
    """Draw and write; give the exit code. Raises Failure, OSError."""
    picture = old_names.now("picture", options.picture)
    kind = KINDS[picture]
    path = export.named(options.out or Path(options.picture), suffixes=kind.formats)
    chosen = _chosen(options, picture, path)
    named.check_result(path, options.overwrite)
    space = Space(named.model(options.weights, options))
    if "colours" in chosen and space.in_colour:
        raise Failure("--colours is for pictures in grey; those of this model have colours of their own. Leave it out.")
    for name, choice in kind.choices.items():
        if choice.read is None:
            chosen[name] = _READ[choice.metavar](space, chosen[name], f"--{name}")
    z = _z(space, options, chosen)
    seed = options.seed if options.sample else None
    try:
        made = Recipe(z, space.codec.source.sha256, seed, picture=picture, options=chosen)
    except ValueError as error:
        raise Failure(f"This picture cannot be made: {error}.") from error
    make.save(space, made, path)
    streams.tell(f"Picture: {path}")
    return 0


def _z(space: Space, options: Options, chosen: Mapping[str, Any]) -> tuple[float, ...]:
    """The point of the picture: that of what is to be reconstructed, one that is drawn, or the one that is named."""
    if "image" in chosen:
        z: tuple[float, ...] = subject.drawn(space, Drawing.from_text(chosen["image"]))["z"]
        return z
    if options.sample:
        return space.sample(np.random.default_rng(options.seed))
    return named.point(space, options.z, "--z")


def _chosen(options: Options, picture: str, path: Path) -> dict[str, Any]:
    """The choices of the picture that were given, points as text, which the model reads. Raises Failure."""
    kind, moving = KINDS[picture], path.suffix.lower() == ".gif"
    given = {name: value for name in _choices() if (value := getattr(options, name)) is not None}
    if options.sample and options.z is not None:
        raise Failure("--sample draws the point that --z names. Leave one of them out.")
    needed = [name for name, choice in kind.choices.items() if choice.default is ...]
    if not given.keys() >= {*needed}:
        flags = " and ".join(f"--{name}" for name in needed)
        what = _WHAT[kind.choices[needed[0]].metavar]
        raise Failure(f"{kinds.an(picture).capitalize()} needs {flags}: {what}.")
    for name, is_given in {"z": options.z is not None, "sample": options.sample}.items():
        if is_given and "image" in given:
            raise Failure(f"--{name} is not for {kinds.an(picture)}, whose point is that of its picture. Leave it out.")
    for name in given:
        if name not in kind.choices:
            raise Failure(f"--{name} is not for {kinds.an(picture)}. Leave it out.")
        if kind.choices[name].moving and not moving:
            raise Failure(f"--{name} is not for {kinds.an(picture)} that is no GIF. Leave it out.")
    if "span" in given and given.get("spacing") == "quantiles":
        raise Failure("--spacing quantiles needs no --span. Leave it out.")
    if moving and kind.moving:
        given = {**kind.moving.usual, **given}
    make.check(picture, given, path)
    return given


def _levels(space: Space, path: str, flag: str) -> str:
    """Read the picture of a file as a recipe carries it. Raises Failure, OSError."""
    return named.picture(space, path, flag).drawing.text


_READ: dict[str | None, Callable[[Space, str, str], Any]] = {POINT: named.point, FILE: _levels}
_WHAT: dict[str | None, str] = {POINT: "the name of a class, or D numbers", FILE: "the file of a picture"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command, or what else the first word asks for; give the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words and words[0] in OTHERS:
        _, module = OTHERS[words[0]]
        code: int = import_module(module).main(words[1:])
        return code
    return cli.run(command(), all_options(), render, words)
