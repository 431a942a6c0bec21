"""A frozen dataclass of options is a command line. Knows argparse and nothing of what the options mean."""

import argparse
import os
import re
import shlex
import subprocess
import sys
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from vae_explorer import __version__, exits, plain
from vae_explorer.bounds import declared, not_none, outside
from vae_explorer.errors import MAX_ERROR, Failure, explain

T = TypeVar("T")

_UNSET: list[str] = []  # what an option is that the command line does not have; argparse extends a copy of it


def option(
    default: Any,
    help: str,
    *,
    minimum: float | None = None,
    above: float | None = None,
    maximum: float | None = None,
    metavar: str | None = None,
    read: Callable[[str], Any] | None = None,
    choices: Callable[[], Iterable[str]] | None = None,
    old: Sequence[str] = (),
    positional: bool = False,
    group: str = "",
) -> Any:
    """Declare a field of an options dataclass; the field's type decides how its text is read.

    minimum and maximum are included in the range, above is not. A Literal type is a choice, a bool a switch, a tuple
    one word or more. choices gives those of a text as they are when the command line is read. read turns text of any
    other form into a value, or raises ValueError, which says why; where there are choices, it comes before them. old:
    names that it had in older versions, which are read and not told of. group: its heading in --help.
    """
    bounds = {"minimum": minimum, "above": above, "maximum": maximum}
    extra = {"help": help, "metavar": metavar, "positional": positional, "bounds": bounds, "group": group}
    return field(default=default, metadata=extra | {"read": read, "choices": choices, "old": old})


def given() -> Any:
    """Declare the field of an options dataclass that has the names of the options that a person gave.

    A given option can equal its default, and yet be asked for. `run` fills the field in; it is not an option itself.
    """
    return field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Command:
    """What `--help` says of a program besides its options.

    usage: the first lines, where they are not a list of all options. groups: headings of options in the order in which
    they are shown. untold: options that are read, and that another page of help tells of. place: gives the last lines
    where they depend on the machine.
    """

    prog: str
    description: str
    epilog: str = ""
    usage: str | None = None
    groups: Sequence[str] = ()
    untold: Collection[str] = ()
    place: Callable[[], str] | None = None


def run(command: Command, kind: type[T], main: Callable[[T], int], argv: Sequence[str] | None = None) -> int:
    """Read the options, call main with them, and give the exit code as `exits.code` does.

    --debug shows the traceback of every error.
    """
    words = _joined(sys.argv[1:] if argv is None else argv)
    if command.place and {"-h", "--help"} & {*words}:
        command = replace(command, epilog=f"{command.epilog}\n{command.place()}")
    parser = _parser(command, kind)
    unset = argparse.Namespace(**{each.name: _UNSET for each in declared(kind)})
    asked = vars(parser.parse_args(words, unset))
    values = {name: value for name, value in asked.items() if value is not _UNSET}
    values |= {name: tuple(words) for name, words in values.items() if isinstance(words, list)}
    debug = values.pop("debug")
    if hasattr(kind, "given"):
        values["given"] = frozenset(values)
    return exits.code(command.prog, lambda: main(kind(**values)), debug)


def typed(*words: object) -> str:
    """Give a command line as it is typed: on Windows in double quotes, since ' quotes nothing in cmd.exe."""
    texts = list(map(str, words))
    if os.name != "nt":
        return shlex.join(texts)
    quoted = [subprocess.list2cmdline([text]) for text in texts]
    return " ".join(f'"{text}"' if text[:1] != '"' and re.search(r"[&|<>^()%,;=]", text) else text for text in quoted)


def path(text: str) -> Path:
    """Read a path, in which ~ is the home folder, also where no shell has put it in. Raises Failure.

    An empty one would be the folder that a program happens to be in; a script has it of a variable that is not set.
    """
    if not text:
        raise Failure("A path is empty. Name a file, or . for this folder")
    expanded = os.path.expanduser(text)  # noqa: PTH111  Path would take ./~ for ~
    if expanded.startswith("~"):
        raise Failure(f"{text}: no such home folder is known. For a file of that name write ./{text}")
    return Path(expanded)


