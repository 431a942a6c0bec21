"""The text of a recipe in the file of a picture is found in every format, and never more than that is read."""

import io

import pytest

from vae_explorer.codecs import opening
from vae_explorer.pictures import carried, make, recipe
from vae_explorer.pictures.recipe import NoRecipeError, Recipe, RecipeError

NAMES = ("0=a(b)\\<&c>", "1=π, ) \\) /Keywords ({")


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_every_format_gives_the_recipe_that_was_saved_in_it(model, tmp_path, suffix):
    vae = opening.load(model(2))
    made = Recipe((0.1, -2.5), vae.source.sha256, 7, picture="plane", options={"n": 2, "names": list(NAMES)})
    make.save(vae, made, tmp_path / f"a{suffix}")
    assert recipe.made_by(tmp_path / f"a{suffix}") == made == recipe.made_by(str(tmp_path / f"a{suffix}"))
    (tmp_path / f"b{suffix.upper()}").write_bytes((tmp_path / f"a{suffix}").read_bytes())
    assert recipe.made_by(tmp_path / f"b{suffix.upper()}") == made


def test_every_format_of_a_picture_has_its_reader():
    from vae_explorer.pictures.suffixes import STILL

    assert carried.FIND.keys() >= {*STILL}


SVG = b'<?xml version="1.0"?><svg><metadata><dc:description>%s</dc:description></metadata></svg>'
PDF = b"%%PDF-1.4\n1 0 obj << /Keywords (%s) >>"


@pytest.mark.parametrize(
    ("suffix", "data", "text"),
    [
        (".svg", SVG % b'{"a": "&lt;&amp;amp;"}', '{"a": "<&amp;"}'),
        (".svg", SVG % b"a view of mine", None),
        (".svg", SVG % b"{<b>}", None),
        (".svg", b"<svg>" + b" " * 2 * carried.MAX_TEXT + SVG % b"{}", None),
        (".pdf", PDF % b'{"a": "\\(\\\\\\)"}', '{"a": "(\\)"}'),
        (".pdf", PDF % b"words", None),
        (".pdf", b"%PDF-1.4 /Keywords ({", None),
        (".pdf", PDF % b"{}" + b" " * 2 * carried.MAX_TEXT, None),
    ],
)
def test_only_what_may_be_a_recipe_of_ours_is_one(suffix, data, text):
    assert carried.FIND[suffix](io.BytesIO(data)) == text


@pytest.mark.parametrize("suffix", carried.FIND)
@pytest.mark.parametrize("data", [b"", b"hello", b"\x89P", bytes(1000), b"<html></html>", b"%!PS"])
def test_what_is_of_another_format_carries_none(tmp_path, suffix, data):
    (tmp_path / f"a{suffix}").write_bytes(data)
    with pytest.raises(NoRecipeError, match=rf"^a{suffix}: it is not an? {suffix[1:].upper()}\.$"):
        recipe.made_by(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
def test_a_file_cut_off_or_changed_is_read_or_refused_and_nothing_else(model, tmp_path, suffix):
    vae = opening.load(model(2))
    make.save(vae, Recipe((0.0, 0.0), vae.source.sha256), tmp_path / f"a{suffix}")
    whole, path = (tmp_path / f"a{suffix}").read_bytes(), tmp_path / f"b{suffix}"
    place = whole.index(b'{"z"')
    for k in range(place - 30, place + 260, 3):
        for data in (whole[:k], whole[:k] + b"\xff" + whole[k + 1 :], whole[:k] + whole[k + 7 :]):
            path.write_bytes(data)
            try:
                recipe.made_by(path)
            except RecipeError as error:
                assert str(error).startswith("b.")
