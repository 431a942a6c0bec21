"""The geodesic is sought beside the window, once, and only while it is wanted."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from vae_explorer.gui.views.path.shortest import TITLE, Shortest
from vae_explorer.jobs import Job
from vae_explorer.space import geodesic, paths

A, B, C = (1.0, -0.5), (-1.0, 1.5), (0.5, 0.5)


@pytest.fixture
def opened(window):
    return window(2)


@pytest.fixture
def told():
    return []


@pytest.fixture
def shortest(opened, told):
    made = Shortest(opened.app.desk, "geodesic", 5, lambda: told.append(True))
    yield made
    made.stop()


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


def test_it_is_found_beside_the_window_and_kept(opened, shortest, told):
    assert shortest.find((A, B)) is None
    assert opened.app.work.current.title == TITLE.format("geodesic")
    opened.hand.until(lambda: told)
    expected = geodesic.geodesic(opened.session.space.codec, A, B, 5)
    np.testing.assert_array_equal(shortest.find((A, B)), expected)
    np.testing.assert_array_equal(shortest.find((B, A)), expected[::-1])
    assert opened.app.work.current is None and not shortest.stopped and told == [True]


def test_it_is_sought_once_however_often_it_is_asked_for(opened, shortest, told, slow):
    begun, go_on = slow
    for _ in range(3):
        assert shortest.find((A, B)) is None
    go_on.set()
    opened.hand.until(lambda: told)
    assert begun == [(A, B)]


def test_other_places_end_the_search_of_the_old_ones(opened, shortest, told, slow):
    begun, go_on = slow
    shortest.find((A, B))
    shortest.find((A, C))
    go_on.set()
    opened.hand.until(lambda: told)
    assert begun == [(A, B), (A, C)] and told == [True]
    np.testing.assert_array_equal(shortest.find((A, C))[[0, -1]], [A, C])


@pytest.mark.usefixtures("slow")
def test_a_search_that_is_stopped_is_told_and_begins_when_it_is_asked_for_anew(opened, shortest, told, slow):
    shortest.find((A, B))
    opened.app.stop()
    opened.hand.until(lambda: told)
    assert shortest.stopped and shortest.find((A, B)) is None and opened.app.work.current is None
    shortest.stop()
    slow[1].set()
    assert not shortest.stopped and shortest.find((A, B)) is None
    opened.hand.until(lambda: len(told) == 2)
    assert shortest.find((A, B)) is not None


def test_it_waits_for_other_work(opened, shortest, told):
    free = threading.Event()

    def other(_job: Job) -> None:
        free.wait(20)

    opened.app.work.start("Other work", other, lambda _: None, lambda _: None)
    shortest.find((A, B))
    for _ in range(5):
        opened.hand.pump()
    assert opened.app.work.current.title == "Other work"
    free.set()
    opened.hand.until(lambda: told)
    assert shortest.find((A, B)) is not None


def test_a_search_that_fails_is_logged_and_no_more_under_way(opened, shortest, told, monkeypatch, errors):
    monkeypatch.setitem(paths.WAYS, "geodesic", replace(paths.WAYS["geodesic"], find=lambda *_: 1 / 0))
    shortest.find((A, B))
    opened.hand.until(lambda: told)
    assert shortest.stopped and shortest.find((A, B)) is None
    assert "division" in errors.take()[0]
