"""The documents as tests read them: their blocks of code, what is code within a line, links, and started commands."""

import argparse
import re
import shlex
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factories import ROOT

from vae_explorer import cli, evaluate, stats, train
from vae_explorer.gui import command as window
from vae_explorer.gui.options import Options as Window
from vae_explorer.page import command as page
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.rendering import options as rendering

RENDER = "python -m vae_explorer.render"
_WINDOW = [(window.COMMAND, Window)]
_PICTURES = [(rendering.command(name, name), rendering.of(name)) for name in KINDS]
# By the words that start a program, what --help says of it, and its options; several where it has several helps.
PROGRAMS = {
    "python gui.py": _WINDOW,
    "python -m vae_explorer": _WINDOW,
    "python -m vae_explorer.train": [(train.COMMAND, train.Options)],
    "python -m vae_explorer.evaluate": [(evaluate.COMMAND, evaluate.Options)],
    RENDER: [(stats.command(), stats.Options), (page.command(), page.Options), *_PICTURES],
}
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Started:
    """A command of a document: the program, as a key of PROGRAMS, its arguments, and the file of its output, or ""."""

    program: str
    argv: tuple[str, ...]
    into: str = ""

    def __str__(self) -> str:
        return " ".join([self.program.removeprefix("python "), *self.argv])


@dataclass(frozen=True)
class Document:
    """A page of Markdown. Code in a block of `python` that begins with `# name.py` is the file of that name."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    def blocks(self, language: str) -> list[str]:
        return [code for kind, code in _BLOCK.findall(self.text) if kind == language]

    @cached_property
    def prose(self) -> str:
        return _BLOCK.sub("", self.text)

    @cached_property
    def code(self) -> list[str]:
        """What stands between back quotes in a line."""
        return re.findall(r"`([^`\n]+)`", self.prose)

    @cached_property
    def links(self) -> list[str]:
        return re.findall(r"\]\(([^)]+)\)", self.prose)

    @cached_property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows of all tables: the texts of their cells."""
        cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in self.prose.splitlines() if line.startswith("|")]
        return [tuple(cell.strip().replace("\\|", "|") for cell in row) for row in cells]

    @cached_property
    def lines(self) -> list[str]:
        """The lines for a shell, without what is said of them."""
        return [line.split("  #")[0].strip() for block in self.blocks("sh") for line in block.splitlines() if line]

    @cached_property
    def started(self) -> list[Started]:
        return [found for line in self.lines if (found := started(line))]

    @cached_property
    def files(self) -> dict[str, str]:
        """The Python files that it shows, by name."""
        shown = [block for block in self.blocks("python") if block.startswith("# ")]
        return {block[2:].split(",")[0].split(":")[0].strip(): block for block in shown}

    @cached_property
    def python(self) -> list[str]:
        """The blocks of Python that are no file."""
        return [block for block in self.blocks("python") if not block.startswith("# ")]


def started(line: str) -> Started | None:
    """Read a line that starts one of the programs; None for another."""
    for program in sorted(PROGRAMS, key=len, reverse=True):
        if line == program or line.startswith(f"{program} "):
            words, _, into = line.removeprefix(program).partition(" > ")
            return Started(program, tuple(shlex.split(words)), into.strip())
    return None


def parsers(program: str) -> list[argparse.ArgumentParser]:
    return [cli._parser(told, kind) for told, kind in PROGRAMS[program]]


def options(program: str) -> set[str]:
    """All options of a program, with their dashes."""
    actions = [action for parser in parsers(program) for action in parser._actions]
    return {flag for action in actions for flag in action.option_strings}


def document(name: str) -> Document:
    return Document(ROOT / name)


DOCUMENTS = [
    document("README.md"),
    *map(Document, sorted((ROOT / "docs").glob("*.md"))),
    document("weights/README.md"),
    document("CONTRIBUTING.md"),
]
