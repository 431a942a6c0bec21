"""Opening other models and saved pictures, the clipboard, and what the View menu changes."""

import threading
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
import torch
from conftest import middle
from factories import atlas_bytes, decoder_state, vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.datasets.photos import SUFFIXES
from vae_explorer.errors import Cancelled
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.views.canvas import changed, lookup_table, smooth
from vae_explorer.pictures import carried
from vae_explorer.session import point_files
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path, Plane, State
from vae_explorer.settings import Settings
from vae_explorer.space import paths
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint
from vae_explorer.storage.formats import WEIGHTS

MESSAGE = ".__tk__messagebox"


def opened_all(opened):
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()


def refuse(opened, told):
    def read(dialog):
        told.append(str(opened.root.tk.call(f"{dialog}.dtl", "cget", "-text")))
        opened.hand.do("key", "Return")

    opened.dialog(MESSAGE, read)


def test_another_model_of_any_dimension_takes_the_place_of_the_old_with_a_new_history(window, model):
    opened = window(2)
    opened.hand.key("4")
    for latent_dim in (20, 1, 2):  # at the end as many as at first, or there would be other images
        opened.app.documents.open(model(latent_dim))
        opened_all(opened)
        assert len(opened.app.session.state.z) == len(opened.app.workspace.controls.sliders.scales) == latent_dim
        assert not opened.app.session.can_undo
        opened.hand.key("5")
        assert opened.app.session.state.z == opened.app.session.space.class_mean(5)
    assert [*opened.app.settings.recent] == [str(model(n) / "decoder_weights.pt") for n in (2, 1, 20)]


def test_what_takes_long_of_a_large_model_is_computed_beside_the_window(window, model, monkeypatch):
    opened, threads, make = window(2), [], Space.__init__
    monkeypatch.setattr(Space, "__init__", lambda *args: threads.append(threading.current_thread()) or make(*args))
    opened.app.documents.open(model(20))
    opened_all(opened)
    assert len(threads) == 1 and threads[0] is not threading.main_thread()
    assert {"percentiles", "kl_per_dim", "principal_plane"} <= vars(opened.app.session.space.atlas).keys()


def test_what_was_said_of_a_model_goes_with_it(window, model):
    opened = window(2)
    opened.app.say("Saved digit.png")
    opened.app.documents.open(model(1))
    opened_all(opened)
    assert opened.app.desk.status.message.get() == "" and opened.app.session.space.latent_dim == 1


def test_names_in_a_strangers_model_are_shown_in_part_and_end_nothing(window, tmp_path):
    odd = "\x1b[2J\u202e\ud800" + "x" * 100_000
    folder = tmp_path / "a\u202eb"
    data = {"name": odd, "class_names": [odd[:3000]] * 10}
    vivid_folder(folder, 2, atlas_bytes(2), data=data, options={odd: odd}, test={"loss": 1.5, odd: odd})
    opened = window(2)
    opened.app.documents.open(folder)
    opened_all(opened)
    assert opened.root.title() == "a?b – VAE explorer"
    line = opened.app.desk.status.widget.winfo_children()[0]
    assert line.cget("text").startswith("?[2J??xxx")
    opened.hand.move(line.winfo_rootx() + 9, line.winfo_rooty() + 9)
    opened.hand.until(lambda: opened.root.children.get("tooltip"))
    opened.hand.move(2, 2)
    opened.app.panels.show_about()
    opened.hand.pump()
    opened.hand.key("Escape")


def test_there_is_a_way_back_to_the_model_that_ships(window):
    opened = window(2)
    action = opened.app.desk.actions["open-shipped"]
    assert action.why_not(opened.session) == ""
    action.run(opened.app)
    opened_all(opened)
    assert len(opened.app.session.state.z) == 6 and action.why_not(opened.app.session) == "it is open already"
    assert len(opened.app.settings.recent) == 1, "that of before; the way back needs no place in the list"


