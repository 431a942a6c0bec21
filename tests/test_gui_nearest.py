"""The nearest encoded digits: pictures in a row that lead there."""

import gc

import numpy as np
import pytest
from conftest import middle
from test_gui_answers import parts, show

from vae_explorer.datasets.split import Split
from vae_explorer.gui.views.answers.nearest import COUNT, MADE, REAL
from vae_explorer.session.state import State
from vae_explorer.settings import Settings
from vae_explorer.space.space import point

NEAREST = Settings(motion=False, unfolded=("nearest",))


def rows(opened):
    return opened.session.space.atlas.neighbours(opened.z, COUNT).tolist()


def test_the_nearest_digits_are_those_of_the_atlas_nearest_first(window):
    opened = window(6, NEAREST)
    for z in ((0.0,) * 6, (1.0,) * 6):
        opened.session.commit(z=z)
        opened.hand.pump()
        body, digits = show(opened, "nearest"), opened.session.space.atlas
        assert body._rows == rows(opened)
        assert parts(opened)["nearest"].headline == " ".join(str(digits.label[row]) for row in rows(opened))


def test_their_pictures_stand_in_a_row_and_it_is_said_that_they_are_decoded(window):
    opened = window(6, NEAREST)
    body = show(opened, "nearest")
    shown = opened.look(body.canvas)
    for k, levels in enumerate(opened.session.space.codec.pixels(opened.session.space.atlas.mu[rows(opened)])):
        tile = shown[3:39, k * 42 + 3 : k * 42 + 39, 0].astype(int)
        edges = (2 * np.arange(36) + 1) * 28 // 72
        np.testing.assert_array_equal(tile, levels[edges][:, edges])
    assert body.source.cget("text") == f"{MADE}: {opened.session.originals.why_not}"


def test_where_the_data_set_is_at_hand_they_are_the_real_pictures(window):
    opened = window(6, NEAREST)
    body, index = show(opened, "nearest"), opened.session.space.atlas.index
    images = np.random.default_rng(0).integers(0, 256, (index.max() + 1, 28, 28), np.uint8)
    opened.session.originals.settle(Split(images, np.zeros(len(images), np.uint8)))
    opened.hand.pump()
    edges = (2 * np.arange(36) + 1) * 28 // 72
    shown = opened.look(body.canvas)[3:39, 3:39, 0]
    np.testing.assert_array_equal(shown, images[index[rows(opened)[0]]][edges][:, edges])
    assert body.source.cget("text") == REAL
    parts(opened)["nearest"].head.invoke()
    opened.session.originals.settle("gone")  # nobody listens any more
    gc.collect()  # a widget and what is in it know each other


@pytest.mark.parametrize("how", ["mouse", "keys"])
def test_a_click_or_return_goes_to_one_as_a_step_of_undo(window, how):
    opened = window(6, NEAREST)
    body, wanted = show(opened, "nearest"), rows(opened)[2]
    if how == "mouse":
        opened.hand.do("mousemove", *middle(body.canvas), "click", 1)
    else:
        body.canvas.focus_set()
        opened.hand.key("Right", "Right", "Return")
    assert opened.z == point(opened.session.space.atlas.mu[wanted])
    assert rows(opened)[0] == wanted, "it is its own nearest"
    opened.hand.key("ctrl+z")
    assert opened.session.state == State((0.0,) * 6, plane=opened.session.state.plane)


def test_the_one_that_is_chosen_has_a_line_around_it_while_pointer_or_keys_are_there(window):
    opened = window(6, NEAREST)
    body = show(opened, "nearest")
    state = lambda: body.canvas.itemcget(body._ring, "state")  # noqa: E731
    assert state() == "hidden"
    body.canvas.focus_set()
    opened.hand.key("Right", "Right", "Left")
    assert state() == "normal" and body.at == 1
    opened.root.focus_set()
    opened.hand.until(lambda: state() == "hidden")


def test_they_are_pointed_at_on_the_map_first_the_one_that_is_chosen(window):
    opened = window(6, NEAREST)
    body, pointed = show(opened, "nearest"), opened.app.desk.pointed
    opened.hand.move(*middle(body.canvas))
    near = rows(opened)
    assert pointed.rows == (near[2], near[0], near[1], near[3], near[4])
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    assert rows(opened) != near and pointed.rows[0] == rows(opened)[2] and {*pointed.rows} == {*rows(opened)}
    opened.session.undo()
    opened.hand.pump()
    opened.hand.move(2, 2)
    assert pointed.rows == ()
    body.canvas.focus_set()
    opened.hand.key("Right")
    assert pointed.rows[0] == rows(opened)[body.at]
    parts(opened)["nearest"].head.invoke()
    assert pointed.rows == (), "what is folded points at nothing"
    gc.collect()  # a widget and what is in it know each other


def test_each_says_what_it_is_and_how_far_it_is(window):
    opened = window(6, NEAREST)
    body, digits = show(opened, "nearest"), opened.session.space.atlas
    row = rows(opened)[0]
    text = opened.tooltip(body.canvas)
    assert f"test image {digits.index[row]}" in text and f"{np.linalg.norm(digits.mu[row]):.2f} from here" in text


def test_an_atlas_of_fewer_digits_shows_them_all(window):
    opened = window(6, NEAREST)
    digits = opened.session.space.atlas
    body = show(opened, "nearest")
    assert body._sheet(opened.session.space.codec.pixels(digits.mu[:2])).shape == (42, 84, 3)
