"""A frozen dataclass of options is a command line. Knows argparse and nothing of what the options mean."""

import argparse
import math
import os
import re
import shlex
import signal
import subprocess
import sys
import traceback
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from vae_explorer import __version__, plain, streams
from vae_explorer.errors import Failure, explain

T = TypeVar("T")

_UNSET = object()  # what an option is that the command line does not have


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
) -> Any:
    """Declare a field of an options dataclass; the field's type decides how its text is read.

    minimum and maximum are included in the range, above is not. A Literal type is a choice, a bool a switch.
    choices gives those of a text as they are when the command line is read. read turns text of any other form into a
    value, or raises ValueError; where there are choices, it comes before them. old: names that it had in older
    versions, which are read and not told of.
    """
    bounds = {"minimum": minimum, "above": above, "maximum": maximum}
    extra = {"help": help, "metavar": metavar, "positional": positional, "bounds": bounds}
    return field(default=default, metadata=extra | {"read": read, "choices": choices, "old": old})


def given() -> Any:
    """Declare the field of an options dataclass that tells the names of those that a command line has.

    What is given can equal the default, and yet be asked for. `run` fills it in; it is no option itself.
    """
    return field(default=frozenset(), compare=False)


def numbers(text: str) -> tuple[float, ...]:
    """Read numbers that are parted by commas or spaces, with a true or a typewriter's minus. Raises ValueError."""
    return tuple(float(part) for part in text.replace("−", "-").replace(",", " ").split())


numbers.__name__ = "list of numbers"  # what an error calls it


@dataclass(frozen=True)
class Command:
    """What `--help` says of a program besides its options."""

    prog: str
    description: str
    epilog: str = ""


def run(command: Command, kind: type[T], main: Callable[[T], int], argv: Sequence[str] | None = None) -> int:
    """Read the options, call main with them, and give the exit code as `told` does.

    --debug shows the traceback of every error.
    """
    parser = _parser(command, kind)
    unset = argparse.Namespace(**{each.name: _UNSET for each in _options(kind)})
    asked = vars(parser.parse_args(_joined(sys.argv[1:] if argv is None else argv), unset))
    values = {name: value for name, value in asked.items() if value is not _UNSET}
    debug = values.pop("debug")
    if hasattr(kind, "given"):
        values["given"] = frozenset(values)
    return told(command.prog, lambda: main(kind(**values)), debug)


def told(prog: str, work: Callable[[], int], debug: bool = False) -> int:
    """Give the exit code of a work, or of an error, which is said as one paragraph on stderr.

    2 is for a Failure or what the system refused (disk full, no permission), 130 for Ctrl-C and 128 + its number for
    another signal, 141 where nobody reads the output any more. Anything else is our mistake: its traceback is shown.
    """
    try:
        return work()
    except KeyboardInterrupt as error:
        streams.tell(f"{prog}: stopped.")
        return 128 + (error.args[0] if error.args else signal.SIGINT)
    except BrokenPipeError:  # of stdout: nothing else here writes into pipes
        return 141
    except (Failure, OSError) as error:
        if debug:
            streams.tell(traceback.format_exc())
        streams.tell(f"{prog}: {explain(error)}")
        return getattr(error, "exit_code", 2)


def typed(*words: object) -> str:
    """Give a command line as it is typed: on Windows in double quotes, since ' quotes nothing in cmd.exe."""
    texts = list(map(str, words))
    if os.name != "nt":
        return shlex.join(texts)
    quoted = [subprocess.list2cmdline([text]) for text in texts]
    return " ".join(f'"{text}"' if text[:1] != '"' and re.search(r"[&|<>^()%,;=]", text) else text for text in quoted)


def path(text: str) -> Path:
    """Read a path, in which ~ is the home folder, also where no shell has put it in. Raises Failure."""
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


