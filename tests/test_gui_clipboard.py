"""The clipboard of the window: pictures and numbers that other programs have put there, and what they may do."""

import signal
import sys
import time

import numpy as np
import pytest
from factories import bare_folder
from PIL import Image, ImageGrab
from selection import owned
from test_gui_digits import done, expected, paper

from vae_explorer import child
from vae_explorer.gui import pasted
from vae_explorer.gui.window import clipboard
from vae_explorer.session.bookmarks import Bookmark


@pytest.fixture
def picture(tmp_path):
    """A picture of a digit in a file."""
    paper().save(tmp_path / "a.png")
    return tmp_path / "a.png"


def paste(opened):
    opened.hand.key("ctrl+v")
    done(opened)


@pytest.mark.parametrize("how", ["whole", "pieces"])
@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/bmp"])
def test_a_picture_of_another_program_is_encoded_as_one_step(window, picture, kind, how):
    opened, path = window(2), picture.with_suffix(f".{kind.split('/')[1]}")
    Image.open(picture).save(path)
    with owned(kind, path, how):
        paste(opened)
    state = opened.session.state
    assert (state.drawing, state.z) == expected(opened, path) and state.encoded
    assert opened.app.workspace.tabs.selected == "yours" and "picture on the clipboard" in opened.said
    assert opened.session.photos.of(state.drawing)
    opened.session.undo()
    assert not opened.session.can_undo


def test_a_large_picture_comes_in_pieces_and_in_one_piece_is_refused(window, tmp_path):
    opened = window(2)
    noise = np.random.default_rng(0).integers(200, 256, (900, 900), np.uint8)
    noise[200:700, 420:480] = 0
    Image.fromarray(noise).save(tmp_path / "large.png")
    assert (tmp_path / "large.png").stat().st_size > 400_000
    with owned("image/png", tmp_path / "large.png", "whole"):
        paste(opened)
    assert opened.said == "Nothing was taken from the clipboard: it is too large for that; save it, and open the file."
    with owned("image/png", tmp_path / "large.png", "pieces"):
        paste(opened)
    assert opened.session.state.encoded


def test_a_program_that_does_not_answer_stalls_nothing_and_is_told_after_a_while(window, picture, monkeypatch):
    monkeypatch.setattr(clipboard, "TIMEOUT_S", 1.0)
    opened = window(2)
    with owned("image/png", picture, "silent"):
        opened.hand.key("ctrl+v")
        began = time.monotonic()
        opened.hand.key("4")
        assert opened.z == opened.session.space.class_mean(4) and time.monotonic() - began < 1.0
        done(opened)
    assert opened.said == "Nothing was taken from the clipboard: the program that was copied from does not answer."


def test_reading_the_clipboard_can_be_cancelled_and_leaves_no_program(window, picture, monkeypatch):
    monkeypatch.setattr(clipboard, "TIMEOUT_S", 60)
    started, popen = [], child.subprocess.Popen

    def start(command, **options):
        process = popen(command, **options)
        started.extend([process] if "pasted" in str(command) else [])
        return process

    monkeypatch.setattr(child.subprocess, "Popen", start)
    opened = window(2)
    with owned("image/png", picture, "silent"):
        opened.hand.key("ctrl+v")
        opened.hand.until(lambda: started)
        opened.app.work.cancel(opened.app.work.current("open"))
        opened.hand.until(lambda: started[0].returncode is not None)
    assert started[0].returncode == -signal.SIGKILL, "it was ended, and did not give up by itself"


def test_numbers_of_another_program_are_gone_to(window, tmp_path):
    opened = window(2)
    (tmp_path / "z").write_text("1.5, −0.25")
    with owned("UTF8_STRING", tmp_path / "z"):
        paste(opened)
    assert opened.z == (1.5, -0.25) and not opened.session.state.encoded


def put(opened, text):
    opened.root.clipboard_clear()
    opened.root.clipboard_append(text)
    paste(opened)


@pytest.mark.parametrize(
    "text",
    [
        "tensor([[ 1.5000, -0.2500]], grad_fn=<AddmmBackward0>)",
        "array([ 1.5 , -0.25], dtype=float32)",
        "z0=1.5, z1=-0.25",
        '"name","z0","z1"\r\n"a seven",1.5,-0.25\r\n',
    ],
)
def test_what_python_prints_is_gone_to(window, text):
    opened = window(2)
    put(opened, text)
    assert opened.z == (1.5, -0.25) and opened.said == ""


