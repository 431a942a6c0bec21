"""The tab "Your digit": drawn with a real mouse and real keys, read by the encoder, and taken back by undo."""

import gc
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from factories import made_up, made_up_codec
from PIL import ImageGrab
from test_gui_layout import flaws
from test_strokes import SLANTED

from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.photos import Photo, PhotoError
from vae_explorer.datasets.strokes import PEN, RUBBER, Stroke, drawn
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.views.beside import Beside, signed_colours
from vae_explorer.gui.views.yours import pen
from vae_explorer.gui.views.yours.raster import Raster, added
from vae_explorer.gui.views.yours.view import YoursView
from vae_explorer.images import fitted
from vae_explorer.session import photos, subject
from vae_explorer.session.history import Session

SEVEN = (6.0, 6.0), (20.0, 6.0), (12.0, 23.0)
CROSSED = Stroke(((10.0, 14.0), (18.0, 14.0)))
HOLE = Stroke(((12.0, 8.0),), RUBBER, erases=True)


@pytest.fixture
def yours(plain, desk):
    """A function that shows the tab of a model of D dimensions in a window of its own; what it is told is shown."""

    def lay(latent_dim=2):
        laid = desk(latent_dim)
        view = YoursView(plain.root, laid)
        view.widget.grid(sticky="nsew")
        plain.root.rowconfigure(2, weight=1)
        plain.root.columnconfigure(0, weight=1)
        laid.session.listen(view.show)
        plain.hand.pump()
        return laid.session, view

    return lay


def spot(view, point):
    """Where on the screen a point of the picture lies."""
    canvas, line = view.pad.widget, view.pad._line
    scale = (canvas.winfo_width() - 2 * line) / 28
    return tuple(
        round(low + line + each * scale)
        for low, each in zip((canvas.winfo_rootx(), canvas.winfo_rooty()), point, strict=True)
    )


def draw(hand, view, points=SEVEN, button=1):
    """Draw a stroke with the mouse."""
    hand.press(*spot(view, points[0]), button)
    for point in points[1:]:
        hand.move(*spot(view, point))
    hand.release(button)


def shown(opened, view):
    """The grey levels of the pad's middle on the screen, without the guides: (28, 28), each the mean of a square."""
    for item in (view.pad._box, *view.pad._cross, view.pad._ring):
        view.pad.widget.itemconfigure(item, state="hidden")
    opened.hand.pump()
    line = view.pad._line
    grey = opened.look(view.pad.widget)[line:-line, line:-line, 0].astype(float)
    edges = np.linspace(0, len(grey), 29).round().astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(grey, edges, 0), edges, 1)
    counts = np.diff([*edges, len(grey)])
    return sums / np.outer(counts, counts)


def close(a, b):
    return np.allclose(a, b, atol=0.4)


# ---------------------------------------------------------------------- the mouse


def test_a_stroke_is_encoded_and_is_one_step_of_undo(plain, yours):
    session, view = yours()
    draw(plain.hand, view)
    [stroke] = session.state.drawing.strokes
    assert stroke.radius == PEN and not stroke.erases and close(stroke.points[0], SEVEN[0])
    assert close(stroke.points[-1], SEVEN[-1])
    assert session.state.encoded and session.state.z == subject.drawn(session.space, session.state.drawing)["z"] != (
        0,
        0,
    )
    session.undo()
    assert session.state.drawing.empty and session.state.z == (0, 0) and not session.state.encoded
    assert not session.can_undo and view.pad.drawing.empty
    session.redo()
    assert view.pad.drawing == session.state.drawing != Drawing()


def test_z_moves_while_the_pen_moves(plain, yours):
    session, view = yours()
    seen = []
    session.listen(lambda state: seen.append(state.z))
    plain.hand.press(*spot(view, SEVEN[0]))
    for point in SEVEN[1:]:
        plain.hand.move(*spot(view, point))
    assert len(set(seen)) == 4 and session.state.drawing.strokes and session.can_undo
    plain.hand.release()
    session.undo()
    assert not session.can_undo, "it was one step"


