"""The options of each kind of picture on a command line, from the row that it has in `kinds`, and what --help says."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, make_dataclass
from functools import partial
from typing import Any

from vae_explorer import cli, models, named
from vae_explorer.cli import option
from vae_explorer.models import Telling, Weights
from vae_explorer.pictures import old_names
from vae_explorer.pictures.choice import POINT, Choice
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.suffixes import GIF
from vae_explorer.rendering import output, place
from vae_explorer.rendering.output import Output
from vae_explorer.rendering.place import PlaceOrPicture

PROG = "python -m vae_explorer.render"
GROUP = "what is drawn"
POINTS = {each.name for each in fields(PlaceOrPicture)}
UNTOLD = {each.name for each in fields(Telling)}  # but in the help of all of render


@dataclass(frozen=True)
class Options(Output, Telling, Weights):
    """What every kind of picture has: where it goes, and of which model it is."""

    format: str | None = option(None, "its format, where no name says it", group=output.GROUP)


def of(picture: str) -> type[Options]:
    """Give the options of a kind of picture: each of its choices, the point if it is made around one, its format."""
    kind = KINDS[picture]
    found = [(name, _hint(choice), _option(picture, name)) for name, choice in kind.choices.items()]
    names = tuple(suffix[1:] for suffix in kind.formats)
    form = option(None, "its format; that of the name, or png, unless given", choices=lambda: names, group=output.GROUP)
    bases = (PlaceOrPicture, Options) if kind.around_z else (Options,)
    return make_dataclass("OptionsOfPicture", [*found, ("format", str | None, form)], bases=bases, frozen=True)


def command(picture: str, what: str) -> cli.Command:
    """Give what --help says of a kind of picture, which is drawn by `render WHAT`."""
    kind, prog = KINDS[picture], f"{PROG} {what}"
    examples = "\n".join(f"  {prog} {words}".rstrip() for words in kind.examples)
    return cli.Command(
        prog=PROG,
        usage=f"{prog} [options]",
        description=f"{kind.description}.\n\nexamples:\n{examples}",
        epilog=f"{_notes(kind)}Other ways to name a model: {PROG} --help",
        groups=(GROUP, place.GROUP, output.GROUP, models.GROUP),
        untold=UNTOLD,
    )


def beside(name: str, description: str, examples: Sequence[str], notes: str, groups: tuple[str, ...]) -> cli.Command:
    """Give what --help says of what is made beside the kinds of picture, as stats are."""
    prog = f"{PROG} {name}"
    lines = "\n".join(f"  {prog} {words}" for words in examples)
    return cli.Command(
        prog=prog,
        usage=f"{prog} [options]",
        description=f"{description}\n\nexamples:\n{lines}",
        epilog=f"{named.A_POINT}\n{notes}\nOther ways to name a model: {PROG} --help",
        groups=groups,
        untold=UNTOLD,
    )


def _notes(kind: Kind) -> str:
    asks_for_points = kind.around_z or any(choice.metavar == POINT for choice in kind.choices.values())
    return f"{named.A_POINT}\n" if asks_for_points else ""


def _hint(choice: Choice) -> Any:
    """The type of the option, by which it is read as one word or as several."""
    return tuple[str, ...] | None if choice.several else Any


def _option(picture: str, name: str) -> Any:
    """The option of a command line for a choice of a kind of picture, also under the names that it had once."""
    choice = KINDS[picture].choices[name]
    read = partial(old_names.now, name) if choice.names else None if choice.several else choice.read or str
    old = [old for old, new in old_names.OLD.get(f"option of {picture}", {}).items() if new == name]
    return option(
        None,
        _help(picture, name, choice),
        read=read,
        metavar=choice.metavar,
        choices=choice.names,
        old=old,
        group=GROUP,
    )


def _help(picture: str, name: str, choice: Choice) -> str:
    """What a choice is, with its default, also that of a GIF."""
    default, moving = choice.default, KINDS[picture].moving
    is_told = choice.read is not None and isinstance(default, int | float | str)
    plain = [f"{default:g}" if isinstance(default, float) else f"{default}"] * is_told
    of_gif = [f"as GIF {moving.usual[name]}"] if moving and name in moving.usual else []
    usual = f"default: {', '.join(plain + of_gif)}" * bool(plain)
    told = "; ".join(filter(None, ["of a GIF" * (choice.formats == (GIF,)), usual]))
    return f"{choice.help} ({told})" if told else choice.help
