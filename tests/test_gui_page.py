"""The model of the window is saved as a web page, from its menu, beside the window."""

import threading

import pytest
from factories import made_up_codec
from packed import data

import vae_explorer as vx
from vae_explorer.gui.panels import dialogs
from vae_explorer.page import made
from vae_explorer.session import offered
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space

MESSAGE = ".__tk__messagebox"


def told(opened):
    """What a dialog of an error says, once it is there."""
    said = []

    def read(dialog):
        said.extend(str(opened.root.tk.call(f"{dialog}.{part}", "cget", "-text")) for part in ("msg", "dtl"))
        opened.hand.do("key", "Return")

    opened.dialog(MESSAGE, read)
    return said


def run(opened):
    """Choose the command as the menu does."""
    [action] = [each for each in opened.app.actions if each.name == "save-page"]
    opened.app.run(action)


def test_a_page_begins_where_the_window_is_and_has_its_bookmarks_and_names(window, tmp_path, monkeypatch):
    opened, path = window(2, Settings(motion=False), z=(1.25, -0.5)), tmp_path / "latent.html"
    opened.session.commit(bookmarks=(Bookmark("mine", (1.0, 0.0)),), names=((1, "lean"),))
    monkeypatch.setattr(dialogs, "ask_save_page", lambda *_given: path)
    run(opened)
    opened.hand.until(lambda: not opened.app.work.running)
    assert opened.said == f"Saved {path}" and opened.app.settings.folder == str(tmp_path)
    known = data(path)
    assert known["z"] == [1.25, -0.5] and known["names"] == {"1": "lean"}
    assert known["bookmarks"] == [{"name": "mine", "z": [1.0, 0.0]}]
    space = opened.session.space
    assert path.read_bytes() == made.page(space, (1.25, -0.5), [("mine", (1.0, 0.0))], {1: "lean"})


def test_a_page_whose_saving_was_cancelled_is_not_written(window, tmp_path, monkeypatch):
    opened, begun, go_on, page = window(2), threading.Event(), threading.Event(), made.page

    def slow(*given):
        begun.set()
        go_on.wait(20)
        return page(*given)

    monkeypatch.setattr(made, "page", slow)
    opened.app.documents.save_page_to(tmp_path / "a.html")
    opened.hand.until(begun.is_set)
    opened.app.work.cancel(opened.app.work.current("save"))
    go_on.set()
    for each in threading.enumerate():
        if each.name.startswith("job: Saving"):
            each.join(20)
    opened.hand.pump()
    assert not [*tmp_path.iterdir()]


def test_nothing_is_saved_where_the_person_changed_their_mind(window, tmp_path, monkeypatch):
    opened = window(2)
    monkeypatch.setattr(dialogs, "ask_save_page", lambda *_given: None)
    run(opened)
    opened.hand.pump()
    assert not opened.app.work.running and not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("name", "why"), [("a.png", "a.png: pages are saved as .html, .htm; choose one"), ("no/a.html", "no such folder")]
)
def test_what_cannot_be_saved_is_told(window, tmp_path, name, why):
    opened = window(2)
    said = told(opened)
    opened.app.documents.save_page_to(tmp_path / name)
    opened.hand.until(lambda: said)
    assert said[0] == "The page was not saved" and why in said[1]


def test_a_model_that_is_no_network_of_a_page_has_the_command_greyed_with_the_reason():
    for codec, reason in ((made_up_codec(), "none of the networks that a page can compute"), (vx.load(), "")):
        [action] = [each for each in offered.actions(Session(Space(codec)), {}) if each.name == "save-page"]
        why = action.why_not(Session(Space(codec)))
        assert reason in why and bool(why) == bool(reason)
