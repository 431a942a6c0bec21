"""Long work: its end in the main thread, its progress meanwhile, nothing of it after a cancel, and queues apart."""

import gc
import threading
import time
import weakref

import pytest
from factories import decoder_state, python, saved

from vae_explorer import errors
from vae_explorer import jobs as jobs_module
from vae_explorer.codecs import opening
from vae_explorer.jobs import Jobs
from vae_explorer.storage import checkpoint

PATIENCE_S = 20


@pytest.fixture
def jobs():
    jobs = Jobs()
    yield jobs
    jobs.close()


class Told:
    """What a job has told, in the order in which it did, and in which thread."""

    def __init__(self):
        self.results, self.errors, self.threads = [], [], set()

    def done(self, result):
        self.results.append(result)
        self.threads.add(threading.current_thread())

    def failed(self, error):
        self.errors.append(error)
        self.threads.add(threading.current_thread())


@pytest.fixture
def told():
    return Told()


def until(true):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.001)


def finish(jobs):
    """Poll, as the window does, until no job is left."""

    def idle():
        jobs.poll()
        return jobs.running == ()

    until(idle)


def titles(jobs):
    """What is under way, in the order in which it began."""
    return [job.title for job in jobs.running]


def running(title=""):
    """The threads of jobs with that title, or of all."""
    return [each for each in threading.enumerate() if each.name.startswith(f"job: {title}")]


def wait_for_cancel(job):
    """A work that has nothing else to do."""
    until(job.cancelled)


# --------------------------------------------------------------------------------------------------------- the end


def test_the_result_comes_from_a_thread_but_is_told_by_poll_in_the_main_one(jobs, told):
    threads = []
    job = jobs.start("open", "count", lambda _: threads.append(threading.current_thread()) or 7, told.done, told.failed)
    until(lambda: not running())
    assert jobs.running == (job,) and job.title == "count" and told.threads == set()
    jobs.poll()
    assert jobs.running == () and told.results == [7] and told.errors == []
    assert told.threads == {threading.current_thread()} and told.threads.isdisjoint(threads)
    jobs.poll()
    assert told.results == [7]


@pytest.mark.parametrize("error", [ValueError("no"), MemoryError(), OSError(28, "full"), errors.Cancelled()])
def test_whatever_a_work_raises_is_told_once_by_poll_in_the_main_thread(jobs, told, error):
    def work(_job):
        raise error

    jobs.start("open", "fail", work, told.done, told.failed)
    until(lambda: not running())
    assert told.threads == set()
    finish(jobs)
    jobs.poll()
    assert told.errors == [error] and told.results == [] and told.threads == {threading.current_thread()}


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_what_would_end_the_program_is_told_as_an_error_that_does_not(jobs, told, error):
    def work(_job):
        raise error

    jobs.start("open", "leave", work, told.done, told.failed)
    finish(jobs)
    (found,) = told.errors
    assert isinstance(found, RuntimeError) and found.__cause__ is error
    assert str(found) == f"leave ended with {error!r}."


def test_when_the_end_is_told_the_thread_has_ended(jobs):
    def linger(frame, event, _arg):
        if event == "return" and frame.f_code is threading.Thread.run.__code__:
            time.sleep(0.05)

    left = []
    threading.setprofile(linger)
    try:
        jobs.start("open", "short", lambda _: None, lambda _: left.append(running()), left.append)
        finish(jobs)
    finally:
        threading.setprofile(None)
    assert left == [[]]


@pytest.mark.parametrize("ends", ["done", "failed"])
def test_a_callback_may_start_the_next_job(jobs, told, ends):
    def work(_job):
        if ends == "failed":
            raise ValueError

    def next_job(_value):
        assert jobs.running == ()
        jobs.start("open", "second", lambda _: 2, told.done, told.failed)

    jobs.start("open", "first", work, next_job, next_job)
    until(lambda: not running())
    jobs.poll()
    assert titles(jobs) == ["second"] and told.results == []
    finish(jobs)
    assert told.results == [2]


def test_after_a_callback_that_raises_the_next_job_runs_as_ever(jobs, told):
    jobs.start("open", "first", lambda _: 0, lambda result: 1 / result, told.failed)
    with pytest.raises(ZeroDivisionError):
        finish(jobs)
    assert jobs.running == () and told.errors == []
    jobs.start("open", "second", lambda _: 2, told.done, told.failed)
    finish(jobs)
    assert told.results == [2]


def test_progress_is_seen_while_the_work_is_under_way(jobs, told):
    reached, go_on = threading.Event(), threading.Event()

    def work(job):
        for part in (0.25, 0.5):
            job.progress = part
            reached.set()
            assert go_on.wait(PATIENCE_S)
            go_on.clear()

    gate = threading.Event()
    jobs.start("open", "export", lambda job: gate.wait(PATIENCE_S) and work(job), told.done, told.failed)
    assert jobs.current("open").progress is None
    gate.set()
    for part in (0.25, 0.5):
        assert reached.wait(PATIENCE_S)
        reached.clear()
        jobs.poll()
        assert jobs.current("open").progress == part and told.threads == set()
        go_on.set()
    finish(jobs)
    assert told.results == [None]


