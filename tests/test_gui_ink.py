"""Ink on the digit, with a hand on the mouse and on the keys."""

import numpy as np
import pytest
from factories import ROOT

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke, coverage
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.ink import bar
from vae_explorer.gui.views.ink.others import outcome
from vae_explorer.gui.views.ink.paint import RADII
from vae_explorer.gui.views.ink.painting import Wish
from vae_explorer.gui.views.ink.view import HINT
from vae_explorer.session import subject
from vae_explorer.settings import Settings
from vae_explorer.space import inking
from vae_explorer.space.inking import Inking
from vae_explorer.space.space import Space

BESIDE = (6.0, 6.0), (9.0, 6.0), (12.0, 7.0)  # a stroke in pixels of the picture
MOVING = Settings(motion=True)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No other answers are found, unless a test has some."""
    monkeypatch.setattr(inking, "alternatives", lambda _inking, _paint, _mask, z, _cancelled: [z])


@pytest.fixture
def answers(monkeypatch):
    """Two other answers are found, each a step of its own away; gives how far."""
    steps = (0.5, -0.5)
    monkeypatch.setattr(
        inking, "alternatives", lambda *given: [given[3], *(np.array(given[3]) + step for step in steps)]
    )
    return steps


def view(opened):
    return opened.app.workspace.picture.ink


def spot(opened, point):
    """Where a point of the picture is on the screen."""
    digit = opened.app.workspace.picture.digit
    left, top, scale = digit.place
    return digit.widget.winfo_rootx() + left + point[0] * scale, digit.widget.winfo_rooty() + top + point[1] * scale


def paint(opened, points=BESIDE, button=1):
    """Draw with the mouse, and leave the digit."""
    hold(opened, points, button)
    opened.hand.release(button)


def hold(opened, points=BESIDE, button=1):
    """Draw with the mouse, and hold its button down."""
    first, *others = points
    opened.hand.press(*spot(opened, first), button)
    for point in others:
        opened.hand.move(*spot(opened, point))


def switch_on(opened, ink=True):
    opened.hand.click(view(opened).bar.buttons[ink])


def level(opened):
    """The mean grey level that the model has under a stroke."""
    mask = coverage(Stroke(BESIDE, RADII[True]), (28, 28))
    return float((mask * opened.expected()).sum() / mask.sum())


def rest(opened):
    """Leave the digit, and wait until nothing fades and nothing is looked for."""
    opened.hand.move(2, 2)
    opened.hand.until(lambda: not opened.root.tk.call("after", "info"))


# ---------------------------------------------------------------------- on and off


def test_it_is_off_at_first_and_nothing_that_paints_is_made(window):
    opened = window(6)
    before, canvas = opened.session.state, opened.app.workspace.picture.digit.widget
    paint(opened)
    assert opened.session.state == before and view(opened).painting is None
    assert not any(button.instate(["selected"]) for button in view(opened).bar.buttons.values())
    assert not int(canvas["takefocus"]) and not canvas["cursor"] and opened.root.focus_get() is opened.root


def test_a_button_begins_it_the_other_changes_the_ink_and_a_second_click_ends_it(window):
    opened = window(6)
    buttons = view(opened).bar.buttons
    for ink, expected in ((True, True), (False, False), (False, None), (True, True), (True, None)):
        opened.hand.click(buttons[ink])
        assert view(opened).ink is expected
        assert [each for each, button in buttons.items() if button.instate(["selected"])] == (
            [] if expected is None else [expected]
        )
    before = opened.session.state
    paint(opened)
    assert opened.session.state == before


def test_the_key_of_ink_begins_it_with_the_keys_on_the_digit_and_ends_it(window):
    opened = window(6)
    canvas = opened.app.workspace.picture.digit.widget
    opened.hand.key("i")
    assert view(opened).ink is True and opened.root.focus_get() is canvas
    opened.hand.key("x")
    assert view(opened).ink is False and opened.root.focus_get() is canvas
    opened.hand.key("i")
    assert view(opened).ink is None and opened.root.focus_get() is opened.root
    opened.hand.key("x")
    assert view(opened).ink is False


def test_how_to_paint_is_said_while_it_is_on_and_what_else_was_said_stays(window):
    opened = window(6)
    opened.hand.key("i")
    assert opened.said == HINT
    opened.hand.key("x")
    assert opened.said == HINT
    opened.hand.key("i")
    assert opened.said == ""
    opened.hand.key("i")
    opened.app.say("Something else")
    opened.hand.key("i")
    assert opened.said == "Something else"


def test_it_stays_on_under_another_theme(window):
    opened = window(6)
    switch_on(opened, ink=False)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert view(opened).ink is False and view(opened).bar.buttons[False].instate(["selected"])
    before = opened.session.state
    paint(opened)
    rest(opened)
    assert opened.session.state != before


def test_inks_are_called_by_the_colours_in_which_the_digit_is_shown(window):
    looks = {colours: Look("pixels", colours) for colours in ("gray", "gray_r", "viridis")}
    names = {colours: [bar.name(look, ink) for ink in (True, False)] for colours, look in looks.items()}
    assert names == {"gray": ["White", "Black"], "gray_r": ["Black", "White"], "viridis": ["Bright", "Dark"]}
    opened = window(2, settings=Settings(motion=False, colours="gray_r"))
    for ink, button in view(opened).bar.buttons.items():
        shown = opened.look(button)
        assert (shown[len(shown) // 2, len(shown) // 2] == (0 if ink else 255)).all()
        assert f"{names['gray_r'][not ink]} ink" in opened.tooltip(button)


def test_nothing_moves_aside_when_other_answers_come(window, answers):
    opened = window(6)
    switch_on(opened)
    opened.hand.pump()
    column = opened.app.workspace.picture.answers.widget
    before = column.winfo_y(), column.winfo_height()
    paint(opened)
    rest(opened)
    assert answers and view(opened).others.buttons[2].winfo_ismapped()
    assert (column.winfo_y(), column.winfo_height()) == before


# ---------------------------------------------------------------------- a stroke


@pytest.mark.parametrize("latent_dim", [1, 2, 6, 20])
def test_a_stroke_moves_z_as_one_step_of_undo(window, latent_dim):
    opened = window(latent_dim)
    before = opened.session.state
    switch_on(opened)
    paint(opened)
    assert opened.z != before.z and opened.said
    rest(opened)
    assert (opened.digit() == opened.expected()).all(), "the ink has faded"
    opened.session.undo()
    assert opened.session.state == before and not opened.session.can_undo


def test_the_right_button_paints_the_other_ink(window):
    opened = window(weights=ROOT / "weights")
    before = level(opened)
    switch_on(opened)
    paint(opened, button=3)
    darker = level(opened)
    opened.session.undo()
    paint(opened)
    assert darker < before < level(opened)
    rest(opened)


def test_z_follows_while_the_button_is_down(window):
    opened = window(6)
    before = opened.z
    switch_on(opened)
    hold(opened)
    under_way = opened.z
    assert under_way != before and not opened.session._past
    hold(opened, [(12.0, 12.0), (12.0, 20.0)])
    assert opened.z != under_way
    opened.hand.release()
    assert len(opened.session._past) == 1


def test_the_stroke_is_seen_over_the_digit_while_the_button_is_down(window):
    opened = window(6)
    switch_on(opened)
    hold(opened)
    shown = opened.look(opened.app.workspace.picture.digit.widget).astype(int)
    opened.hand.release()
    rest(opened)
    left, top, scale = opened.app.workspace.picture.digit.place
    column, row = left + 9 * scale, top + round((6 - RADII[True]) * scale)
    above = shown[row - 3 : row + 4, column]
    assert (np.ptp(above, axis=1) > 50).any(), "a line of the accent's colour lies around it"


def test_a_dimension_that_is_held_stays(window):
    opened = window(weights=ROOT / "weights")
    opened.session.commit(held=opened.session.state.held | {"z2", "z5"})
    switch_on(opened)
    paint(opened)
    rest(opened)
    assert [value == 0 for value in opened.z] == [False, False, True, False, False, True]


def test_escape_puts_back_what_a_stroke_has_moved(window):
    opened = window(weights=ROOT / "weights")
    opened.session.commit(z=(0.1,) * 6)
    before = opened.session.state
    switch_on(opened)
    hold(opened)
    assert opened.z != before.z
    opened.hand.key("Escape")
    assert opened.session.state == before
    opened.hand.move(*spot(opened, (20.0, 20.0)))
    opened.hand.release()
    rest(opened)
    assert opened.session.state == before and (opened.digit() == opened.expected()).all()
    opened.session.undo()
    assert not opened.session.can_undo, "it is no step of undo"


def test_a_stroke_is_ended_by_what_moves_z_from_elsewhere(window):
    opened = window(6)
    switch_on(opened)
    hold(opened)
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    opened.hand.move(*spot(opened, (20.0, 20.0)))
    opened.hand.release()
    rest(opened)
    assert opened.z == (1.0,) * 6 and (opened.digit() == opened.expected()).all()


def test_a_stroke_stops_what_moves(window):
    opened = window(6, settings=MOVING)
    switch_on(opened)
    opened.app.go((2.0,) * 6)
    hold(opened)
    assert not opened.app.desk.motion.moving
    opened.hand.release()
    rest(opened)
    assert opened.z != (2.0,) * 6


def test_ink_that_fades_is_gone_in_the_end(window):
    opened = window(6, settings=MOVING)
    switch_on(opened)
    paint(opened)
    assert opened.app.workspace.picture.digit.veil is not None
    rest(opened)
    assert opened.app.workspace.picture.digit.veil is None and (opened.digit() == opened.expected()).all()


def test_what_is_told_stays_about_the_drawing_as_when_a_slider_moves(window):
    opened = window(6)
    drawing = Drawing.of(np.eye(28, dtype=np.uint8) * 255)
    opened.session.commit(**subject.drawn(opened.session.space, drawing))
    opened.hand.pump()
    switch_on(opened)
    paint(opened)
    rest(opened)
    assert opened.session.state.encoded and opened.session.state.drawing == drawing
    assert (opened.digit() == opened.expected()).all()


@pytest.mark.parametrize("size", [(960, 600), (1180, 760)], ids=str)
def test_a_window_of_another_size_has_the_stroke_in_its_place(window, size):
    opened = window(6, size=size)
    switch_on(opened)
    hold(opened)
    opened.root.geometry("1300x900")
    opened.hand.until(lambda: opened.root.winfo_width() == 1300)
    opened.hand.pump()
    opened.hand.release()
    rest(opened)
    assert (opened.digit() == opened.expected()).all()


# ---------------------------------------------------------------------- the keys, and the ring


def test_the_keys_paint(window):
    opened = window(6)
    opened.hand.key("i")
    before = opened.z
    opened.hand.key("Left", "Left", "space", "Up", "Up", "Left", "shift+Left")
    assert opened.z != before, "it is painted live"
    assert view(opened).painting._paint.last == (11.0, 12.0)
    opened.hand.key("Return")
    done = opened.session.state
    opened.hand.key("Up", "Up")
    assert opened.session.state == done
    opened.session.undo()
    assert opened.z == before and not opened.session.can_undo
    rest(opened)


def test_keys_that_go_elsewhere_lift_the_brush(window):
    opened = window(6)
    opened.hand.key("i", "space", "Left", "Tab")
    assert not view(opened).painting.painting and len(opened.session._past) == 1
    rest(opened)


def ring(opened):
    """The box of the ring on the canvas, None while it is hidden."""
    canvas, item = opened.app.workspace.picture.digit.widget, view(opened).brush._ring
    return None if canvas.itemcget(item, "state") == "hidden" else canvas.coords(item)


def test_the_ring_is_as_large_as_the_brush_and_is_seen_where_the_pointer_is(window):
    opened = window(6)
    switch_on(opened)
    assert ring(opened) is None
    opened.hand.move(*spot(opened, (10.0, 8.0)))
    left, top, scale = opened.app.workspace.picture.digit.place
    x0, y0, x1, y1 = ring(opened)
    assert (x1 - x0, y1 - y0) == pytest.approx((2 * RADII[True] * scale,) * 2)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((left + 10 * scale, top + 8 * scale), abs=1)
    opened.hand.press(*spot(opened, (10.0, 8.0)), 3)
    x0, _, x1, _ = ring(opened)
    assert x1 - x0 == pytest.approx(2 * RADII[False] * scale)
    opened.hand.release(3)
    opened.hand.move(2, 2)
    assert ring(opened) is None
    rest(opened)


# ---------------------------------------------------------------------- other answers


def test_other_answers_are_shown_and_a_click_takes_one_as_one_step_of_undo(window, answers):
    opened = window(6)
    switch_on(opened)
    paint(opened)
    rest(opened)
    z, told, buttons = opened.z, opened.said, view(opened).others.buttons
    assert [each.instate(["selected"]) for each in buttons] == [True, False, False]
    opened.hand.click(buttons[1])
    assert opened.z == pytest.approx(np.array(z) + answers[0])
    assert [each.instate(["selected"]) for each in buttons] == [False, True, False]
    assert opened.said != told, "it is about the one that was taken"
    opened.session.undo()
    opened.hand.pump()
    assert opened.z == z and all(each.winfo_ismapped() for each in buttons)
    buttons[2].focus_set()
    opened.hand.key("space")
    assert opened.z == pytest.approx(np.array(z) + answers[1])
    assert "answer" in opened.tooltip(buttons[2])


def test_they_go_when_z_is_moved_by_anything_else(window, answers):
    opened = window(6)
    switch_on(opened)
    paint(opened)
    rest(opened)
    assert answers and view(opened).others.buttons[0].winfo_ismapped()
    opened.session.preview(z=(0.25,) * 6)
    opened.hand.pump()
    assert not any(each.winfo_ismapped() for each in view(opened).others.buttons)


def test_they_go_when_ink_is_ended_and_the_row_is_as_low_as_before(window, answers):
    opened = window(6)
    height = view(opened).widget.winfo_height()
    switch_on(opened)
    paint(opened)
    rest(opened)
    assert answers and view(opened).widget.winfo_height() > height
    opened.hand.key("i")
    assert view(opened).widget.winfo_height() == height
    assert not any(each.winfo_ismapped() for each in view(opened).others.buttons)


def test_the_search_is_stopped_by_another_stroke_and_by_escape(window, monkeypatch):
    opened, stopped = window(6), []

    def search(*given):
        while not given[4]():
            pass
        stopped.append(given[3])
        return []

    monkeypatch.setattr(inking, "alternatives", search)
    switch_on(opened)
    for _ in range(2):
        paint(opened)
        assert opened.app.work.current("ink") is not None
    opened.hand.until(lambda: len(stopped) == 1)
    opened.hand.key("Escape")
    opened.hand.until(lambda: len(stopped) == 2)
    assert opened.app.work.current("ink") is None
    rest(opened)


def test_a_search_that_fails_is_logged_and_leaves_the_digit(window, monkeypatch, errors):
    opened = window(6)

    def search(*_given):
        raise ValueError("no")

    monkeypatch.setattr(inking, "alternatives", search)
    switch_on(opened)
    paint(opened)
    rest(opened)
    assert len(errors.take()) == 1 and opened.session.can_undo


def test_what_came_of_a_stroke_is_said_and_whether_no_data_were_near(model):
    target, mask = np.full((28, 28), 1.0), coverage(Stroke(BESIDE, RADII[True]), (28, 28))
    for atlas in (True, False):
        space = Space.open(model(6, atlas=atlas))
        wish = Wish(Inking(space, [0.0] * 6), target, mask)
        said = outcome(wish, (0.0,) * 6)
        assert said.startswith("The model cannot draw that, only this: 0 % of its difference from your ink is gone")
        assert said.endswith(". Nothing keeps it near the data: there is no atlas.npz.") is not atlas
