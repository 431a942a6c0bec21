"""The digit, and below it how much of the data lies where it was found."""

from threading import Event, current_thread
from tkinter import ttk

import numpy as np
import pytest

from vae_explorer.gui.views.picture import PLACE


def test_the_share_that_is_told_is_that_of_the_density(window):
    opened, percents = window(), set()
    shown = opened.app.workspace.picture
    for z in ((0.0, 0.0), (0.3, -0.2), (1.0, 0.8), (9.0, 9.0)):
        opened.session.commit(z=z)
        opened.hand.pump()
        percent = float(opened.session.space.density.percentile(z)[0])
        assert shown._percent.get() == f"{percent:.0f} %" and shown._bar["value"] == pytest.approx(percent)
        percents.add(percent)
    assert len(percents) == 4 and 0 in percents


class Slow:
    """A density that is prepared when the test says so, and notes by whom, and how many frames were there then."""

    def __init__(self, opened):
        self.opened, self.may, self.by, self.frames = opened, Event(), None, 0

    def prepare(self):
        self.by, self.frames = current_thread(), self.opened.app.workspace.picture.digit.frames
        assert self.may.wait(20)

    def percentile(self, _z):
        assert self.may.is_set(), "the window would have waited"
        return np.array([50.0])


def test_how_much_data_there_is_is_told_when_the_digit_stands_there_and_nothing_waits_for_it(window):
    opened = window()
    opened.session.space.density = slow = Slow(opened)
    opened.app.change(look="smooth")
    assert not opened.app.workspace.ready
    opened.hand.until(lambda: slow.by)
    opened.session.commit(z=(1.0, 0.5))
    opened.hand.pump()
    shown = opened.app.workspace.picture
    assert slow.by is not current_thread() and slow.frames > 0
    assert shown.digit.frames > slow.frames and not shown._percent.get() and not opened.app.workspace.ready
    slow.may.set()
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert shown._percent.get() == "50 %"


def test_a_window_closed_before_it_is_told_leaves_nothing_waiting(window):
    opened = window()
    opened.session.space.density = slow = Slow(opened)
    opened.app.change(look="smooth")
    opened.hand.until(lambda: slow.by)
    opened.app.close()  # a timer that is left fails the test
    slow.may.set()
    slow.by.join(20)


def test_without_an_atlas_it_says_what_is_missing(window, bare):
    opened = window(weights=bare)
    shown = opened.app.workspace.picture
    texts = [each.cget("text") for each in shown._bar.master.winfo_children() if isinstance(each, ttk.Label)]
    assert len(texts) == 1 and "not known without atlas.npz" in texts[0] and not shown._bar.winfo_ismapped()
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    assert opened.app.workspace.ready


def test_the_place_is_explained_under_the_pointer(window):
    opened = window()
    assert opened.tooltip(opened.app.workspace.picture._bar) == PLACE


@pytest.mark.parametrize("size", [(960, 600), (1180, 760), (1900, 1000), (1100, 480)], ids=str)
def test_what_is_told_of_the_digit_stands_right_below_it(window, size):
    opened = window(size=size)
    shown = opened.app.workspace.picture
    digit = shown.digit.widget
    bottom = digit.winfo_rooty() + digit.winfo_height()
    assert abs(digit.winfo_width() - digit.winfo_height()) <= 1 or size == (1100, 480)
    assert 0 <= shown._bar.winfo_rooty() - bottom <= 24
    assert shown.saving.widget.winfo_rooty() + shown.saving.widget.winfo_height() <= (
        shown.widget.winfo_rooty() + shown.widget.winfo_height()
    )
