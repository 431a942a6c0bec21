"""`python -m vae_explorer.render`: pictures of a trained model's latent space as files, without a screen."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.render())

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from vae_explorer import cli, files, streams
from vae_explorer.cli import numbers, option
from vae_explorer.errors import Failure
from vae_explorer.pictures import export, kinds, make
from vae_explorer.pictures.kinds import ALL, MAX_MOVING_SIDE, MAX_MS, MAX_SIDE, MAX_SPAN, MIN_MS, MIN_SIDE, PRINCIPAL
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import codec
from vae_explorer.space.space import Space

COMMAND = cli.Command(
    prog="python -m vae_explorer.render",
    description="""Draw a picture of a model's latent space into a file.

  digit     one decoded point
  traverse  a row of digits for each dimension, in which it alone moves
  map       the encoded digits in two dimensions, or one, in the colours of their classes
  manifold  a plane of decoded digits
  path      the ways from one digit to another; as .gif, one of them in motion
  arithmetic  three digits and the one that they give, a − b + c""",
    epilog="""A point is the name of a class, for its mean, or D numbers: --z 3, --z -1,0.5,0,0,0,2. The picture carries
the recipe to make it again.""",
)
GIF_POINTS = 40


def _dims(text: str) -> str | tuple[int, ...]:
    if text == PRINCIPAL:
        return text
    return tuple(int(part.strip().removeprefix("z")) for part in text.split(","))


_dims.__name__ = "list of dimensions"


@dataclass(frozen=True)
class Options:
    """What is drawn, of which model, and where to."""

    picture: Literal["digit", "traverse", "map", "manifold", "path", "arithmetic"] = option(
        "digit", "what to draw", positional=True, metavar="PICTURE"
    )
    weights: Path | None = option(None, "decoder_weights.pt or its folder; the model that ships unless given")
    out: Path | None = option(
        None, "where to, as .png, .svg or .pdf, a path also as .gif; PICTURE.png unless given", metavar="FILE"
    )
    overwrite: bool = option(False, "replace the file if it is there")
    z: str | None = option(None, "the point that is drawn, or around which; 0 unless given", metavar="POINT")
    sample: bool = option(False, "draw the point from where the data are, instead of --z")
    seed: int = option(0, "seed of that draw", minimum=0, maximum=2**63)
    dims: str | tuple[int, ...] | None = option(
        None, f"dimensions, as in 0,1; of a map and a manifold also {PRINCIPAL}, the plane of the most spread",
        read=_dims, metavar="A,B",
    )  # fmt: skip
    n: int | None = option(None, "digits in a row of a traverse, manifold or path", minimum=2, maximum=120)
    span: float | None = option(
        None, "a traverse and a manifold go from minus that to that (default: 3)", above=0, maximum=MAX_SPAN
    )
    spacing: Literal["even", "quantiles"] | None = option(
        None, "steps of a manifold: alike, or of alike shares of N(0, 1), which has no span (default: even)"
    )
    start: str | None = option(None, "where a path begins", metavar="POINT")
    end: str | None = option(None, "where a path ends", metavar="POINT")
    a: str | None = option(None, "first term of an arithmetic, as a class", metavar="POINT")
    b: str | None = option(None, "what is taken from it", metavar="POINT")
    c: str | None = option(None, "what is added", metavar="POINT")
    kind: str | None = option(None, "which way a path goes (default: all; straight in a GIF)", choices=kinds.ways)
    side: int | None = option(
        None, f"pixels of a digit's side (default: 560), or of a GIF's, to {MAX_MOVING_SIDE} (default: 280)",
        minimum=MIN_SIDE, maximum=MAX_SIDE,
    )  # fmt: skip
    look: Literal["pixels", "smooth"] | None = option(None, "of a digit or GIF (default: pixels)")
    colours: Literal["gray", "gray_r", "viridis", "magma", "cividis"] | None = option(
        None, "of a digit or GIF (default: gray)"
    )
    ms: int | None = option(
        None, "how long a GIF shows each digit (default: 80)", minimum=MIN_MS, maximum=MAX_MS, metavar="MS"
    )


MOVING = ("side", "look", "colours", "ms")  # of a path, only as GIF
# The points that a picture cannot be without: the option that names each, and what a recipe calls it.
POINTS = {"path": {"start": "a", "end": "b"}, "arithmetic": {"a": "a", "b": "b", "c": "c"}}
NAMED = dict.fromkeys(name for points in POINTS.values() for name in points)
SOME = ("dims", "n", "span", "spacing", "kind", *MOVING, *NAMED)  # that are of some pictures only


def render(options: Options) -> int:
    """Draw and write; give the exit code. Raises Failure, OSError."""
    path = export.named(options.out or Path(options.picture), suffixes=kinds.formats(options.picture))
    files.check(path)
    chosen = _chosen(options, path)
    if path.exists() and not options.overwrite:
        raise Failure(f"{path} is there already. Choose another name with --out, or replace it with --overwrite.")
    model = codec.load(options.weights)
    space = Space(model)
    for name, term in POINTS.get(options.picture, {}).items():
        chosen[term] = _point(space, getattr(options, name), f"--{name}")
    z = space.sample(np.random.default_rng(options.seed)) if options.sample else _point(space, options.z, "--z")
    seed = options.seed if options.sample else None
    try:
        made = Recipe(z, model.source.sha256, seed, picture=options.picture, options=chosen)
    except ValueError as error:
        raise Failure(f"This picture cannot be made: {error}.") from error
    make.save(space, made, path)
    streams.tell(f"Picture: {path}")
    return 0


def _chosen(options: Options, path: Path) -> dict[str, Any]:
    """The choices of the picture that were given, but for its points, which need the model. Raises Failure."""
    picture, points = options.picture, POINTS.get(options.picture, {})
    moving = picture == "path" and path.suffix.lower() == ".gif"
    given = {name: value for name in SOME if (value := getattr(options, name)) is not None}
    if options.sample and options.z is not None:
        raise Failure("--sample draws the point that --z names. Leave one of them out.")
    if not given.keys() >= points.keys():
        flags = " and ".join(f"--{name}" for name in points)
        raise Failure(f"{kinds.an(picture).capitalize()} needs {flags}: the name of a class, or D numbers.")
    for name in given:
        if name in MOVING and picture == "path" and not moving:
            raise Failure(f"--{name} is not for a path that is no GIF. Leave it out.")
        if name not in kinds.of(picture).keys() - points.values() | points.keys():
            raise Failure(f"--{name} is not for {kinds.an(picture)}. Leave it out.")
    if "span" in given and given.get("spacing") == "quantiles":
        raise Failure("--spacing quantiles needs no --span. Leave it out.")
    if moving:
        given = {"n": GIF_POINTS, "kind": "straight"} | given
    make.check(picture, given.get("kind", ALL), path)
    return {name: value for name, value in given.items() if name not in NAMED}


def _point(space: Space, text: str | None, flag: str) -> tuple[float, ...]:
    """Read a point: the name or number of a class, or D numbers; the origin for none. Raises Failure."""
    if text is None:
        return (0.0,) * space.latent_dim
    for label, name in space.class_names.items():
        if text.strip() == name:
            return space.class_mean(label)
    try:
        return space.checked(numbers(text))
    except ValueError as error:
        known = ", ".join(space.class_names.values()) or "none, for it has no atlas"
        raise Failure(f"{flag} {text}: {error}. It may also be a class of this model: {known}.") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(COMMAND, Options, render, argv)
