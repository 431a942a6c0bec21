"""The page on Python names all that is public, and nothing that is not."""

import re

from factories import ROOT

import vae_explorer as vx


def test_every_public_name_stands_in_the_table_once():
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    named = re.findall(r"^\| `vx\.(\w+)", page, re.MULTILINE)
    assert sorted(named) == sorted(vx.__all__)
