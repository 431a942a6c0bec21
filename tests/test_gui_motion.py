"""Presets are moved to by the clock, and the hand always wins."""

import itertools
from functools import partial
from types import SimpleNamespace

import pytest

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.gui.desk import motion
from vae_explorer.session import subject
from vae_explorer.settings import Settings

FRAMES = motion.DURATION_MS / motion.FRAME_MS  # of a way to a preset


@pytest.fixture
def moving(window, monkeypatch):
    """A window whose clock goes on by a frame whenever it is looked at, so that no test depends on a machine's pace."""
    clock = SimpleNamespace(monotonic=partial(next, itertools.count(0, motion.FRAME_MS / 1000)))
    monkeypatch.setattr(motion, "time", clock)
    return window(2, Settings(motion=True))


def arrived(opened):
    opened.hand.until(lambda: not opened.app.desk.motion.moving)


def test_a_preset_is_reached_exactly_over_many_frames_and_as_one_step_of_undo(moving):
    frames = moving.app.workspace.picture.digit.frames
    moving.hand.key("4")
    assert moving.app.desk.motion.moving
    arrived(moving)
    moving.hand.pump()
    assert moving.z == moving.session.space.class_mean(4)
    assert moving.app.workspace.picture.digit.frames - frames == pytest.approx(FRAMES, abs=2)
    moving.hand.key("ctrl+z")
    assert moving.z == (0, 0) and not moving.session.can_undo


def test_a_preset_is_one_step_also_when_a_slider_has_the_focus_and_hears_the_key_let_go(moving):
    moving.app.workspace.controls.sliders.scales[0].focus_set()
    moving.hand.do("keydown", "4")
    moving.hand.do("keyup", "4")
    assert moving.app.desk.motion.moving
    arrived(moving)
    assert moving.z == moving.session.space.class_mean(4)
    moving.hand.key("ctrl+z")
    assert moving.z == (0, 0) and not moving.session.can_undo


def test_the_way_between_two_corners_of_the_space_is_gone_to_its_end(moving):
    moving.session.commit(z=(10.0, -10.0))
    moving.app.go((10.0, 10.0))
    arrived(moving)
    assert moving.z == (10.0, 10.0) and moving.said == ""


def test_of_two_quick_presets_the_later_is_reached(moving):
    moving.hand.key("4", "7")
    arrived(moving)
    assert moving.z == moving.session.space.class_mean(7)


def test_a_hand_on_a_slider_takes_over(moving):
    moving.hand.key("4")
    moving.hand.press(*moving.thumb(0, 2.0))
    assert not moving.app.desk.motion.moving
    moving.hand.release()
    here = moving.z
    moving.hand.pump()
    assert moving.z == here != moving.session.space.class_mean(4)


def test_escape_stops_where_it_has_come_to_and_undo_goes_back(moving):
    moving.hand.key("4")
    moving.hand.key("Escape")
    here = moving.z
    assert not moving.app.desk.motion.moving and here not in ((0, 0), moving.session.space.class_mean(4))
    moving.hand.key("ctrl+z")
    assert moving.z == (0, 0)
    moving.hand.key("ctrl+shift+z")
    assert moving.z == here


def test_undo_in_the_middle_of_the_way_goes_back_to_its_start(moving):
    moving.hand.key("4")
    moving.hand.key("ctrl+z")
    assert not moving.app.desk.motion.moving and moving.z == (0, 0)


def test_a_window_closed_on_the_way_leaves_nothing_waiting(moving):
    moving.hand.key("4")
    assert moving.app.desk.motion.moving
    moving.app.close()


def test_without_motion_a_preset_is_there_at_once(window):
    opened = window(2)
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4) and not opened.app.desk.motion.moving


def follower(opened, frames, over):
    """Something to follow: so many frames to the right and the last one up."""
    count = iter(range(1, frames + 1))

    def place(ms):
        assert ms >= 0
        k = next(count)
        return ((0.1 * k, 1.0), True) if k == frames else ((0.1 * k, 0.0), False)

    opened.app.desk.motion.follow(place, lambda: over.append(opened.z))


def test_what_is_followed_frame_by_frame_is_one_step_of_undo(window):
    opened, over = window(2), []
    follower(opened, 5, over)
    assert opened.z == (0.1, 0) and opened.app.desk.motion.moving
    arrived(opened)
    assert opened.z == (0.5, 1) and over == [(0.5, 1)]
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0) and not opened.session.can_undo


def test_what_is_followed_is_told_once_that_it_is_over(window):
    opened, over = window(2), []
    follower(opened, 1000, over)
    opened.app.desk.motion.stop()
    assert over == [opened.z] and opened.session.can_undo
    opened.app.desk.motion.stop()
    follower(opened, 1000, over)
    opened.session.preview(z=(2.0, 2.0))  # the hand
    assert len(over) == 2 and not opened.app.desk.motion.moving
    follower(opened, 1000, over)
    opened.app.desk.motion.go((1.0, 1.0))
    assert len(over) == 3
    opened.app.desk.motion.stop()
    assert len(over) == 3, "it was another movement"


@pytest.mark.parametrize("motion", [True, False])
def test_a_jump_leaves_the_drawing_behind_as_one_step_of_undo(plain, desk, motion):
    laid = desk(settings=Settings(motion=motion))
    drawing = Drawing(strokes=(Stroke(((8.0, 8.0), (20.0, 8.0))),))
    laid.session.commit(**subject.drawn(laid.space, drawing))
    laid.motion.go((1.0, 1.0))
    plain.hand.until(lambda: not laid.motion.moving)
    assert laid.session.state.z == (1.0, 1.0) and not laid.session.state.encoded
    assert laid.session.state.drawing == drawing
    laid.session.undo()
    assert laid.session.state.encoded