def test_many_events_in_one_turn_are_encoded_once(plain, yours, monkeypatch):
    session, view = yours()
    calls, own = [], subject.drawn
    monkeypatch.setattr(subject, "drawn", lambda *given: calls.append(1) or own(*given))
    view.pen._down((5.0, 5.0), erases=False)
    for k in range(20):
        view.pen._to((6.0 + k, 5.0))
    assert calls == [] and len(view.pad.drawing.strokes[0].points) == 21, "the pad is ahead of the encoder"
    plain.hand.pump()
    assert calls == [1] and session.state.drawing == view.pad.drawing
    view.pen._up()


@pytest.mark.parametrize("way", ["the right button", "the tool"])
def test_the_eraser_takes_away_what_was_drawn(plain, yours, way):
    session, view = yours()
    draw(plain.hand, view)
    if way == "the tool":
        plain.hand.click(view.tools.tools[1])
    draw(plain.hand, view, [(18.0, 6.0), (21.0, 6.0)], button=3 if way == "the right button" else 1)
    last = session.state.drawing.strokes[-1]
    assert last.erases and last.radius == RUBBER and session.state.encoded
    assert not drawn(session.state.drawing.strokes, np.zeros((28, 28), np.uint8))[5:7, 18:20].any()
    if way == "the tool":
        plain.hand.click(view.tools.tools[0])
    draw(plain.hand, view, [(3.0, 3.0), (9.0, 3.0)])
    assert not session.state.drawing.strokes[-1].erases


def test_nothing_is_erased_from_an_empty_pad_and_what_is_all_erased_is_empty(plain, yours):
    session, view = yours()
    draw(plain.hand, view, button=3)
    assert session.state.drawing.empty and not session.can_undo
    draw(plain.hand, view, [(10.0, 10.0)])
    draw(plain.hand, view, [(8.0, 10.0), (12.0, 10.0)], button=3)
    assert session.state.drawing == Drawing() and not session.state.encoded
    session.undo()
    assert len(session.state.drawing.strokes) == 1 and session.state.encoded


def test_a_stroke_is_ended_by_what_comes_from_elsewhere(plain, yours):
    session, view = yours()
    draw(plain.hand, view)
    kept = session.state
    plain.hand.press(*spot(view, (4.0, 4.0)))
    plain.hand.move(*spot(view, (9.0, 4.0)))
    session.undo()  # which first lets the unfinished stroke be a step
    session.undo()
    plain.hand.move(*spot(view, (9.0, 20.0)))
    plain.hand.release()
    assert session.state.drawing.empty and view.pad.drawing.empty
    session.redo()
    assert session.state == kept


def test_points_are_apart_and_a_pad_that_is_full_takes_no_more(yours, monkeypatch):
    session, view = yours()
    monkeypatch.setattr(pen, "MOST", 30)
    view.pen._down((14.0, 14.0), erases=False)
    for angle in np.linspace(0, 40, 1000):
        view.pen._to((14 + 9 * np.cos(angle), 14 + 9 * np.sin(angle)))
    view.pen._up()
    points = np.array(session.state.drawing.strokes[0].points)
    assert len(points) == 30 and np.linalg.norm(np.diff(points, axis=0), axis=1).min() >= 0.5
    assert view._desk.status.said == pen.FULL


def test_the_pen_stays_on_the_pad(plain, yours):
    session, view = yours()
    draw(plain.hand, view, [(5.0, 5.0), (400.0, -30.0)])
    assert session.state.drawing.strokes[0].points[-1] == (28.0, 0.0)


# ---------------------------------------------------------------------- the keys


def test_the_keys_draw_and_erase(plain, yours):
    session, view = yours()
    view.pad.widget.focus_set()
    plain.hand.key("Left", "shift+Up", "space", "Down", "Down", "Right")
    assert len(session.state.drawing.strokes) == 1 and session.state.encoded, "it is drawn live"
    plain.hand.key("Return", "Down")
    [stroke] = session.state.drawing.strokes
    assert stroke.points == ((13.5, 14.25), (13.5, 15.25), (13.5, 16.25), (14.5, 16.25))
    session.undo()
    assert session.state.drawing.empty
    session.redo()
    view.tools.switch()
    plain.hand.key("space", "Up", "Up", "Escape", "Up")
    assert [each.erases for each in session.state.drawing.strokes] == [False, True]
    assert len(session.state.drawing.strokes[1].points) == 3


