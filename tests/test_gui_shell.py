"""The start: a window at once, what is in it afterwards, and what is kept when it is closed."""

import json
import os
import signal
import subprocess
import sys
import tkinter as tk
from dataclasses import replace

import factories
import pytest

from vae_explorer import settings
from vae_explorer.errors import Failure
from vae_explorer.gui import command, preload
from vae_explorer.gui.looks.theme import PALETTES
from vae_explorer.gui.options import Options
from vae_explorer.gui.room import LEAST
from vae_explorer.gui.window import empty, screen, shell
from vae_explorer.settings import Settings

pytestmark = pytest.mark.usefixtures("display")


@pytest.fixture(autouse=True)
def remembered(tmp_path, monkeypatch):
    """A file of its own for what is remembered."""
    monkeypatch.setattr(settings, "path", lambda: tmp_path / "config" / "settings.json")
    return settings.path()


def fresh(code, *args):
    """Run code in a fresh Python on the virtual screen; give the JSON that it prints."""
    environment = os.environ | {"PYTHONPATH": str(factories.ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "error", "-c", code, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_window_is_on_the_screen_before_anything_heavy_is_imported(model, tmp_path):
    code = """
import json, sys
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui.window import empty, shell
from pathlib import Path
fill, seen = shell.fill, {}
settings.path = lambda: Path(sys.argv[2])
def look(root, *rest):
    seen["viewable"] = bool(root.winfo_viewable())
    seen["early"] = sorted({"numpy", "matplotlib", "PIL", "torch"} & sys.modules.keys())
    app = fill(root, *rest)
    def later():
        if not app.workspace.ready:
            root.after(10, later)
            return
        seen["late"] = sorted({"numpy", "matplotlib", "PIL", "torch"} & sys.modules.keys())
        app.close()
    later()
    return app
shell.fill = look
seen["code"] = command.main(["--weights", sys.argv[1]])
print(json.dumps(seen))
"""
    seen = fresh(code, model(2), tmp_path / "settings.json")
    assert seen == {"viewable": True, "early": [], "late": ["PIL", "matplotlib", "numpy"], "code": 0}


def test_no_program_of_the_current_folder_is_run_where_there_is_no_home(tmp_path, monkeypatch):
    for name in (".Tk", ".vae-explorer", ".Vae-explorer", ".-c"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')")
        (tmp_path / f"{name}.tcl").write_text("open ran w")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOME")
    code = """
import sys; sys.path.remove("")
import json
from vae_explorer.gui.options import Options
from vae_explorer.gui.window import empty, shell
from vae_explorer.settings import Settings
empty.open_root(Options(), Settings()).destroy()
print(json.dumps("opened"))
"""
    assert fresh(code) == "opened"
    assert not (tmp_path / "ran").exists()


def shown(monkeypatch, options, act):
    """Run `show`; act(app) when the window is drawn, and nothing is imported beside it any more. Give the exit code."""
    fill = shell.fill

    def fill_and_act(root, *rest):
        app = fill(root, *rest)

        def act_soon():
            if app.workspace.ready:
                act(app)
            else:
                root.after(10, act_soon)

        root.after(10, act_soon)
        return app

    monkeypatch.setattr(shell, "fill", fill_and_act)
    code = shell.show(options)
    preload.importing().join()  # which the end of a program waits for
    return code


def test_what_was_chosen_is_remembered_when_the_window_is_closed(model, remembered, monkeypatch):
    def act(app):
        app.change(look="smooth")
        app.close()

    assert shown(monkeypatch, Options(weights=model(2), size=(960, 600), scale=1.0), act) == 0
    kept = json.loads(remembered.read_text())
    assert kept["look"] == "smooth" and kept["size"].startswith("960x600+") and kept["motion"]


def test_what_another_window_has_kept_meanwhile_stays(model, monkeypatch):
    settings.write(Settings(recent=("/a",)))

    def act(app):
        settings.write(Settings(theme="dark", recent=("/another", "/a")))  # as a window does that was open, too
        app.change(look="smooth")
        app.close()

    assert shown(monkeypatch, Options(weights=model(2)), act) == 0
    kept = settings.read()
    opened = str(model(2).resolve() / "decoder_weights.pt")
    assert (kept.theme, kept.look, kept.recent) == ("dark", "smooth", (opened, "/another", "/a"))


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_closes_a_window_in_which_nothing_happens_and_what_was_chosen_is_remembered(model, tmp_path, name):
    """From another process, so that no event of Tk's comes with it."""
    code = """
import json, signal, subprocess, sys
from pathlib import Path
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui.window import empty, shell
fill = shell.fill
settings.path = lambda: Path(sys.argv[2])
def and_kill(root, *rest):
    app = fill(root, *rest)
    app.change(look="smooth")
    kill = f"import os, sys, time; time.sleep(0.5); os.kill(os.getppid(), {int(sys.argv[3])})"
    subprocess.Popen([sys.executable, "-c", kill])
    return app
shell.fill = and_kill
print(json.dumps(command.main(["--weights", sys.argv[1]])))
"""
    number = int(signal.Signals[name])
    assert fresh(code, model(2), tmp_path / "settings.json", number) == 128 + number
    assert json.loads((tmp_path / "settings.json").read_text())["look"] == "smooth"


def test_a_signal_that_comes_before_the_window_is_filled_closes_it_too(model, remembered, monkeypatch):
    monkeypatch.setattr(shell, "STOP_MS", 1)
    monkeypatch.setattr(shell, "fill", lambda *_: pytest.fail("it was filled"))
    open_root = empty.open_root

    def and_stop(*given):
        root = open_root(*given)
        root.bind("<Map>", lambda _event: signal.raise_signal(signal.SIGINT))
        return root

    monkeypatch.setattr(shell, "open_root", and_stop)
    assert shell.show(Options(weights=model(2))) == 130
    assert tk._default_root is None and not remembered.exists()


def test_settings_that_are_a_link_stay_one(model, remembered, monkeypatch, tmp_path):
    remembered.parent.mkdir()
    remembered.symlink_to(tmp_path / "dotfiles.json")

    def act(app):
        app.change(look="smooth")
        app.close()

    assert shown(monkeypatch, Options(weights=model(2)), act) == 0
    assert remembered.is_symlink() and json.loads((tmp_path / "dotfiles.json").read_text())["look"] == "smooth"


def test_no_motion_is_for_one_start_only(model, monkeypatch):
    moves = []

    def act(app):
        moves.append(app.settings.motion)
        app.close()

    assert shown(monkeypatch, Options(weights=model(2), no_motion=True), act) == 0
    assert moves == [False] and settings.read().motion


def test_a_window_closed_before_it_is_filled_keeps_what_was_remembered(model, remembered, monkeypatch):
    settings.write(replace(Settings(), look="smooth"))
    before = remembered.read_bytes()
    open_root = empty.open_root

    def and_close(*given):
        root = open_root(*given)
        root.bind("<Map>", lambda _event: root.destroy())
        return root

    monkeypatch.setattr(shell, "open_root", and_close)
    assert shell.show(Options(weights=model(2))) == 0
    assert remembered.read_bytes() == before


@pytest.mark.parametrize("z", [(1.0,), (1.0, 2.0, 3.0), (float("nan"), 0.0), (11.0, 0.0), ()])
@pytest.mark.parametrize("start", [shell.show, lambda options: shell.build(options, Settings())], ids=["show", "build"])
def test_a_start_that_does_not_fit_the_model_is_a_failure_that_leaves_no_window(model, remembered, start, z):
    with pytest.raises(Failure, match=r"^--z \("):
        start(Options(weights=model(2), z=str(z)))
    assert tk._default_root is None and not remembered.exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_whatever_stops_the_filling_arrives_where_the_window_was_started(model, monkeypatch, error):
    def fill(*_given):
        raise error

    monkeypatch.setattr(shell, "fill", fill)
    with pytest.raises(error):
        shell.show(Options(weights=model(2)))
    assert tk._default_root is None


def geometry(options, kept):
    """The width and the height of a window, the height of its menu, and its least size."""
    root = empty.open_root(options, kept)
    try:
        root.deiconify()
        root.update()
        return root.winfo_width(), root.winfo_height(), screen.menu_height(root), root.minsize()
    finally:
        root.destroy()


@pytest.mark.parametrize(
    ("options", "size", "wanted"),
    [
        (Options(scale=1.0), "", (1180, 760)),
        (Options(scale=1.0), "300x200", (640, 480)),
        (Options(scale=2.0), "300x200", (1280, 960)),
        (Options(scale=0.5), "", (590, 380)),
        (Options(scale=1.0), "1000x700+10+20", (1000, 700)),
        (Options(scale=1.0), "9000x700+10+20", (1180, 760)),
        (Options(size=(800, 600)), "1000x700+10+20", (800, 600)),
        (Options(scale=2.0), "", (2000, 1500)),
    ],
    ids=[
        "usual",
        "never too small",
        "never too small for large text",
        "small",
        "remembered",
        "of a larger screen",
        "asked for",
        "no larger than the screen",
    ],
)
def test_the_window_has_the_size_asked_for_else_that_of_last_time_where_it_fits(options, size, wanted):
    """Without the menu, which adds to its height, but where that is all the height there is."""
    width, height, menu, _ = geometry(options, Settings(size=size))
    assert (width, height + (menu if wanted[1] == 1500 else 0)) == wanted


@pytest.mark.parametrize(
    ("options", "least"),
    [
        (Options(scale=1.0), LEAST),
        (Options(scale=2.0), (1280, 960)),
        (Options(scale=4.0), (1333, 1000)),
        (Options(scale=2.0, size=(1200, 1000)), (800, 600)),
        (Options(scale=2.0, size=(700, 1000)), LEAST),
        (Options(size=(640, 480)), LEAST),
    ],
    ids=["usual", "large text", "a scale without room", "a size for that", "the usual scale for that", "small"],
)
def test_a_window_cannot_be_made_so_small_that_things_lose_their_place(options, least):
    assert geometry(options, Settings())[3] == pytest.approx(least, abs=1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_empty_window_has_the_colour_of_its_theme(theme):
    root = empty.open_root(Options(), Settings(theme=theme))
    colour = root["background"]
    root.destroy()
    assert colour == PALETTES[theme].surface


def test_ctrl_a_selects_the_whole_of_an_entry():
    root = empty.open_root(Options(), Settings())
    entry = tk.Entry(root)
    entry.insert(0, "digit.png")
    entry.grid()
    root.deiconify()
    root.update()
    entry.focus_force()
    entry.event_generate("<Control-Key-a>")
    selected = entry.selection_present() and entry.selection_get()
    root.destroy()
    assert selected == "digit.png"


def test_the_window_calculates_with_one_thread_unless_told_otherwise(monkeypatch):
    seen = []
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.setattr(shell, "show", lambda _options: seen.append(dict(os.environ)) or 0)
    assert command.main([]) == 0
    assert (seen[0]["OMP_NUM_THREADS"], seen[0]["OPENBLAS_NUM_THREADS"]) == ("1", "3")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # taken away again at the end