def test_a_model_that_the_command_line_names_is_recent(window, model):
    assert [*window(2).app.settings.recent] == [str(model(2) / "decoder_weights.pt")]
    assert window(weights=checkpoint.shipped()).app.settings.recent == ()


def test_the_order_of_the_sliders_is_that_of_the_last_time_and_of_every_model(window, model, bare):
    opened = window(6, settings=Settings(motion=False, order="kl"))
    assert opened.session.state.order == "kl" and not opened.session.can_undo
    opened.app.documents.open(model(3))
    opened_all(opened)
    assert opened.app.session.state.order == "kl"
    opened.app.session.commit(order="number")
    opened.hand.pump()
    assert opened.app.settings.order == "number"
    opened.app.session.undo()
    opened.hand.pump()
    assert opened.app.settings.order == "kl"
    opened.app.documents.open(bare)
    opened_all(opened)
    assert opened.app.workspace.controls.faces.numbers.order.get() == "Sorted by number", "nothing else is known there"
    assert opened.app.settings.order == "kl"


def test_a_bad_model_is_told_and_the_old_one_stays(window, tmp_path):
    opened, told = window(2), []
    opened.hand.key("4")
    (tmp_path / "bad.pt").write_text("hello")
    refuse(opened, told)
    opened.app.documents.open(tmp_path / "bad.pt")
    opened.hand.until(lambda: told)
    opened_all(opened)
    assert "bad.pt" in told[0] and "text" in told[0]
    assert opened.z == opened.session.space.class_mean(4) and opened.app.session is opened.session


def test_what_only_torch_reads_opens_beside_a_window_that_lives(window, model, tmp_path):
    opened = window(2)
    half = {key: value.half() for key, value in decoder_state(2, seed=9).items()}
    torch.save(half, tmp_path / "half.pt")
    opened.app.documents.open(tmp_path / "half.pt")
    assert opened.app.work.current("open")
    opened.hand.key("4")  # while torch is read
    assert opened.z == opened.session.space.class_mean(4)
    opened_all(opened)
    assert opened.app.session.space.codec.source.path == tmp_path / "half.pt"
    opened.app.documents.open(model(2))
    opened_all(opened)


@pytest.fixture
def slow(window, monkeypatch):
    """A window, after which models are read when the test lets them: a switch for each, by the name of its folder."""
    gates, load = defaultdict(threading.Event), opening.opened

    def read(path, cancelled, told):
        while not gates[path.name].wait(0.005):
            if cancelled():
                raise Cancelled
        return load(path, cancelled, told)

    opened = window(2, Settings(motion=True))
    monkeypatch.setattr(opening, "opened", read)
    return opened, gates


def test_escape_stops_what_moves_and_no_opening(model, slow):
    opened, gates = slow
    opened.app.documents.open(model(3))
    opened.hand.key("4", "Escape")
    assert not opened.app.desk.motion.moving and opened.app.work.current("open")
    gates[model(3).name].set()
    opened_all(opened)
    assert opened.app.session.space.latent_dim == 3
    gates[model(2).name].set()
    opened.app.documents.open(model(2))
    opened_all(opened)


def test_a_long_opening_is_cancelled_beside_its_progress_and_the_old_model_stays(model, slow):
    opened, gates = slow
    opened.app.documents.open(model(3))
    opened.hand.pump()
    [part] = opened.app.desk.status._progress._parts.values()
    opened.hand.click(part.cancel)
    assert not opened.app.work.running
    gates[model(3).name].set()
    opened.app.work.close()
    opened.hand.pump()
    assert opened.app.session is opened.session
    opened.hand.move(2, 2)


@pytest.mark.parametrize("first", [0, 1], ids=["the older is read first", "the newer is read first"])
def test_of_two_models_the_newer_is_opened(model, slow, first):
    (opened, gates), sessions = slow, []
    adopt = opened.app.documents._adopt
    opened.app.documents._adopt = lambda read: (sessions.append(read.latent_dim), adopt(read))
    for latent_dim in (3, 1):
        opened.app.documents.open(model(latent_dim))
    assert [job.title for job in opened.app.work.running] == [f"Opening {model(1).name}…"]
    order = [model(3).name, model(1).name]
    for name in (order[first], order[1 - first]):
        gates[name].set()
        opened.hand.pump()
    opened_all(opened)
    assert sessions == [1] and opened.app.session.space.latent_dim == 1
    gates[model(2).name].set()
    opened.app.documents.open(model(2))
    opened_all(opened)


