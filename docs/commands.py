"""The tables of docs/commands.md: `make tables` writes them anew, from what --help says of each command."""

import argparse
import re
from pathlib import Path

from vae_explorer import cli, evaluate, models, stats, train
from vae_explorer.gui import command as window
from vae_explorer.gui.options import Options as Window
from vae_explorer.page import command as page
from vae_explorer.pictures.choice import Choice
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.rendering import options, output, place
from vae_explorer.session.measurements import COLUMNS

PAGE = Path(__file__).with_name("commands.md")
PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
FIRST = ("options", "positional arguments")  # headings that argparse itself has
AROUND = options.command("map", "map"), options.of("map")  # whose point is that of every kind around one
NUMBERS = ("N", "X", "MM", "±X")
MOVING = options.command("path", "path"), options.of("path")  # which has every format


def _table(command: cli.Command, kind: type, *headings: str) -> str:
    """The options under some headings of a help, each with what is said of it."""
    groups = [each for each in cli._parser(command, kind)._action_groups if each.title in headings]
    rows = [(_called(action), _said(action)) for group in groups for action in group._group_actions]
    return _rows(("option", "what"), [row for row in rows if row[1]])


def _called(action: argparse.Action) -> str:
    """How an option is typed."""
    value = action.metavar if action.choices is None else "{" + ",".join(map(str, action.choices)) + "}"
    return f"`{' '.join(filter(None, [*action.option_strings[:1], value]))}`"


def _said(action: argparse.Action) -> str:
    """What is said of an option; nothing of one that another page tells of."""
    return "" if action.help in (None, argparse.SUPPRESS) else str(action.help) % {"default": action.default}


def _kinds() -> str:
    """Each kind of picture, with what it alone lets one choose."""
    chosen = [" ".join(f"`--{name}`" for name in kind.choices) for kind in KINDS.values()]
    told = [(f"`{name}`", kind.description) for name, kind in KINDS.items()]
    return _rows(("WHAT", "what it is", "options"), [(*row, names) for row, names in zip(told, chosen, strict=True)])


def _choices() -> str:
    """Each thing to choose of pictures, with what it is in which of them."""
    of: dict[tuple[str, str], list[str]] = {}
    for picture, kind in KINDS.items():
        for action in cli._parser(options.command(picture, picture), options.of(picture))._actions:
            if action.dest in kind.choices and (said := _said(action)):
                row = _called(action), said + _bounds(kind.choices[action.dest])
                of.setdefault(row, []).append(picture)
    every = [*KINDS][1:]
    rows = [(option, "all but digit" if of_ == every else ", ".join(of_), said) for (option, said), of_ in of.items()]
    return _rows(("option", "of", "what"), sorted(rows))


def _bounds(choice: Choice) -> str:
    """Which numbers it may be, to follow what is said of it."""
    return f"; {choice.words(2)}" if choice.metavar in NUMBERS else ""


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def tables() -> dict[str, str]:
    """Give each table by its name."""
    return {
        "train": _table(train.COMMAND, train.Options, *FIRST),
        "evaluate": _table(evaluate.COMMAND, evaluate.Options, *FIRST),
        "window": _table(window.COMMAND, Window, *FIRST),
        "model": _table(window.COMMAND, Window, models.GROUP),
        "pictures": _kinds(),
        "choices": _choices(),
        "point": _table(*AROUND, place.GROUP),
        "output": _table(*MOVING, output.GROUP),
        "stats": _table(stats.command(), stats.Options, place.GROUP),
        "columns": _rows(("column", "what"), [(each.head, each.about) for each in COLUMNS]),
        "page": _table(page.command(), page.Options, page.GROUP),
    }


def written(text: str) -> str:
    """Give the page with its tables as they are now."""
    made = tables()
    return PLACE.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n{found[3]}", text)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
