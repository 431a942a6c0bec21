"""What older versions wrote is read for ever: recipes in pictures and programs, and command lines."""

import io

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from vae_explorer import render
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import kinds, old_names, recipe
from vae_explorer.pictures.recipe import Recipe

HEAD = '{"z": [0.1, -2.5], "weights": "' + "0123456789abcdef" * 4 + '", "seed": 7, "version": "0.1.0", '
LEVELS = Drawing.of(np.zeros((28, 28), np.uint8)).text
# Recipes as version 0.1.0 first wrote them, and what they mean today.
WRITTEN = {
    '"picture": "digit", "options": {"look": "smooth"}}': ("digit", {"look": "smooth"}),
    '"picture": "traverse", "options": {"dims": [1], "n": 9, "span": 1.5}}': (
        "traverse", {"dims": (1,), "n": 9, "span": 1.5},
    ),
    '"picture": "strips", "options": {"dims": [1], "names": ["1=lean"]}}': (
        "traverse", {"dims": (1,), "names": ("1=lean",)},
    ),
    '"picture": "map", "options": {"dims": [1, 0]}}': ("map", {"dims": (1, 0)}),
    '"picture": "manifold", "options": {"dims": "principal", "n": 12, "spacing": "quantiles"}}': (
        "plane", {"dims": "principal", "n": 12, "spacing": "quantiles"},
    ),
    '"picture": "path", "options": {"a": [0.5, -1.0], "b": [1.0, 0.25], "kind": "spherical", "n": 40, "ms": 50}}': (
        "path", {"start": (0.5, -1.0), "end": (1.0, 0.25), "way": "arc", "n": 40, "ms": 50},
    ),
    '"picture": "path", "options": {"a": [0.5, -1.0], "b": [1.0, 0.25], "kind": "shortest"}}': (
        "path", {"start": (0.5, -1.0), "end": (1.0, 0.25), "way": "geodesic"},
    ),
    '"picture": "path", "options": {"a": [0.5, -1.0], "b": [1.0, 0.25], "kind": "straight"}}': (
        "path", {"start": (0.5, -1.0), "end": (1.0, 0.25), "way": "straight"},
    ),
    '"picture": "path", "options": {"a": [0.5, -1.0], "b": [1.0, 0.25], "kind": "all"}}': (
        "path", {"start": (0.5, -1.0), "end": (1.0, 0.25), "way": "all"},
    ),
    '"picture": "arithmetic", "options": {"a": [0.5, -1.0], "b": [1.0, 0.25], "c": [0.0, 2.0]}}': (
        "arithmetic", {"a": (0.5, -1.0), "b": (1.0, 0.25), "c": (0.0, 2.0)},
    ),
    f'"picture": "reconstruct", "options": {{"input": "{LEVELS}"}}}}': ("reconstruct", {"image": LEVELS}),
}  # fmt: skip


@pytest.mark.parametrize(("tail", "meaning"), WRITTEN.items())
def test_a_recipe_of_an_older_version_means_what_it_meant(tail, meaning):
    made = recipe.loads(HEAD + tail)
    assert (made.picture, dict(made.options)) == meaning and (made.seed, made.version) == (7, "0.1.0")
    assert recipe.loads(recipe.dumps(made)) == made
    assert not any(f'"{old}"' in recipe.dumps(made) for old in old_names.OLD["picture"]), "old words are not written"


def test_every_old_name_stands_for_one_that_there_is_and_is_in_a_recipe_above():
    text = "".join(WRITTEN)
    for what, names in old_names.OLD.items():
        for old, new in names.items():
            assert f'"{old}"' in text, "a literal recipe of that time keeps it"
            if what == "picture":
                assert new in kinds.KINDS and old not in kinds.KINDS
            elif what.startswith("option of "):
                choices = kinds.KINDS[what.removeprefix("option of ")].choices
                assert new in choices and old not in choices
            else:
                [choice] = {each.choices[what] for each in kinds.KINDS.values() if what in each.choices}
                assert new in choice.names() and old not in choice.names()


@pytest.mark.parametrize("suffix", ["png", "gif"])
def test_a_picture_of_an_older_version_tells_how_it_was_made(tmp_path, suffix):
    tail = next(each for each in WRITTEN if "spherical" in each)
    info, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    info.add_text("recipe", HEAD + tail)
    extra = {"pnginfo": info} if suffix == "png" else {"comment": (HEAD + tail).encode()}
    Image.new("L", (9, 9)).save(buffer, suffix, **extra)
    (tmp_path / f"a.{suffix}").write_bytes(buffer.getvalue())
    made = recipe.made_by(tmp_path / f"a.{suffix}")
    assert (made.picture, dict(made.options)) == WRITTEN[tail]


def test_a_program_that_an_older_version_copied_makes_the_same_recipe():
    ends = {"a": (0.0, 1.0), "b": (1.0, 0.0), "kind": "shortest"}
    made = Recipe((0.0, 0.0), "a" * 64, picture="path", options=ends)
    today = {"start": (0.0, 1.0), "end": (1.0, 0.0), "way": "geodesic"}
    assert made == Recipe((0.0, 0.0), "a" * 64, picture="path", options=today)


def test_an_option_under_its_old_and_its_new_name_at_once_is_refused():
    with pytest.raises(ValueError, match=r"^the option 'start' stands there twice$"):
        Recipe((0.0,), "a" * 64, picture="path", options={"a": (0.0,), "start": (1.0,), "b": (0.0,)})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("strips --n 2", "traverse --n 2"),
        ("manifold --n 2", "plane --n 2"),
        ("path --start 1 --end 2 --n 3 --kind spherical", "path --start 1 --end 2 --n 3 --way arc"),
        ("path --start 1 --end 2 --n 3 --kind=shortest", "path --start 1 --end 2 --n 3 --way geodesic"),
    ],
)
def test_a_command_line_of_an_older_version_draws_the_same_picture(model, tmp_path, monkeypatch, capsys, old, new):
    monkeypatch.chdir(tmp_path)
    for name, words in {"old.png": old, "new.png": new}.items():
        assert render.main([*words.split(), "--weights", str(model(2)), "--out", name]) == 0
    assert (tmp_path / "old.png").read_bytes() == (tmp_path / "new.png").read_bytes()
    assert render.main([*old.split(), "--weights", str(model(2))]) == 0
    assert (tmp_path / f"{old.split()[0]}.png").exists(), "a script goes on to find the file by its old name"
    with pytest.raises(SystemExit):
        render.main(["--help"])
    words = capsys.readouterr().out.split()
    assert not {"strips", "manifold", "--kind"} & {word.strip("[],") for word in words}


def test_an_old_word_is_not_read_where_it_was_never_one():
    assert old_names.options_now("arithmetic", {"a": 1, "b": 2}) == {"a": 1, "b": 2}
    assert old_names.now("picture", ["manifold"]) == ["manifold"] and np.isnan(old_names.now("way", np.nan))
