"""Long work beside the window: shown while it is under way, told in the main thread, ended by the window's end."""

import threading
from functools import partial

import pytest

from vae_explorer.gui.desk.work import Work


@pytest.fixture
def shown():
    return []


@pytest.fixture
def work(plain, shown):
    each = Work(plain.root, lambda job: shown.append(job.title if job else None))
    yield each
    each.close()


def test_a_job_is_shown_until_it_has_ended_and_its_result_arrives_in_the_main_thread(plain, work, shown):
    told = []
    gate = threading.Event()
    work.start("count", lambda _job: gate.wait(20) and 7, lambda n: told.append((n, threading.current_thread())), print)
    assert shown == ["count"] and work.current
    gate.set()
    plain.hand.until(lambda: told)
    assert told == [(7, threading.main_thread())]
    assert set(shown) == {"count", None} and shown[0] == "count" and shown[-1] is None
    assert not work.current and plain.timers == ()


def test_a_job_that_is_stopped_is_dropped_and_no_longer_shown(plain, work, shown):
    told = []
    work.start("wait", lambda job: [None for _ in iter(job.cancelled, True)], told.append, told.append)
    work.stop()
    plain.hand.until(lambda: shown[-1] is None)
    assert told == [] and plain.timers == ()


def test_the_end_of_a_job_may_start_the_next_which_is_looked_after_once(plain, work, shown):
    told, gate = [], threading.Event()
    second = partial(work.start, "two", lambda _job: gate.wait(20) and 2, told.append, print)
    work.start("one", lambda _job: 1, lambda _n: second(), print)
    plain.hand.until(lambda: "two" in shown)
    gate.set()
    plain.hand.until(lambda: told)
    assert told == [2] and shown[-1] is None and plain.timers == ()


def test_when_it_is_closed_nothing_is_left_waiting(plain, work):
    work.start("wait", lambda job: [None for _ in iter(job.cancelled, True)], print, print)
    assert plain.timers != ()
    work.close()
    assert plain.timers == ()


def test_when_a_result_is_told_nothing_is_shown_as_under_way_any_more(plain, work, shown):
    seen = []
    work.start("one", lambda _job: 1, lambda _n: seen.append(shown[-1]), print)
    plain.hand.until(lambda: seen)
    assert seen == [None]


def test_when_an_error_is_told_nothing_is_shown_as_under_way_any_more(plain, work, shown):
    told = []

    def fail(_job):
        raise OSError("no disk")

    work.start("save", fail, print, lambda error: told.append((str(error), shown[-1])))
    plain.hand.until(lambda: told)
    assert told == [("no disk", None)]
