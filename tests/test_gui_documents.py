"""What the window saves, copies and asks before something is lost. Opening is in test_gui_opening."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import saved_digit
from factories import python

from vae_explorer.codecs import opening
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.views.path.search import TITLE
from vae_explorer.pictures import make, recipe
from vae_explorer.session import shelves
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path as Way
from vae_explorer.settings import Settings
from vae_explorer.space import paths

MESSAGE, BROWSER, LEAVING, WAITING = ".__tk__messagebox", ".__tk_filedialog", ".leaving", ".waiting"
ENDS = Way(Bookmark("a", (1.0, 1.0)), Bookmark("b", (-1.0, 0.5)), "arc")


def ended(opened):
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()


def refusal(opened, told):
    """Answer the next message, and note what it says."""

    def read(dialog):
        opened.root.after_cancel(opened._wait)  # the next message may come before it has looked again
        told.append(str(opened.root.tk.call(f"{dialog}.msg", "cget", "-text")))
        told.append(str(opened.root.tk.call(f"{dialog}.dtl", "cget", "-text")))
        opened.hand.do("key", "Return")

    opened.dialog(MESSAGE, read)


def marked(opened, *names):
    """Bookmark a place for each name."""
    kept = tuple(Bookmark(name, (float(k), 1.0)) for k, name in enumerate(names))
    opened.session.commit(bookmarks=kept)
    opened.hand.pump()
    return kept


# ----------------------------------------------------------------------------------------------------------- pictures


PICTURES = [("digit", "a.png"), ("traverse", "a.svg"), ("map", "a.pdf"), ("plane", "a.png"), ("path", "a.png")]


@pytest.mark.parametrize(("picture", "name"), [*PICTURES, ("path", "a.gif")])
def test_a_saved_picture_is_what_pictures_makes_of_the_state_that_is_seen(window, tmp_path, picture, name):
    opened = window(2, z=(0.5, -1.0))
    plane = replace(opened.session.state.plane, count=3, quantiles=True)
    opened.session.commit(path=ENDS, plane=plane, map_dims=(1, 0))
    opened.hand.pump()
    opened.app.show_tab("plane")  # where nothing is searched for
    opened.hand.until(lambda: not opened.app.work.running)
    opened.app.documents.save_to(tmp_path / name, picture=picture)
    assert opened.app.work.current("save").title == f"Saving {name}…"
    ended(opened)
    assert opened.said == f"Saved {tmp_path / name}"
    options = {
        "traverse": {"n": 11},
        "map": {"dims": (1, 0)},
        "plane": {"n": 3, "spacing": "quantiles", "dims": (0, 1)},
        "path": {"start": (1.0, 1.0), "end": (-1.0, 0.5)} | ({"way": "arc", "n": 40} if name == "a.gif" else {}),
    }
    made = recipe.Recipe(
        opened.z, opened.session.space.codec.source.sha256, 0, "0.1.0", picture, options.get(picture, {})
    )
    (tmp_path / "again").mkdir()
    make.save(opened.session.space.codec, made, tmp_path / "again" / name)
    assert (tmp_path / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_digit_is_saved_in_the_windows_colours_and_of_the_size_asked_for(window, tmp_path):
    opened = window(2, Settings(motion=False, colours="gray_r", look="pixels"), z=(1.0, 1.0))
    opened.app.documents.save_to(tmp_path / "a.png", options={"side": 84})
    ended(opened)
    assert saved_digit(tmp_path / "a.png").shape == (28, 28)
    assert abs(saved_digit(tmp_path / "a.png") - (255 - opened.expected())).max() <= 1
    assert recipe.made_by(tmp_path / "a.png").options == {"side": 84, "colours": "gray_r"}


@pytest.mark.parametrize(
    ("tab", "name"), [("map", "map"), ("plane", "plane"), ("path", "path"), ("arithmetic", "arithmetic")]
)
def test_the_view_in_front_is_what_the_dialog_proposes_to_save(window, tmp_path, tab, name):
    opened = window(2, Settings(motion=False, folder=str(tmp_path), tab=tab))
    terms = (ENDS.start, ENDS.end, ENDS.end)
    opened.session.commit(**({"terms": terms} if tab == "arithmetic" else {"path": ENDS}))
    opened.dialog(".saving", lambda _dialog: opened.hand.do("key", "Return"))
    opened.hand.key("ctrl+shift+s")
    ended(opened)
    assert recipe.made_by(tmp_path / f"{name}.png").picture == name


def test_what_cannot_be_saved_now_says_why(window, bare, tmp_path):
    opened, told = window(weights=bare), []
    for picture, why in (("map", "it needs atlas.npz"), ("path", "choose where the path begins and ends")):
        refusal(opened, told)
        opened.app.documents.save_to(tmp_path / "a.png", picture=picture)
        assert told[-2] == "The picture was not saved" and why in told[-1]
    assert list(tmp_path.iterdir()) == [] and not opened.app.work.running


def test_a_disk_that_cannot_be_written_is_told_in_a_dialog(window, tmp_path):
    opened, told = window(2), []
    (tmp_path / "file").write_text("in the way")
    refusal(opened, told)
    opened.app.documents.save_to(tmp_path / "file" / "a.png")
    opened.hand.until(lambda: told)
    ended(opened)
    assert told[0] == "The picture was not saved" and "file" in told[1] and "tmp/tmp" not in told[1]


# --------------------------------------------------------------------------------------------- while one is being saved


@pytest.fixture
def slow(monkeypatch):
    """Pictures of a digit that wait to be written: which has begun, and a switch to let them go on."""
    begun, go_on, drawn = threading.Event(), threading.Event(), make.export.digit_bytes

    def draw(*given, **options):
        begun.set()
        go_on.wait(20)
        return drawn(*given, **options)

    monkeypatch.setattr(make.export, "digit_bytes", draw)
    yield begun, go_on
    go_on.set()


def saving(opened, path, slow):
    """Save a picture of the digit, which goes on until the test lets it end."""
    opened.app.documents.save_to(path)
    opened.hand.until(slow[0].is_set)


def cancel_of(opened, title):
    """The Cancel beside the progress of a job."""
    opened.hand.pump()
    [part] = [each for job, each in opened.app.desk.status._progress._parts.items() if job.title == title]
    return part.cancel


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_escape_stops_what_moves_and_no_save(window, tmp_path, slow):
    opened = window(2, Settings(motion=True))
    saving(opened, tmp_path / "a.png", slow)
    opened.hand.key("4", "Escape")
    assert not opened.app.desk.motion.moving and opened.app.work.current("save")
    slow[1].set()
    ended(opened)
    assert names(tmp_path) == ["a.png"] and opened.said == f"Saved {tmp_path / 'a.png'}"


@pytest.mark.parametrize("how", ["click", "keys"])
def test_the_cancel_beside_its_progress_ends_a_save_and_leaves_no_file(window, tmp_path, slow, how):
    opened = window(2)
    saving(opened, tmp_path / "a.png", slow)
    cancel = cancel_of(opened, "Saving a.png…")
    if how == "click":
        opened.hand.click(cancel)
    else:
        opened.app.workspace.controls.sliders.scales[0].focus_set()
        opened.hand.until(lambda: opened.hand.key("shift+Tab") or opened.root.focus_get() is cancel)
        opened.hand.key("space")
    assert not opened.app.work.running and not cancel.winfo_exists()
    slow[1].set()
    opened.app.work.close()
    opened.hand.pump()
    assert names(tmp_path) == [] and opened.said == ""
    opened.hand.move(2, 2)
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4), "the keys are the window's again"


def test_another_model_opens_while_a_picture_of_the_old_one_is_being_saved(window, model, tmp_path, slow):
    opened = window(2, z=(1.0, 1.0))
    expected = opened.expected()
    saving(opened, tmp_path / "a.png", slow)
    opened.app.documents.open(model(3))
    opened.hand.until(lambda: opened.app.session.space.latent_dim == 3)
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert [job.title for job in opened.app.work.running] == ["Saving a.png…"]
    assert cancel_of(opened, "Saving a.png…").winfo_ismapped(), "in the status line of now"
    slow[1].set()
    ended(opened)
    assert abs(saved_digit(tmp_path / "a.png") - expected).max() <= 1
    assert opened.said == f"Saved {tmp_path / 'a.png'}"
    opened.app.documents.open(model(2))
    ended(opened)


def test_the_geodesic_is_found_while_a_picture_is_being_saved(window, tmp_path, slow):
    opened = window(2, Settings(motion=False, tab="path"))
    saving(opened, tmp_path / "a.png", slow)
    opened.session.commit(path=replace(ENDS, way="geodesic"))
    path = opened.app.workspace.tabs.path
    opened.hand.until(lambda: opened.hand.pump() or not path.why_not())
    assert [job.title for job in opened.app.work.running] == ["Saving a.png…"]
    slow[1].set()
    ended(opened)
    assert names(tmp_path) == ["a.png"]


def test_a_search_and_a_save_have_each_a_cancel_and_escape_stops_the_search_alone(window, tmp_path, slow, monkeypatch):
    def search(_codec, _a, _b, _count, cancelled, _tell):
        for _ in iter(cancelled, True):
            pass

    monkeypatch.setitem(paths.WAYS, "geodesic", replace(paths.WAYS["geodesic"], find=search))
    opened = window(2, Settings(motion=False, tab="path"))
    saving(opened, tmp_path / "a.png", slow)
    opened.session.commit(path=ENDS)
    opened.hand.until(lambda: opened.app.work.current("search"))
    for title in ("Saving a.png…", TITLE.format("geodesic")):
        assert cancel_of(opened, title).winfo_ismapped()
    opened.hand.key("Escape")
    assert [job.title for job in opened.app.work.running] == ["Saving a.png…"]
    slow[1].set()
    ended(opened)
    assert names(tmp_path) == ["a.png"]


def test_a_second_save_is_refused_with_a_reason_before_anything_is_asked(window, tmp_path, slow):
    opened, told = window(2), []
    saving(opened, tmp_path / "a.png", slow)
    for ask in (lambda: opened.hand.key("ctrl+s"), lambda: opened.app.documents.save_to(tmp_path / "b.png")):
        refusal(opened, told)
        ask()
        assert told[-2] == "One file is saved at a time"
        assert told[-1] == "Saving a.png… Wait until it is done, or end it by the Cancel beside its progress."
    slow[1].set()
    ended(opened)
    assert names(tmp_path) == ["a.png"]


def waiting(opened, do):
    """Do something when the word that a save is waited for is on the screen."""

    def then(_dialog):
        opened.root.after_cancel(opened._wait)  # the window may be gone after it
        do()

    opened.dialog(WAITING, then)


@pytest.mark.parametrize("way", ["key", "window manager"])
def test_a_window_that_is_closed_during_a_save_waits_for_it(window, tmp_path, slow, way):
    opened = window(2)
    saving(opened, tmp_path / "a.png", slow)
    waiting(opened, slow[1].set)
    leave(opened, way)
    assert not opened.alive and names(tmp_path) == ["a.png"] and saved_digit(tmp_path / "a.png").shape == (28, 28)


def test_who_does_not_want_to_wait_closes_the_window_without_the_picture(window, tmp_path, slow):
    opened = window(2)
    saving(opened, tmp_path / "a.png", slow)
    waiting(opened, lambda: opened.hand.do("key", "shift+Tab", "Return"))
    leave(opened, "key")
    assert not opened.alive
    slow[1].set()
    for each in threading.enumerate():
        if each.name == "job: Saving a.png…":
            each.join(20)
    assert names(tmp_path) == []


def test_who_stays_keeps_the_window_and_the_save(window, tmp_path, slow):
    opened = window(2)
    saving(opened, tmp_path / "a.png", slow)
    for key in ("Escape", "Return"):
        opened.dialog(WAITING, lambda _dialog, key=key: opened.hand.do("key", key))
        leave(opened, "key")
        assert opened.alive and opened.app.work.current("save")
    slow[1].set()
    ended(opened)
    assert names(tmp_path) == ["a.png"]


def test_a_save_that_fails_while_it_is_waited_for_is_told_and_the_window_stays(window, tmp_path, slow):
    opened, told = window(2), []
    saving(opened, tmp_path / "a.png", slow)

    def fail():
        (tmp_path / "a.png").mkdir()
        refusal(opened, told)
        slow[1].set()

    waiting(opened, fail)
    leave(opened, "key")
    assert opened.alive and told[0] == "The picture was not saved"
    assert not opened.root.tk.call("winfo", "exists", WAITING)


@pytest.mark.parametrize("kept", [True, False], ids=["there", "given up"])
def test_bookmarks_are_asked_about_after_the_picture_is_there_or_given_up(window, tmp_path, slow, kept):
    opened = window(2)
    marked(opened, "one")
    saving(opened, tmp_path / "a.png", slow)

    def then():
        opened.dialog(LEAVING, lambda _dialog: opened.hand.do("key", "Escape"))
        if kept:
            slow[1].set()
        else:
            opened.hand.do("key", "shift+Tab", "Return")

    waiting(opened, then)
    leave(opened, "key")
    slow[1].set()
    ended(opened)
    assert opened.alive and opened.session.unsaved and names(tmp_path) == ["a.png"] * kept


# --------------------------------------------------------------------------------------------------------------- copy


@pytest.mark.parametrize(
    ("key", "tab", "picture"),
    [("copy-python", "map", "digit"), ("copy-view", "map", "map"), ("copy-view", "plane", "plane")],
)
def test_the_copied_lines_write_what_the_window_saves(window, tmp_path, key, tab, picture):
    opened = window(2, Settings(motion=False, tab=tab, colours="magma"), z=(1 / 3, -1.0))
    opened.session.commit(plane=replace(opened.session.state.plane, count=3))
    action = next(each for each in opened.app.actions if each.name == key)
    action.run(opened.app)
    assert opened.said == f"Copied a program that saves {picture}.png"
    (tmp_path / "script").mkdir()
    assert python(opened.root.clipboard_get(), cwd=tmp_path / "script").stderr == ""
    opened.app.documents.save_to(tmp_path / f"{picture}.png", picture=picture)
    ended(opened)
    name = f"{picture}.png"
    assert (tmp_path / "script" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_the_lines_are_copied_by_a_key_and_name_the_model_unless_it_is_the_one_that_ships(window, model):
    opened = window(6)
    opened.hand.key("ctrl+shift+c")
    assert repr(str(model(6) / "decoder_weights.pt")) in opened.root.clipboard_get()
    opened.app.documents.open(opening.load().source.path)
    ended(opened)
    opened.hand.key("ctrl+shift+c")
    assert "vx.load()  #" in opened.root.clipboard_get()


def test_a_view_of_which_there_is_no_picture_leaves_the_clipboard(window):
    opened = window(2, Settings(motion=False, tab="path"))
    opened.hand.key("ctrl+c")
    before = opened.root.clipboard_get()
    opened.app.documents.copy_view()
    assert opened.said == "Nothing was copied: choose where the path begins and ends"
    assert opened.root.clipboard_get() == before


# ---------------------------------------------------------------------------------------------------------- bookmarks


def test_bookmarks_are_saved_and_come_back_into_another_window(window, tmp_path):
    opened = window(2)
    kept = marked(opened, "one", "two")
    assert opened.session.unsaved
    opened.app.documents.save_bookmarks_to(tmp_path / "a.json")
    assert not opened.session.unsaved and opened.said == f"Saved {tmp_path / 'a.json'}"
    assert shelves.read(tmp_path / "a.json", 2).bookmarks == kept
    opened.session.commit(bookmarks=())
    opened.app.documents.open(tmp_path / "a.json")
    assert opened.session.state.bookmarks == kept and not opened.session.unsaved
    assert opened.said == "Added 2 bookmarks of a.json"
    opened.session.undo()
    assert opened.session.state.bookmarks == (), "opening is one step"


def test_opened_bookmarks_join_those_that_are_there(window, tmp_path):
    opened = window(2)
    marked(opened, "one", "two")
    opened.app.documents.save_bookmarks_to(tmp_path / "a.json")
    mine = Bookmark("one", (9.0, 9.0))
    opened.session.commit(bookmarks=(mine,))
    opened.app.documents.open(tmp_path / "a.json")
    assert opened.session.state.bookmarks == (mine, Bookmark("one 2", (0.0, 1.0)), Bookmark("two", (1.0, 1.0)))
    assert opened.session.unsaved


def test_a_table_that_was_saved_an_array_and_a_printed_one_are_opened_as_bookmarks(window, tmp_path):
    opened = window(2)
    kept = marked(opened, "one", "two")
    z = [each.z for each in kept]
    opened.app.documents.save_bookmarks_to(tmp_path / "a.csv")
    np.save(tmp_path / "b.npy", np.array(z))
    (tmp_path / "c.txt").write_text(repr(np.array(z)))
    for name, names in {"a.csv": ("one", "two"), "b.npy": ("b", "b 2"), "c.txt": ("c", "c 2")}.items():
        opened.session.commit(bookmarks=())
        opened.app.documents.open(tmp_path / name)
        assert opened.session.state.bookmarks == tuple(map(Bookmark, names, z))
        assert opened.said == f"Added 2 bookmarks of {name}"


def test_bookmarks_of_other_weights_are_taken_with_a_word(window, tmp_path):
    opened = window(2)
    shelf = shelves.Shelf("a" * 64, 2, (Bookmark("far", (1.0, 2.0)),))
    (tmp_path / "b.json").write_text(shelves.dumps(shelf))
    opened.app.documents.open(tmp_path / "b.json")
    assert opened.session.state.bookmarks == shelf.bookmarks
    assert opened.said.startswith("Added 1 bookmark of b.json; they were made with other weights")


def good(**changes):
    told = {"schema": 1, "weights": "a" * 64, "latent_dim": 2, "bookmarks": [{"name": "a", "z": [1.0, 2.0]}]}
    return json.dumps(told | changes)


BAD = {
    "hello": "“hello” is no number; a point has 2 numbers",
    good(latent_dim=3): "they are of a model with 3 latent dimensions, not 2",
    good(bookmarks=[{"name": "a", "z": [99.0, 0.0]}]): "must lie between −10 and 10",
}


@pytest.mark.parametrize(("text", "why"), BAD.items(), ids=BAD.values())
def test_bookmarks_that_cannot_be_taken_are_told_and_nothing_changes(window, tmp_path, text, why):
    opened, told = window(2), []
    (tmp_path / "bad.json").write_text(text)
    refusal(opened, told)
    opened.app.documents.open(tmp_path / "bad.json")
    assert told[0] == "The bookmarks were not opened" and why in told[1] and "bad.json" in told[1]
    assert opened.session.state.bookmarks == () and not opened.session.can_undo


def test_a_table_for_other_programs_is_written_but_does_not_count_as_saved(window, tmp_path):
    opened = window(2)
    marked(opened, "one")
    opened.app.documents.save_bookmarks_to(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b'"name","z0","z1"\r\n"one",0.0,1.0\r\n'
    assert opened.session.unsaved and ".json" in opened.said


def test_bookmarks_that_cannot_be_saved_are_told_and_stay_unsaved(window, tmp_path):
    opened, told = window(2), []
    marked(opened, "one")
    (tmp_path / "folder.json").mkdir()
    for name, why in (("folder.json", "Is a directory"), ("a.txt", ".json or .csv")):
        refusal(opened, told)
        opened.app.documents.save_bookmarks_to(tmp_path / name)
        assert told[-2] == "The bookmarks were not saved" and why in told[-1]
    assert opened.session.unsaved and [each.name for each in tmp_path.iterdir()] == ["folder.json"]


def test_the_files_of_bookmarks_are_asked_for_where_the_last_file_was(window, tmp_path, monkeypatch):
    opened = window(2, Settings(motion=False, folder=str(tmp_path)))
    kept = marked(opened, "one")
    opened.dialog(BROWSER, lambda _dialog: opened.hand.do("key", "Return"))
    opened.app.documents.save_bookmarks()
    assert shelves.read(tmp_path / "bookmarks.json", 2).bookmarks == kept
    (tmp_path / "sub").mkdir()
    (tmp_path / "bookmarks.json").rename(tmp_path / "sub" / "b.json")
    opened.session.commit(bookmarks=())
    monkeypatch.setattr(dialogs, "ask_bookmarks", lambda _root, folder: Path(folder) / "sub" / "b.json")
    opened.app.documents.open_bookmarks()
    assert opened.session.state.bookmarks == kept and opened.app.settings.folder == str(tmp_path / "sub")


# --------------------------------------------------------------------------------------------------------------- leave


WAYS = ["key", "window manager"]


def answer(opened, *keys):
    """Answer the question by keys, after which the window may be gone."""

    def press(_dialog):
        opened.root.after_cancel(opened._wait)
        opened.hand.do("key", *keys)

    opened.dialog(LEAVING, press)


def leave(opened, way):
    if way == "key":
        opened.hand.key("ctrl+q")
    else:
        opened.root.tk.eval(opened.root.protocol("WM_DELETE_WINDOW"))


@pytest.mark.parametrize("way", WAYS)
def test_unsaved_bookmarks_are_asked_about_and_cancel_keeps_the_window(window, way):
    opened = window(2)
    kept = marked(opened, "one")
    opened.dialog(LEAVING, lambda _dialog: opened.hand.do("key", "Escape"))
    leave(opened, way)
    assert opened.alive and opened.session.state.bookmarks == kept


def test_what_need_not_be_kept_is_let_go(window):
    opened = window(2)
    marked(opened, "one", "two")
    answer(opened, "shift+Tab", "shift+Tab", "Return")
    leave(opened, "key")
    assert not opened.alive


@pytest.mark.parametrize("saved", [True, False])
def test_what_is_to_be_saved_is_saved_first_and_without_a_file_the_window_stays(window, tmp_path, monkeypatch, saved):
    opened = window(2)
    kept = marked(opened, "one")
    path = tmp_path / "a.json"
    monkeypatch.setattr(dialogs, "ask_save_bookmarks", lambda *_given: path if saved else None)
    answer(opened, "Return")
    leave(opened, "key")
    assert opened.alive is not saved
    assert shelves.read(path, 2).bookmarks == kept if saved else opened.session.unsaved


def test_nothing_is_asked_once_they_are_saved(window, tmp_path):
    opened = window(2)
    marked(opened, "one")
    opened.app.documents.save_bookmarks_to(tmp_path / "a.json")
    leave(opened, "key")
    assert not opened.alive


def test_another_model_takes_the_place_of_unsaved_bookmarks_only_when_it_may(window, model):
    opened = window(2)
    marked(opened, "one")
    for keys, opens in (("Escape", False), ("shift+Tab shift+Tab Return", True)):
        opened.dialog(LEAVING, lambda _dialog, keys=keys: opened.hand.do("key", *keys.split()))
        opened.app.documents.open(model(2, labels=4))
        opened.hand.until(lambda: not opened.app.work.running)
        assert (opened.app.session is not opened.session) == opens
    ended(opened)
    assert opened.app.session.state.bookmarks == ()


def test_asked_twice_the_question_comes_once(window):
    opened = window(2)
    marked(opened, "one")

    def again(_dialog):
        opened.root.tk.eval(opened.root.protocol("WM_DELETE_WINDOW"))
        assert opened.alive
        opened.hand.do("key", "Escape")

    opened.dialog(LEAVING, again)
    leave(opened, "key")
    assert opened.alive
