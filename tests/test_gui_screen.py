"""The window on small screens: all of it is seen, with a window manager and its panel, and without."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

import factories
import pytest
from conftest import PATIENCE_S
from test_gui_command import one_paragraph, run

from vae_explorer.gui.room import READABLE, WHOLE, Area
from vae_explorer.gui.window import screen
from vae_explorer.gui.window.snapshot import virtual_display

PANEL = 40
JWM = f'<JWM><Tray x="0" y="-1" height="{PANEL}"><TaskList/></Tray></JWM>'
REPORT = """
import json, sys, time
from pathlib import Path
from vae_explorer import settings
from vae_explorer.gui import command
from vae_explorer.gui.window import shell
fill, options = shell.fill, sys.argv[4:]
settings.path = lambda: Path(sys.argv[1])
right, bottom, end = int(sys.argv[2]), int(sys.argv[3]), time.monotonic() + 20
def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()
def and_report(root, *rest):
    app = fill(root, *rest)
    def report():
        root.update()
        x1, y1 = box(root)[2:]
        settled = app.workspace.ready and x1 <= right and y1 <= bottom  # a busy window manager takes its time
        if not settled and time.monotonic() < end:
            root.after(20, report)
            return
        x, y = root.geometry().split("+")[1:]
        views = app.workspace
        seen = {"corner": (int(x), int(y)), "scale": app.desk.theme.scale, "said": app.desk.status.message.get()}
        parts = {"status": app.desk.status.widget, "shelf": views.shelf.widget, "tabs": views.tabs.widget}
        seen |= {name: box(each) for name, each in parts.items()}
        print(json.dumps(seen | {"window": box(root), "needed": views.panes.needed}))
        app.close()
    root.after(20, report)
    return app
shell.fill = and_report
sys.exit(command.main(options))
"""


@contextmanager
def managed(tmp_path, display):
    """Run a window manager with a panel at the bottom of the screen."""
    config = tmp_path / "jwmrc"
    config.write_text(JWM)
    environment = os.environ | {"DISPLAY": display, "HOME": str(tmp_path)}
    manager = subprocess.Popen(
        ["jwm", "-f", str(config)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + PATIENCE_S
        while not screen.work_areas(display):
            assert manager.poll() is None and time.monotonic() < end, "the window manager tells of no work area"
            time.sleep(0.05)
        yield
    finally:
        manager.terminate()
        manager.wait()


def opened(tmp_path, area, *options):
    """Open the window in a process of its own, for Tk never lets go of a screen; give where its parts are, as soon as
    it is within the area."""
    environment = os.environ | {"PYTHONPATH": str(factories.ROOT), "OMP_NUM_THREADS": "1"}
    right, bottom = area.x + area.width, area.y + area.height
    command = [sys.executable, "-c", REPORT, tmp_path / "settings.json", right, bottom, *options]
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, env=environment, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_whole(seen, area):
    """The window, with what is around it, stands in a part of the screen, and all that is in it, in the window."""
    left, top, right, bottom = seen["window"]
    assert seen["corner"] >= [area.x, area.y] and left >= area.x and top > area.y, seen
    assert right <= area.x + area.width and bottom <= area.y + area.height, seen
    for part in ("status", "shelf", "tabs"):
        x0, y0, x1, y1 = seen[part]
        assert left <= x0 < x1 <= right and top <= y0 < y1 <= bottom, (part, seen)
    assert right - left >= seen["needed"]


SMALL = [(1366, 768), (1024, 600), (800, 600)]


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_under_a_window_manager_with_a_panel_the_window_is_seen_whole(model, tmp_path, size):
    area = Area(0, 0, size[0], size[1] - PANEL)
    with virtual_display(size) as display, managed(tmp_path, display):
        assert screen.work_areas(display)[0] == area
        seen = opened(tmp_path, area, "--weights", model(6))
    assert_whole(seen, area)
    assert seen["window"][1] > 40, "there is a title above the menu"
    assert READABLE <= seen["scale"] <= 1 and seen["said"] == ""


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_without_a_window_manager_the_window_is_seen_whole(model, tmp_path, size):
    area = Area(0, 0, *size)
    with virtual_display(size) as display:
        assert screen.work_areas(display) == []
        assert_whole(opened(tmp_path, area, "--weights", model(6)), area)


def test_a_size_of_the_last_time_has_no_more_room_than_any_other(model, tmp_path):
    (tmp_path / "settings.json").write_text(json.dumps({"size": "1366x768+0+0"}))
    area = Area(0, 0, 1366, 768)
    with virtual_display((1366, 768)):
        assert_whole(opened(tmp_path, area, "--weights", model(6)), area)


def test_a_scale_for_which_there_is_no_room_is_lowered_and_that_is_said(model, tmp_path):
    area = Area(0, 0, 1180, 760)
    with virtual_display((1180, 760)):
        seen = opened(tmp_path, area, "--weights", model(6), "--scale", 2)
    assert_whole(seen, area)
    assert 1 < seen["scale"] <= 1180 / WHOLE[0]
    assert seen["said"] == f"There is no room for --scale 2: all is shown {seen['scale']:.2f} times as large as usual"


def test_the_window_opens_on_a_screen_of_16_bits(model, tmp_path):
    area = Area(0, 0, 1280, 900)
    with virtual_display((1280, 900), depth=16):
        assert_whole(opened(tmp_path, area, "--weights", model(6)), area)


def test_a_screen_that_is_gone_has_no_work_area():
    assert screen.work_areas(":987") == []


def test_without_a_font_the_window_says_how_to_get_one(display, model, tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>")
    environment = {"DISPLAY": display, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    code, out, told = run("--weights", model(2), environment=environment)
    assert (code, out) == (2, "") and one_paragraph(told[told.index("gui.py: ") :]) and "fonts-dejavu-core" in told
