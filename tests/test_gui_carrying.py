"""Which pictures can be saved of a session, and their recipes."""

from dataclasses import replace

import pytest

from vae_explorer.gui.views.tab import TABS
from vae_explorer.gui.window import carrying
from vae_explorer.pictures import kinds
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings
from vae_explorer.space import codec
from vae_explorer.space.space import Space


def session(folder, *ends):
    opened = Session(Space(codec.load(folder)))
    if ends:
        a, b = (Bookmark(name, z) for name, z in zip("ab", ends, strict=True))
        opened.commit(path=Path(a, b, "shortest"), terms=(a, b, b))
    return opened


def reasons(opened):
    return {each.name: each.why_not for each in carrying.offered(opened) if each.why_not}


def test_every_kind_of_picture_can_be_saved_where_all_is_there(model):
    opened = session(model(2), (0.0, 1.0), (1.0, 0.0))
    assert [each.name for each in carrying.offered(opened)] == [*kinds.PICTURES] and reasons(opened) == {}
    for each in carrying.offered(opened):
        suffixes = {f".{name.lower()}" for name in each.formats}
        assert suffixes == {*kinds.FORMATS} | ({".gif"} if each.name == "path" else set())
        assert each.sides.keys() <= {*each.formats}
        assert carrying.recipe(opened, Settings(), each.name).picture == each.name


def test_what_is_missing_is_told(model):
    assert reasons(session(model(1))) == {
        "manifold": "one dimension has no plane", "path": "choose where the path begins and ends",
        "arithmetic": "choose A, B and C",
    }  # fmt: skip
    bare = session(model(3, atlas=False))
    bare.commit(plane=replace(bare.state.plane, dims=None))
    assert reasons(bare).keys() == {"map", "manifold", "path", "arithmetic"}
    assert "it needs atlas.npz: " in reasons(bare)["map"] and reasons(bare)["map"] == reasons(bare)["manifold"]
    bare.commit(plane=replace(bare.state.plane, dims=(0, 2)))
    assert "manifold" not in reasons(bare)
    with pytest.raises(ValueError, match=r"it needs atlas\.npz"):
        carrying.recipe(bare, Settings(), "map")


def test_a_recipe_names_only_what_is_not_as_usual(model):
    opened = session(model(2), (0.0, 1.0), (1.0, 0.0))
    assert carrying.recipe(opened, Settings(), "digit").options == {}
    assert carrying.recipe(opened, Settings(), "digit", side=560).options == {}
    chosen = Settings(look="smooth", colours="magma")
    assert carrying.recipe(opened, chosen, "digit", side=100).options == {
        "side": 100, "look": "smooth", "colours": "magma",
    }  # fmt: skip
    ends = {"a": (0.0, 1.0), "b": (1.0, 0.0)}
    assert carrying.recipe(opened, chosen, "path").options == ends, "a page of all ways has colours of its own"
    assert carrying.recipe(opened, chosen, "path", moving=True).options == ends | {
        "kind": "shortest", "n": 40, "look": "smooth", "colours": "magma",
    }  # fmt: skip


def test_every_tab_has_a_picture_to_propose():
    assert carrying.OF_TAB.keys() == {*TABS} and {*carrying.OF_TAB.values()} <= {*kinds.PICTURES}
