"""The command line of the window: what it refuses, in one paragraph and with the exit code 2."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module

import factories
import numpy as np
import pytest
from PIL import Image

from vae_explorer.gui import command
from vae_explorer.pictures import export
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.storage.checkpoint import DECODER

SCREENLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}

pytestmark = pytest.mark.usefixtures("display")


def run(*args, environment=None, code=None):
    """Run gui.py, or code after which it runs, in a process of its own: (exit code, stdout, stderr)."""
    start = ["-c", code + "\nimport runpy; runpy.run_path(sys.argv.pop(1), run_name='__main__')"] if code else []
    command = [sys.executable, "-W", "error", *start, factories.ROOT / "gui.py", *args]
    settings = os.environ | {"OMP_NUM_THREADS": "1"} | (environment or {})
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=settings, check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


def one_paragraph(text):
    """Whether a text is one short line that names the program, and no traceback."""
    return text.startswith("gui.py: ") and text.count("\n") == 1 and len(text) < 700 and "Traceback" not in text


def refused(capsys, *args):
    """What main says when it refuses its arguments; argparse leaves by SystemExit."""
    try:
        code = command.main([*map(str, args)])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    assert code == 2 and told.out == "" and "Traceback" not in told.err
    return told.err


def bad_files(good):
    """Contents of decoder_weights.pt that cannot be opened, by name."""
    import torch

    state = factories.decoder_state()
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    wrong = state | {"linear.bias": torch.zeros(7)}
    nan = state | {"linear.bias": torch.full((1568,), float("nan"))}
    return {
        "empty": b"",
        "text": b"not a model\n",
        "html": b"<!DOCTYPE html><html><body>404: Not Found</body></html>",
        "truncated": good[: len(good) // 2],
        "a flipped byte": bytes(flipped),
        "a wrong shape": factories.saved(wrong),
        "a missing key": factories.saved({key: value for key, value in state.items() if key != "linear.bias"}),
        "no number": factories.saved(nan),
    }


@pytest.mark.parametrize("kind", [*bad_files(b"0123456789")])
def test_weights_that_cannot_be_opened_are_named_in_one_paragraph(tmp_path, model, kind, capsys):
    path = tmp_path / DECODER
    path.write_bytes(bad_files((model(2) / DECODER).read_bytes())[kind])
    for given in (path, tmp_path):
        told = refused(capsys, "--weights", given)
        assert one_paragraph(told) and str(path) in told


def test_weights_that_would_run_a_program_run_none(tmp_path, capsys):
    trap = tmp_path / "trap"

    class Hostile:
        def __reduce__(self):
            return os.mkdir, (str(trap),)

    (tmp_path / DECODER).write_bytes(factories.saved({"linear.weight": Hostile()}))
    assert one_paragraph(refused(capsys, "--weights", tmp_path))
    assert not trap.exists()


@pytest.mark.parametrize("name", ["missing.pt", "no/such/folder", "x" * 300])
def test_a_path_to_nothing_is_named(tmp_path, name, capsys):
    told = refused(capsys, "--weights", tmp_path / name)
    assert one_paragraph(told) and name in told


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--z=1.5"], "1 number was read (1.5); a point has 2 numbers"),
        (["--z=1 2 3"], "3 numbers were read"),
        (["--z="], "no numbers are in it"),
        (["--z=nan, 0"], "NaN or infinity is in it"),
        (["--z=0, 10.5"], "must lie between"),
        (["--z=one, two"], "“two” is no number"),
        (["--z=[[1, 2], [3, 4]]"], "2 points were read, and one is needed"),
        (["--z=none.npy"], "none.npy: No such file"),
        (["--size", "large"], "is no size from 640x480 to 7680x4320"),
        (["--size", "639x480"], "is no size from 640x480 to 7680x4320"),
        (["--size", "1180"], "is no size from 640x480 to 7680x4320"),
        (["--size", "1e9x760"], "is no size from 640x480 to 7680x4320"),
        (["--theme", "pink"], "invalid choice: 'pink'"),
        (["--seed", "-1"], "-1 is less than 0"),
        (["--nonsense"], "unrecognized arguments"),
    ],
)
def test_an_option_that_will_not_do_is_told(model, args, why, capsys):
    assert why in refused(capsys, "--weights", model(2), *args)


@pytest.mark.parametrize("display", ["", ":987"])
def test_a_picture_that_is_not_there_is_told_before_a_window_is_made(tmp_path, display):
    for path in (tmp_path / "none.jpg", tmp_path):
        code, out, told = run(path, environment=SCREENLESS | {"DISPLAY": display})
        assert (code, out) == (2, "") and one_paragraph(told) and str(path) in told and "screen" not in told


def test_who_names_a_model_as_a_picture_is_told_the_option_for_it(model, capsys):
    for path in (model(2), model(2) / "decoder_weights.pt"):
        assert (
            refused(capsys, path)
            == f"gui.py: {path} is not a picture. To open the model there, use --weights {path}.\n"
        )


def pictures(folder):
    """Pictures that cannot be begun with, and why."""
    (folder / "text.png").write_text("hello")
    Image.new("L", (60, 60), 200).save(folder / "grey.jpg")
    made = Recipe((1.0, 2.0, 3.0), "0" * 64)
    export.save_digit(np.zeros((28, 28), np.uint8), folder / "three.png", 280, "pixels", "gray", made)
    return {
        "text.png": "text.png cannot be read as a picture",
        "grey.jpg": "nothing in it stands out from its ground",
        "three.png": "three.png: z has 3 values; this model has 2",
    }


@pytest.mark.parametrize("name", ["text.png", "grey.jpg", "three.png"])
def test_a_picture_that_cannot_be_begun_with_is_told(tmp_path, model, name, capsys):
    why = pictures(tmp_path)[name]
    told = refused(capsys, tmp_path / name, "--weights", model(2))
    assert one_paragraph(told) and why in told


def test_a_picture_says_where_to_begin_so_z_may_not(tmp_path, model, bare, capsys):
    pictures(tmp_path)
    told = refused(capsys, tmp_path / "grey.jpg", "--z=1,2", "--weights", model(2))
    assert told == "gui.py: grey.jpg says where to begin. Leave --z out.\n"
    told = refused(capsys, tmp_path / "grey.jpg", "--weights", bare)
    assert one_paragraph(told) and "no picture can be encoded: it needs encoder_weights.pt" in told


@pytest.mark.parametrize("text", ["1,-2.5", "1 -2.5", " 1.0,  −2.5 "])
def test_z_is_left_to_the_model_with_commas_or_spaces_and_any_minus(text, monkeypatch):
    seen = []
    monkeypatch.setattr(command, "_open", lambda options: seen.append(options) or 0)
    assert command.main([f"--z={text}", "--size=800X600"]) == 0
    assert seen[0].z == text and seen[0].size == (800, 600)


def test_debug_shows_the_traceback_too(tmp_path, capsys):
    assert command.main(["--weights", str(tmp_path / "none.pt"), "--debug"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Traceback") and one_paragraph(told[told.index("\ngui.py: ") + 1 :])


@pytest.mark.parametrize("display", ["", ":987"])
def test_without_a_screen_that_is_there_the_window_says_what_to_do(model, display):
    code, out, told = run("--weights", model(2), environment=SCREENLESS | {"DISPLAY": display})
    assert (code, out) == (2, "") and one_paragraph(told) and "--snapshot" in told


@pytest.mark.parametrize(
    ("missing", "hint"),
    [("tkinter", "python3-tk"), ("_tkinter", "python3-tk"), ("numpy", "make run"), ("matplotlib", "make run")],
)
@pytest.mark.parametrize("args", [[], ["--snapshot", "never.png"]], ids=["window", "snapshot"])
def test_a_package_that_is_missing_is_named_with_the_way_to_install_it(missing, hint, args):
    code, out, told = run(*args, code=f"import sys; sys.modules[{missing!r}] = None")
    assert (code, out) == (2, "") and one_paragraph(told) and missing.strip("_") in told and hint in told


def test_help_needs_none_of_the_packages():
    gone = "import sys; sys.modules.update(dict.fromkeys(['tkinter', 'numpy', 'matplotlib', 'PIL', 'torch']))"
    code, out, told = run("--help", code=gone)
    assert (code, told) == (0, "") and re.search(r"--snapshot FILE\.png", out)


def test_every_command_that_is_installed_exists():
    project = tomllib.loads((factories.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for target in (project["scripts"] | project["gui-scripts"]).values():
        module, name = target.split(":")
        assert callable(getattr(import_module(module), name)), target


def test_the_window_opens_from_the_command_line_and_closes_with_exit_code_0(display, model):
    code = """
import sys, tkinter
start = tkinter.Misc.mainloop
def close_soon(self, n=0):
    self.after(200, lambda: self.tk.eval(self.protocol("WM_DELETE_WINDOW")))
    start(self, n)
tkinter.Misc.mainloop = close_soon
"""
    assert run("--weights", model(2), code=code, environment={"DISPLAY": display}) == (0, "", "")


def test_the_package_itself_opens_the_window_and_its_help_names_the_other_commands():
    done = subprocess.run([sys.executable, "-m", "vae_explorer", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: gui.py")
    assert all(f"python -m vae_explorer.{name}" in done.stdout for name in ("train", "evaluate", "render"))