def test_a_pen_that_the_keys_have_set_down_is_lifted_when_they_go_elsewhere(plain, yours):
    session, view = yours()
    view.pad.widget.focus_set()
    plain.hand.key("space", "Down", "Tab")
    done = session.state
    view.pad.widget.focus_set()
    plain.hand.key("Down", "Down")
    assert session.state == done and len(done.drawing.strokes) == 1
    session.undo()
    assert session.state.drawing.empty and not session.can_undo


def test_the_mouse_takes_over_from_the_keys_and_one_button_at_a_time_holds_the_pen(plain, yours):
    session, view = yours()
    view.pad.widget.focus_set()
    plain.hand.key("space", "Down")
    plain.hand.press(*spot(view, (4.0, 4.0)))
    plain.hand.press(*spot(view, (9.0, 4.0)), 3)
    plain.hand.release(3)
    plain.hand.move(*spot(view, (9.0, 9.0)))
    plain.hand.release()
    by_keys, by_mouse = session.state.drawing.strokes
    assert len(by_keys.points) == 2 and not by_mouse.erases and close(by_mouse.points[-1], (9.0, 9.0))
    session.undo()
    assert session.state.drawing.strokes == (by_keys,)


# ---------------------------------------------------------------------- the steps, and the pictures


def test_a_step_that_is_switched_changes_what_the_model_gets_and_not_the_pad(plain, yours):
    session, view = yours()
    draw(plain.hand, view, [(3.0, 3.0), (9.0, 3.0), (5.0, 9.0)])
    before, switches = session.state, view.steps.of_strokes.controls
    for name in ("size", "centre"):
        plain.hand.click(switches[name])
        assert not getattr(session.state.drawing, name) and not switches[name].instate(["selected"])
    assert (session.state.drawing.levels == drawn(before.drawing.strokes, np.zeros((28, 28), np.uint8))).all()
    assert session.state.z == subject.drawn(session.space, session.state.drawing)["z"] != before.z
    session.undo()
    session.undo()
    assert session.state == before and all(each.instate(["selected"]) for each in switches.values())


def bring(session, levels=None):
    """Put a photo of a dark seven on light paper on the pad, or another."""
    large = drawn([Stroke(SEVEN)], np.zeros((280, 280), np.uint8), 10.0)
    photo = Photo((1 - 0.8 * large / 255).astype(np.float32) if levels is None else levels)
    brought = photos.brought(session.space, photo)
    session.photos.keep(brought)
    session.commit(**subject.drawn(session.space, brought.drawing))
    return brought


def test_the_steps_of_a_photo_are_shown_and_can_be_switched(plain, yours):
    session, view = yours()
    before = bring(session)
    draw(plain.hand, view, [(3.0, 25.0), (6.0, 25.0)])
    drawing, controls = session.state.drawing, view.steps.of_photo.controls
    assert view.steps.of_photo.values == vars(before.steps) and len(drawing.strokes) == 1
    plain.hand.click(controls["fit"])
    plain.hand.until(lambda: not view._desk.work.running)
    now = session.state.drawing
    made = session.photos.of(now)
    assert made.steps == replace(before.steps, fit=False) and made.photo is before.photo
    assert now.ground != drawing.ground and now.strokes == drawing.strokes and session.state.encoded
    assert not controls["fit"].instate(["selected"])
    session.undo()
    assert session.state.drawing == drawing and controls["fit"].instate(["selected"])


def test_whether_the_ink_is_dark_or_light_can_be_chosen(plain, yours):
    session, view = yours()
    bring(session)
    choice = view.steps.of_photo.controls["ink"]
    assert choice.get() == "any ink"
    choice.current(1)
    choice.event_generate("<<ComboboxSelected>>")
    plain.hand.until(lambda: not view._desk.work.running)
    assert session.photos.of(session.state.drawing).steps.ink == "dark" and choice.get() == "dark ink"


def test_a_step_that_fails_is_told_and_is_switched_back(plain, yours, monkeypatch):
    session, view = yours()
    bring(session)

    def fail(*_given):
        raise PhotoError("There is no ink.")

    monkeypatch.setattr(photos, "brought", fail)
    before, switch = session.state, view.steps.of_photo.controls["alone"]
    plain.hand.pump()
    plain.hand.click(switch)
    plain.hand.until(lambda: not view._desk.work.running)
    assert session.state == before and switch.instate(["selected"])
    assert view._desk.status.said == "The step was not switched: There is no ink."


