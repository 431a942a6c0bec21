"""The recipes of what a session's views show, and the way back from a recipe to the state."""

import dataclasses

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, digits, vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.pictures import kinds, recipe
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import recipes
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import TILES, Session
from vae_explorer.session.state import MAX_COUNT, Path, Plane
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space

DRAWING = Drawing.of(digits(1)[0][0])
A, B = Bookmark("a", (0.0,) * 6), Bookmark("b", (1.0,) * 6)


@pytest.fixture
def opened(tmp_path):
    """Open a model of D dimensions, with or without an atlas."""

    def opened(latent_dim=6, z=None, *, digits=True, seed=None):
        folder = tmp_path / f"{latent_dim}-{digits}"
        if not folder.exists():
            folder.mkdir()
            vivid_folder(folder, latent_dim, atlas_bytes(latent_dim) if digits else None)
        return Session(Space(opening.load(folder)), z, seed)

    return opened


def test_a_recipe_tells_what_the_state_does_of_each_picture(opened):
    session = opened(6, (0.5,) * 6, seed=3)
    session.commit(plane=Plane((2, 3), 9, True), path=Path(A, B), map_dims=(5, 0), terms=(A, B, A))
    session.commit(drawing=DRAWING, encoded=True)
    made = {name: recipes.recipe(session, name) for name in kinds.KINDS if name not in ("edit", "curves")}
    assert {name: dict(each.options) for name, each in made.items()} == {
        "digit": {},
        "traverse": {"n": TILES},
        "map": {"dims": (5, 0)},
        "plane": {"dims": (2, 3), "n": 9, "spacing": "quantiles"},
        "path": {"start": A.z, "end": B.z},
        "arithmetic": {"a": A.z, "b": B.z, "c": A.z},
        "reconstruct": {"image": DRAWING.text},
        "posterior": {"image": DRAWING.text},
        "samples": {},
        "card": {"dim": session.space.atlas.dims_by_kl[0]},
        "kl": {},
    }
    for name, each in made.items():
        assert (each.picture, each.z, each.seed) == (name, session.state.z, 3)
        assert each.weights == session.space.codec.source.sha256 and recipe.loads(recipe.dumps(each)) == each
    session.commit(plane=Plane(None), map_dims=None)
    principal = [recipes.recipe(session, name).options["dims"] for name in ("map", "plane")]
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
        recipes.recipe(one, "plane")