def test_a_saved_picture_leads_back_to_where_it_was_made(window, tmp_path):
    opened = window(2, z=(1.25, -0.5))
    opened.app.documents.save_to(tmp_path / "a.png", options={"side": 280})
    opened_all(opened)
    opened.hand.key("4")
    opened.app.documents.open(tmp_path / "a.png")
    opened.hand.pump()
    assert opened.z == (1.25, -0.5)


def test_any_saved_picture_and_a_moving_one_lead_back(window, tmp_path):
    opened = window(2, z=(1.25, -0.5))
    ends = Bookmark("a", (1.0, 1.0)), Bookmark("b", (-1.0, 0.0))
    opened.session.commit(path=Path(*ends, "arc"))
    saved = {"traverse": "t.png", "map": "m.png", "plane": "p.png", "path": "p.gif"} | {
        "digit": "d.svg",
        "arithmetic": "s.pdf",
    }
    opened.session.commit(terms=(*ends, ends[0]))
    for picture, name in saved.items():
        opened.app.documents.save_to(tmp_path / name, picture=picture)
        opened_all(opened)
    for name in saved.values():
        opened.hand.key("4")
        opened.app.documents.open(tmp_path / name)
        opened.hand.pump()
        assert opened.z == (1.25, -0.5), name


def test_a_picture_of_a_view_brings_that_view_back_as_it_was_as_one_step(window, tmp_path):
    opened = window(2, z=(1.25, -0.5))
    ends = Bookmark("a", (1.0, 1.0)), Bookmark("b", (-1.0, 0.0))
    seen = {"map_dims": (1, 0), "plane": Plane((1, 0), 8, True), "path": Path(*ends, "arc")}
    opened.session.commit(**seen)
    saved = {"map": "m.png", "plane": "p.png", "path": "w.gif"}
    for (tab, name), picture in zip(saved.items(), ("map", "plane", "path"), strict=True):
        opened.app.documents.save_to(tmp_path / name, picture=picture)
        opened_all(opened)
        before = State((0.0, 0.0), map_dims=(0, 1))
        opened.session.commit(**vars(before))
        opened.hand.pump()
        opened.app.show_tab("arithmetic")
        opened.app.documents.open(tmp_path / name)
        opened.hand.pump()
        part = "map_dims" if tab == "map" else tab
        assert opened.app.workspace.tabs.selected == tab
        assert name in opened.app.desk.status.said
        if tab == "path":
            found = opened.session.state.path
            assert (found.start.z, found.end.z, found.way) == ((1.0, 1.0), (-1.0, 0.0), "arc")
        else:
            assert getattr(opened.session.state, part) == seen[part]
        assert opened.z == (1.25, -0.5)
        opened.session.undo()
        assert opened.session.state == before
        opened.session.redo()
        opened.session.commit(**seen)
    opened.hand.until(lambda: not opened.app.work.running)


def test_a_picture_that_is_opened_while_something_moves_is_a_step_of_its_own(window, tmp_path):
    opened = window(2, Settings(motion=True))
    opened.session.commit(plane=Plane((1, 0), 8))
    opened.app.documents.save_to(tmp_path / "p.png", picture="plane")
    opened_all(opened)
    opened.session.commit(plane=Plane((0, 1), 16))
    opened.hand.pump()
    opened.hand.key("4")
    assert opened.app.desk.motion.moving
    opened.app.documents.open(tmp_path / "p.png")
    opened.hand.until(lambda: not opened.app.desk.motion.moving)
    assert opened.session.state.plane == Plane((1, 0), 8) and opened.z == (0, 0)
    opened.session.undo()
    assert opened.session.state.plane == Plane((0, 1), 16) and opened.z != (0, 0)