def _joined(argv: Sequence[str]) -> list[str]:
    """Join an option and a number below 0 after it by an equals sign; argparse would take "-1,2" for an option."""
    words: list[str] = []
    for word in argv:
        asked = words[-1] if words and re.fullmatch(r"--[a-z][a-z-]*", words[-1]) else ""
        if "--" not in words and asked and re.match(r"-(\.?[0-9]|inf|nan)", word, re.IGNORECASE):
            words[-1] = f"{asked}={word}"
        else:
            words.append(word)
    return words


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with one line; argparse would show the usage before it, which of many options fills a screen."""
        asked = (self.usage or self.prog).removesuffix(" [options]").removesuffix(" WHAT")
        self.exit(2, f"{self.prog}: {plain.line(message, MAX_ERROR)}. {asked} --help tells what there is.\n")


def _parser(command: Command, kind: type[Any]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=command.prog,
        usage=command.usage,
        description=command.description,
        epilog=command.epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    hints = typing.get_type_hints(kind)
    titles = dict.fromkeys([*command.groups, *(each.metadata["group"] for each in declared(kind))])
    groups = {title: parser.add_argument_group(title) if title else parser for title in titles}
    for each in declared(kind):
        _add(groups[each.metadata["group"]], each, hints[each.name], each.name not in command.untold)
    more = parser if groups.keys() <= {""} else parser.add_argument_group("more")
    more.add_argument("-h", "--help", action="help", help="show this help and end")
    more.add_argument("--debug", action="store_true", help="show a traceback with every error")
    more.add_argument("--version", action="version", version=f"%(prog)s {__version__}", help="show the version and end")
    return parser


def _add(parser: Any, each: Field[Any], hint: Any, is_told: bool) -> None:
    """Add an option to a parser or to one of its groups."""
    meta, default = each.metadata, each.default
    assert default is not MISSING, f"{each.name} needs a default"
    text = meta["help"].replace("%", "%%") if is_told else argparse.SUPPRESS
    if is_told and not isinstance(default, bool) and default not in (None, "", ()) and not meta["read"]:
        text += " (default: %(default)s)"
    if hint is bool:
        assert default is False, f"{each.name} is a switch, so it is off unless given"
        name = each.name.replace("_", "-")
        parser.add_argument(f"--{name}", action="store_true", help=text, dest=each.name)
        return
    reading = {"default": default, "help": text} | _reading(meta, not_none(hint))
    if meta["positional"]:
        parser.add_argument(each.name, nargs="?", **reading)
    else:
        parser.add_argument(f"--{each.name.replace('_', '-')}", **reading)
        for name in meta["old"]:
            parser.add_argument(f"--{name}", dest=each.name, **reading | {"help": argparse.SUPPRESS})


def _reading(meta: Mapping[str, Any], hint: Any) -> dict[str, Any]:
    """Say to argparse how the text of an option is read, and what stands for it in the help."""
    if typing.get_origin(hint) is tuple and not meta["read"]:
        return {"nargs": "+", "action": "extend", "metavar": meta["metavar"] or "TEXT"}
    if meta["choices"]:
        return {"choices": tuple(meta["choices"]()), "type": meta["read"] or str, "metavar": meta["metavar"]}
    if typing.get_origin(hint) is typing.Literal:
        choices = typing.get_args(hint)
        return {"choices": choices, "type": type(choices[0]), "metavar": meta["metavar"]}
    return {
        "type": _telling(meta["read"]) if meta["read"] else _reader(path if hint is Path else hint, meta["bounds"]),
        "metavar": meta["metavar"] or {int: "N", float: "X", Path: "PATH"}.get(hint, "TEXT"),
    }


def _telling(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Give a reader whose reasons argparse shows. Of Python's own types it has better words: "invalid int value"."""
    if isinstance(read, type):
        return read

    def reading(text: str) -> Any:
        """Read the text of one option."""
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return reading


def _reader(kind: Callable[[str], Any], bounds: dict[str, float | None]) -> Callable[[str], Any]:
    """Give a function that reads text as `kind` and refuses what is out of bounds; NaN and infinity always are."""

    def read(text: str) -> Any:
        """Read the text of one option."""
        try:
            value = kind(text)
        except Failure as error:
            raise argparse.ArgumentTypeError(explain(error)) from error
        if why := outside(value, bounds):
            raise argparse.ArgumentTypeError(f"{text} {why}")
        return value

    read.__name__ = getattr(kind, "__name__", str(kind))  # argparse names it: "invalid int value"
    return read