def slowed(monkeypatch, error=None):
    """Photos are made anew, or fail, only when the event is set that this gives."""
    go_on, make = Event(), photos.brought

    def slowly(*given):
        go_on.wait(10)
        if error:
            raise error
        return make(*given)

    monkeypatch.setattr(photos, "brought", slowly)
    return go_on


def test_a_step_is_switched_although_something_else_is_asked_and_escape_is_pressed(plain, yours, monkeypatch):
    session, view = yours()
    bring(session)
    go_on, work = slowed(monkeypatch), view._desk.work
    view.steps.of_photo.controls["fit"].invoke()
    for queue in ("answer", "estimate"):
        work.start(queue, "", lambda _job: None, lambda _value: None, lambda _error: None)
    work.stop()
    go_on.set()
    plain.hand.until(lambda: not work.running)
    assert session.photos.of(session.state.drawing).steps.fit is False


def test_steps_that_are_switched_soon_after_each_other_are_all_taken_and_those_that_are_cancelled_put_back(
    plain, yours, monkeypatch
):
    session, view = yours()
    before = bring(session)
    go_on, work, controls = slowed(monkeypatch), view._desk.work, view.steps.of_photo.controls
    for name in ("fit", "alone"):
        controls[name].invoke()
    assert not controls["fit"].instate(["selected"]) and not controls["alone"].instate(["selected"])
    work.cancel(work.current("prepare"))
    assert view.steps.of_photo.values == vars(before.steps)
    for name in ("fit", "alone"):
        controls[name].invoke()
    go_on.set()
    plain.hand.until(lambda: not work.running)
    assert session.photos.of(session.state.drawing).steps == replace(before.steps, fit=False, alone=False)


@pytest.mark.parametrize("fails", [False, True])
def test_a_step_that_was_switched_before_the_theme_is_switched_after_it(window, monkeypatch, fails):
    opened = window(6)
    opened.app.show_tab("yours")
    opened.hand.until(lambda: opened.app.workspace.ready)
    bring(opened.session)
    opened.hand.pump()
    go_on = slowed(monkeypatch, PhotoError("There is no ink.") if fails else None)
    opened.app.workspace.tabs.yours.steps.of_photo.controls["fit"].invoke()
    opened.app.change(theme="dark")
    opened.hand.pump()
    go_on.set()
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.pump()
    gc.collect()  # the views of before, which the job held until it was over
    made = opened.session.photos.of(opened.session.state.drawing)
    assert made.steps.fit == fails == opened.app.workspace.tabs.yours.steps.of_photo.values["fit"]


def test_what_is_prepared_for_a_pad_that_was_cleared_meanwhile_is_dropped(plain, yours):
    session, view = yours()
    bring(session)
    view.steps.of_photo.controls["fit"].invoke()
    session.commit(**subject.drawn(session.space, Drawing()))
    plain.hand.until(lambda: not view._desk.work.running)
    assert session.state.drawing.empty


def test_without_the_photo_it_is_said_why_there_are_no_steps(plain, yours):
    session, view = yours()
    session.commit(**subject.drawn(session.space, Drawing.of(np.full((28, 28), 60, np.uint8))))
    draw(plain.hand, view, button=3)
    plain.hand.pump()
    assert session.state.drawing.ground and len(session.state.drawing.strokes) == 1
    assert view.steps.gone.winfo_ismapped() and not view.steps.of_strokes.widget.winfo_ismapped()
    session.undo()
    session.undo()
    plain.hand.pump()
    assert view.steps.of_strokes.widget.winfo_ismapped() and not view.steps.gone.winfo_ismapped()


def test_what_each_step_left_is_given_in_their_order():
    small = Drawing(strokes=(Stroke(((3.0, 3.0), (9.0, 3.0), (5.0, 9.0))),))
    size, centre = small.after_steps.values()
    assert [*small.after_steps] == ["size", "centre"] and (centre == small.levels).all() and (size != centre).any()
    assert small.cleared == Drawing() and Drawing(b"", (SLANTED,), size=False).cleared == Drawing(size=False)


def test_a_model_of_other_data_gets_the_drawing_as_it_is_until_a_step_is_switched_on():
    space = made_up((1, 28, 28))
    assert not space.like_mnist
    assert Session(space).state.drawing == Drawing(size=False, centre=False)