def test_a_picture_of_other_weights_warns_and_one_of_other_dimensions_is_refused(window, model, tmp_path):
    opened, told = window(2, z=(1.0, 1.0)), []
    opened.app.documents.save_to(tmp_path / "a.png", options={"side": 280})
    opened_all(opened)
    opened.app.documents.open(tmp_path / "a.png")
    opened.hand.pump()
    assert "other weights" not in opened.said
    torch.save(decoder_state(2, seed=9), tmp_path / "nine.pt")
    opened.app.documents.open(tmp_path / "nine.pt")
    opened_all(opened)
    opened.app.documents.open(tmp_path / "a.png")
    assert opened.app.session.state.z == (1, 1) and "other weights" in opened.said
    torch.save(decoder_state(3), tmp_path / "three.pt")
    opened.app.documents.open(tmp_path / "three.pt")
    opened_all(opened)
    refuse(opened, told)
    opened.app.documents.open(tmp_path / "a.png")
    assert "z has 2 values" in told[0] and opened.app.session.state.z == (0, 0, 0)
    opened.app.documents.open(model(2))
    opened_all(opened)


def test_z_goes_to_the_clipboard_as_text_and_comes_back(window):
    opened = window(2, z=(1.5, -0.25))
    opened.hand.key("ctrl+c", "4", "ctrl+v")
    opened_all(opened)
    assert opened.root.clipboard_get() == "1.5, -0.25" and opened.z == (1.5, -0.25)
    mean = opened.session.space.class_mean(4)
    opened.hand.key("4", "ctrl+c", "Home", "ctrl+v")
    opened_all(opened)
    assert opened.z == mean, "not a digit less"


def test_a_clipboard_that_has_no_point_is_told_and_nothing_moves(window):
    opened = window(2, z=(1.0, 2.0))
    whys = {"hello": "no number", "": "neither a picture nor text", "1, 2, 3": "3 numbers", "99, 0": "between"}
    for text, why in whys.items():
        opened.root.clipboard_clear()
        opened.root.clipboard_append(text)
        opened.hand.key("ctrl+v")
        opened_all(opened)
        assert why in opened.said and opened.z == (1, 2)


def test_the_theme_changes_under_the_same_walk(window):
    opened = window(2)
    opened.hand.key("4")
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.picture.digit.ready)
    assert opened.app.desk.theme.name == "dark" and opened.z == opened.session.space.class_mean(4)
    opened.hand.key("ctrl+z")
    assert opened.z == (0, 0)
    opened.hand.key("4", "ctrl+z")
    assert opened.z == (0, 0), "each key counts once after the views were built anew"


def test_the_part_of_the_map_that_is_looked_at_outlasts_a_change_of_theme_and_of_no_other_model(window, model):
    opened = window(6)

    def seen():
        view = opened.app.workspace.tabs.view("map").chart.view
        return view.zoom, *view.centre

    opened.session.commit(map_dims=(1, 3))
    opened.hand.pump()
    chart, canvas = opened.app.workspace.tabs.view("map").chart, opened.app.workspace.tabs.view("map").chart.canvas
    opened.hand.do("mousemove", *middle(canvas), "click", 4, "click", 4)
    x, y = middle(canvas)
    opened.hand.press(x + 60, y + 60)
    opened.hand.move(x + 100, y + 80)
    opened.hand.release()
    before = seen()
    assert before[0] > 1.5 and chart.view.whole().centre[0] != before[1]
    for theme in ("dark", "light"):
        opened.app.change(theme=theme)
        opened.hand.until(lambda: opened.app.workspace.ready)
        assert seen() == before
    opened.app.documents.open(model(6))
    opened_all(opened)
    opened.app.session.commit(map_dims=(1, 3))
    opened.hand.pump()
    assert seen()[0] == 1


