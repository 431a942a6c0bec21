"""Every kind of picture in every format: the same bytes in another process, and letters that publishers take."""

import hashlib
import json

import pytest
from factories import python
from test_make import SMALL

from vae_explorer.pictures import make
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space.space import Space

DRESSED = {"theme": "dark", "mm": 85}
AGAIN = """
import hashlib, json, sys
from vae_explorer.pictures import make, recipe
from vae_explorer.space.space import Space
space = Space.open(sys.argv[1])
asked = json.load(open(sys.argv[2]))
print(json.dumps([hashlib.sha256(make.dumps(space, recipe.loads(text), suffix)).hexdigest() for text, suffix in asked]))
"""


@pytest.fixture(scope="module")
def space(model):
    return Space.open(model(3))


def asked(space, suffixes):
    """Recipes of every kind, and the suffix of each of its formats; one of them also in another dress."""
    for picture, kind in KINDS.items():
        options = SMALL[picture] | ({"way": "arc"} if picture == "path" else {})
        wanted = [(options, suffix) for suffix in kind.formats]
        wanted += [(options | DRESSED, suffix) for suffix in (".png", ".svg")] if picture == "card" else []
        for chosen, suffix in wanted:
            if suffix in suffixes:
                yield Recipe((0.5, -0.25, 1.0), space.codec.source.sha256, 7, picture=picture, options=chosen), suffix


def test_the_same_recipe_gives_the_same_bytes_in_another_process(space, model, tmp_path):
    from vae_explorer.pictures import recipe

    wanted = list(asked(space, {".png", ".svg", ".pdf", ".gif", ".csv"}))
    (tmp_path / "asked.json").write_text(json.dumps([(recipe.dumps(made), suffix) for made, suffix in wanted]))
    done = python(AGAIN, model(3), tmp_path / "asked.json")
    here = [hashlib.sha256(make.dumps(space, made, suffix)).hexdigest() for made, suffix in wanted]
    there = json.loads(done.stdout or "[]")
    assert there, done.stderr
    other = [(made.picture, suffix) for (made, suffix), a, b in zip(wanted, here, there, strict=True) if a != b]
    assert other == []


def test_a_pdf_has_its_letters_as_true_type_and_within(space):
    for made, suffix in asked(space, {".pdf"}):
        data = make.dumps(space, made, suffix)
        assert b"/Type3" not in data, made.picture
        assert (b"/FontFile2" in data) == (made.picture != "digit"), made.picture


def test_an_svg_asks_for_no_font_and_no_other_file(space):
    for made, suffix in asked(space, {".svg"}):
        text = make.dumps(space, made, suffix).decode()
        assert "<text" not in text and "@import" not in text and "url(http" not in text, made.picture
