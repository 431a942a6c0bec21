"""From the options of a command line to a picture: its recipe, checked before a model is opened as far as one can."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any

from vae_explorer import cli, named
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Failure
from vae_explorer.pictures.choice import CLASS_NAME, FILE, MAX_LEVELS, MAX_PICTURES, POINT, texts
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.suffixes import GIF
from vae_explorer.rendering import place
from vae_explorer.rendering.options import Options
from vae_explorer.rendering.place import Place, Z
from vae_explorer.space import posterior, space
from vae_explorer.space.space import Space


def chosen(options: Options, picture: str, suffix: str, before: Recipe | None = None) -> dict[str, Any]:
    """Give the choices of a picture: those of the one that is repeated, and in place of them those that were given.

    Points and pictures are text still, which only a model can read. Raises Failure where they do not go together.
    """
    kind = KINDS[picture]
    given = {name: value for name in kind.choices if (value := getattr(options, name)) is not None}
    moved = isinstance(options, Place) and place.given(options)  # away from the picture that z was the mu of
    for name in given:
        if not (choice := kind.choices[name]).counts(suffix):
            formats = ", ".join(choice.formats)
            raise Failure(f"--{name} is for {picture} as {formats}, not as {suffix}. Leave it out.")
    instead = _instead(given)
    usual = kind.moving.usual if kind.moving and suffix == GIF else {}
    old = before.options if before else {}
    kept = {name: value for name, value in old.items() if kind.choices[name].counts(suffix) and name not in instead}
    kept = {name: value for name, value in kept.items() if not (moved and kind.choices[name].metavar == FILE)}
    found = {**usual, **kept, **given}
    needed = [name for name, choice in kind.choices.items() if choice.default is ... and name not in found]
    if needed:
        flags, what = " and ".join(f"--{name}" for name in needed), _WHAT[kind.choices[needed[0]].metavar]
        raise Failure(f"{picture} needs {flags}: {what}.")
    if kind.moving and suffix == GIF and (why := kind.moving.why_not(found)):
        raise Failure(f"{why[0].upper()}{why[1:]}.")
    return found


def _instead(given: Mapping[str, Any]) -> set[str]:
    """The choices in whose place those that were given stand, since they say the same thing in another way. Raises
    Failure where both were given."""
    says = given.keys() - {"spacing"} if given.get("spacing") == "even" else given.keys()  # for even steps have a span
    for one, other, what in _PAIRS:
        if {one, other} <= says:
            raise Failure(f"--{one} says {what}, and so does --{other}. Leave one of them out.")
    return {other for *pair, _ in _PAIRS for one, other in permutations(pair) if one in says}


def recipe(of: Space, options: Options, picture: str, found: Mapping[str, Any], before: Recipe | None = None) -> Recipe:
    """Give the recipe of a picture of a model with these choices. before: that of the picture that is repeated, if one
    is; what is not changed of it stays as it is, and so does the version that made it where nothing is.

    Raises Failure for what cannot be drawn of the model, OSError for a picture that cannot be read.
    """
    if "colours" in found and of.in_colour:
        raise Failure("--colours is for pictures in grey; those of this model have colours of their own. Leave it out.")
    read = dict(found)
    for name, choice in KINDS[picture].choices.items():
        if choice.read is None and getattr(options, name) is not None:
            read[name] = _READ[choice.metavar](of, found[name], f"--{name}")
    z, seed = _point(of, options, picture, read, before)
    try:
        made = Recipe(z, of.codec.source.sha256, seed, picture=picture, options=read)
    except ValueError as error:
        raise Failure(f"The picture cannot be made: {error}.") from error
    return before if before and replace(made, version=before.version) == before else made


def _point(
    of: Space, options: Options, picture: str, read: Mapping[str, Any], before: Recipe | None
) -> tuple[Z, int | None]:
    """The point of a picture and the seed by which it was drawn: that of the picture that it shows, the one that is
    named, or that of before."""
    shown = next((name for name, choice in KINDS[picture].choices.items() if choice.metavar == FILE), None)
    if shown and getattr(options, shown) is not None:
        x = Drawing.from_text(texts(read[shown])[0]).x
        return space.point(posterior.of(of.codec, x).mu), None
    if isinstance(options, Place) and (place.given(options) or before is None):
        return place.of(of, options), (options.seed or 0) if options.draws else None
    return (before.z, before.seed) if before else ((0.0,) * of.latent_dim, None)


def _levels(of: Space, words: str | tuple[str, ...], flag: str) -> str | tuple[str, ...]:
    """The picture of a file, or those of several and of folders, as a recipe carries them. Raises Failure, OSError."""
    if isinstance(words, str):
        return named.picture(of, cli.path(words), flag).drawing.text
    found = tuple(named.picture(of, path, flag).drawing.text for path in named.pictures(words, MAX_PICTURES))
    if sum(map(len, found)) > MAX_LEVELS:
        raise Failure(f"These {len(found)} pictures are too large for one recipe together. Name fewer.")
    return found if len(found) > 1 else found[0]


_READ: dict[str | None, Callable[[Space, Any, str], Any]] = {
    POINT: named.point,
    FILE: _levels,
    CLASS_NAME: named.class_called,
}
_PAIRS = (  # each says what the other would
    ("label", "source", "where they are drawn from"),
    ("spacing", "span", "how far it goes"),
    ("image", "centre", "where the strips go from"),
)
_WHAT: dict[str | None, str] = {POINT: "the name of a class, or D numbers", FILE: "the file of a picture"}
