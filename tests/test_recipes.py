"""The recipes of what a session's views show, and the way back from a recipe to the state."""

import dataclasses

import pytest
from factories import atlas_bytes, vivid_folder

from vae_explorer.pictures import kinds, recipe
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import recipes
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import TILES, Session
from vae_explorer.session.state import MAX_COUNT, Path, Plane
from vae_explorer.space import codec
from vae_explorer.space.space import Space

A, B = Bookmark("a", (0.0,) * 6), Bookmark("b", (1.0,) * 6)


@pytest.fixture
def opened(tmp_path):
    """Open a model of D dimensions, with or without an atlas."""

    def opened(latent_dim=6, z=None, *, digits=True, seed=None):
        folder = tmp_path / f"{latent_dim}-{digits}"
        if not folder.exists():
            folder.mkdir()
            vivid_folder(folder, latent_dim, atlas_bytes(latent_dim) if digits else None)
        return Session(Space(codec.load(folder)), z, seed)

    return opened


def test_a_recipe_tells_what_the_state_does_of_each_picture(opened):
    session = opened(6, (0.5,) * 6, seed=3)
    session.commit(plane=Plane((2, 3), 9, True), path=Path(A, B), map_dims=(5, 0), terms=(A, B, A))
    made = {name: recipes.recipe(session, name) for name in kinds.PICTURES}
    assert {name: dict(each.options) for name, each in made.items()} == {
        "digit": {},
        "traverse": {"n": TILES},
        "map": {"dims": (5, 0)},
        "manifold": {"dims": (2, 3), "n": 9, "spacing": "quantiles"},
        "path": {"a": A.z, "b": B.z},
        "arithmetic": {"a": A.z, "b": B.z, "c": A.z},
    }
    for name, each in made.items():
        assert (each.picture, each.z, each.seed) == (name, session.state.z, 3)
        assert each.weights == session.space.codec.source.sha256 and recipe.loads(recipe.dumps(each)) == each
    session.commit(plane=Plane(None), map_dims=None)
    principal = [recipes.recipe(session, name).options["dims"] for name in ("map", "manifold")]
    assert principal == ["principal", "principal"]
    assert recipes.recipe(session, "digit", side=280).options == {"side": 280}


def test_what_is_not_chosen_yet_has_no_recipe_and_one_dimension_no_plane(opened):
    session = opened()
    session.commit(terms=(A, None, B))
    with pytest.raises(ValueError, match="choose A, B and C"):
        recipes.recipe(session, "arithmetic")
    with pytest.raises(ValueError, match="choose where the path"):
        recipes.recipe(opened(), "path")
    one = opened(1)
    assert recipes.recipe(one, "map").options == {"dims": (0,)}
    with pytest.raises(ValueError):
        recipes.recipe(one, "manifold")


STATES = [
    ("digit", {}),
    ("traverse", {}),
    ("map", {"map_dims": (5, 0)}),
    ("map", {"map_dims": None}),
    ("manifold", {"plane": Plane((2, 3), 9, True)}),
    ("manifold", {"plane": Plane(None, 30, False)}),
    ("path", {"path": Path(A, B)}),
    ("arithmetic", {"terms": (A, B, A)}),
]


@pytest.mark.parametrize(("picture", "seen"), STATES, ids=str)
def test_the_way_back_leads_to_a_state_with_the_same_recipe(opened, picture, seen):
    session = opened(6, (0.5,) * 6)
    session.commit(**seen)
    made = recipes.recipe(session, picture)
    other = opened(6, (1.0,) * 6)
    other.commit(map_dims=(1, 2), plane=Plane((4, 5), 3))
    changes = recipes.changes(other, made)
    assert changes.keys() == {"z", *seen}
    other.commit(**changes)
    assert recipes.recipe(other, picture) == made


def test_the_ends_of_a_path_have_the_names_of_places_that_are_known(opened):
    session = opened()
    mean = session.space.class_mean(7)
    made = Recipe((0.0,) * 6, "0" * 64, picture="path", options={"a": mean, "b": B.z, "kind": "spherical"})
    path = recipes.changes(session, made)["path"]
    assert path == Path(Bookmark("mean of 7", mean), Bookmark(recipes.END, B.z), "spherical")
    session.commit(bookmarks=(B,))
    assert recipes.changes(session, made)["path"].end is B


def test_what_the_window_cannot_show_is_left_as_it_is_or_brought_near(opened):
    session, bare = opened(), opened(digits=False)
    line = Recipe((1.0,) * 6, "0" * 64, picture="map", options={"dims": (3,)})
    assert recipes.changes(session, line) == {"z": (1.0,) * 6}
    large = Recipe((1.0,) * 6, "0" * 64, picture="manifold", options={"dims": (3, 1), "n": 60})
    assert recipes.changes(session, large)["plane"] == Plane((3, 1), MAX_COUNT)
    axes = dataclasses.replace(large, options={"dims": "principal"})
    assert recipes.changes(session, axes)["plane"].dims is None
    assert recipes.changes(bare, axes) == {"z": (1.0,) * 6}, "there are no principal axes"


def test_a_recipe_of_another_space_is_refused(opened):
    with pytest.raises(ValueError, match="this model has 6 latent dimensions"):
        recipes.changes(opened(), Recipe((0.0, 0.0), "0" * 64))
