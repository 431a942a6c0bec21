"""One more row in the table of ways is one more way everywhere: in recipes, pictures, the window and the command."""

from dataclasses import replace

import numpy as np
import pytest

from vae_explorer import render
from vae_explorer.codecs import opening
from vae_explorer.pictures import kinds, make, recipe
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import recipes
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings
from vae_explorer.space import paths
from vae_explorer.space.latent import straight
from vae_explorer.space.space import Space

A, B = (1.0, -0.5), (-1.0, 2.0)
ENDS = {"start": A, "end": B}


def detour(_codec, a, b, count, *_):
    points = straight(a, b, count)
    points[1:-1] += 0.25
    return points


@pytest.fixture(autouse=True)
def _one_more(monkeypatch):
    way = paths.Way("By a detour", "A little beside the straight line", detour)
    monkeypatch.setitem(paths.WAYS, "detour", way)


@pytest.fixture
def session(model):
    opened = Session(Space(opening.load(model(2))))
    opened.commit(path=Path(Bookmark("a", A), Bookmark("b", B), "detour"))
    return opened


def test_a_recipe_can_choose_it_and_another_is_refused_with_its_name_among_the_others():
    assert kinds.checked("path", ENDS | {"way": "detour"}, 2)["way"] == "detour"
    with pytest.raises(ValueError, match=r"^way loop is no choice of straight, arc, geodesic, detour, all$"):
        kinds.checked("path", ENDS | {"way": "loop"}, 2)


def test_a_figure_of_all_ways_has_it_under_its_title(session):
    figure = make.figure(session.space, recipes.recipe(session, "path", n=4))
    titles = [axis.get_title(loc="left") for axis in figure.axes]
    assert [title for title in titles if title][-1] == "By a detour"


def test_a_moving_picture_goes_it(session):
    assert recipes.recipe(session, "path", suffix=".gif").options["way"] == "detour"


def test_a_saved_picture_of_it_shows_it_again(session):
    session.commit(path=Path())
    made = Recipe(A, session.space.codec.source.sha256, picture="path", options=ENDS | {"way": "detour"})
    assert recipes.changes(session, made)["path"].way == "detour"


@pytest.mark.parametrize("takes_long", [False, True])
def test_the_window_shows_it_beside_the_others_and_goes_it(window, monkeypatch, takes_long):
    monkeypatch.setitem(paths.WAYS, "detour", replace(paths.WAYS["detour"], takes_long=takes_long))
    opened = window(2, settings=Settings(motion=False, tab="path"))
    opened.session.commit(path=Path(Bookmark("a", A), Bookmark("b", B)))
    view = opened.app.workspace.tabs.view("path")
    opened.hand.until(lambda: view._points and all(points is not None for points in view._points.values()))
    assert [title.cget("text") for title in view.ways.titles.values()][-1] == "By a detour"
    np.testing.assert_allclose(view._points["detour"], detour(None, A, B, len(view._points["straight"])))
    opened.hand.click(view.ways.titles["detour"])
    assert opened.session.state.path.way == "detour" and view.why_not() == ""


def test_the_command_names_it_in_its_help_and_draws_it(model, tmp_path, capsys):
    with pytest.raises(SystemExit):
        render.main(["path", "--help"])
    assert "{straight,arc,geodesic,detour,all}" in capsys.readouterr().out
    out = tmp_path / "way.png"
    ends = ["--start", "1,-0.5", "--end=-1,2"]
    argv = ["path", *ends, "--way", "detour", "--n", "3", "--out", out, "--weights", model(2)]
    assert render.main(list(map(str, argv))) == 0
    assert recipe.made_by(out).options["way"] == "detour"