def test_a_way_that_was_found_is_not_sought_again_after_a_change_of_theme(window, monkeypatch):
    opened, sought, way = window(2), [], paths.WAYS["geodesic"]

    def find(*args):
        sought.append(args)
        return way.find(*args)

    monkeypatch.setitem(paths.WAYS, "geodesic", replace(way, find=find))
    opened.session.commit(path=Path(Bookmark("a", (1.0, 1.0)), Bookmark("b", (-1.0, 0.0)), "geodesic"))
    opened.hand.until(lambda: sought and not opened.app.work.running)
    opened.app.change(theme="dark")
    opened_all(opened)
    assert opened.app.workspace.tabs.path.why_not() == "" and len(sought) == 1


def test_what_was_said_outlasts_a_change_of_theme(window):
    opened = window(2)
    opened.app.say("Saved it")
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert opened.said == "Saved it"


def test_black_on_white_turns_the_digit(window):
    opened = window(2, Settings(motion=False, colours="gray_r"), z=(1.0, 1.0))
    assert abs(opened.digit() - (255 - opened.expected())).max() <= 1


def test_the_smooth_look_keeps_a_flat_picture_flat_and_a_ramp_rising():
    flat = np.full((28, 28), 77, np.uint8)
    grey = lookup_table("gray")
    assert (smooth(flat, 5, grey) == grey[77]).all()
    ramp = np.tile(np.arange(0, 252, 9, dtype=np.uint8), (28, 1))
    levels = smooth(ramp, 4, grey).view(np.uint8).reshape(112, 112, 4)[..., 0].astype(int)
    assert (np.diff(levels[50]) >= 0).all() and (levels == levels[0]).all()


def test_only_what_has_changed_is_painted():
    before = np.zeros((28, 28), np.uint8)
    after = before.copy()
    after[3, 5] = after[9, 20] = 1
    assert changed(before, after) == (slice(3, 10), slice(5, 21))
    assert changed(before, before) == (slice(0, 1), slice(0, 1))


def test_the_dialogs_of_the_help_menu_open_over_the_window_and_close_by_escape(window):
    opened = window(6)
    for key, name in (("F1", ".keys"), ("ctrl+p", ".palette")):
        opened.hand.key(key)
        opened.hand.until(lambda name=name: opened.root.tk.call("winfo", "exists", name))
        opened.hand.until(lambda name=name: str(opened.root.tk.call("focus")).startswith(name))
        opened.hand.key("Escape")
        assert not int(opened.root.tk.call("winfo", "exists", name)), key
    opened.app.panels.show_about()
    opened.hand.until(lambda: str(opened.root.tk.call("focus")).startswith(".about"))
    opened.hand.key("Escape")
    assert not int(opened.root.tk.call("winfo", "exists", ".about"))


def test_there_is_only_one_palette_and_what_is_typed_stays(window):
    opened = window(2)
    opened.hand.key("ctrl+p")
    opened.hand.until(lambda: str(opened.root.tk.call("focus")).startswith(".palette"))
    opened.hand.type("un")
    opened.app.panels.show_palette()
    panel = opened.root.nametowidget("palette")
    assert opened._tops() == [".palette"] and panel.entry.get() == "un"
    opened.hand.key("Escape")


def test_the_dividers_are_where_they_were_left_also_after_the_views_were_built_anew(window):
    opened = window(2, Settings(motion=False, shares=(0.4, 0.7)), size=(1400, 800))
    panes = opened.app.workspace.panes.widget
    assert panes.sashpos(0) == 560
    x, y = panes.winfo_rootx() + 562, panes.winfo_rooty() + 200
    opened.hand.press(x, y)
    opened.hand.move(x + 40, y)
    opened.hand.release()
    assert panes.sashpos(0) == 600
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.picture.digit.ready)
    assert opened.app.workspace.panes.widget.sashpos(0) == 600
    opened.app.close()
    assert opened.app.settings.shares == (600 / 1400, 980 / 1400)