@pytest.mark.parametrize("side", [56, 197, 280])
def test_the_raster_draws_what_is_new_as_it_would_draw_all(side):
    whole = (SLANTED, HOLE, CROSSED)
    for ground in (b"", np.arange(784, dtype=np.uint32).astype(np.uint8).tobytes()):
        raster, once = Raster(side), Raster(side)
        for k in range(len(whole)):
            for n in range(1, len(whole[k].points) + 1):
                part = Stroke(whole[k].points[:n], whole[k].radius, whole[k].erases)
                boxes = raster.draw(Drawing(ground, (*whole[:k], part)))
        left, top, right, bottom = boxes[0]
        assert (right - left) * (bottom - top) < side * side / 2, "only what is new"
        once.draw(Drawing(ground, whole))
        assert abs(raster.levels.astype(int) - once.levels).max() <= 1
        if not ground:
            assert abs(once.levels.astype(int) - drawn(whole, np.zeros((side, side), np.uint8), side / 28)).max() <= 1


def test_only_what_goes_on_from_before_is_drawn_as_an_addition():
    first, second = Drawing(strokes=(SLANTED,)), Drawing(strokes=(SLANTED, HOLE))
    assert added(first, second) == [HOLE] and added(first, first) == [] and added(Drawing(), second) == [SLANTED, HOLE]
    longer = Stroke((*SLANTED.points, (1.0, 1.0)))
    assert added(first, Drawing(strokes=(longer,))) == [Stroke((SLANTED.points[-1], (1.0, 1.0)))]
    for before, after in (
        (second, first),
        (first, Drawing(b"\0" * 784, (SLANTED,))),
        (Drawing(strokes=(HOLE,)), first),
    ):
        assert added(before, after) is None
    assert added(second, Drawing(strokes=(CROSSED, HOLE))) is None


# ---------------------------------------------------------------------- in the window


def test_what_is_drawn_is_on_the_screen_and_all_else_follows(window):
    opened = window(6)
    opened.hand.key("ctrl+5")
    view = opened.app.workspace.tabs.yours
    assert opened.app.workspace.tabs.selected == "yours"
    draw(opened.hand, view)
    drawing = opened.session.state.drawing
    raw = drawn(drawing.strokes, np.zeros((28, 28), np.uint8))
    assert abs(shown(opened, view) - raw).max() < 40 and abs(shown(opened, view) - raw).mean() < 3
    assert (abs(opened.digit() - opened.expected(subject.drawn(opened.session.space, drawing)["z"])) <= 1).all()
    opened.hand.key("ctrl+z")
    opened.hand.pump()
    assert not shown(opened, view)[:8].any() and not any(opened.z)


def test_the_keys_of_the_window_take_the_eraser_and_clear_the_pad(window):
    opened = window()
    view = opened.app.workspace.tabs.yours
    opened.hand.key("c")
    assert not opened.session.can_undo
    opened.hand.key("e")
    assert opened.app.workspace.tabs.selected == "yours" and view.pen.erases
    opened.hand.key("e")
    draw(opened.hand, view)
    assert opened.session.state.encoded and not view.pen.erases
    z = opened.z
    opened.app.show_tab("map")
    opened.hand.key("c")
    assert opened.session.state.drawing.empty and opened.z == z and not opened.session.state.encoded
    assert opened.app.workspace.tabs.selected == "yours", "what is changed comes to the front"
    opened.hand.key("ctrl+z")
    assert len(opened.session.state.drawing.strokes) == 1 and opened.session.state.encoded


