"""The line at the bottom: what is open, what was said in its place, and that neither moves the rest."""

import time

import pytest
from conftest import plain_window

from vae_explorer.gui.desk.status import LOSS, READ_S, Status
from vae_explorer.gui.looks.words import elided
from vae_explorer.gui.widgets.tooltip import DELAY_MS
from vae_explorer.jobs import Job

MODEL = "mnist, 6 dimensions, test loss 83.5 nats"


@pytest.fixture
def line(display):
    """A function that puts a status line into a plain window; gives it and the window."""
    with plain_window(display) as plain:

        def build(about=MODEL):
            status = Status(plain.root, plain.theme, about, build.cancelled.append)
            plain.root.columnconfigure(0, weight=1)
            status.widget.grid(row=2, column=0, sticky="ew")
            plain.hand.pump()
            return status, plain

        build.cancelled = []  # the jobs of which that was asked
        yield build
        plain.hand.move(2, 2)


def shown(status):
    return status._line.cget("text")


def told(plain, status):
    """What the tooltip of the line says."""
    plain.hand.move(status._line.winfo_rootx() + 9, status._line.winfo_rooty() + 9)
    end = time.monotonic() + DELAY_MS / 1000 + 0.1
    plain.hand.until(lambda: plain.tops or time.monotonic() > end)
    return [plain.root.nametowidget(top).winfo_children()[0].cget("text") for top in plain.tops]


def test_what_is_said_stands_in_the_place_of_the_model_until_it_can_have_been_read_and_something_moves(line):
    status, _ = line()
    assert shown(status) == MODEL
    status.say("Saved it")
    assert shown(status) == "Saved it"
    status.moved()
    assert shown(status) == "Saved it"
    status._said_at -= READ_S  # as long ago
    assert shown(status) == "Saved it"
    status.moved()
    assert shown(status) == MODEL


def test_a_hint_goes_before_what_was_said_and_gives_it_back(line):
    status, _ = line()
    status.say("Saved it")
    status.hint("near 4")
    assert shown(status) == "near 4"
    status.hint("")
    assert shown(status) == "Saved it"


def parts(status):
    """What is shown of each job: its title, its bar and its Cancel."""
    return [part.winfo_children()[:3] for part in status._progress.widget.winfo_children()]


def test_a_job_stands_beside_what_was_said_in_the_place_of_the_times(line):
    status, plain = line()
    status.say("Saved it")
    status.show_times(0.001, 0.002)
    status.show_jobs((Job("Opening it…", 0.5),))
    plain.hand.pump()
    [(title, bar, _cancel)] = parts(status)
    assert shown(status) == "Saved it" and title.cget("text") == "Opening it…"
    assert bar.winfo_ismapped() and bar.cget("value") == 0.5 and not status._times.winfo_ismapped()
    status.say("Copied it")
    assert shown(status) == "Copied it"
    status.show_jobs(())
    plain.hand.pump()
    assert parts(status) == [] and status._times.winfo_ismapped() and shown(status) == "Copied it"


def test_each_job_has_a_cancel_of_its_own(line):
    status, plain = line()
    jobs = [Job(title) for title in ("Opening it…", "Saving it…", "Searching…")]
    status.show_jobs(tuple(jobs))
    plain.hand.pump()
    assert [title.cget("text") for title, _, _ in parts(status)] == [job.title for job in jobs]
    plain.hand.click(parts(status)[1][2])
    assert line.cancelled == [jobs[1]]
    parts(status)[2][2].focus_set()
    plain.hand.key("space")
    assert line.cancelled == [jobs[1], jobs[2]]
    status.show_jobs((jobs[0], jobs[2]))
    plain.hand.pump()
    assert [title.cget("text") for title, _, _ in parts(status)] == ["Opening it…", "Searching…"]


@pytest.mark.parametrize("width", [640, 960, 1180])
def test_jobs_do_not_change_the_size_of_the_line_and_each_can_be_cancelled(line, width):
    status, plain = line()
    plain.root.geometry(f"{width}x480")
    plain.hand.until(lambda: plain.root.winfo_width() == width)
    status.show_times(0.001, 0.002)
    plain.hand.pump()
    before = status.widget.winfo_width(), status.widget.winfo_height()
    status.show_jobs(tuple(Job(f"Saving {'long_' * 40}{k}.png…") for k in range(3)))
    plain.hand.pump()
    assert (status.widget.winfo_width(), status.widget.winfo_height()) == before
    for _, bar, cancel in parts(status):
        assert bar.winfo_width() >= bar.winfo_reqwidth() and cancel.winfo_width() >= cancel.winfo_reqwidth()
        assert cancel.winfo_height() >= 24
    plain.hand.click(parts(status)[2][2])
    assert len(line.cancelled) == 1


def test_the_whole_of_a_title_that_is_cut_stands_beside_the_pointer(line):
    status, plain = line()
    title = f"Saving {'long_' * 40}.png…"
    status.show_jobs((Job(title),))
    plain.hand.pump()
    [(label, _, _)] = parts(status)
    assert "…" in label.cget("text")[:-1] and len(label.cget("text")) < len(title)
    plain.hand.move(label.winfo_rootx() + 9, label.winfo_rooty() + 9)
    plain.hand.until(lambda: plain.tops)
    assert plain.root.nametowidget(plain.tops[0]).winfo_children()[0].cget("text") == title
    plain.hand.move(2, 2)


def test_a_long_sentence_loses_its_middle_and_moves_nothing(line):
    status, plain = line()
    status.show_times(0.001, 0.002)
    plain.hand.pump()
    times = status._times
    before = times.winfo_rootx(), times.winfo_width(), plain.root.winfo_reqwidth()
    said = f"Saved /{'a/long/way/' * 50}digit.png"
    status.say(said)
    plain.hand.pump()
    assert shown(status).startswith("Saved /a/") and shown(status).endswith("digit.png") and "…" in shown(status)
    assert (times.winfo_rootx(), times.winfo_width(), plain.root.winfo_reqwidth()) == before
    narrow = len(shown(status))
    plain.root.geometry("1400x600")
    plain.hand.until(lambda: plain.root.winfo_width() == 1400)
    plain.hand.pump()
    assert narrow < len(shown(status)) < len(said)


def test_the_whole_of_a_sentence_that_is_cut_stands_beside_the_pointer(line):
    status, plain = line()
    said = "long " * 100 + "sentence"
    status.say(said)
    assert told(plain, status) == [said]


def test_a_loss_is_explained_under_the_pointer_and_a_model_without_one_is_not(line):
    status, plain = line()
    assert told(plain, status) == [LOSS]
    status.say("Saved it")
    plain.hand.move(2, 2)
    assert told(plain, status) == []


@pytest.mark.parametrize(
    ("text", "width", "seen"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "ab…ef"),
        ("abcdef", 4, "ab…f"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, "…"),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_in_the_middle_to_its_width(text, width, seen):
    assert elided(text, width, len) == seen
