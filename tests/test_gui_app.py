"""The window as a whole: one frame a turn, saving, closing, what is on the screen at every size."""

import json
import tkinter as tk
from pathlib import Path
from tkinter import ttk

import factories
import numpy as np
import pytest
from conftest import saved_digit
from PIL import Image

from vae_explorer.gui.desk import status
from vae_explorer.gui.window.model import describe
from vae_explorer.pictures import recipe
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.settings import Settings

MESSAGE = ".__tk__messagebox"


def test_many_moves_in_one_turn_of_the_event_loop_are_one_frame_of_the_newest(window):
    opened = window()
    frames = opened.app.workspace.picture.digit.frames
    for k in range(500):
        opened.session.preview(z=(k / 100, -k / 100))
    opened.root.update()
    assert opened.app.workspace.picture.digit.frames == frames + 1
    assert opened.z == (4.99, -4.99) and abs(opened.digit() - opened.expected()).max() <= 1


def test_a_burst_of_keys_is_followed_by_few_frames_and_ends_at_the_newest(window):
    opened = window()
    opened.hand.click(opened.app.workspace.controls.sliders.scales[0])
    opened.hand.key("Home")
    frames = opened.app.workspace.picture.digit.frames
    opened.hand.do("key", "--repeat", 29, "--delay", 0, "Right")
    assert opened.z[0] == pytest.approx(2.9) and opened.app.workspace.picture.digit.frames - frames <= 6
    assert abs(opened.digit() - opened.expected()).max() <= 1


def test_a_window_at_rest_draws_nothing(window):
    opened = window()
    frames = opened.app.workspace.picture.digit.frames
    opened.hand.pump()
    assert opened.app.workspace.picture.digit.frames == frames


@pytest.mark.parametrize("label", range(10))
def test_a_digit_key_goes_to_the_mean_of_its_class_as_its_button_does(window, label):
    opened = window()
    opened.hand.key(str(label))
    assert opened.z == opened.session.space.class_mean(label)
    opened.hand.key("Home")
    opened.hand.click(opened.app.workspace.controls.presets.buttons[f"class-{label}"])
    assert opened.z == opened.session.space.class_mean(label)
    assert abs(opened.digit() - opened.expected()).max() <= 1


def test_random_draws_the_same_points_for_one_seed_by_button_and_by_key(window):
    first, second = window(seed=5), None
    first.hand.click(first.app.workspace.controls.commands.buttons["random"])
    one = first.z
    first.hand.key("r")
    two = first.z
    assert len({(0.0, 0.0), one, two}) == 3 and abs(first.digit() - first.expected()).max() <= 1
    first.close()
    second = window(seed=5)
    second.hand.key("r", "r")
    assert second.z == two


def test_undo_and_redo_go_back_and_forth_and_grey_out_at_the_ends(window):
    opened = window()
    buttons = opened.app.workspace.controls.commands.buttons

    def greyed():
        return {name for name, button in buttons.items() if button.instate(["disabled"])}

    assert greyed() == {"reset", "undo", "redo"}
    opened.hand.key("4")
    assert greyed() == {"redo"}
    opened.hand.click(buttons["undo"])
    assert greyed() == {"reset", "undo"} and opened.z == (0, 0)
    opened.hand.click(buttons["redo"])
    assert greyed() == {"redo"} and opened.z == opened.session.space.class_mean(4)
    opened.hand.click(buttons["reset"])
    assert greyed() == {"reset", "redo"} and opened.z == (0, 0)
    opened.hand.click(buttons["reset"])  # greyed out, so it is no second step
    opened.hand.key("ctrl+z")
    assert opened.z == opened.session.space.class_mean(4)
    opened.hand.key("ctrl+shift+z")
    assert opened.z == (0, 0)


def test_undo_and_redo_by_keys_work_while_an_entry_has_the_focus(window):
    opened = window()
    entry = opened.app.workspace.controls.sliders.entries[0]
    opened.hand.write(entry, "2")
    opened.hand.key("Return", "ctrl+z")
    assert opened.root.focus_get() is entry
    assert opened.z == (0, 0) and entry.get() == "0.00"
    opened.hand.key("ctrl+shift+z")
    assert opened.z == (2, 0) and entry.get() == "+2.00"
    assert abs(opened.digit() - opened.expected()).max() <= 1


