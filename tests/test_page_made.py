"""The page that a program writes: what it was handed is in it, and what is of another model is refused."""

import numpy as np
import pytest
from factories import made_up, model_folder
from packed import data

import vae_explorer as vx
from vae_explorer.errors import Cancelled
from vae_explorer.page import made
from vae_explorer.page.packing import PageError


@pytest.fixture
def codec(tmp_path):
    return vx.load(model_folder(tmp_path / "model", 3))


def test_a_page_has_what_it_was_handed(codec, tmp_path):
    z = np.array([0.5, -1.0, 10.0], np.float32)
    vx.save_page(codec, str(tmp_path / "a.HTM"), z, [("here", z), ("there", (0, 0, 1))], {2: "lean"}, "Mine & yours")
    page = data(tmp_path / "a.HTM")
    assert (page["z"], page["names"], page["title"]) == ([0.5, -1.0, 10.0], {"2": "lean"}, "Mine & yours")
    assert page["bookmarks"] == [{"name": "here", "z": [0.5, -1, 10]}, {"name": "there", "z": [0, 0, 1]}]


def test_a_page_that_is_not_wanted_any_more_is_not_written(codec, tmp_path):
    (tmp_path / "a.html").write_text("old")
    with pytest.raises(Cancelled):
        vx.save_page(codec, tmp_path / "a.html", cancelled=lambda: True)
    assert (tmp_path / "a.html").read_text("utf-8") == "old"


def test_it_begins_at_the_origin_and_is_the_same_of_a_codec_and_of_its_space(codec, tmp_path):
    vx.save_page(codec, tmp_path / "a.html")
    vx.save_page(vx.Space(codec), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes() == made.page(vx.Space(codec))
    assert data(tmp_path / "a.html")["z"] == [0.0] * 3


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"z": (0.0,) * 6}, "z has 6 values; this model has 3 latent dimensions"),
        ({"z": (0.0, 0.0, np.nan)}, "must lie between"),
        ({"bookmarks": [("far", (0, 0, 11))]}, "must lie between"),
        ({"names": {3: "lean"}}, "there is no dimension 3 to name; this model has 0 to 2"),
        ({"names": {-1: "lean"}}, "there is no dimension -1 to name"),
    ],
)
def test_what_is_of_another_model_is_refused_and_nothing_is_written(codec, tmp_path, given, why):
    with pytest.raises(ValueError, match=why):
        vx.save_page(codec, tmp_path / "a.html", **given)
    assert not (tmp_path / "a.html").exists()


def test_a_model_that_is_no_page_and_a_name_that_no_page_has_are_told(codec, tmp_path):
    with pytest.raises(PageError, match="This model cannot be a web page"):
        vx.save_page(made_up(), tmp_path / "a.html")
    with pytest.raises(PageError, match=r"a\.png: pages are saved as \.html, \.htm; choose one of these\."):
        vx.save_page(codec, tmp_path / "a.png")
    assert [each.name for each in tmp_path.iterdir()] == ["model"]
