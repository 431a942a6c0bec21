"""What opens and closes leaves nothing behind: Tcl's commands and variables, images, timers, open files, threads."""

import gc
import random
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from conftest import middle, send, threads

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.gui.panels import dialogs, leaving
from vae_explorer.gui.views.tab import TABS
from vae_explorer.session import state, subject

ROUNDS = 3
FILE_DIALOG, FOLDER_DIALOG, MESSAGE = ".__tk_filedialog", ".__tk_choosedir", ".__tk__messagebox"


def inside(tk_, what, namespace=""):
    """How many commands or variables a namespace of Tcl's has, with those within it."""
    own = len(tk_.splitlist(tk_.call("info", what, f"{namespace}::*")))
    return own + sum(inside(tk_, what, str(each)) for each in tk_.call("namespace", "children", f"{namespace}::"))


def counts(opened):
    """What there is of all that could be left behind, when nothing waits any more."""
    tk_ = opened.root.tk
    opened.hand.until(lambda: not tk_.call("after", "info"), "timers were left running")
    gc.collect()  # a widget and what is in it know each other
    found = {
        "commands": inside(tk_, "commands"),
        "variables": inside(tk_, "vars"),
        "images": len(opened.root.image_names()),
        "threads": len(threads()),
    }
    if sys.platform == "linux":
        found["open files"] = len([*Path("/proc/self/fd").iterdir()])
    return found


def close(opened, name):
    opened.hand.pump()
    opened.root.children[name].close()


def palette(opened):
    opened.app.panels.show_palette()
    opened.hand.type("re")
    close(opened, "palette")


def keys(opened):
    opened.app.panels.show_keys()
    close(opened, "keys")


def about(opened):
    opened.app.panels.show_about()
    close(opened, "about")


def saving(opened):
    opened.dialog(".saving", lambda _path: opened.hand.key("Escape"))
    opened.app.documents.save_picture()


def question(opened):
    opened.dialog(".leaving", lambda _path: opened.hand.key("Escape"))
    leaving.ask(opened.root, opened.app.desk.theme, "bookmark", 2)


def rename(opened):
    opened.app.workspace.shelf.rename()
    opened.hand.pump()
    opened.hand.key("Escape")


def tooltip(opened):
    assert opened.tooltip(opened.app.workspace.controls.commands.buttons["random"])


def card(opened):
    opened.app.show_card(1)
    opened.hand.until(lambda: opened.root.children["card"].filled)
    opened.hand.pump()
    opened.hand.key("Escape")


def dropped(opened):
    opened.app.workspace.controls.faces.numbers.order.focus_set()
    opened.hand.key("Down")
    opened.hand.key("Escape")


def menu(opened):
    opened.app.workspace.shelf.thumbnails.canvas.focus_set()
    opened.hand.key("Menu")
    opened.hand.key("Escape")


def theme(opened):
    for name in ("dark", "light"):
        opened.app.change(theme=name)
        opened.hand.until(lambda: opened.app.workspace.ready)


def tabs(opened):
    for name in TABS:
        opened.app.show_tab(name)
        opened.hand.pump()


def folding(opened):
    for part in opened.app.workspace.picture.answers.parts.values():
        for _ in range(2):
            part.head.invoke()
            opened.hand.pump()


def drawing(opened):
    space = opened.session.space
    opened.session.commit(**subject.drawn(space, Drawing.of(np.eye(28, dtype=np.uint8) * 255)))
    opened.hand.pump()
    opened.session.undo()
    opened.hand.pump()


def ink(opened):
    digit = opened.app.workspace.picture.digit.widget
    opened.hand.key("i")
    opened.hand.press(*middle(digit))
    opened.hand.move(digit.winfo_rootx() + 50, digit.winfo_rooty() + 50)
    opened.hand.release()
    opened.hand.until(lambda: not opened.app.work.running)
    opened.session.undo()
    opened.hand.key("i")


def error(opened):
    opened.dialog(MESSAGE, lambda _path: opened.hand.key("Return"))
    dialogs.show_error(opened.root, "Title", "text")


def file(opened):
    opened.dialog(FILE_DIALOG, lambda _path: opened.hand.key("Escape"))
    dialogs.ask_open(opened.root, "")


def folder(opened):
    opened.dialog(FOLDER_DIALOG, lambda _path: opened.hand.key("Escape"))
    dialogs.ask_folder(opened.root, "")


def model(opened):
    opened.app.session.saved = opened.app.session.state.bookmarks
    opened.app.documents.open(opened.app.session.space.codec.source.path)
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.app.session.bookmark()
    opened.hand.pump()