STATES = [
    ("digit", {}),
    ("traverse", {}),
    ("map", {"map_dims": (5, 0)}),
    ("map", {"map_dims": None}),
    ("plane", {"plane": Plane((2, 3), 9, True)}),
    ("plane", {"plane": Plane(None, 30, False)}),
    ("path", {"path": Path(A, B)}),
    ("arithmetic", {"terms": (A, B, A)}),
    ("reconstruct", {"drawing": DRAWING, "encoded": True, "refined": None}),
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
    made = Recipe((0.0,) * 6, "0" * 64, picture="path", options={"start": mean, "end": B.z, "way": "arc"})
    path = recipes.changes(session, made)["path"]
    assert path == Path(Bookmark("mean of 7", mean), Bookmark(recipes.END, B.z), "arc")
    session.commit(bookmarks=(B,))
    assert recipes.changes(session, made)["path"].end is B


def test_what_the_window_cannot_show_is_left_as_it_is_or_brought_near(opened):
    session, bare = opened(), opened(digits=False)
    line = Recipe((1.0,) * 6, "0" * 64, picture="map", options={"dims": (3,)})
    assert recipes.changes(session, line) == {"z": (1.0,) * 6}
    large = Recipe((1.0,) * 6, "0" * 64, picture="plane", options={"dims": (3, 1), "n": 60})
    assert recipes.changes(session, large)["plane"] == Plane((3, 1), MAX_COUNT)
    axes = dataclasses.replace(large, options={"dims": "principal"})
    assert recipes.changes(session, axes)["plane"].dims is None
    assert recipes.changes(bare, axes) == {"z": (1.0,) * 6}, "there are no principal axes"


def test_a_recipe_of_another_space_is_refused(opened):
    with pytest.raises(ValueError, match="this model has 6 latent dimensions"):
        recipes.changes(opened(), Recipe((0.0, 0.0), "0" * 64))


def test_strokes_are_part_of_the_picture_that_a_recipe_carries(opened):
    session = opened()
    drawing = dataclasses.replace(DRAWING, strokes=(Stroke(((5.0, 5.0), (20.0, 20.0))),))
    session.commit(drawing=drawing, encoded=True)
    made = recipes.recipe(session, "reconstruct")
    assert (Drawing.from_text(made.options["image"]).levels == drawing.levels).all()
    changes = recipes.changes(session, made)
    assert changes["drawing"] == Drawing.of(drawing.levels) and changes["encoded"] and changes["z"] == session.state.z


def test_a_picture_that_is_opened_again_leaves_the_switches_of_the_pad_as_they_were(opened):
    session = opened()
    session.commit(drawing=dataclasses.replace(DRAWING, size=False, strokes=(Stroke(((5.0, 5.0),)),)), encoded=True)
    found = recipes.changes(session, recipes.recipe(session, "reconstruct"))["drawing"]
    assert (found.size, found.centre, found.strokes) == (False, True, ())


def test_of_several_pictures_the_first_is_opened(opened):
    session, other = opened(), Drawing.of(np.zeros((28, 28), np.uint8))
    several = {"image": (DRAWING.text, other.text)}
    made = Recipe((0.5,) * 6, session.space.codec.source.sha256, picture="reconstruct", options=several)
    changes = recipes.changes(session, made)
    assert changes["drawing"] == Drawing.from_text(DRAWING.text) and changes["z"] == (0.5,) * 6


def test_a_drawing_that_one_has_left_is_not_reconstructed(opened):
    session = opened()
    session.commit(drawing=DRAWING, encoded=False)
    assert "did not come from your digit" in recipes.why_not(session, "reconstruct")


def test_a_reconstruct_is_not_opened_on_a_model_that_encodes_nothing(tmp_path):
    made = Recipe((0.0, 0.0), "0" * 64, picture="reconstruct", options={"image": DRAWING.text})
    bare = Session(Space(opening.load(bare_folder(tmp_path / "bare"))))
    with pytest.raises(ValueError, match=r"its picture cannot be encoded by this model: it needs encoder_weights\.pt"):
        recipes.changes(bare, made)


CURVES = "its model.json knows of no training"
EDIT = "the window changes factors by its handles; render edit makes this picture"


def reasons(session):
    return {picture: why for picture in kinds.KINDS if (why := recipes.why_not(session, picture))}


def test_every_kind_of_picture_can_be_saved_where_all_is_there(opened):
    session = opened()
    session.commit(path=Path(A, B), terms=(A, B, B), drawing=DRAWING, encoded=True)
    assert reasons(session) == {"edit": EDIT, "curves": CURVES}


def test_an_edit_is_opened_where_it_began_with_what_it_kept(opened):
    session = opened(6, (0.5,) * 6)
    options = {"slant": 5.0, "lock": ("width", "z3")}
    made = Recipe((1.0,) * 6, "0" * 64, picture="edit", options=options)
    assert recipes.changes(session, made) == {"z": (1.0,) * 6, "held": frozenset({"width", "z3"})}


def test_why_there_is_no_picture_now_is_said_in_a_few_words(opened):
    assert reasons(opened(1)) == {
        "plane": "one dimension has no plane", "path": "choose where the path begins and ends",
        "arithmetic": "choose A, B and C", "reconstruct": "draw or open a digit first",
        "posterior": "draw or open a digit first", "edit": EDIT,
        "curves": CURVES,
    }  # fmt: skip
    bare = opened(3, digits=False)
    bare.commit(plane=Plane(None))
    assert reasons(bare).keys() == {
        *("samples", "map", "plane", "path", "arithmetic", "reconstruct", "posterior", "edit", "kl", "curves"),
    }
    assert "it needs atlas.npz: " in reasons(bare)["map"] and reasons(bare)["map"] == reasons(bare)["plane"]
    bare.commit(plane=Plane((0, 2)))
    assert "plane" not in reasons(bare)
    with pytest.raises(ValueError, match=r"it needs atlas\.npz"):
        recipes.recipe(bare, "map")


def test_a_recipe_names_only_what_is_not_as_usual(opened):
    session = opened()
    session.commit(path=Path(A, B, "geodesic"))
    assert recipes.recipe(session, "digit", Settings()).options == {}
    assert recipes.recipe(session, "digit", Settings(), side=560).options == {}
    mine = Settings(look="smooth", colours="magma")
    assert recipes.recipe(session, "digit", mine, side=100).options == {
        "side": 100, "look": "smooth", "colours": "magma",
    }  # fmt: skip
    ends = {"start": A.z, "end": B.z}
    assert recipes.recipe(session, "path", mine).options == ends, "a page of all ways has colours of its own"
    assert recipes.recipe(session, "path", mine, suffix=".gif").options == ends | {
        "way": "geodesic", "n": 40, "look": "smooth", "colours": "magma",
    }  # fmt: skip


def test_what_the_state_says_is_named_also_where_it_is_as_usual_and_what_is_asked_for_goes_before_it(opened):
    session = opened()
    session.commit(plane=Plane((0, 1), 20, False))
    assert recipes.recipe(session, "plane").options == {"dims": (0, 1), "n": 20, "spacing": "even"}
    assert recipes.recipe(session, "plane", n=5).options["n"] == 5


@pytest.mark.parametrize(
    ("picture", "changes", "named"),
    [
        ("traverse", {}, ("1=wide", "4=lean")),
        ("plane", {"plane": Plane((4, 0))}, ("4=lean",)),
        ("plane", {"plane": Plane(None)}, None),
        ("plane", {"plane": Plane((0, 2))}, None),
        ("map", {"map_dims": (1, 4)}, ("1=wide", "4=lean")),
        ("map", {}, None),
        ("digit", {}, None),
    ],
)
def test_a_picture_carries_the_names_of_the_dimensions_that_it_shows(model, picture, changes, named):
    session = Session(Space.open(model(6)), names=((1, "wide"), (4, "lean")))
    session.commit(**changes)
    assert recipes.recipe(session, picture).options.get("names") == named
