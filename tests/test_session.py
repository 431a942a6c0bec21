"""What is shown and how one got there: previews, commits, undo and redo, draws, and what is refused."""

import dataclasses
import math

import numpy as np
import pytest
from factories import atlas_bytes, model_folder, vivid_folder

from vae_explorer import atlas, codec
from vae_explorer.bookmarks import Bookmark
from vae_explorer.checkpoint import ATLAS, DECODER
from vae_explorer.latent import Plane as Flat
from vae_explorer.session import MAX_STEPS, Session
from vae_explorer.state import Path, Plane, State


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open a model with an atlas, each only once."""
    codecs = {}

    def opened(dim=2, data=None):
        key = (dim, data)
        if key not in codecs:
            folder = model_folder(tmp_path_factory.mktemp("models"), dim, atlas=data or atlas_bytes(dim))
            codecs[key] = codec.load(folder)
        return codecs[key]

    return opened


@pytest.fixture
def session(opened):
    return Session(opened())


@pytest.fixture
def seen(session):
    """The first coordinate of every state that a listener is told."""
    values = []
    session.listen(lambda state: values.append(state.z[0]))
    return values


def walk(session, *values):
    for value in values:
        session.commit(z=(value, 0))


# ------------------------------------------------------------------------------------------------- preview, commit


def test_a_session_begins_at_the_origin_or_where_it_is_told_with_nothing_to_undo(opened):
    assert Session(opened()).state == State((0.0, 0.0))
    session = Session(opened(), (1.5, -2))
    assert session.state.z == (1.5, -2.0) and not session.can_undo and not session.can_redo
    session.undo()
    session.redo()
    assert session.state.z == (1.5, -2.0)


def test_all_between_two_commits_is_one_step(session):
    for value in (0.1, 0.2, 0.3):
        session.preview(z=(value, 0))
    session.commit(z=(0.4, 0))
    session.commit(z=(1, 0))
    session.undo()
    assert session.state.z[0] == 0.4
    session.undo()
    assert session.state.z[0] == 0 and not session.can_undo


def test_undo_and_redo_walk_back_and_forth(session):
    walk(session, 1, 2, 3)
    back = [(session.undo(), session.state.z[0])[1] for _ in range(4)]
    forth = [(session.redo(), session.state.z[0])[1] for _ in range(4)]
    assert back == [2, 1, 0, 0] and forth == [1, 2, 3, 3]
    assert session.can_undo and not session.can_redo


def test_a_new_commit_forgets_what_could_be_redone(session):
    walk(session, 1, 2)
    session.undo()
    assert session.can_redo
    walk(session, 5)
    assert not session.can_redo
    session.redo()
    assert session.state.z[0] == 5
    session.undo()
    assert session.state.z[0] == 1


def test_undo_amid_a_drag_takes_the_drag_back_and_redo_gives_it_again(session):
    walk(session, 1)
    session.preview(z=(7, 0))
    assert session.can_undo
    session.undo()
    assert session.state.z[0] == 1
    session.redo()
    assert session.state.z[0] == 7
    session.undo()
    session.undo()
    assert session.state.z[0] == 0 and not session.can_undo


def test_redo_amid_a_drag_changes_nothing_and_a_drag_forgets_the_future(session):
    walk(session, 1)
    session.undo()
    session.preview(z=(3, 0))
    assert not session.can_redo
    session.redo()
    assert session.state.z[0] == 3 and not session.can_redo


@pytest.mark.parametrize("rest", [{}, {"z": (1, 0)}, {"z": (np.float32(1), -0.0)}], ids=str)
def test_nothing_is_a_step_where_nothing_moved(session, rest):
    walk(session, 1)
    session.undo()
    session.redo()
    session.commit(**rest)
    session.preview(z=(2, 0))
    session.preview(z=(1, 0))  # there and back
    session.commit()
    session.undo()
    assert session.state.z[0] == 0 and not session.can_undo


def test_coming_back_from_a_preview_keeps_what_can_be_redone(session):
    walk(session, 1)
    session.undo()
    session.preview(z=(2, 0))
    session.preview(z=(0, 0))
    session.commit()
    session.redo()
    assert session.state.z[0] == 1


def test_a_thousand_steps_are_remembered_and_the_oldest_goes_first(session):
    walk(session, *(k / 1000 for k in range(1, MAX_STEPS + 6)))
    steps = 0
    while session.can_undo:
        session.undo()
        steps += 1
    assert steps == MAX_STEPS == 1000 and session.state.z[0] == 0.005
    while session.can_redo:
        session.redo()
    assert session.state.z[0] == 1.005


# ------------------------------------------------------------------------------------------------------- listeners


def test_listeners_are_told_at_once_and_of_every_change_in_order(session, seen):
    assert seen == [0]
    session.preview(z=(1, 0))
    session.preview(z=(2, 0))
    session.commit(z=(3, 0))
    session.undo()
    session.redo()
    assert [value for value, before in zip(seen[1:], seen, strict=False) if value != before] == [1, 2, 3, 0, 3]


def test_a_commit_without_a_move_after_a_preview_tells_that_undo_is_possible(session):
    told = []
    session.listen(lambda _: told.append(session._past != []))
    session.preview(z=(1, 0))
    session.commit()
    assert told[-1]


def test_every_listener_is_told_the_same_state(session):
    told = [[], []]
    for each in told:
        session.listen(each.append)
    walk(session, 1)
    assert told[0] == told[1] and told[0][-1] is session.state


# ------------------------------------------------------------------------------------------------------------ bad z


BAD = [(), (1,), (1, 2, 3), (math.nan, 0), (0, math.inf), (-math.inf, 0), (10.001, 0), (0, -10.001)]


@pytest.mark.parametrize("z", BAD, ids=str)
@pytest.mark.parametrize("way", ["preview", "commit", "begin"])
def test_a_bad_z_is_refused_and_changes_nothing(opened, session, seen, z, way):
    walk(session, 1)
    before = session.state, session.can_undo, session.can_redo, list(seen)
    with pytest.raises(ValueError, match=r"latent dimensions|between −10 and 10"):
        Session(opened(), z) if way == "begin" else getattr(session, way)(z=z)
    assert (session.state, session.can_undo, session.can_redo, seen) == before


@pytest.mark.parametrize("z", [(10, -10), [1, 2], np.array([0.5, 1], np.float32)], ids=str)
def test_the_state_is_plain_floats_whatever_z_is_given_as(session, z):
    session.commit(z=z)
    assert session.state.z == tuple(float(value) for value in z)
    assert all(type(value) is float for value in session.state.z)


@pytest.mark.parametrize("dim", [1, 2, 6, 20])
def test_any_number_of_dimensions_will_do(opened, dim):
    session = Session(opened(dim), seed=0)
    for z in (session.sample(), session.class_mean(3)):
        session.commit(z=z)
        assert len(session.state.z) == dim and session.codec.decode(session.state.z).shape == (1, 1, 28, 28)
    session.undo()
    session.undo()
    assert session.state.z == (0.0,) * dim
    with pytest.raises(ValueError, match=f"has {dim} latent"):
        session.commit(z=(0.0,) * (dim + 1))


# ------------------------------------------------------------------------------------------------ draws and classes


def far_atlas(mu, labels=(0,)):
    """The bytes of an atlas whose images all lie at one point, a σ of 0.01 about it."""
    n = len(labels)
    mean, logvar = np.tile(np.float32(mu), (n, 1)), np.full((n, len(mu)), 2 * math.log(0.01), np.float32)
    index = np.arange(n, dtype=np.int32)
    return atlas.dumps(atlas.Atlas(mean, logvar, np.ones(n, np.float32), np.array(labels, np.uint8), index))


def test_a_draw_is_from_the_aggregated_posterior_where_there_is_an_atlas(opened):
    session = Session(opened(data=far_atlas((4, -3))), seed=1)
    draws = np.array([session.sample() for _ in range(50)])
    np.testing.assert_allclose(draws, np.tile([4, -3], (50, 1)), atol=0.1)
    assert len(np.unique(draws[:, 0])) == 50


def test_a_draw_is_from_the_prior_where_there_is_none(bare):
    draws = np.array([bare.sample() for _ in range(4000)])
    np.testing.assert_allclose(draws.mean(0), 0, atol=0.06)
    np.testing.assert_allclose(draws.std(0), 1, atol=0.05)


def test_draws_are_the_seeds(opened):
    draws = [[Session(opened(), seed=seed).sample() for _ in range(2)] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_what_lies_further_out_than_a_slider_reaches_is_brought_to_its_end(opened):
    session = Session(opened(data=far_atlas((40, -3))), seed=1)
    for z in (session.sample(), session.class_mean(0)):
        session.commit(z=z)
        assert session.state.z == (10.0, pytest.approx(-3, abs=0.1))


def test_a_class_mean_is_that_of_the_atlas(opened):
    data = far_atlas((1, 2), labels=(4,))
    session = Session(opened(data=data))
    assert session.class_mean(4) == (1.0, 2.0) and session.class_names == {4: "4"}
    with pytest.raises(ValueError, match="no image of the atlas has the label 5"):
        session.class_mean(5)


def test_class_names_are_those_of_model_json_as_far_as_they_go(tmp_path):
    folder = vivid_folder(tmp_path, atlas=far_atlas((0, 0), (1, 2, 9)), data={"class_names": ["shirt", "coat", "bag"]})
    assert Session(codec.load(folder)).class_names == {1: "coat", 2: "bag", 9: "9"}


# --------------------------------------------------------------------------------------------------- what is missing


@pytest.fixture
def bare(tmp_path):
    """A session on a decoder with nothing beside it."""
    folder = model_folder(tmp_path / "bare")
    for path in folder.iterdir():
        if path.name != DECODER:
            path.unlink()
    return Session(codec.load(folder), seed=0)


def test_a_bare_decoder_moves_and_says_what_is_missing(bare):
    walk(bare, 1, 2)
    bare.undo()
    assert bare.state.z[0] == 1 and bare.atlas is None and bare.class_names == {}
    assert bare.missing[ATLAS] == "there is none beside the decoder"
    with pytest.raises(ValueError, match="no atlas"):
        bare.class_mean(1)


@pytest.mark.parametrize("data", [b"no archive", atlas_bytes(3), atlas_bytes(2)[:-100]], ids=["text", "other D", "cut"])
def test_a_damaged_atlas_is_left_out_with_its_reason_and_all_else_works(opened, data):
    source = opened(data=data)
    session = Session(source, seed=0)
    walk(session, 1)
    assert session.atlas is None and session.missing[ATLAS].startswith("atlas.npz ")
    assert len(session.sample()) == 2
    assert ATLAS not in source.source.missing  # which is not the session's to change


# ------------------------------------------------------------------------------------------------- all that changes


def test_undo_and_redo_cover_all_that_a_person_can_change(session):
    changes = [
        {"order": "kl"},
        {"map_dims": (1, 0)},
        {"plane": Plane((0, 1), 20, True)},
        {"path": Path(Bookmark("a", (0.0, 1.0)), Bookmark("b", (1.0, 0.0)), "shortest")},
        {"terms": (Bookmark("a", (0.0, 1.0)), None, None)},
        {"bookmarks": (Bookmark("a", (0.0, 1.0)),)},
        {"z": (2.0, 2.0)},
    ]
    assert {name for each in changes for name in each} == {each.name for each in dataclasses.fields(State)}
    states = [session.state]
    for change in changes:
        session.commit(**change)
        states.append(session.state)
    assert len(set(states)) == len(states)
    for state in reversed(states[:-1]):
        session.undo()
        assert session.state == state
    for state in states[1:]:
        session.redo()
        assert session.state == state


def test_a_preview_of_a_view_and_a_move_until_a_commit_are_one_step(session):
    session.preview(plane=Plane(count=20))
    session.preview(z=(1, 1))
    session.commit()
    session.undo()
    assert session.state == State((0.0, 0.0))


# ------------------------------------------------------------------------------------------------- places


def test_the_planes_are_of_two_dimensions_or_of_the_principal_axes(opened, bare):
    session = Session(opened(6))
    plane, names = session.plane((4, 1))
    assert names == ("z4", "z1") and (plane.project([0, 1, 0, 0, 4, 0]) == [[4, 1]]).all()
    plane, names = session.plane(None)
    assert isinstance(plane, Flat) and np.allclose(plane.origin, session.atlas.mu.mean(0), atol=1e-6)
    assert all("principal" in each for each in names)
    with pytest.raises(ValueError, match="no atlas"):
        bare.plane(None)
    with pytest.raises(ValueError, match="one latent dimension"):
        Session(opened(1)).plane(None)


def test_the_plane_is_at_first_that_of_the_two_dimensions_that_tell_most(opened, bare):
    session = Session(opened(6))
    kl = session.atlas.kl_per_dim
    assert session.state.plane.dims == tuple(sorted(sorted(range(6), key=lambda dim: -kl[dim])[:2])) != (0, 1)
    assert not session.can_undo
    assert bare.state.plane.dims == Session(opened(1)).state.plane.dims == (0, 1)


def test_places_are_here_the_nearest_digit_the_bookmarks_and_the_means(opened):
    session = Session(opened(), (0.4, -0.2))
    session.commit(bookmarks=(Bookmark("mine", (1.0, 1.0)),))
    here, nearest, mine, *means = session.places()
    assert here == Bookmark("here", (0.4, -0.2)) and mine.name == "mine"
    distances = np.linalg.norm(session.atlas.mu - np.array(here.z), axis=1)
    assert nearest.z == tuple(session.atlas.mu[distances.argmin()].tolist())
    assert nearest.name == f"nearest digit, a {session.atlas.label[distances.argmin()]}"
    assert [(each.name, each.z) for each in means] == [(f"mean of {k}", session.class_mean(k)) for k in range(10)]


def test_without_an_atlas_places_are_here_and_the_bookmarks(bare):
    bare.bookmark()
    assert [each.name for each in bare.places()] == ["here", "place"] and bare.density is None


def test_a_bookmark_is_named_after_the_nearest_digit_each_name_once_and_undone_as_a_step(opened):
    session = Session(opened(), (0.4, -0.2))
    near = session.places()[1].name[-1]
    session.bookmark()
    session.commit(z=(0.4, -0.21))
    session.bookmark()
    assert session.state.bookmarks == (
        Bookmark(f"near {near}", (0.4, -0.2)),
        Bookmark(f"near {near} 2", (0.4, -0.21)),
    )
    assert session.unsaved
    session.saved = session.state.bookmarks
    assert not session.unsaved
    session.undo()
    assert len(session.state.bookmarks) == 1 and session.unsaved
    session.undo()
    session.undo()
    assert session.state.bookmarks == () and not session.unsaved


@pytest.mark.parametrize("name", ["a\nb", " \u200b ", "x" * 500, ""])
def test_a_class_with_an_odd_name_can_be_a_place_and_a_bookmark(tmp_path, name):
    folder = vivid_folder(tmp_path, 2, atlas_bytes(labels=1), data={"name": "odd", "class_names": [name]})
    session = Session(codec.load(folder))
    session.bookmark()
    assert len(session.places()) == 4
    assert all(0 < len(each.name) <= 60 and each.name.isprintable() for each in session.places())