def test_with_no_job_there_is_nothing_to_tell_or_to_cancel(jobs):
    assert jobs.running == ()
    jobs.poll()
    jobs.close()
    assert jobs.running == () and jobs.current("open") is None


# ------------------------------------------------------------------------------------------------------ the cancel


@pytest.mark.parametrize("ends", ["returns", "raises"])
def test_a_cancelled_job_is_gone_at_once_and_tells_nothing(jobs, told, ends):
    def work(job):
        wait_for_cancel(job)
        if ends == "raises":
            raise ValueError
        return 1

    job = jobs.start("open", "cancelled", work, told.done, told.failed)
    assert not job.cancelled()
    jobs.cancel(job)
    assert jobs.running == () and job.cancelled()
    until(lambda: not running())
    jobs.poll()
    assert told.threads == set()


def test_a_result_that_waits_to_be_told_is_dropped_by_a_cancel(jobs, told):
    job = jobs.start("open", "cancelled", lambda _: 1, told.done, told.failed)
    until(lambda: not running())
    jobs.cancel(job)
    jobs.poll()
    assert jobs.running == () and told.threads == set()


@pytest.mark.parametrize("order", [["older", "newer"], ["newer", "older"]])
def test_of_two_jobs_only_the_newer_is_told_whichever_ends_first(jobs, told, order):
    may_end = {title: threading.Event() for title in order}

    def work(job):
        return may_end[job.title].wait(PATIENCE_S) and job.title

    older = jobs.start("open", "older", work, told.done, told.failed)
    newer = jobs.start("open", "newer", work, told.done, told.failed)
    assert jobs.running == (newer,) and older.cancelled() and not newer.cancelled()
    for title in order:
        may_end[title].set()
        until(lambda title=title: not running(title))
        jobs.poll()
        jobs.poll()
    assert jobs.running == () and told.results == ["newer"] and told.errors == []


def test_a_result_that_waits_to_be_told_is_dropped_by_a_newer_job(jobs, told):
    jobs.start("open", "older", lambda _: "older", told.done, told.failed)
    until(lambda: not running())
    jobs.start("open", "newer", lambda _: "newer", told.done, told.failed)
    finish(jobs)
    assert told.results == ["newer"] and told.errors == []


def test_an_old_model_that_torch_is_reading_is_let_go_in_time(jobs, told, tmp_path):
    path = tmp_path / checkpoint.DECODER
    path.write_bytes(saved(decoder_state(), _use_new_zipfile_serialization=False))
    looked, ends = threading.Event(), []

    def cancelled(job):
        looked.set()
        return job.cancelled()

    def work(job):
        try:
            opening.opened(path, lambda: cancelled(job))
        except errors.Cancelled as error:
            ends.append(error)

    job = jobs.start("open", "open", work, told.done, told.failed)
    until(looked.is_set)  # torch is at work
    jobs.cancel(job)
    until(lambda: not running())
    assert len(ends) == 1
    jobs.start("open", "open", lambda job: opening.opened(path, job.cancelled), told.done, told.failed)
    finish(jobs)
    assert [each.latent_dim for each in told.results] == [2]


# ------------------------------------------------------------------------------------------------------ the queues


def test_queues_do_not_disturb_each_other(jobs, told):
    gate = threading.Event()
    for queue in ("save", "search", "open"):
        jobs.start(queue, queue, lambda job: gate.wait(PATIENCE_S) and job.title, told.done, told.failed)
    assert titles(jobs) == ["save", "search", "open"] and len(running()) == 3
    jobs.cancel(jobs.current("search"))
    jobs.start("open", "newer", lambda job: gate.wait(PATIENCE_S) and job.title, told.done, told.failed)
    assert titles(jobs) == ["save", "newer"] and jobs.current("search") is None
    assert not any(job.cancelled() for job in jobs.running)
    gate.set()
    finish(jobs)
    assert sorted(told.results) == ["newer", "save"] and told.errors == []


def test_the_newest_stands_last_also_where_it_took_the_place_of_an_older(jobs, told):
    for queue, title in (("open", "one"), ("save", "two"), ("open", "three")):
        jobs.start(queue, title, wait_for_cancel, told.done, told.failed)
    assert titles(jobs) == ["two", "three"]


def test_who_started_a_job_hears_at_once_that_it_is_cancelled_or_replaced_and_nothing_else(jobs, told):
    stopped = []

    def start(title):
        return jobs.start("search", title, wait_for_cancel, told.done, told.failed, lambda: stopped.append(title))

    start("one")
    second = start("two")
    assert stopped == ["one"]
    jobs.cancel(second)
    assert stopped == ["one", "two"] and jobs.running == ()
    jobs.cancel(second)
    until(lambda: not running())
    jobs.poll()
    assert stopped == ["one", "two"] and told.threads == set()