def test_save_picture_asks_for_a_file_and_writes_the_digit_with_its_recipe(window, tmp_path):
    opened = window(z=(1.0, -2.0))
    path = tmp_path / "digit.png"

    def answer(_dialog):
        opened.hand.do("key", "ctrl+slash", "type", "--delay", "1", str(path))
        opened.hand.do("key", "Return")

    opened.dialog(".saving", answer)
    opened.hand.click(opened.app.workspace.picture.saving.buttons["save"])
    opened.hand.until(lambda: not opened.app.work.running)
    assert abs(saved_digit(path) - opened.expected()).max() == 0
    assert recipe.made_by(path) == Recipe(opened.z, opened.session.space.codec.source.sha256, seed=0)
    opened.hand.move(2, 2)
    assert str(path) in opened.said, "the word about the file outlasts the pointer's leaving the button"


def test_leaving_the_save_dialog_saves_nothing(window, tmp_path):
    opened = window(settings=Settings(motion=False, folder=str(tmp_path)))
    opened.dialog(".saving", lambda _dialog: opened.hand.do("key", "Escape"))
    opened.hand.key("ctrl+s")
    assert list(tmp_path.iterdir()) == [] and opened.said == ""
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4)


@pytest.mark.parametrize(
    ("name", "why"),
    [("file/digit.png", "file"), ("folder.png", "Is a directory"), ("digit.bmp", ".png"), ("x" * 300 + ".png", "long")],
)
def test_a_picture_that_cannot_be_saved_is_told_in_a_dialog_and_the_window_lives(window, tmp_path, name, why):
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder.png").mkdir()
    opened, told = window(), []

    def read(dialog):
        text = (
            opened.root.tk.call(f"{dialog}.msg", "cget", "-text"),
            opened.root.tk.call(f"{dialog}.dtl", "cget", "-text"),
        )
        told.extend(map(str, text))
        opened.hand.do("key", "Return")

    opened.dialog(MESSAGE, read)
    opened.app.documents.save_to(tmp_path / name, options={"side": 560})
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: told and not opened.app.work.running)
    assert told[0] == "The picture was not saved" and why in told[1] and "Errno" not in told[1]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder.png"]
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4)


def widgets(widget):
    for child in widget.winfo_children():
        if child.winfo_class() != "Menu":
            yield child
            yield from widgets(child)


def test_a_window_on_a_bare_decoder_is_whole_and_says_what_is_missing(window, bare):
    opened = window(weights=bare)
    texts = [each.cget("text") for each in widgets(opened.root) if isinstance(each, ttk.Label)]
    assert any("atlas.npz" in text and text.startswith("It needs") for text in texts)
    assert any("decoder_weights.pt, 6 dimensions" in text for text in texts)
    assert not opened.app.workspace.controls.presets.widget.winfo_ismapped()
    opened.hand.key("4")
    assert opened.z == (0,) * 6
    opened.hand.key("r")
    assert 0.3 < np.std(opened.z) < 3 and abs(opened.digit() - opened.expected()).max() <= 1


def test_a_resize_repaints_the_digit_at_its_new_size(window):
    opened = window(2, z=(1.0, 2.0))
    small = opened.app.workspace.picture.digit.widget.winfo_width()
    for width, height in ((1900, 1000), (700, 500), (1180, 760)):
        opened.root.geometry(f"{width}x{height}")
        opened.hand.until(lambda width=width: opened.root.winfo_width() == width)
        opened.hand.pump()
        assert abs(opened.digit() - opened.expected()).max() <= 1
    assert opened.app.workspace.picture.digit.widget.winfo_width() > small


def test_a_window_that_is_covered_shows_its_digit_again(window):
    opened = window()
    cover = tk.Toplevel(opened.root)
    cover.geometry("1800x1200+0+0")
    opened.hand.until(cover.winfo_viewable)
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.pump()
    cover.destroy()
    opened.hand.pump()
    assert abs(opened.digit() - opened.expected()).max() <= 1


def test_the_digit_moves_on_after_the_window_was_hidden(window):
    opened = window()
    opened.root.withdraw()
    opened.hand.pump()
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.pump()
    opened.root.deiconify()
    opened.hand.until(opened.root.winfo_viewable)
    opened.hand.pump()
    assert abs(opened.digit() - opened.expected()).max() <= 1


