"""Long work beside the window: shown while it is under way, told in the main thread, ended by the window's end."""

import threading
from functools import partial

import pytest

from vae_explorer.gui.desk.work import Work


@pytest.fixture
def shown():
    """The titles that were shown together, each time."""
    return []


@pytest.fixture
def work(plain, shown):
    each = Work(plain.root, lambda jobs: shown.append([job.title for job in jobs]))
    yield each
    each.close()


def until_cancelled(job):
    for _ in iter(job.cancelled, True):
        pass


def test_a_job_is_shown_until_it_has_ended_and_its_result_arrives_in_the_main_thread(plain, work, shown):
    told, gate = [], threading.Event()
    done = lambda n: told.append((n, threading.current_thread()))  # noqa: E731
    job = work.start("open", "count", lambda _job: gate.wait(20) and 7, done, print)
    assert shown == [["count"]] and work.running == (job,) and work.current("open") is job
    gate.set()
    plain.hand.until(lambda: told)
    assert told == [(7, threading.main_thread())]
    assert shown[0] == ["count"] and shown[-1] == []
    assert work.running == () and plain.timers == ()


def test_a_job_that_is_cancelled_is_dropped_and_no_longer_shown(plain, work, shown):
    told = []
    work.cancel(work.start("open", "wait", until_cancelled, told.append, told.append, lambda: told.append("stopped")))
    assert shown[-1] == [] and told == ["stopped"] and plain.timers == ()


def test_jobs_of_several_queues_are_shown_together_and_each_until_its_own_end(plain, work, shown):
    told, gates = [], {queue: threading.Event() for queue in ("save", "search")}
    for queue, gate in gates.items():
        work.start(queue, queue, lambda job, gate=gate: gate.wait(20) and job.title, told.append, print)
    assert shown[-1] == ["save", "search"]
    for queue, left in (("save", ["search"]), ("search", [])):
        gates[queue].set()
        plain.hand.until(lambda queue=queue: queue in told)
        plain.hand.until(lambda left=left: shown[-1] == left)
    assert plain.timers == ()


def test_the_end_of_a_job_may_start_the_next_which_is_looked_after_once(plain, work, shown):
    told, gate = [], threading.Event()
    second = partial(work.start, "open", "two", lambda _job: gate.wait(20) and 2, told.append, print)
    work.start("open", "one", lambda _job: 1, lambda _n: second(), print)
    plain.hand.until(lambda: ["two"] in shown)
    assert len(plain.timers) == 1
    gate.set()
    plain.hand.until(lambda: told)
    assert told == [2] and shown[-1] == [] and plain.timers == ()


def test_while_the_end_of_one_waits_in_a_dialog_the_others_go_on(plain, work):
    told = []

    def dialog(_n):
        work.start("save", "second", lambda _job: 2, told.append, print)
        plain.hand.until(lambda: told)
        told.append("answered")

    work.start("search", "third", until_cancelled, print, print)
    work.start("open", "first", lambda _job: 1, dialog, print)
    plain.hand.until(lambda: "answered" in told)
    assert told == [2, "answered"] and [job.title for job in work.running] == ["third"]


def test_after_a_callback_that_raises_the_others_are_looked_after(plain, work, shown, errors):
    told, gate = [], threading.Event()
    work.start("save", "save", lambda _job: gate.wait(20) and 2, told.append, print)
    work.start("open", "open", lambda _job: 0, lambda n: 1 / n, print)
    plain.hand.until(lambda: errors.messages)
    assert "division" in errors.take()[0]
    gate.set()
    plain.hand.until(lambda: told)
    assert told == [2] and shown[-1] == [] and plain.timers == ()


def test_when_it_is_closed_nothing_is_left_waiting(plain, work):
    work.start("open", "wait", until_cancelled, print, print)
    assert plain.timers != ()
    work.close()
    assert plain.timers == ()


def test_when_a_result_is_told_it_is_shown_as_under_way_no_more(plain, work, shown):
    seen = []
    work.start("open", "one", lambda _job: 1, lambda _n: seen.append(shown[-1]), print)
    plain.hand.until(lambda: seen)
    assert seen == [[]]


def test_when_an_error_is_told_it_is_shown_as_under_way_no_more(plain, work, shown):
    told = []

    def fail(_job):
        raise OSError("no disk")

    work.start("save", "save", fail, print, lambda error: told.append((str(error), shown[-1])))
    plain.hand.until(lambda: told)
    assert told == [("no disk", [])]