def _parser(command: Command, kind: type[Any]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=command.prog,
        description=command.description,
        epilog=command.epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    hints = typing.get_type_hints(kind)
    for each in _options(kind):
        _add(parser, each, hints[each.name])
    parser.add_argument("--debug", action="store_true", help="show a traceback with every error")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _options(kind: type[Any]) -> list[Field[Any]]:
    return [each for each in fields(kind) if "help" in each.metadata]


def _add(parser: argparse.ArgumentParser, each: Field[Any], hint: Any) -> None:
    meta, default = each.metadata, each.default
    assert default is not MISSING, f"{each.name} needs a default"
    text = meta["help"].replace("%", "%%")
    if not isinstance(default, bool) and default not in (None, "") and not meta["read"]:
        text += " (default: %(default)s)"
    if hint is bool:
        assert default is False, f"{each.name} is a switch, so it is off unless given"
        name = each.name.replace("_", "-")
        parser.add_argument(f"--{name}", action="store_true", help=text, dest=each.name)
        return
    settings: dict[str, Any] = {"default": default, "help": text, "metavar": meta["metavar"]}
    hint = _not_none(hint)
    if meta["choices"]:
        settings["choices"] = tuple(meta["choices"]())
        settings["type"] = meta["read"] or str
    elif typing.get_origin(hint) is typing.Literal:
        settings["choices"] = typing.get_args(hint)
        settings["type"] = type(settings["choices"][0])
    else:
        settings["type"] = meta["read"] or _reader(path if hint is Path else hint, meta["bounds"])
        settings["metavar"] = meta["metavar"] or {int: "N", float: "X", Path: "PATH"}.get(hint, "TEXT")
    if meta["positional"]:
        parser.add_argument(each.name, nargs="?", **settings)
    else:
        parser.add_argument(f"--{each.name.replace('_', '-')}", **settings)
        for name in meta["old"]:
            parser.add_argument(f"--{name}", dest=each.name, **settings | {"help": argparse.SUPPRESS})


def _not_none(hint: Any) -> Any:
    """Give X for X | None, else the hint itself."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):  # the latter is that of Literal | None
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def checked(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values that a file has for fields of an options dataclass as a command line gives them, by its bounds.

    Raises KeyError for a name that is none of its fields, ValueError for another type or a value out of bounds.
    """
    hints, known = typing.get_type_hints(kind), {each.name: each for each in _options(kind)}
    found = {}
    for name, value in values.items():
        bounds, hint = known[name].metadata["bounds"], _not_none(hints[name])
        right = isinstance(value, int | float) if hint is float else type(value) is hint
        if not right or isinstance(value, bool) != (hint is bool):
            raise ValueError(f"{name} is {plain.quoted(value)}")
        if why := _outside(value, bounds):
            raise ValueError(f"{name} is {plain.quoted(value)}, which {why}")
        found[name] = hint(value)
    return found


def _outside(value: Any, bounds: Mapping[str, float | None]) -> str:
    """Say how a value lies out of bounds, to follow its name; NaN and infinity always do."""
    minimum, above, maximum = bounds["minimum"], bounds["above"], bounds["maximum"]
    if isinstance(value, float) and not math.isfinite(value):
        return "is not a finite number"
    if minimum is not None and not value >= minimum:
        return f"is less than {minimum:g}"
    if above is not None and not value > above:
        return f"is not above {above:g}"
    if maximum is not None and not value <= maximum:
        return f"is more than {maximum:g}"
    return ""


def _reader(kind: Callable[[str], Any], bounds: dict[str, float | None]) -> Callable[[str], Any]:
    """Give a function that reads text as `kind` and refuses what is out of bounds; NaN and infinity always are."""

    def read(text: str) -> Any:
        try:
            value = kind(text)
        except Failure as error:
            raise argparse.ArgumentTypeError(explain(error)) from error
        if why := _outside(value, bounds):
            raise argparse.ArgumentTypeError(f"{text} {why}")
        return value

    read.__name__ = getattr(kind, "__name__", str(kind))  # argparse names it: "invalid int value"
    return read