@pytest.mark.parametrize("way", ["close", "menu key", "window manager", "at once"])
def test_closing_leaves_nothing_behind_even_with_a_half_typed_number(window, way):
    opened = window()
    opened.hand.write(opened.app.workspace.controls.sliders.entries[0], "abc")
    opened.session.preview(z=(1.0, 1.0))  # a frame is still to be drawn
    if way == "menu key":
        opened.hand.key("ctrl+q")
    elif way == "window manager":
        opened.root.tk.eval(opened.root.protocol("WM_DELETE_WINDOW"))
    else:
        opened.app.close()
    assert not opened.alive


def test_an_error_in_a_callback_is_logged_and_said_and_the_window_lives(window, errors):
    opened = window()
    opened.root.after(0, lambda: 1 / 0)
    opened.hand.pump()
    assert "division by zero" in opened.said
    assert [message for message in errors.take() if "division by zero" in message]
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4)


def test_a_window_closed_under_a_file_dialog_ends_without_a_word(window, errors):
    opened = window()
    opened.root.after(300, opened.app.quit)
    opened.app.root.after(0, opened.app.documents.open_file)
    opened.hand.until(lambda: not opened.alive)
    assert errors.messages == []


def test_keys_reach_the_window_when_what_had_the_focus_is_hidden(window):
    opened = window(2, Settings(motion=False, tab="plane"))
    opened.app.workspace.tabs.view("plane").count.focus_set()
    opened.app.show_tab("map")
    opened.hand.pump()
    opened.hand.key("4")
    assert opened.z == opened.session.space.class_mean(4)
    opened.app.show_tab("path")
    opened.hand.pump()
    [offer] = [
        each for each in opened.app.workspace.tabs.path.ends.empty.winfo_children() if isinstance(each, ttk.Button)
    ]
    opened.hand.click(offer)
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.key("space")
    assert opened.app.workspace.tabs.path._player.playing
    opened.hand.key("Escape")


def test_shortcuts_work_while_a_list_to_choose_from_has_the_focus(window):
    opened = window(2, Settings(motion=False, tab="plane"))
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.app.workspace.tabs.view("plane").count.focus_set()
    opened.hand.key("4", "b")
    assert opened.z == opened.session.space.class_mean(4) and len(opened.session.state.bookmarks) == 1
    opened.hand.key("Home")
    assert opened.z == (0, 0)


def test_ctrl_c_in_the_terminal_closes_the_window(window):
    opened = window()

    def interrupted():
        raise KeyboardInterrupt

    opened.root.after(0, interrupted)
    opened.root.update()
    assert not opened.alive


def test_a_word_stays_while_the_pointer_wanders_and_goes_when_something_moves(window, monkeypatch):
    monkeypatch.setattr(status, "READ_S", 0)
    opened = window()
    opened.app.desk.status.say("Saved it")
    opened.hand.move(*opened.thumb(0))
    opened.hand.click(opened.app.workspace.picture.digit.widget)
    random = opened.app.workspace.controls.commands.buttons["random"]
    assert opened.tooltip(random) != "Saved it" == opened.said
    opened.hand.key("4")
    assert opened.said == ""


def test_a_model_is_told_in_one_line(tmp_path):
    from vae_explorer.codecs import opening

    def told(**info):
        return describe(opening.load(factories.vivid_folder(tmp_path, 6, **info)))

    assert told(data={"name": "mnist"}, test={"loss": 84.24}) == "mnist, 6 dimensions, test loss 84.2 nats"
    assert told(data={"name": "mnist"}) == "mnist, 6 dimensions, not measured yet"
    assert told() == "unknown data, 6 dimensions, not measured yet"
    (tmp_path / "model.json").unlink()
    assert "nothing known" in describe(opening.load(tmp_path))
    one = factories.vivid_folder(tmp_path / "one", 1)
    assert ", 1 dimension, " in describe(opening.load(one))


def test_an_atlas_that_is_damaged_leaves_the_presets_out_and_says_so(window, tmp_path):
    folder = factories.vivid_folder(tmp_path / "m", 2, b"no atlas")
    opened = window(weights=folder)
    assert not opened.app.workspace.controls.presets.widget.winfo_ismapped()
    assert json.loads((folder / "model.json").read_text())["files"]["atlas.npz"], "its hash is right"


def test_the_screen_and_a_saved_picture_agree(window, tmp_path):
    opened = window(z=(2.0, -1.0))
    path = Path(tmp_path, "digit.png")
    opened.app.documents.save_to(path, options={"side": 560})
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: not opened.app.work.running)
    assert abs(saved_digit(path) - opened.digit()).max() <= 1
    with Image.open(path) as image:
        assert image.size == (560, 560)