def test_after_a_jump_the_drawing_is_still_there_and_can_be_encoded_again(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    view = opened.app.workspace.tabs.yours
    button = view.buttons.buttons["encode"]
    assert button.instate(["disabled"])
    draw(opened.hand, view)
    assert button.instate(["disabled"])
    drawing, z = opened.session.state.drawing, opened.z
    opened.hand.key("3")
    assert opened.session.state.drawing == drawing and not opened.session.state.encoded and opened.z != z
    opened.hand.click(button)
    assert opened.session.state.encoded and opened.z == z


def test_from_where_sliders_have_led_there_is_a_way_back_to_the_drawing(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    view = opened.app.workspace.tabs.yours
    draw(opened.hand, view)
    button, z = view.buttons.buttons["encode"], opened.z
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.pump()
    assert opened.session.state.encoded and button.instate(["!disabled"])
    opened.hand.click(button)
    assert opened.z == z and button.instate(["disabled"])


def test_who_comes_to_the_pad_by_a_key_draws_with_the_keys_at_once(window):
    opened = window()
    opened.hand.key("ctrl+5")
    opened.hand.key("space", "Down", "Down", "Down", "Down", "Down", "Down", "space")
    [stroke] = opened.session.state.drawing.strokes
    assert len(stroke.points) == 7 and opened.session.state.encoded


def test_a_change_of_theme_keeps_the_drawing_and_shows_it(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    draw(opened.hand, opened.app.workspace.tabs.yours)
    before = shown(opened, opened.app.workspace.tabs.yours)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()
    assert abs(shown(opened, opened.app.workspace.tabs.yours) - before).max() < 2 and before.max() > 200


def test_a_stroke_ends_where_the_pad_is_hidden_and_the_next_is_another(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    view = opened.app.workspace.tabs.yours
    opened.hand.press(*spot(view, SEVEN[0]))
    opened.hand.move(*spot(view, SEVEN[1]))
    opened.hand.key("ctrl+1")
    opened.hand.release()
    assert opened.session.can_undo and opened.session.state == opened.session._resting
    opened.app.show_tab("yours")
    opened.hand.pump()
    draw(opened.hand, view, [(20.0, 22.0), (10.0, 22.0)])
    assert [len(each.points) for each in opened.session.state.drawing.strokes] == [2, 2]


def test_a_stroke_ends_where_something_else_had_the_mouse_when_it_was_lifted(plain, yours):
    session, view = yours()
    canvas = view.pad.widget
    for x in (4.0, 8.0):
        canvas.event_generate("<Button-1>", x=round(x * view.pad._scale), y=60)
        canvas.event_generate("<B1-Motion>", x=round((x + 3) * view.pad._scale), y=60, state=256)
        plain.hand.pump()
    canvas.event_generate("<ButtonRelease-1>", x=100, y=60)
    plain.hand.pump()
    assert [len(each.points) for each in session.state.drawing.strokes] == [2, 2]
    session.undo()
    assert len(session.state.drawing.strokes) == 1


def test_another_theme_in_the_middle_of_a_stroke_ends_it_as_a_step_of_its_own(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    opened.hand.press(*spot(opened.app.workspace.tabs.yours, SEVEN[0]))
    opened.hand.move(*spot(opened.app.workspace.tabs.yours, SEVEN[1]))
    drawing = opened.session.state.drawing
    assert not drawing.empty
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.release()
    opened.session.commit(z=(1.0, 1.0))
    opened.session.undo()
    assert opened.session.state.drawing == drawing and opened.z != (1.0, 1.0)


@pytest.mark.parametrize("fails", [False, True])
def test_a_step_that_is_switched_may_be_done_when_another_theme_has_replaced_the_tab(window, monkeypatch, fails):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    bring(opened.session)
    opened.hand.pump()

    def _fail(*_args):
        raise PhotoError("There is no ink.")

    if fails:
        monkeypatch.setattr(photos, "brought", _fail)
    opened.app.workspace.tabs.yours.steps.of_photo.controls["fit"].invoke()
    opened.app.change(theme="dark")
    opened.hand.until(lambda: not opened.app.work.running)
    assert steps_of(opened).fit == fails
    assert opened.app.workspace.tabs.yours.steps.of_photo.values["fit"] == fails
    gc.collect()  # the job held the tab that went, and its images


def steps_of(opened):
    """The steps by which the photo of the drawing was made like the data."""
    return opened.session.photos.of(opened.session.state.drawing).steps


def test_the_pad_grows_with_its_tab_and_stays_square(window):
    opened = window()
    opened.app.show_tab("yours")
    opened.hand.pump()
    canvas, sides = opened.app.workspace.tabs.yours.pad.widget, []
    for size in ("960x600", "1180x760", "1900x1200"):
        opened.root.geometry(size)
        opened.hand.until(lambda size=size: f"{opened.root.winfo_width()}x{opened.root.winfo_height()}" == size)
        opened.hand.pump()
        assert canvas.winfo_width() == canvas.winfo_height()
        sides.append(canvas.winfo_width())
    assert sides == sorted(set(sides)) and sides[0] >= 196


@pytest.mark.parametrize("brought", ["a photo", "a picture as it is"])
@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1.0), ((1440, 900), 1.5)], ids=str)
def test_the_tab_is_whole_whatever_is_on_the_pad(window, brought, size, scale):
    opened = window(6, size=size, scale=scale)
    opened.app.show_tab("yours")
    opened.hand.pump()
    if brought == "a photo":
        bring(opened.session)
    else:
        opened.session.commit(**subject.drawn(opened.session.space, Drawing.of(np.full((28, 28), 60, np.uint8))))
    opened.hand.pump()
    assert [*flaws(opened, opened.app.workspace.tabs.widget)] == []
    assert opened.app.workspace.tabs.yours.pad.widget.winfo_width() >= 196 * scale


def test_without_an_encoder_the_tab_says_what_would_bring_it(window, bare):
    opened = window(weights=bare)
    opened.app.show_tab("yours")
    opened.hand.pump()
    view = opened.app.workspace.tabs.yours
    [label] = view.widget.winfo_children()
    assert view.pad is None and "encoder_weights.pt" in label.cget("text")
    assert label.cget("text").endswith("Training writes it.")
    for name in ("eraser", "clear-pad", "encode"):
        assert "encoder_weights.pt" in opened.app.desk.actions[name].why_not(opened.session)
    opened.hand.key("e", "c")


@pytest.mark.parametrize("shape", [(1, 20, 36), (3, 64, 48)], ids=str)
def test_for_pictures_of_another_shape_one_can_be_brought_and_stands_beside_the_models(window, monkeypatch, shape):
    monkeypatch.setattr(opening, "opened", lambda *_, **__: made_up_codec(shape))
    opened = window(size=(1180, 760))
    opened.app.show_tab("yours")
    opened.hand.pump()
    view = opened.app.workspace.tabs.yours
    text = next(each for each in view.widget.winfo_children() if each.winfo_class() == "TLabel").cget("text")
    assert view.pad is None and text.endswith(f"None can be drawn here: {opened.session.space.no_drawing}.")
    assert not view.buttons.buttons["open-digit"].instate(["disabled"])
    levels = opened.session.space.codec.pixels((1.0, -1.0, 0.5))[0]
    opened.session.commit(**subject.drawn(opened.session.space, Drawing.of(levels)))
    opened.hand.pump()
    canvas = view.photo.widget
    width, height = fitted(shape[1:], (canvas.winfo_width() - 2, canvas.winfo_height() - 2))
    expected = opened.app.desk.look.picture(levels, (width, height))
    shown = opened.look(canvas)[1 : 1 + height, 1 : 1 + width]
    np.testing.assert_array_equal(shown, expected if expected.ndim == 3 else expected[..., None].repeat(3, 2))
    assert opened.app.workspace.picture.beside._levels[0] is opened.session.state.drawing.levels
    assert [*flaws(opened, opened.app.workspace.tabs.widget)] == []
    opened.session.undo()
    opened.hand.pump()
    assert view.photo._drawing.empty


def test_the_difference_of_pictures_in_colour_is_how_much_lighter_one_is_on_average(plain):
    beside = Beside(plain.root, plain.theme, Look("pixels", "gray"), (3, 8, 8), str)
    beside.widget.grid()
    beside.lay(below=True)
    yours = np.full((8, 8, 3), 100, np.uint8)
    models = yours.copy()
    models[:, :4] = 250, 100, 100
    models[:, 4:] = 100, 100, 0
    beside.show(yours, models)
    plain.hand.pump()
    picture = beside._cells[1][0]
    shown = np.asarray(ImageGrab.grab(box(picture)).convert("RGB"))
    table = signed_colours(plain.theme.colours)
    height, width = shown.shape[:2]
    assert (shown[height // 2, width // 4] == table[255 + 50]).all()
    assert (shown[height // 2, 3 * width // 4] == table[255 - 34]).all()


def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_a_model_of_any_number_of_dimensions_reads_what_is_drawn(window, latent_dim):
    opened = window(latent_dim)
    opened.app.show_tab("yours")
    opened.hand.pump()
    draw(opened.hand, opened.app.workspace.tabs.yours)
    assert opened.session.state.encoded and len(opened.z) == latent_dim and any(opened.z)
