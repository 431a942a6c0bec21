"""`python -m vae_explorer.render`: pictures of a trained model's latent space as files, without a screen."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.render())

import difflib
import re
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import partial
from importlib import import_module
from pathlib import Path

from vae_explorer import cli, exits, models, named, plain
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.pictures import carried, old_names
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.rendering import again, drawn, options, output
from vae_explorer.rendering.options import PROG, Options
from vae_explorer.rendering.output import Target
from vae_explorer.space.space import Space
from vae_explorer.storage import formats

# What else can be asked for, and the module whose main(argv) answers: each has options and a --help of its own.
OTHERS = {
    "stats": ("Numbers of pictures, in place of a picture of them", "vae_explorer.stats"),
    "page": ("A web page to move through it, one file that needs no Python", "vae_explorer.page.command"),
}
USUAL = "digit"
EXAMPLES = (
    "digit --label 4",
    "plane --dims 0,3 --n 24 --out plane.svg",
    "path --start 4 --end 9 --way geodesic --out way.gif",
    "reconstruct --image seven.jpg",
    "map --out - --format pdf > map.pdf",
    "digit.png --side 1120 --out large.png",
    "stats --sample --n 100 --seed 1 --out draws.csv",
)
_NOTES = """A picture is read of a PNG, JPEG, GIF, BMP or WEBP; for a model of MNIST's digits, of one digit.
Other models: --weights vae.pth --pixels tanh, --weights decoder.onnx, --decoder toy:decode, of toy.py.
The command is installed as vae-explorer-render, too."""
SWITCHES = ("--overwrite", "--sample", "--help", "--debug", "--version")  # options without a value


def page() -> cli.Command:
    """Give what --help says of all that can be drawn, from the table of the kinds of picture."""
    told = {name: kind.description for name, kind in KINDS.items()}
    told |= {name: about for name, (about, _) in OTHERS.items()}
    told["FILE.png"] = "A picture that was saved here, to be drawn again"
    width = max(map(len, told))
    rows = "\n".join(f"  {name:{width}}  {about}" for name, about in told.items())
    examples = "\n".join(f"  {PROG} {words}" for words in EXAMPLES)
    return cli.Command(
        prog=PROG,
        usage=f"{PROG} WHAT [options]",
        description=f"Draw a model's latent space into a file, or measure it, without a window.\n\nWHAT:\n{rows}\n\n"
        f"{PROG} WHAT --help tells what can be chosen of it.",
        epilog=f"examples:\n{examples}\n\n{named.A_POINT}\n{_NOTES}",
        groups=(models.GROUP,),
        untold={each.name for each in fields(options.of(USUAL))} - {each.name for each in fields(_Model)},
    )


@dataclass(frozen=True)
class _Model(Telling, Weights):
    """The options that name a model."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command, or what else the first word asks for; give the exit code."""
    words = sys.argv[1:] if argv is None else [*argv]
    return exits.code(PROG, partial(_run, words), "--debug" in words)


def _run(words: Sequence[str]) -> int:
    """Find out what is asked for, and give the exit code of that. Raises Failure where there is no such thing."""
    said, rest = parted(words)
    what = USUAL if said is None else said
    if what in OTHERS:
        code: int = import_module(OTHERS[what][1]).main(rest)
        return code
    picture = old_names.now("picture", what)
    if picture in KINDS:
        draw = partial(_draw, picture, what)
    else:
        before = again.made_by(path := _file(what))
        picture, draw = before.picture, partial(_repeat, path, before)
    _refuse(picture, rest)
    command = page() if said is None else options.command(picture, cli.typed(what))
    return cli.run(command, options.of(picture), draw, rest)


def parted(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Part what is drawn from the options: it is the first word that is neither an option nor the value of one."""
    for k, word in enumerate(words):
        before = words[k - 1] if k else ""
        is_value = re.fullmatch("--[a-z-]+", before) and not any(each.startswith(before) for each in SWITCHES)
        if not word.startswith("-") and not is_value:
            return word, [*words[:k], *words[k + 1 :]]
    return None, [*words]


def _file(what: str) -> Path:
    """The file of a picture that is to be made again. Raises Failure for what is none, with what may be meant."""
    path = cli.path(what)
    if path.is_dir() or path.suffix.lower() in (*formats.WEIGHTS, ".onnx"):
        draw = f"{PROG} {USUAL} {cli.typed('--weights', path)}"
        raise Failure(f"{plain.line(what)} is no picture. To draw the model there: {draw}")
    if path.suffix.lower() in carried.FIND or path.exists():
        return path
    meant = _meant(what.lower(), [*KINDS, *OTHERS])
    raise Failure(f"There is no picture called {plain.quoted(what)}.{meant} {PROG} --help lists what can be drawn.")


def _meant(word: str, known: Collection[str]) -> str:
    """Ask whether a word was meant that is spelled alike, to follow a sentence."""
    near = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _refuse(picture: str, words: Sequence[str]) -> None:
    """Raises Failure for an option that a kind of picture does not have, with the one that may be meant."""
    own = {each.name for each in fields(options.of(picture))} | {"help", "debug", "version"}
    old = old_names.OLD.get(f"option of {picture}", {})
    others = {name for kind in KINDS.values() for name in kind.choices} | options.POINTS
    for word in words:
        name = word[2:].partition("=")[0] if word.startswith("--") else ""
        if name in others - own - old.keys():
            raise Failure(f"{picture} has no --{name}. Leave it out.")
        if not any(each.startswith(name) for each in (*own, *old)):
            near = _meant(f"--{name}", [f"--{each.replace('_', '-')}" for each in own])
            raise Failure(f"{plain.line(word)} is no option of {picture}.{near}")


def _draw(picture: str, what: str, asked: Options) -> int:
    """Draw a picture that is called WHAT and write it; give the exit code. Raises Failure, OSError."""
    to = output.target(asked, what, KINDS[picture].formats, asked.format)
    found = drawn.chosen(asked, picture, to.suffix)
    space = Space(named.model(asked.weights, asked))
    output.write(to, _made(space, drawn.recipe(space, asked, picture, found), to))
    return 0


def _repeat(path: Path, before: Recipe, asked: Options) -> int:
    """Draw the picture of a file again, but for what is asked; give the exit code. Raises Failure, OSError."""
    own = path.suffix.lower()
    suffixes = sorted(KINDS[before.picture].formats, key=lambda suffix: suffix != own)
    to = output.target(asked, again.name(path), suffixes, asked.format)
    found = drawn.chosen(asked, before.picture, to.suffix, before)
    space = Space(again.model(before, path, asked.weights, asked))
    made = drawn.recipe(space, asked, before.picture, found, before)
    data = _made(space, made, to)
    output.write(to, data, again.compared(before, path, data) if (made, to.suffix) == (before, own) else "")
    return 0


def _made(space: Space, made: Recipe, to: Target) -> bytes:
    from vae_explorer.pictures import make  # which takes half of the time of a --help

    return make.dumps(space, made, to.suffix)
