"""matplotlib, imported beside a window that lives meanwhile; each test in a Python of its own, where it is new."""

import json
import os
import subprocess
import sys

import factories
import pytest

from vae_explorer.space.places import WORDS

LIVING = """
import gc, json, sys, time
from pathlib import Path
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui import preload
from vae_explorer.gui.window import shell
settings.path = lambda: Path(sys.argv[2])
fill, seen, usual = shell.fill, {}, sys.getswitchinterval()
def filled(root, *rest):
    app = fill(root, *rest)
    seen["turns"] = 0
    def turn():
        seen["turns"] += preload.importing().is_alive()
        if app.workspace.ready:
            picture = app.workspace.picture
            seen["interval"] = sys.getswitchinterval() == usual
            seen["collects"] = gc.isenabled()
            seen["place"] = picture.answers.parts["place"].headline
            app.close()
        elif ACT:
            app.session.commit(z=(0.5, 0.25))
            root.after(1, turn)
        else:
            root.after(1, turn)
    turn()
    return app
shell.fill = filled
seen["code"] = command.main(["--weights", sys.argv[1]])
print(json.dumps(seen))
"""


def fresh(code, *args, **variables):
    """Run code in a fresh Python on the virtual screen."""
    environment = os.environ | {"PYTHONPATH": str(factories.ROOT), "OMP_NUM_THREADS": "1"} | variables
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("act", [False, True], ids=["left alone", "moved meanwhile"])
def test_the_window_lives_while_matplotlib_is_imported_and_then_has_it_all(model, tmp_path, act):
    done = fresh(LIVING.replace("ACT", str(act)), model(2), tmp_path / "settings.json")
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["turns"] > 3 and seen["place"] in dict(map(reversed, WORDS))
    assert seen["interval"] and seen["collects"] and seen["code"] == 0


CLOSED = """
import sys, threading
from pathlib import Path
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui import preload
from vae_explorer.gui.window import shell
settings.path = lambda: Path(sys.argv[2])
fill = shell.fill
def filled(root, *rest):
    app = fill(root, *rest)
    app.close()
    assert preload.importing().is_alive() and app.workspace.picture.digit is None
    assert not any(each.daemon for each in threading.enumerate())  # or Python can crash when it ends
    return app
shell.fill = filled
sys.exit(command.main(["--weights", sys.argv[1]]))
"""


@pytest.mark.usefixtures("display")
def test_a_window_that_is_closed_before_its_digit_is_there_ends_quietly(model, tmp_path):
    done = fresh(CLOSED, model(2), tmp_path / "settings.json")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("display")
def test_a_matplotlib_that_cannot_be_imported_is_told_with_its_reason(model, tmp_path):
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib" / "__init__.py").write_text('raise ImportError("libmissing.so is not there")')
    code = "import sys; from vae_explorer.gui import command; sys.exit(command.main(['--weights', sys.argv[1]]))"
    path = os.pathsep.join([str(tmp_path), str(factories.ROOT)])
    done = fresh(code, model(2), PYTHONPATH=path, XDG_CONFIG_HOME=str(tmp_path))
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "libmissing.so is not there" in done.stderr and "make clean run" in done.stderr


REBUILT = """
import gc, json, sys
from pathlib import Path
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui.window import shell
settings.path = lambda: Path(sys.argv[2])
fill, counts = shell.fill, []
themes = ["dark", "light"] * 3
def filled(root, *rest):
    app = fill(root, *rest)
    last = []  # numbers of commands, which grow while the rows of sliders are laid out one after another
    def turn():
        last.append(len(root.tk.splitlist(root.tk.call("info", "commands"))))
        if not app.workspace.ready or len(last) < 20 or len({*last[-20:]}) > 2:  # a timer may come and go
            root.after(10, turn)
            return
        last.clear()
        gc.collect()
        images = sum(str(each).startswith("pyimage") for each in root.tk.splitlist(root.image_names()))
        heard = len(str(root.bind_all("<FocusIn>")).splitlines())
        counts.append([images, len(root.tk.splitlist(root.tk.call("info", "commands"))), heard])
        if themes:
            app.change(theme=themes.pop())
            root.after(10, turn)
        else:
            app.close()
    turn()
    return app
shell.fill = filled
code = command.main(["--weights", sys.argv[1]])
print(json.dumps([code, counts]))
"""


@pytest.mark.usefixtures("display")
def test_views_that_were_built_anew_leave_nothing_of_the_old_ones(model, tmp_path):
    done = fresh(REBUILT, model(6), tmp_path / "settings.json")
    assert done.returncode == 0, done.stderr
    code, counts = json.loads(done.stdout)
    assert code == 0 and len(counts) == 7
    images, commands, heard = zip(*counts, strict=True)
    assert max(images) == images[0] and max(heard) == heard[0], "those of the first are gone, too"
    assert commands[-1] - commands[2] <= 2 * 4, "matplotlib adds two to the window for each canvas"
