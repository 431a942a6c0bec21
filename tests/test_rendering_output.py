"""A result goes into a file or to standard output, as the bytes that it is, or it is said why not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import terminal
from factories import ROOT

from vae_explorer import render
from vae_explorer.pictures import recipe

posix = pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals, pipes and devices")
STARTS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF"}


def start(*argv, cwd, **settings):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    line = [sys.executable, "-W", "error", "-m", "vae_explorer.render", *map(str, argv)]
    return subprocess.run(line, cwd=cwd, env=environment, check=False, timeout=120, **{"stderr": -1} | settings)


@pytest.mark.parametrize("form", STARTS)
def test_standard_output_has_the_bytes_of_the_file_and_nothing_else(model, tmp_path, monkeypatch, capsysbinary, form):
    monkeypatch.chdir(tmp_path)
    given = ["plane", "--n", "2", "--weights", str(model(2)), "--out"]
    assert render.main([*given, f"a.{form}"]) == 0 and capsysbinary.readouterr().out == b""
    assert render.main([*given, "-", *["--format", form] * (form != "png")]) == 0
    out, err = capsysbinary.readouterr()
    assert out == (tmp_path / f"a.{form}").read_bytes() and out.startswith(STARTS[form]) and err == b""
    assert [each.name for each in tmp_path.iterdir()] == [f"a.{form}"]


def test_a_moving_picture_goes_to_standard_output_too(model, tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    ends = ["--start", "3", "--end", "8", "--n", "2", "--weights", str(model(2))]
    assert render.main(["path", *ends, "--out", "-", "--format", "gif"]) == 0
    (tmp_path / "a.gif").write_bytes(capsysbinary.readouterr().out)
    assert recipe.made_by(tmp_path / "a.gif").options["n"] == 2


def test_the_command_as_a_program_writes_a_picture_into_a_pipe(model, tmp_path):
    done = start("digit", "--weights", model(2), "--out", "-", cwd=tmp_path, stdout=-1)
    (tmp_path / "a.png").write_bytes(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"") and recipe.made_by(tmp_path / "a.png").picture == "digit"


@posix
@pytest.mark.parametrize("what", ["digit", "stats"])
def test_a_reader_who_left_is_no_error(model, tmp_path, what):
    reading, writing = os.pipe()
    os.close(reading)
    done = start(what, "--weights", model(2), "--out", "-", cwd=tmp_path, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
@pytest.mark.parametrize("what", ["digit", "stats"])
def test_a_full_disk_is_an_error(model, tmp_path, what):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = start(what, "--weights", model(2), "--out", "-", cwd=tmp_path, stdout=full)
    assert done.returncode == 2 and done.stderr.endswith(b": the output: No space left on device.\n")
    assert done.stderr.count(b"\n") == 1


@posix
def test_a_terminal_is_not_filled_with_bytes_but_shows_a_table(model):
    line = ["-m", "vae_explorer.render", "digit", "--weights", model(2), "--out", "-"]
    with terminal.terminal(*line, columns=400, cwd=ROOT) as shown:
        assert shown.end() == 2
    [said] = [row for row in shown.screen.shown if row]
    assert "Standard output is a terminal" in said and "--out - > picture.png" in said
    line[2] = "stats"
    with terminal.terminal(*line, columns=400, cwd=ROOT) as shown:
        assert shown.end() == 0
    assert shown.screen.shown[0].startswith("origin,class,")


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["map", "--out", "new/a.png"], "new: there is no such folder; make it, or choose another."),
        (["stats", "--out", "new/a.csv"], "new: there is no such folder; make it, or choose another."),
        (["map", "--out", "."], ". is a folder; name a file in it."),
        (["map", "--out", ""], "A path is empty."),
        (["map", "--out", "a\0.png"], "a?.png: no file can have such a name."),
        (["stats", "--out", "a\ud800.csv"], "a?.csv: no file can have such a name."),
        (["map", "--out", "a.jpg"], "a.jpg: pictures are saved as .png, .svg, .pdf, .csv; choose one of these."),
        (["stats", "--out", "a.png"], "a.png: tables are saved as .csv; choose that."),
        (["map", "--format", "svg", "--out", "a.png"], "--out a.png and --format svg name different formats."),
    ],
)
def test_where_nothing_can_be_written_is_said_before_a_model_is_opened(tmp_path, monkeypatch, capsys, argv, why):
    monkeypatch.chdir(tmp_path)
    try:
        code = render.main([*argv, "--weights", "no-such-model"])
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr().err
    assert code == 2 and why.removesuffix(".") in said and [*tmp_path.iterdir()] == []


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(model, tmp_path, capsys):
    tmp_path.chmod(0o500)
    try:
        assert render.main(["digit", "--weights", str(model(2)), "--out", str(tmp_path / "a.png")]) == 2
    finally:
        tmp_path.chmod(0o700)
    assert "Permission denied" in capsys.readouterr().err