def test_what_commas_were_taken_for_is_said(window):
    opened = window(2)
    put(opened, "1,5, -0,25")
    assert opened.z == (1.5, -0.25)
    assert opened.said == "Here is what was on the clipboard, read with decimal commas: 1.5 -0.25"


def test_several_points_become_bookmarks_as_one_step_and_nothing_moves(window):
    opened = window(2, z=(1.0, 2.0))
    put(opened, "array([[1.5, -0.25],\n       [3. , 4.  ]])")
    kept = (Bookmark("pasted", (1.5, -0.25)), Bookmark("pasted 2", (3.0, 4.0)))
    assert opened.z == (1, 2) and opened.session.state.bookmarks == kept
    assert opened.said == "Added 2 bookmarks of the clipboard; a point alone is gone to"
    put(opened, "name\tz0\tz1\na\t1\t2\nb\t3\t4\n")
    assert [each.name for each in opened.session.state.bookmarks] == ["pasted", "pasted 2", "a", "b"]
    opened.session.undo()
    assert opened.session.state.bookmarks == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 2 3", "3 numbers were read (1, 2, 3); a point has 2 numbers"),
        ("hello", "“hello” is no number"),
        ("nan 1", "NaN or infinity is in it"),
        ("1 11", "the values of z must lie between −10 and 10"),
        ("[[1, 2], [3, 11]]", "the values of z must lie between −10 and 10"),
    ],
)
def test_what_is_no_point_of_the_model_is_told_with_what_was_understood(window, text, why):
    opened = window(2, z=(1.0, 2.0))
    put(opened, text)
    assert opened.said.startswith(f"Nothing to paste: {why}")
    assert opened.z == (1, 2) and not opened.session.state.bookmarks


def test_more_points_than_there_may_be_bookmarks_are_refused(window):
    opened = window(2)
    kept = tuple(Bookmark(str(k), (0.0, 0.0)) for k in range(999))
    opened.session.commit(bookmarks=kept)
    put(opened, "1 2\n3 4")
    assert opened.session.state.bookmarks == kept
    assert opened.said == "Nothing was taken from the clipboard: There would be 1001 bookmarks; 1000 are the most."


@pytest.mark.parametrize(("kind", "data"), [("image/png", b"hello"), ("image/png", b""), ("text/html", b"<b>1</b>")])
def test_what_is_neither_a_picture_nor_numbers_is_told_and_nothing_moves(window, tmp_path, kind, data):
    opened = window(2, z=(1.0, 2.0))
    (tmp_path / "bad").write_bytes(data)
    with owned(kind, tmp_path / "bad"):
        paste(opened)
    assert opened.z == (1, 2) and opened.said.startswith("Nothing ") and "clipboard" in opened.said


def test_a_model_that_encodes_nothing_says_so_of_a_picture_and_still_takes_numbers(window, tmp_path, picture):
    opened = window(weights=bare_folder(tmp_path / "bare"))
    with owned("image/png", picture):
        paste(opened)
    assert "it needs encoder_weights.pt" in opened.said
    opened.root.clipboard_clear()
    opened.root.clipboard_append("1, 1")
    paste(opened)
    assert opened.z == (1, 1)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_pillow_reads_the_clipboard_pictures_copied_files_and_numbers_are_taken(
    window, picture, monkeypatch, system
):
    opened = window(2)
    wanted = expected(opened, picture)[1]
    monkeypatch.setattr(clipboard, "sys", type("", (), {"platform": system, "executable": sys.executable}))
    monkeypatch.setattr(clipboard, "_asked", None)
    for found in (paper(), [str(picture)]):
        monkeypatch.setattr(ImageGrab, "grabclipboard", lambda found=found: found)
        opened.session.commit(z=(0.0, 0.0))
        paste(opened)
        assert opened.z == wanted
    monkeypatch.setattr(ImageGrab, "grabclipboard", lambda: None)
    opened.root.clipboard_clear()
    opened.root.clipboard_append("1, 2")
    paste(opened)
    assert opened.z == (1, 2)


@pytest.mark.parametrize("data", [bytes(range(256)), b"\n", b"", b"\x00\x0a\xff"])
def test_tks_numbers_are_bytes(data):
    assert pasted._bytes("".join(f"0x{each:x} " for each in data)) == data
    assert pasted._bytes(" ".join(f"0x{each:x}" for each in data)) == data
