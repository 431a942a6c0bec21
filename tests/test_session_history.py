"""What is shown and how one got there: previews, commits, undo and redo, draws, and what is refused."""

import dataclasses
import math

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, model_folder, vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import MAX_STEPS, Session
from vae_explorer.session.measurements import Measurement
from vae_explorer.session.state import Path, Plane, State
from vae_explorer.space.space import Space


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open a model with an atlas, each only once."""
    codecs = {}

    def opened(dim=2, data=None):
        key = (dim, data)
        if key not in codecs:
            folder = model_folder(tmp_path_factory.mktemp("models"), dim, atlas=data or atlas_bytes(dim))
            codecs[key] = opening.load(folder)
        return codecs[key]

    return opened


@pytest.fixture
def session(opened):
    return Session(Space(opened()))


@pytest.fixture
def seen(session):
    """The first coordinate of every state that a listener is told."""
    values = []
    session.listen(lambda state: values.append(state.z[0]))
    return values


def test_a_listener_is_told_once_of_each_preview_and_of_each_commit(session, seen):
    session.preview(z=(1, 0))
    session.commit(z=(2, 0))
    session.preview(z=(3, 0))
    session.commit()
    session.commit(z=(3, 0))
    assert seen == [0, 1, 2, 3, 3]


def walk(session, *values):
    for value in values:
        session.commit(z=(value, 0))


# ------------------------------------------------------------------------------------------------- preview, commit


def test_a_session_begins_at_the_origin_or_where_it_is_told_with_nothing_to_undo(opened):
    assert Session(Space(opened())).state == State((0.0, 0.0))
    session = Session(Space(opened()), (1.5, -2))
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
        Session(Space(opened()), z) if way == "begin" else getattr(session, way)(z=z)
    assert (session.state, session.can_undo, session.can_redo, seen) == before


@pytest.mark.parametrize("z", [(10, -10), [1, 2], np.array([0.5, 1], np.float32)], ids=str)
def test_the_state_is_plain_floats_whatever_z_is_given_as(session, z):
    session.commit(z=z)
    assert session.state.z == tuple(float(value) for value in z)
    assert all(type(value) is float for value in session.state.z)


@pytest.mark.parametrize("dim", [1, 2, 6, 20])
def test_any_number_of_dimensions_will_do(opened, dim):
    session = Session(Space(opened(dim)), seed=0)
    for z in (session.sample(), session.space.class_mean(3)):
        session.commit(z=z)
        assert len(session.state.z) == dim and session.space.codec.decode(session.state.z).shape == (1, 1, 28, 28)
    session.undo()
    session.undo()
    assert session.state.z == (0.0,) * dim
    with pytest.raises(ValueError, match=f"has {dim} latent"):
        session.commit(z=(0.0,) * (dim + 1))


# ------------------------------------------------------------------------------------------------ draws


def test_draws_are_the_seeds(opened):
    draws = [[Session(Space(opened()), seed=seed).sample() for _ in range(2)] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_what_else_is_random_takes_no_draw_of_the_seed(opened):
    alone, other = (Session(Space(opened()), seed=1) for _ in range(2))
    other.chance.standard_normal(9)
    assert [alone.sample() for _ in range(2)] == [other.sample() for _ in range(2)]


def test_a_session_without_a_seed_chooses_one_whose_draws_come_again(opened):
    sessions = [Session(Space(opened())) for _ in range(3)]
    assert len({each.seed for each in sessions}) > 1 and all(0 <= each.seed < 10**6 for each in sessions)
    for each in sessions:
        drawn = [each.sample() for _ in range(3)]
        assert [Session(Space(opened()), seed=each.seed).sample(), each.drawn] == [drawn[0], 3]
        each.reseed(each.seed)
        assert each.drawn == 0 and [each.sample() for _ in range(3)] == drawn


def test_what_is_kept_of_a_session_has_its_seed_once_somebody_asked_for_it_or_drew_from_it(opened):
    asked, drawn, typed = Session(Space(opened()), seed=7), Session(Space(opened())), Session(Space(opened()))
    assert (asked.known_seed, drawn.known_seed, typed.known_seed) == (7, None, None)
    drawn.sample()
    typed.reseed(3)
    assert (drawn.known_seed, typed.known_seed) == (drawn.seed, 3)


# --------------------------------------------------------------------------------------------------- what is missing


@pytest.fixture
def bare(tmp_path):
    """A session on a decoder with nothing beside it."""
    return Session(Space.open(bare_folder(tmp_path / "bare")), seed=0)


def test_a_bare_decoder_moves(bare):
    walk(bare, 1, 2)
    bare.undo()
    assert bare.state.z[0] == 1 and len(bare.sample()) == 2


# ------------------------------------------------------------------------------------------------- all that changes


def test_undo_and_redo_cover_all_that_a_person_can_change(session):
    changes = [
        {"order": "kl"},
        {"map_dims": (1, 0)},
        {"plane": Plane((0, 1), 20, True)},
        {"path": Path(Bookmark("a", (0.0, 1.0)), Bookmark("b", (1.0, 0.0)), "geodesic")},
        {"terms": (Bookmark("a", (0.0, 1.0)), None, None)},
        {"bookmarks": (Bookmark("a", (0.0, 1.0)),)},
        {"drawing": Drawing(strokes=(Stroke(((1.0, 2.0), (3.0, 4.0))),))},
        {"encoded": True},
        {"refined": ((0.0, 1.0), (-1.0, -2.0))},
        {"names": ((0, "wide"),)},
        {"measured": (Measurement("", (0.0, 1.0), None, None, None, None, None, "", None, None),)},
        {"held": frozenset({"slant"})},
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


def test_the_plane_is_at_first_that_of_the_two_dimensions_that_tell_most(opened, bare):
    session = Session(Space(opened(6)))
    kl = session.space.atlas.kl_per_dim
    assert session.state.plane.dims == tuple(sorted(sorted(range(6), key=lambda dim: -kl[dim])[:2])) != (0, 1)
    assert not session.can_undo
    assert bare.state.plane.dims == Session(Space(opened(1))).state.plane.dims == (0, 1)


def test_places_are_here_the_nearest_digit_the_bookmarks_and_the_means(opened):
    session = Session(Space(opened()), (0.4, -0.2))
    session.commit(bookmarks=(Bookmark("mine", (1.0, 1.0)),))
    here, nearest, mine, *means = session.places()
    assert here == Bookmark("here", (0.4, -0.2)) and mine.name == "mine"
    distances = np.linalg.norm(session.space.atlas.mu - np.array(here.z), axis=1)
    assert nearest.z == tuple(session.space.atlas.mu[distances.argmin()].tolist())
    assert nearest.name == f"nearest digit, a {session.space.atlas.label[distances.argmin()]}"
    assert [(each.name, each.z) for each in means] == [(f"mean of {k}", session.space.class_mean(k)) for k in range(10)]


def test_without_an_atlas_places_are_here_and_the_bookmarks(bare):
    bare.bookmark()
    assert [each.name for each in bare.places()] == ["here", "place"] and bare.space.density is None


def test_a_bookmark_is_named_after_the_nearest_digit_each_name_once_and_undone_as_a_step(opened):
    session = Session(Space(opened()), (0.4, -0.2))
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
    session = Session(Space(opening.load(folder)))
    session.bookmark()
    assert len(session.places()) == 4
    assert all(0 < len(each.name) <= 60 and each.name.isprintable() for each in session.places())


def test_what_is_held_is_a_step_of_undo_and_at_first_all_factors_but_the_mass(model):
    session = Session(Space.open(model(2)))
    assert session.state.held == {"slant", "width", "height", "thickness"}
    session.commit(held=session.state.held | {"z1", "class"})
    session.undo()
    assert session.state.held == {"slant", "width", "height", "thickness"}
    session.redo()
    assert session.state.held == {"slant", "width", "height", "thickness", "z1", "class"}