def test_who_hears_that_a_job_is_stopped_may_start_the_next(jobs, told):
    def again():
        jobs.start("search", "again", lambda _: 1, told.done, told.failed)

    job = jobs.start("search", "first", wait_for_cancel, told.done, told.failed, again)
    jobs.cancel(job)
    finish(jobs)
    assert told.results == [1]
    jobs.start("search", "first", wait_for_cancel, told.done, told.failed, again)
    other = jobs.start("search", "other", wait_for_cancel, told.done, told.failed)
    assert titles(jobs) == ["again"] and other.cancelled(), "the newest, and nothing runs that nobody knows"


def test_nobody_hears_of_a_close(jobs, told):
    stopped = []
    jobs.start("search", "search", wait_for_cancel, told.done, told.failed, lambda: stopped.append(True))
    jobs.close()
    assert stopped == [] and told.threads == set()


def test_a_callback_that_raises_leaves_the_ends_of_other_queues_to_the_next_poll(jobs, told):
    jobs.start("open", "first", lambda _: 0, lambda result: 1 / result, told.failed)
    jobs.start("save", "second", lambda _: 2, told.done, told.failed)
    until(lambda: not running())
    with pytest.raises(ZeroDivisionError):
        jobs.poll()
    assert titles(jobs) == ["second"]
    finish(jobs)
    assert told.results == [2] and told.errors == []


def test_an_end_that_is_told_may_cancel_another_that_waits_to_be_told(jobs, told):
    jobs.start("open", "first", lambda _: 1, lambda _value: jobs.cancel(second), told.failed)
    second = jobs.start("save", "second", lambda _: 2, told.done, told.failed)
    until(lambda: not running())
    jobs.poll()
    assert told.threads == set() and jobs.running == ()


def test_while_an_end_is_told_the_ends_of_other_queues_are_heard_once(jobs, told):
    def dialog(_value):
        jobs.poll()  # as a window does that waits for an answer
        assert told.results == [2]

    jobs.start("open", "first", lambda _: 1, dialog, told.failed)
    jobs.start("save", "second", lambda _: 2, told.done, told.failed)
    until(lambda: not running())
    jobs.poll()
    assert told.results == [2] and jobs.running == ()


# ------------------------------------------------------------------------------------------------- what is left over


def test_close_waits_for_every_thread_that_sees_it_is_cancelled(jobs, told, monkeypatch):
    def work(job):
        wait_for_cancel(job)
        time.sleep(0.2 if job.title == "older" else 0.05)

    monkeypatch.setattr(jobs_module, "GRACE_S", PATIENCE_S)  # on a busy machine 0.2 s may take longer
    for title in ("older", "newer"):
        jobs.start("open", title, work, told.done, told.failed)
    assert len(running()) == 2
    jobs.close()
    assert running() == [] and jobs.running == () and told.threads == set()


def test_close_leaves_behind_one_that_does_not(jobs, told):
    release = threading.Event()
    for title in ("older", "newer"):
        jobs.start("open", title, lambda _: release.wait(PATIENCE_S), told.done, told.failed)
    jobs.close()
    assert len(running()) == 2
    release.set()
    until(lambda: not running())


def test_a_work_that_never_ends_does_not_keep_the_program_from_ending():
    code = """
import time
from vae_explorer.jobs import Jobs
Jobs().start("open", "for ever", lambda job: time.sleep(300), print, print)
print("left")
"""
    done = python(code)
    assert (done.stdout, done.stderr) == ("left\n", "")


class Widget:
    """Stands for what is large, or may be freed in the main thread only."""

    def done(self, result):
        pass


def test_the_thread_holds_no_callback_so_a_widget_is_never_freed_there(jobs):
    widget, release = Widget(), threading.Event()
    freed = weakref.ref(widget)
    job = jobs.start("open", "long", lambda _: release.wait(PATIENCE_S), widget.done, widget.done)
    jobs.cancel(job)
    del widget
    assert freed() is None and running()
    release.set()


def test_a_dropped_result_is_freed_even_where_the_job_is_kept(jobs):
    held = []

    def work(job):
        result = Widget()
        held.append(weakref.ref(result))
        wait_for_cancel(job)
        return result

    job = jobs.start("open", "long", work, print, print)
    jobs.close()
    assert job.cancelled() and held[0]() is None


def test_what_a_failed_work_held_is_freed_when_the_error_has_been_told(jobs):
    held = []

    def work(_job):
        local = Widget()
        held.append(weakref.ref(local))
        raise ValueError

    gc.disable()
    try:
        jobs.start("open", "fail", work, print, lambda error: held.append(error.__traceback__ is not None))
        finish(jobs)
        assert held[0]() is None and held[1]
    finally:
        gc.enable()
