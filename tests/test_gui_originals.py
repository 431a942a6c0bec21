"""Test digits in the window, and the download of their data set when a person asks for it."""

import threading
from functools import partial

import pytest
from factories import atlas_bytes, data_folder, digits, vivid_folder

from vae_explorer.datasets import mirrors, mnist
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Cancelled
from vae_explorer.gui.desk import originals
from vae_explorer.session import subject

QUESTION, MESSAGE = ".original", ".__tk__messagebox"
IMAGES, LABELS = digits(30, seed=1)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A function that opens a window on a model that learned from a small data set, which is MNIST for this test."""
    data = data_folder(tmp_path / "data")
    monkeypatch.setenv(mnist.VARIABLE, str(data))
    hashes = dict(mnist.load(data).hashes)
    monkeypatch.setattr(mirrors, "OFFICIAL", {name: mirrors.Official("0" * 64, each) for name, each in hashes.items()})
    info = {"name": "mnist", "sha256": hashes, "class_names": [*"0123456789"]}
    return vivid_folder(tmp_path / "model", 2, atlas_bytes(), data=info)


@pytest.fixture
def gone(small, tmp_path, monkeypatch):
    """The same model where there is no data set; gives the folder of it, from which it can be fetched."""
    monkeypatch.delenv(mnist.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path / "model")
    assert small
    return tmp_path / "data"


def done(opened):
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()


def run(opened, name):
    opened.app.run(opened.app.desk.actions[name])
    done(opened)


def answer(opened, path, do, told=None):
    """Do something with a dialog, after which others may come."""

    def then(dialog):
        opened.root.after_cancel(opened._wait)
        if told is not None:
            told.extend(str(opened.root.tk.call(f"{dialog}.{part}", "cget", "-text")) for part in ("msg", "dtl"))
        do(dialog)

    opened.dialog(path, then)


def number(opened):
    """The number of the test digit that is on the pad."""
    [found] = [k for k, image in enumerate(IMAGES) if Drawing.of(image) == opened.session.state.drawing]
    return found


def test_a_key_takes_test_digits_at_random_each_as_one_step_and_the_same_for_one_seed(window, small):
    seen = []
    for _ in range(2):
        opened = window(weights=small)
        for _ in range(3):
            opened.hand.key("t")
            done(opened)
            state = opened.session.state
            seen.append(number(opened))
            assert subject.drawn(opened.session.space, state.drawing) == {
                "drawing": state.drawing, "encoded": True, "refined": None, "z": state.z
            }  # fmt: skip
            assert opened.said == f"Test digit {seen[-1]}: the data set calls it {LABELS[seen[-1]]}"
            assert opened.app.workspace.tabs.selected == "yours"
        for _ in range(3):
            opened.session.undo()
        assert not opened.session.can_undo
        opened.close()
    assert seen[:3] == seen[3:] and len({*seen}) > 1


def test_they_are_read_once_and_whoever_listens_is_told(window, small, monkeypatch):
    opened, told, read = window(weights=small), [], []
    there = opened.session.originals
    real = there.read
    monkeypatch.setattr(there, "read", lambda: read.append(1) or real())
    there.listen(lambda: told.append(there.split))
    for _ in range(2):
        originals.ask(opened.app.desk)
        done(opened)
    run(opened, "test-digit")
    assert len(read) == 1 and len(told) == 1 and (told[0].images == IMAGES).all()


def test_a_digit_is_chosen_by_its_number(window, small):
    opened, said = window(weights=small), []

    def choose(path):
        panel = opened.root.nametowidget(path)
        assert panel.typed.get().isdigit(), "one at random stands there"
        for text, why, state in (("18", "Class 8; the numbers go from 0 to 29", "normal"),
                                 ("30", "The numbers go from 0 to 29", "disabled"),
                                 ("-1", "The numbers go from 0 to 29", "disabled"),
                                 ("", "The numbers go from 0 to 29", "disabled")):  # fmt: skip
            opened.hand.write(panel.number, text)
            assert (panel.told.get(), str(panel.go["state"])) == (why, state)
        opened.hand.key("Return")
        said.append(panel.winfo_exists())
        opened.hand.write(panel.number, "18")
        opened.hand.key("Return")

    answer(opened, QUESTION, choose)
    run(opened, "choose-test-digit")
    assert said == [1] and number(opened) == 18 and opened.session.state.encoded


def test_a_digit_is_chosen_by_its_class_and_none_when_the_person_changes_their_mind(window, small):
    opened = window(weights=small)

    def choose(path):
        panel = opened.root.nametowidget(path)
        assert panel.classes["values"] == ("any class", *"0123456789")
        panel.classes.focus_set()
        panel.classes.set("7")
        panel.classes.event_generate("<<ComboboxSelected>>")
        opened.hand.pump()
        assert panel.told.get().startswith("Class 7;")
        opened.hand.click(panel.go)

    answer(opened, QUESTION, choose)
    run(opened, "choose-test-digit")
    assert LABELS[number(opened)] == 7
    before = opened.session.state
    answer(opened, QUESTION, lambda _path: opened.hand.do("key", "Escape"))
    run(opened, "choose-test-digit")
    assert opened.session.state == before


def test_a_question_that_is_open_when_another_model_comes_changes_nothing_of_that(window, small, bare):
    opened = window(weights=small)

    def choose(path):
        opened.app.documents.open(bare)
        opened.hand.until(lambda: opened.app.session is not opened.session)
        panel = opened.root.nametowidget(path)
        panel.classes.set("7")
        panel.classes.event_generate("<<ComboboxSelected>>")
        panel._answer()

    answer(opened, QUESTION, choose)
    run(opened, "choose-test-digit")
    assert opened.app.session.space.no_drawing and opened.app.session.state.drawing.empty


def test_other_data_are_refused_with_the_reason(window, small, tmp_path, monkeypatch):
    opened, told = window(weights=small), []
    monkeypatch.setenv(mnist.VARIABLE, str(data_folder(tmp_path / "other", seed=5)))
    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Return"), told)
    run(opened, "test-digit")
    why = opened.session.originals.why_not
    assert why == "the data set on this machine is not the one that it learned from"
    assert told == ["There are no test digits", f"T{why[1:]}. VAE_EXPLORER_DATA may name the folder of that."]
    assert not opened.session.state.encoded


def fetching(monkeypatch, data, gate):
    """Let MNIST come from a folder, half of it before the gate opens."""

    def fetch(tell, cancelled):
        tell(0.5)
        while not gate.wait(0.005):
            if cancelled():
                raise Cancelled
        tell(1.0)
        if isinstance(data, Exception):
            raise data
        return data

    monkeypatch.setattr(mnist, "fetch", fetch)


def test_where_the_data_are_not_here_it_is_asked_whether_to_fetch_them_with_size_and_place(window, small, gone):
    opened, told = window(weights=small), []
    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Escape"), told)
    run(opened, "test-digit")
    assert told == [
        "Fetch MNIST?", f"11.6 MB are downloaded to {mnist.cache()}, where training finds them too."
    ] and gone  # fmt: skip
    assert not opened.app.work.running and not mnist.cache().exists()


def test_they_are_fetched_when_asked_for_with_progress_and_are_there_then(window, small, gone, monkeypatch):
    opened, gate, told = window(weights=small), threading.Event(), []
    fetching(monkeypatch, gone, gate)
    opened.session.originals.listen(lambda: told.append(opened.session.originals.split))
    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Return"))
    opened.app.run(opened.app.desk.actions["fetch-data"])
    job = opened.app.work.current("data")
    opened.hand.until(lambda: job.progress == 0.5)
    assert job.title == "Fetching MNIST…" and [job] == [*opened.app.desk.status._progress._parts]
    for name in ("test-digit", "fetch-data"):
        opened.app.run(opened.app.desk.actions[name])
        assert opened.said == "MNIST is being fetched; when it is here, there are test digits"
    assert opened.app.work.current("data") is job
    gate.set()
    done(opened)
    assert opened.said == "MNIST is here: 30 test digits" and len(told) == 1
    assert opened.app.desk.actions["fetch-data"].why_not(opened.session) == "its data set is on this machine already"
    opened.hand.key("t")
    assert opened.session.state.encoded


def test_a_download_is_cancelled_beside_its_progress(window, small, gone, monkeypatch):
    opened, gate = window(weights=small), threading.Event()
    fetching(monkeypatch, gone, gate)
    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Return"))
    opened.app.run(opened.app.desk.actions["fetch-data"])
    opened.hand.pump()
    [part] = opened.app.desk.status._progress._parts.values()
    opened.hand.click(part.cancel)
    assert not opened.app.work.running and opened.session.originals.split is None
    assert opened.app.desk.actions["fetch-data"].why_not(opened.session) == ""
    opened.hand.move(2, 2)


def test_a_download_that_fails_is_told_and_can_be_asked_for_again(window, small, gone, monkeypatch):
    opened, gate, told = window(weights=small), threading.Event(), []
    assert gone
    gate.set()
    fetching(monkeypatch, mnist.DataError("MNIST could not be downloaded."), gate)

    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Return"))
    opened.app.run(opened.app.desk.actions["fetch-data"])
    answer(opened, MESSAGE, lambda _dialog: opened.hand.do("key", "Return"), told)
    opened.hand.until(lambda: told)
    done(opened)
    assert told == ["MNIST was not fetched", "MNIST could not be downloaded."]
    assert opened.app.desk.actions["fetch-data"].why_not(opened.session) == ""


def test_a_test_digit_that_was_asked_for_is_not_taken_by_another_model(window, small, model, monkeypatch):
    opened, gate = window(weights=small), threading.Event()
    there = opened.session.originals
    monkeypatch.setattr(there, "read", partial(lambda real: gate.wait(20) and real(), there.read))
    opened.app.run(opened.app.desk.actions["test-digit"])
    opened.app.documents.open(model(2))
    opened.hand.until(lambda: opened.app.session is not opened.session)
    gate.set()
    done(opened)
    assert not opened.app.session.state.encoded and there.split is not None