@pytest.mark.parametrize("name", ["a.svg", "B.PDF"])
def test_a_drawing_of_lines_without_a_recipe_is_told_to_have_none(window, tmp_path, name):
    opened, told = window(2), []
    (tmp_path / name).write_bytes(b"<svg></svg>" if name == "a.svg" else b"%PDF-1.4")
    refuse(opened, told)
    opened.app.documents.open(tmp_path / name)
    assert f"{name} carries no recipe" in told[0] and opened.app.session is opened.session


def test_the_dialogs_offer_all_that_opens(monkeypatch):
    asked = {}
    monkeypatch.setattr(dialogs.filedialog, "askopenfilename", lambda **given: asked.update(given) or "")
    for ask, suffixes in (
        (lambda: dialogs.ask_digit(None, "", ""), SUFFIXES),
        (lambda: dialogs.ask_bookmarks(None, ""), (".json", *point_files.SUFFIXES)),
        (lambda: dialogs.ask_open(None, ""), (*SUFFIXES, ".json", *point_files.SUFFIXES, *carried.FIND, *WEIGHTS)),
    ):
        assert ask() is None
        assert {*asked["filetypes"][0][1].split()} >= {f"*{suffix}" for suffix in suffixes}


def test_a_name_that_no_system_takes_is_told(window, tmp_path):
    opened, told = window(2), []
    refuse(opened, told)
    opened.app.documents.open(tmp_path / ("a" * 300))
    assert "File name too long" in told[0] and opened.app.settings.folder == ""


def test_a_link_that_leads_to_itself_is_told(window, tmp_path):
    opened, told = window(2), []
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    refuse(opened, told)
    opened.app.documents.open(tmp_path / "loop" / "a.json")
    assert "symbolic links" in told[0]


# --------------------------------------------------------------------------------------------- several models in a file


@pytest.fixture
def several(tmp_path):
    """A file of two models that differ."""
    path = tmp_path / "vae.pt"
    torch.save({"state_dict": decoder_state(2), "ema_state_dict": decoder_state(2, seed=1)}, path)
    return path


def choose(opened, several, *does):
    """Open a file of several models, and answer the question by keys, or by clicks on a row or a button."""

    def answer(_dialog):
        for word in does:
            if isinstance(word, int):
                tree = opened.root.nametowidget("models").list
                opened.hand.until(lambda: tree.bbox(str(word)))  # noqa: B023  it is over before the next word
                x, y, _, height = tree.bbox(str(word))
                opened.hand.do(
                    "mousemove", tree.winfo_rootx() + x + 40, tree.winfo_rooty() + y + height // 2, "click", 1
                )
            elif word == "Open":
                opened.hand.do("mousemove", *middle(opened.root.nametowidget("models").go), "click", 1)
            else:
                opened.hand.do("key", word)

    opened.dialog(".models", answer)
    opened.app.documents.open(several)
    opened_all(opened)


@pytest.mark.parametrize("does", [("Down", "Return"), (1, "Open")], ids=["keys", "mouse"])
def test_of_several_models_in_a_file_one_is_chosen_and_recent_files_remember_it(window, several, does):
    opened = window(2)
    choose(opened, several, *does)
    source = opened.app.session.space.codec.source
    np.testing.assert_array_equal(source.decoder["linear.bias"], decoder_state(2, seed=1)["linear.bias"])
    assert opened.app.settings.recent[0] == f"{several}#ema_state_dict"
    assert opened.said == "Taken from “ema_state_dict” in the file."
    opened.app.documents.open(several.with_name("vae.pt#state_dict"))
    opened_all(opened)
    assert opened.app.session.space.codec.source.sha256 != source.sha256
    assert opened.said == "Taken from “state_dict” in the file."


def test_who_chooses_none_of_several_models_keeps_the_one_that_is_open(window, several):
    opened = window(2)
    before = opened.app.session
    choose(opened, several, "Escape")
    assert opened.app.session is before and "models" not in opened.root.children


def test_what_was_done_to_open_a_file_is_said(window, several):
    assert window(2).said == ""
    assert window(weights=several.with_name("vae.pt#state_dict")).said == "Taken from “state_dict” in the file."
