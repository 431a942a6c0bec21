"""docs/commands.md says what --help says."""

import re

import pytest

from docs import commands
from vae_explorer import cli
from vae_explorer.rendering import options

TEXT = commands.PAGE.read_text("utf-8")


def test_its_tables_are_those_of_the_commands():
    assert commands.written(TEXT) == TEXT, "`make tables` writes them anew"


def test_every_table_has_a_place_and_is_whole():
    assert [name for _, name, _ in commands.PLACE.findall(TEXT)] == [
        "model", "pictures", "choices", "point", "output", "stats", "columns", "page", "train", "evaluate", "window",
    ]  # fmt: skip
    assert all(table.count("\n") > 3 for table in commands.tables().values())
    assert "| `--overwrite` | replace the file if it is there |\n" in commands.tables()["output"]
    assert "100%" not in TEXT and "%(default)" not in TEXT and "None" not in TEXT


@pytest.mark.parametrize("picture", commands.KINDS)
def test_every_option_of_a_picture_is_named(picture):
    told = cli._parser(options.command(picture, picture), options.of(picture)).format_help()
    flags = set(re.findall(r"^  (--[a-z-]+)", told, re.MULTILINE)) - {"--debug", "--version", "--weights"}
    assert [flag for flag in flags if not re.search(rf"`{flag}[ `]", TEXT)] == []


def test_every_cell_is_one_of_its_row():
    assert commands._rows(("a", "b"), [("x|y", "z")]) == "| a | b |\n| --- | --- |\n| x\\|y | z |\n"
