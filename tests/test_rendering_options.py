"""The options of a kind of picture are those of its row, and its help is short and true."""

import re
from dataclasses import fields

import numpy as np
import pytest
from PIL import Image

from vae_explorer import cli, render
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.rendering import options

PHOTO = np.full((120, 160), 250, np.uint8)  # of a 1 on paper
PHOTO[20:100, 90:100] = 10


def told(picture):
    return cli._parser(options.command(picture, picture), options.of(picture)).format_help()


@pytest.mark.parametrize("picture", KINDS)
def test_help_tells_of_what_a_picture_has_and_of_nothing_else(picture):
    names = set(re.findall(r"^  --([a-z-]+)", told(picture), re.MULTILINE))
    around = options.POINTS if KINDS[picture].around_z else set()
    assert names == {*KINDS[picture].choices, *around} | {"out", "format", "overwrite", "weights", "debug", "version"}


@pytest.mark.parametrize("picture", KINDS)
def test_help_is_no_longer_than_two_screens_nor_wider_than_it_was_written(picture, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    lines = told(picture).splitlines()
    assert len(lines) <= 64 and max(map(len, lines)) <= 115


@pytest.mark.parametrize("picture", KINDS)
def test_what_is_not_told_is_read_still(picture):
    names = {each.name for each in fields(options.of(picture))}
    assert {"decoder", "encoder", "hidden", "pixels", "shape"} <= names


@pytest.mark.parametrize(
    ("picture", "words"), [(picture, words) for picture in KINDS for words in KINDS[picture].examples]
)
def test_an_example_of_the_help_is_one_that_works(picture, words, model, tmp_path, monkeypatch):
    assert f"  {options.PROG} {picture} {words}".rstrip() + "\n" in told(picture)
    monkeypatch.chdir(tmp_path)
    for name in ("seven.jpg", "four.jpg"):
        Image.fromarray(PHOTO).save(name)
    (tmp_path / "trained").symlink_to(model(2), target_is_directory=True)
    assert render.main([picture, *words.split()]) == 0
    [made] = {*tmp_path.iterdir()} - {tmp_path / name for name in ("seven.jpg", "four.jpg", "trained")}
    assert made.name in {*words.split(), f"{picture}.png"}


def test_a_default_is_told_with_that_of_a_gif():
    words = " ".join(told("path").split())
    assert "(default: 11, as GIF 40)" in words and "(of a GIF; default: 280)" in words
    assert "(default: 3)" in " ".join(told("plane").split())
    assert "-1" not in told("samples"), "which stands for no class"
