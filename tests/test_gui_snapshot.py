"""Pictures of the whole window, with a screen and without one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import factories
import numpy as np
import pytest
from PIL import Image
from test_gui_command import SCREENLESS, one_paragraph, run
from test_gui_digits import paper

from vae_explorer.codecs import opening
from vae_explorer.datasets.photos import opened as read
from vae_explorer.errors import Failure
from vae_explorer.gui import command
from vae_explorer.gui.looks.theme import PALETTES
from vae_explorer.gui.window import snapshot
from vae_explorer.gui.window.snapshot import virtual_display
from vae_explorer.pictures import make
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import photos, subject
from vae_explorer.space.space import Space


def snap(path, *args, display=None):
    """Take a picture in a process of its own, for Tk never lets go of a screen; give its pixels (h, w, 3)."""
    environment = SCREENLESS if display is None else SCREENLESS | {"DISPLAY": display}
    assert run("--snapshot", path, *args, environment=environment) == (0, "", "")
    with Image.open(path) as image:
        assert image.format == "PNG"
        return np.asarray(image.convert("RGB")).astype(int)


@pytest.fixture
def no_xvfb(monkeypatch):
    """Pictures are taken on the screen that there is."""
    monkeypatch.setattr(snapshot.shutil, "which", lambda _name: None)


def holds(picture, levels):
    """Whether a picture holds these grey levels (28, 28), each enlarged to a square."""
    for scale in range(24, 5, -1):
        side = 28 * scale
        enlarged = np.kron(levels, np.ones((scale, scale), int))
        grey = picture[..., 0]
        rows, columns = grey.shape[0] - side + 1, grey.shape[1] - side + 1
        if rows < 1 or columns < 1:
            continue
        corners = np.ones((rows, columns), bool)  # a first sieve: seven squares' middles
        for k in range(0, 28, 4):
            y = x = k * scale + scale // 2
            corners &= abs(grey[y : y + rows, x : x + columns] - levels[k, k]) <= 1
        for top, left in np.argwhere(corners):
            if abs(grey[top : top + side, left : left + side] - enlarged).max() <= 1:
                return True
    return False


@pytest.mark.usefixtures("no_xvfb")  # or this process would be connected to a screen that is gone
def test_ctrl_c_amid_a_snapshot_ends_it_without_a_picture_or_a_traceback(display, model, tmp_path, monkeypatch, capsys):
    assert display
    grab = snapshot.grab

    def stopped(window):
        window.root.after(0, lambda: signal.raise_signal(signal.SIGINT))
        return grab(window)

    monkeypatch.setattr(snapshot, "grab", stopped)
    assert command.main(["--snapshot", str(tmp_path / "a.png"), "--weights", str(model(2))]) == 130
    assert capsys.readouterr().err == "gui.py: stopped.\n" and list(tmp_path.glob("*.png")) == []


def decoded(folder, *z):
    return np.rint((opening.load(folder).decode(z)[0, 0] + 1) * 127.5).astype(int)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("latent_dim", "size"), [(2, (960, 600)), (20, (1180, 760))])
def test_a_snapshot_is_the_window_with_its_menu_and_the_digit_of_z(model, tmp_path, theme, latent_dim, size):
    z = [1.5, -2.0] * (latent_dim // 2)
    folder, path = model(latent_dim), tmp_path / "window.png"
    text = ",".join(map(str, z))
    picture = snap(path, "--weights", folder, "--theme", theme, f"--z={text}", "--size", "{}x{}".format(*size))
    height, width = picture.shape[:2]
    assert width == size[0] and size[1] + 15 <= height <= size[1] + 60
    surface = [int(PALETTES[theme].surface[k : k + 2], 16) for k in (1, 3, 5)]
    assert (picture[-2, 2] == surface).all()
    menu = picture[: height - size[1]]
    assert (menu[-3, -3] == surface).all() and np.ptp(menu[:, :150]) > 100, "the menu has words"
    assert holds(picture, decoded(folder, *z)) and not holds(picture, decoded(folder, *[0] * latent_dim))
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_to_begin_with_is_encoded_and_a_saved_one_leads_back(model, tmp_path):
    paper().save(tmp_path / "a.jpg")
    space = Space.open(model(2))
    z = subject.drawn(space, photos.brought(space, read(tmp_path / "a.jpg")).drawing)["z"]
    picture = snap(tmp_path / "window.png", tmp_path / "a.jpg", "--weights", model(2))
    assert holds(picture, decoded(model(2), *z)) and not holds(picture, decoded(model(2), 0, 0))
    made = Recipe((1.5, -2.0), space.codec.source.sha256, picture="plane", options={"n": 3})
    make.save(space, made, tmp_path / "plane.png")
    picture = snap(tmp_path / "window.png", tmp_path / "plane.png", "--weights", model(2))
    assert holds(picture, decoded(model(2), 1.5, -2.0))


@pytest.fixture
def servers(tmp_path, monkeypatch):
    """A function that gives the process ids of every Xvfb that this test has started and that runs."""
    mark = str(tmp_path)
    monkeypatch.setenv("STARTED_BY", mark)

    def running():
        found = set()
        for each in Path("/proc").glob("[0-9]*/comm"):
            try:
                if each.read_text() == "Xvfb\n" and mark in each.with_name("environ").read_text(errors="replace"):
                    found.add(each.parent.name)
            except OSError:  # it has ended meanwhile, or is another person's
                continue
        return found

    return running


def test_without_a_screen_or_torch_a_snapshot_is_taken_on_a_virtual_one_that_ends(model, tmp_path, servers):
    path = tmp_path / "window.png"
    gone = "import sys; sys.modules['torch'] = None"
    done = run("--weights", model(6), "--snapshot", path, environment=SCREENLESS, code=gone)
    assert done == (0, "", "") and not servers()
    with Image.open(path) as image:
        assert image.width == 1180
        assert holds(np.asarray(image.convert("RGB")).astype(int), decoded(model(6), *[0] * 6))


@pytest.mark.parametrize("display", [":987", "localhost:10.0", "nonsense"])
def test_a_display_that_leads_nowhere_is_not_asked(model, tmp_path, display):
    assert snap(tmp_path / "window.png", "--weights", model(2), display=display).shape[1] == 1180


def test_a_snapshot_is_whole_where_the_display_is_smaller_or_has_16_bits(model, tmp_path):
    with virtual_display((640, 480), depth=16) as display:
        picture = snap(tmp_path / "window.png", "--weights", model(2), display=display)
    surface = [int(PALETTES["light"].surface[k : k + 2], 16) for k in (1, 3, 5)]
    assert picture.shape[1] == 1180 and picture.shape[0] > 760
    assert (picture[-2:, 2:-2] == surface).all() and (picture[:, -2:] == surface).all(), "the edges are drawn"


@pytest.mark.parametrize(("args", "size"), [((), (2360, 1520)), (("--size", "1180x760"), (1180, 760))], ids=str)
def test_a_scale_enlarges_the_picture_unless_its_size_is_given(model, tmp_path, args, size):
    picture = snap(tmp_path / "window.png", "--weights", model(2), "--scale", 2, *args)
    assert picture.shape[1] == size[0] and size[1] < picture.shape[0] <= size[1] + 120


@pytest.mark.usefixtures("no_xvfb")
def test_without_xvfb_a_snapshot_is_taken_on_the_screen_that_there_is(display, model, tmp_path):
    assert command.main(["--weights", str(model(2)), "--snapshot", str(tmp_path / f"{display[1:]}.png")]) == 0
    with Image.open(tmp_path / f"{display[1:]}.png") as image:
        assert holds(np.asarray(image.convert("RGB")).astype(int), decoded(model(2), 0, 0))


@pytest.mark.parametrize(("size", "depth"), [((640, 480), 24), ((1280, 900), 16)], ids=["small", "16 bits"])
def test_without_xvfb_a_screen_that_will_not_do_is_told(model, tmp_path, size, depth):
    with virtual_display(size, depth) as display:
        code = "import shutil, sys; shutil.which = lambda _name: None"
        args = ("--weights", model(2), "--size", "1180x760", "--snapshot", tmp_path / "window.png")
        done = run(*args, environment=SCREENLESS | {"DISPLAY": display}, code=code)
    assert done[:2] == (2, "") and one_paragraph(done[2]) and "sudo apt install xvfb" in done[2]
    assert list(tmp_path.iterdir()) == []


def test_a_virtual_screen_ends_with_its_block_and_gives_display_back(monkeypatch, servers):
    monkeypatch.setenv("DISPLAY", ":77")
    with pytest.raises(ZeroDivisionError), virtual_display((640, 480)) as name:
        assert os.environ["DISPLAY"] == name != ":77"
        assert len(servers()) == 1
        raise ZeroDivisionError
    assert os.environ["DISPLAY"] == ":77" and not servers()
    monkeypatch.delenv("DISPLAY")
    with virtual_display((640, 480)):
        pass
    assert "DISPLAY" not in os.environ


def test_the_window_never_imports_torch(display, model, tmp_path):
    code = "import sys; from vae_explorer.gui import command; command.main(sys.argv[1:]); print('torch' in sys.modules)"
    command = [sys.executable, "-c", code, "--weights", model(2), "--snapshot", tmp_path / "window.png"]
    settings = os.environ | {"PYTHONPATH": str(factories.ROOT), "DISPLAY": display}
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, env=settings, timeout=60)
    assert done.stdout == "False\n"


def test_without_xvfb_a_snapshot_without_a_screen_says_how_to_get_it(model, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    assert command.main(["--weights", str(model(2)), "--snapshot", str(tmp_path / "a.png")]) == 2
    told = capsys.readouterr().err
    assert one_paragraph(told) and "install xvfb" in told


def test_an_xvfb_that_does_not_start_is_told(tmp_path, monkeypatch):
    broken = tmp_path / "Xvfb"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Failure, match="did not start"), virtual_display((640, 480)):
        pass


@pytest.mark.parametrize("name", ["window.jpg", "window", "folder.png", "file/window.png"])
@pytest.mark.usefixtures("no_xvfb")
def test_a_name_that_cannot_be_written_is_told(display, model, tmp_path, name, capsys):
    (tmp_path / "file").write_text(display)
    (tmp_path / "folder.png").mkdir()
    assert command.main(["--weights", str(model(2)), "--snapshot", str(tmp_path / name)]) == 2
    assert one_paragraph(capsys.readouterr().err)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder.png"]


@pytest.mark.usefixtures("no_xvfb")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(display, model, tmp_path, capsys):
    tmp_path.chmod(0o500)
    assert command.main(["--weights", str(model(2)), "--snapshot", str(tmp_path / "window.png")]) == 2
    assert one_paragraph(capsys.readouterr().err) and display
