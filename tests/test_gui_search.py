"""The geodesic is sought beside the window, once, and only while it is wanted."""

import threading
from dataclasses import replace
from tkinter import ttk

import numpy as np
import pytest

from vae_explorer.gui.views.path.search import TITLE, Search
from vae_explorer.space import geodesic, paths

A, B, C = (1.0, -0.5), (-1.0, 1.5), (0.5, 0.5)


@pytest.fixture
def opened(window):
    return window(2)


@pytest.fixture
def told():
    return []


@pytest.fixture
def search(opened, told):
    made = Search(opened.app.desk, "geodesic", 5, lambda: told.append(True))
    yield made
    made.stop()


def buttons(widget):
    """The buttons in a widget and in what is in it."""
    own = [widget] if isinstance(widget, ttk.Button) else []
    return own + [button for each in widget.winfo_children() for button in buttons(each)]


@pytest.fixture
def slow(monkeypatch):
    """Searches that wait for the test; which have begun, and a switch to let them end."""
    begun, go_on, search = [], threading.Event(), geodesic.geodesic

    def waiting(codec, a, b, count, cancelled, tell):
        begun.append((a, b))
        while not go_on.wait(0.005):
            if cancelled():
                return None
        return search(codec, a, b, count, cancelled, tell)

    monkeypatch.setitem(paths.WAYS, "geodesic", replace(paths.WAYS["geodesic"], find=waiting))
    return begun, go_on


def test_it_is_found_beside_the_window_and_kept(opened, search, told):
    assert search.find((A, B)) is None
    assert opened.app.work.current("search").title == TITLE.format("geodesic")
    opened.hand.until(lambda: told)
    expected = geodesic.geodesic(opened.session.space.codec, A, B, 5)
    np.testing.assert_array_equal(search.find((A, B)), expected)
    np.testing.assert_array_equal(search.find((B, A)), expected[::-1])
    assert not opened.app.work.running and not search.stopped and told == [True]


def test_it_is_sought_once_however_often_it_is_asked_for(opened, search, told, slow):
    begun, go_on = slow
    for _ in range(3):
        assert search.find((A, B)) is None
    go_on.set()
    opened.hand.until(lambda: told)
    assert begun == [(A, B)]


def test_other_places_end_the_search_of_the_old_ones(opened, search, told, slow):
    begun, go_on = slow
    search.find((A, B))
    search.find((A, C))
    go_on.set()
    opened.hand.until(lambda: told)
    assert begun == [(A, B), (A, C)] and told == [True]
    np.testing.assert_array_equal(search.find((A, C))[[0, -1]], [A, C])


@pytest.mark.usefixtures("slow")
def test_a_search_that_is_stopped_is_told_and_begins_when_it_is_asked_for_anew(opened, search, told, slow):
    search.find((A, B))
    opened.hand.key("Escape")
    assert told == [True]
    assert search.stopped and search.find((A, B)) is None and not opened.app.work.running
    search.stop()
    slow[1].set()
    assert not search.stopped and search.find((A, B)) is None
    opened.hand.until(lambda: len(told) == 2)
    assert search.find((A, B)) is not None


def test_it_is_found_while_other_work_goes_on(opened, search, told):
    free = threading.Event()
    other = opened.app.work.start("save", "Other work", lambda _: free.wait(20), lambda _: None, print)
    search.find((A, B))
    opened.hand.until(lambda: told)
    assert search.find((A, B)) is not None and opened.app.work.running == (other,)
    free.set()
    opened.hand.until(lambda: not opened.app.work.running)


def test_of_two_ways_that_take_long_each_is_found_and_none_ends_the_other(opened, slow, monkeypatch):
    begun, go_on = slow
    monkeypatch.setitem(paths.WAYS, "other", paths.WAYS["geodesic"])
    told = []

    def ask(places):
        return [each.find(places) is not None for each in searches]

    searches = [Search(opened.app.desk, way, 5, lambda: told.append(ask((A, C)))) for way in ("geodesic", "other")]
    assert ask((A, B)) == [False, False]
    opened.hand.until(lambda: begun == [(A, B)])
    assert ask((A, C)) == [False, False]
    opened.hand.until(lambda: begun == [(A, B), (A, C)])
    go_on.set()
    opened.hand.until(lambda: len(told) == 2)
    assert told == [[True, False], [True, True]] and begun == [(A, B), (A, C), (A, C)]
    assert not any(each.stopped for each in searches)


@pytest.mark.usefixtures("slow")
def test_when_nobody_wants_it_any_more_that_is_not_told(opened, search, told):
    search.find((A, B))
    search.stop()
    assert not opened.app.work.running and not search.stopped and told == []
    search.stop()


@pytest.mark.usefixtures("slow")
def test_its_cancel_in_the_status_line_stops_it(opened, search, told):
    search.find((A, B))
    opened.hand.pump()
    [cancel] = [each for each in buttons(opened.app.desk.status.widget) if each.cget("text") == "Cancel"]
    opened.hand.click(cancel)
    assert search.stopped and told == [True] and not opened.app.work.running
    opened.hand.move(2, 2)


def test_a_search_that_fails_is_logged_and_no_more_under_way(opened, search, told, monkeypatch, errors):
    monkeypatch.setitem(paths.WAYS, "geodesic", replace(paths.WAYS["geodesic"], find=lambda *_: 1 / 0))
    search.find((A, B))
    opened.hand.until(lambda: told)
    assert search.stopped and search.find((A, B)) is None
    assert "division" in errors.take()[0]