@pytest.mark.parametrize(
    "once",
    [
        palette,
        keys,
        about,
        saving,
        question,
        rename,
        tooltip,
        card,
        dropped,
        menu,
        theme,
        tabs,
        folding,
        drawing,
        ink,
        error,
        file,
        folder,
        model,
    ],
)
def test_what_opens_and_closes_leaves_nothing_behind(window, once):
    opened = window(6)
    opened.session.bookmark()
    opened.hand.pump()
    once(opened)  # Tk keeps its own dialogs for the next time
    before = counts(opened)
    for _ in range(ROUNDS):
        once(opened)
    assert counts(opened) == before


@pytest.mark.parametrize("picture", ["map", "path"])
def test_a_saved_picture_leaves_no_file_open(window, tmp_path, picture):
    opened = window(6)
    ends = (state.Bookmark(str(k), opened.session.space.class_mean(k)) for k in (3, 8))
    opened.session.commit(path=state.Path(*ends))
    before = counts(opened)
    for suffix in ("png", "svg", "pdf"):
        opened.app.documents.save_to(Path(tmp_path / f"a.{suffix}"), picture=picture)
        opened.hand.until(lambda: not opened.app.work.running)
    assert counts(opened) == before and len([*tmp_path.iterdir()]) == 3


PRESSED = [
    *"0123456789rb", "Home", "ctrl+z", "ctrl+z", "ctrl+shift+z", "Right", "Left", "Prior", "shift+Left", "Tab", "Tab",
    "shift+Tab", "Down", "Up", "Escape", "F2", "Delete", "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "space",
    "ctrl+c", "e", "c", "KP_Home", "End", "F1", "ctrl+p", "ctrl+s",
]  # fmt: skip
ACTS = 200


def leave_dialogs(opened):
    """Press Escape as long as something has all clicks and keys: a dialog waits within the event that opened it."""
    grabbed = opened.root.tk.call("grab", "current")
    if not opened.root.tk.call("focus"):  # no window manager has given it to another window
        opened.root.tk.call("focus", "-force", grabbed or ".")
    if grabbed:
        send("key", "Escape")
    opened._wait = opened.root.after(50, leave_dialogs, opened)


def act(opened, chance):
    """Do something at random, as a person could."""
    kind = chance.random()
    workspace = opened.app.workspace
    if kind < 0.6:
        send("key", "--delay", 1, *chance.choices(PRESSED, k=4), "Escape", "Escape")
    elif kind < 0.7:
        opened.hand.press(*opened.thumb(chance.randrange(2), chance.uniform(-3, 3)))
        opened.hand.move(*opened.thumb(chance.randrange(2), chance.uniform(-3, 3)))
        opened.hand.release()
    elif kind < 0.8:
        places = workspace.tabs.widget, workspace.controls.widget, workspace.shelf.widget, workspace.picture.widget
        opened.hand.do("mousemove", *middle(chance.choice(places)), *["click", chance.choice((4, 5, 6, 7))] * 3)
    elif kind < 0.9:
        opened.hand.do("mousemove", *middle(workspace.tabs.widget), "click", 1)
        opened.hand.key("Escape")
    elif kind < 0.97:
        opened.root.geometry(f"{chance.randrange(960, 1200)}x{chance.randrange(600, 760)}")
    else:
        opened.app.change(theme=chance.choice(("light", "dark")), look=chance.choice(("pixels", "smooth")))
    opened.hand.pump()


def settle(opened):
    """Bring the window to where it was, with all views made."""
    opened.hand.move(2, 2)
    opened.hand.until(lambda: not opened.root.tk.call("grab", "current"))
    opened.root.after_cancel(opened._wait)
    opened.hand.key("Escape")
    opened.app.stop()
    opened.root.geometry("960x600")
    opened.app.workspace.controls.faces.bring("numbers")
    session = opened.app.session
    session.commit(
        **{name: getattr(state.State(session.state.z), name) for name in ("bookmarks", "path", "terms", "plane")}
    )
    for name in ("dark", "light"):
        opened.app.change(theme=name, look="pixels")
        opened.hand.until(lambda: opened.app.workspace.ready)
    tabs(opened)
    opened.app.show_tab("map")
    for job in opened.app.work.running:
        opened.app.work.cancel(job)
    opened.hand.until(lambda: threads() == {threading.main_thread()})
    opened.hand.pump()


def test_hundreds_of_actions_at_random_leave_nothing_behind_and_no_error(window):
    opened, chance = window(6), random.Random(7)
    leave_dialogs(opened)
    for _ in range(ACTS // 10):
        act(opened, chance)
    settle(opened)
    before = counts(opened)
    leave_dialogs(opened)
    for _ in range(ACTS):
        act(opened, chance)
    settle(opened)
    assert counts(opened) == before
