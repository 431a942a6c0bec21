"""A virtual screen with a hand on it, and an eye on what a test leaves behind: errors, threads, timers, windows.

The screen is one Xvfb for the whole run; keys and mouse are real X events, sent by xdotool.
"""

import logging
import os
import signal
import subprocess
import threading
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tkinter import ttk
from typing import Any

import factories
import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageGrab

from vae_explorer import stops
from vae_explorer.gui import preload
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.desk.memory import Memory
from vae_explorer.gui.desk.motion import Motion
from vae_explorer.gui.desk.status import Status
from vae_explorer.gui.desk.work import Work
from vae_explorer.gui.looks import styles
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.options import Options
from vae_explorer.gui.views.tab import TABS
from vae_explorer.gui.widgets import bindings, wheel
from vae_explorer.gui.window.snapshot import virtual_display
from vae_explorer.session import offered
from vae_explorer.session.action import Action
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space

SCREEN = (2000, 1400)
STILL = Settings(motion=False)  # presets jump, so that a test need not wait for them
PATIENCE_S = 20


class Errors(logging.Handler):
    """Every ERROR that is logged, which is where exceptions in the window's callbacks end."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.messages.append(f"{record.getMessage()}: {error!r}" if error else record.getMessage())

    def take(self) -> list[str]:
        """The errors so far, which the test meant to cause; they do not fail it then."""
        taken, self.messages = self.messages, []
        return taken

    def hear(self, root: tk.Tk) -> None:
        """Take the errors of a window's callbacks, and those that Tk meets by itself and would open a dialog for."""
        root.report_callback_exception = lambda _kind, error, _trace: self.messages.append(repr(error))
        root.createcommand("bgerror", lambda text: self.messages.append(f"Tk met an error: {text}"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser without a screen. Not for the whole run: while it is there, nothing else may use asyncio."""
    from browser import browser  # which needs playwright, as only tests of the page do

    with browser() as opened:
        yield opened


@pytest.fixture(autouse=True, scope="session")
def signals() -> None:
    """Hear the signals that end a program, also where the tests run in the background or under nohup.

    A shell starts such programs deaf to Ctrl-C, and nohup to a closed terminal; so are all that they start, and then
    neither `interrupt_main` nor a signal does anything.
    """
    for each in stops.SIGNALS:
        signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_DFL)


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <selectfont>
    <rejectfont><glob>*/STIX*</glob><glob>*/cm*</glob><glob>*/DejaVuSe*</glob><glob>*/*Display*</glob></rejectfont>
  </selectfont>
  <alias binding="same"><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


@pytest.fixture(autouse=True, scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Write with DejaVu Sans, which matplotlib brings along, whatever is installed: what has room depends on the font.

    To be done before the first window of this process, which would look for fonts once and for all.
    """
    folder = tmp_path_factory.mktemp("fonts")
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(folder=Path(matplotlib.get_data_path(), "fonts", "ttf"), cache=folder / "cache"))
    os.environ["FONTCONFIG_FILE"] = str(settings)


def threads() -> set[threading.Thread]:
    """The threads that run, but for the one of tqdm's, which it keeps for good."""
    return {each for each in threading.enumerate() if type(each).__name__ != "TMonitor"}


@pytest.fixture(autouse=True, scope="session")
def focus() -> Iterator[None]:
    """Give a window the focus before it is closed: Tk 8.6 forgets the window with the focus when that dies.

    If the pointer left the window first and nothing manages windows, Tk has forgotten it only by half: `dispPtr` of
    tkFocus.c still points to it, and when the next main window of the process takes the focus by force, Tk crashes.
    """
    destroy = tk.Tk.destroy

    def take_and_destroy(root: tk.Tk) -> None:
        root.tk.call("focus", "-force", ".")
        destroy(root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tk.Tk, "destroy", take_and_destroy)
        yield


@pytest.fixture(autouse=True)
def errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[Errors]:
    """Fail a test that logs an error, in which a callback or a script of any window fails, or that leaves a thread."""
    before, seen, make = threads(), Errors(), tk.Tk.__init__

    def make_and_hear(root: tk.Tk, *args: Any, **options: Any) -> None:
        make(root, *args, **options)
        seen.hear(root)

    monkeypatch.setattr(tk.Tk, "__init__", make_and_hear)
    logging.getLogger().addHandler(seen)
    yield seen
    logging.getLogger().removeHandler(seen)
    assert seen.messages == [], "errors were logged"
    left = threads() - before
    for each in left:
        each.join(PATIENCE_S if each.name == preload.THREAD else 0)  # a program waits for that one
    assert not [each for each in left if each.is_alive()], "threads were left running"


@pytest.fixture(scope="session")
def display(fonts: None) -> Iterator[str]:  # noqa: ARG001  # which come first
    """One virtual screen for all tests, also where there is a real one."""
    with screen(SCREEN) as name:
        yield name


@contextmanager
def screen(size: tuple[int, int]) -> Iterator[str]:
    """A virtual screen for windows of that size, which have a menu above; gives its name."""
    with virtual_display((size[0], size[1] + 100)) as name:
        tk.Tk().destroy()  # Tk stays the server's client; without any it forgets where the pointer is
        yield name


@pytest.fixture(autouse=True)
def _config(monkeypatch: pytest.MonkeyPatch, configs: Iterator[Path]) -> None:
    """What a window remembers in a test, no other test finds."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(next(configs)))


@pytest.fixture(scope="session")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder after the other for what is remembered; each is made when something is."""
    base = tmp_path_factory.mktemp("config")
    return (base / str(k) for k in count())


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that gives the folder of a small random model of D dimensions, each written once."""
    folders: dict[Any, Path] = {}

    def folder(latent_dim: int = 2, atlas: bool = True, names: tuple[str, ...] = (), labels: int = 10) -> Path:
        key = latent_dim, atlas, names, labels
        if key not in folders:
            path = tmp_path_factory.mktemp(f"model-{latent_dim}")
            data = factories.atlas_bytes(latent_dim, labels) if atlas else None
            info = {"data": {"name": "test", "class_names": list(names)}} if names else {}
            folders[key] = factories.vivid_folder(path, latent_dim, data, history=factories.LAST, **info)
            (path / "history.csv").write_text(factories.HISTORY)
        return folders[key]

    return folder


@pytest.fixture(scope="session")
def bare(model: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A decoder_weights.pt of six dimensions with nothing beside it."""
    path = tmp_path_factory.mktemp("bare") / "decoder_weights.pt"
    path.write_bytes((model(6, atlas=False) / path.name).read_bytes())
    return path


class Hand:
    """Moves the mouse and presses keys on the virtual screen. When a method returns, Tk has handled it all."""

    def __init__(self, root: Any) -> None:
        self._root = root

    def do(self, *words: object) -> None:
        """Run xdotool, which returns when the screen's server has seen everything, and let Tk see it too."""
        send(*words)
        self.pump()

    def pump(self) -> None:
        """Let Tk handle what has arrived, and what the server answers to that."""
        for _ in range(3):
            if alive(self._root):
                self._root.winfo_pointerxy()  # asks the server: all events sent before lie in our queue then
                self._root.update()

    def until(self, true: Callable[[], Any], why: str = "it never came true") -> None:
        end = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < end, why
            self._root.update()
            time.sleep(0.005)

    def move(self, x: float, y: float) -> None:
        self.do("mousemove", round(x), round(y))

    def press(self, x: float, y: float, button: int = 1) -> None:
        self.do("mousemove", round(x), round(y), "mousedown", button)

    def release(self, button: int = 1) -> None:
        self.do("mouseup", button)

    def click(self, widget: Any, button: int = 1) -> None:
        """Click the middle of a widget."""
        self.do("mousemove", *middle(widget), "click", button)

    def rest(self) -> None:
        """Wait until what the wheel does next is a gesture of its own."""
        end = time.monotonic() + 1.5 * wheel.REST_MS / 1000
        self.until(lambda: time.monotonic() > end)

    def key(self, *names: str) -> None:
        self.do("key", *names)

    def type(self, text: str) -> None:
        self.do("type", "--delay", 1, "--", text)

    def write(self, entry: Any, text: str) -> None:
        """Click into an entry, select all, type over it; what is on no keyboard is pasted."""
        self.click(entry)
        self.key("ctrl+slash", "BackSpace")  # Tk's select all on X11
        if text and text.isascii():
            self.type(text)
        elif text:
            self._root.clipboard_clear()
            self._root.clipboard_append(text)
            self.key("ctrl+v")


def send(*words: object) -> None:
    """Make real X events; Tk does not look at them yet."""
    subprocess.run(["xdotool", *map(str, words)], check=True, timeout=PATIENCE_S)


def alive(root: Any) -> bool:
    """Whether a window has not been closed."""
    try:
        return bool(root.tk.call("winfo", "exists", "."))
    except tk.TclError:  # the application has been destroyed
        return False


def middle(widget: Any) -> tuple[int, int]:
    return (
        widget.winfo_rootx() + widget.winfo_width() // 2,
        widget.winfo_rooty() + widget.winfo_height() // 2,
    )


class Window:
    """A window that is open on the virtual screen, the hand on it, and what it looks like."""

    def __init__(self, options: Options, settings: Settings) -> None:
        from vae_explorer.gui.window import shell

        send("mousemove", 2, 2)  # under the pointer a window without a manager has half a focus, and Tk can crash
        self.app: Any = shell.build(options, settings)
        self.root, self.session = self.app.root, self.app.session
        self.hand = Hand(self.root)
        self._wait = "none"  # the timer of `dialog`
        self.root.geometry("+20+40")
        self.hand.until(lambda: self.app.workspace.ready, "the window was not drawn")
        self.root.focus_force()  # there is no window manager to give it the focus
        self.hand.until(lambda: self.root.focus_get() is self.root, "the window has no focus")
        self.made_at_first = {*self.app.workspace.tabs._views}
        for name in TABS:
            self.app.workspace.tabs.view(name)  # the others are made when they are seen, each with its pictures
        self._images = self._count_images()

    @property
    def z(self) -> tuple[float, ...]:
        return self.session.state.z

    @property
    def said(self) -> str:
        """What stands in the status line."""
        return self.app.desk.status.message.get()

    @property
    def alive(self) -> bool:
        return alive(self.root)

    def thumb(self, dim: int, value: float | None = None) -> tuple[int, int]:
        """Where on the screen the thumb of a slider is, or would be at another value."""
        scale = self.app.workspace.controls.sliders.scales[dim]
        x, y = self.root.tk.splitlist(self.root.tk.call(scale, "coords", scale.get() if value is None else value))
        return scale.winfo_rootx() + int(x), scale.winfo_rooty() + int(y)

    def look(self, widget: Any = None) -> np.ndarray:
        """The pixels that the screen shows of a widget, (h, w, 3)."""
        widget = widget or self.root
        left, top = widget.winfo_rootx(), widget.winfo_rooty()
        box = (left, top, left + widget.winfo_width(), top + widget.winfo_height())
        return np.asarray(ImageGrab.grab(box).convert("RGB"))

    def digit(self) -> np.ndarray:
        """The grey levels (H, W), or colours (H, W, 3), that stand on the screen, each a square of one colour."""
        channels, h, w = self.session.space.shape
        shown = self.look(self.app.workspace.picture.digit.widget).astype(int)
        height, width = shown.shape[:2]
        margin = self.app.desk.theme.px(16)
        scale = min((width - 2 * margin) // w, (height - 2 * margin) // h)
        top, left = (height - h * scale) // 2, (width - w * scale) // 2
        square = shown[top : top + h * scale, left : left + w * scale].reshape(h, scale, w, scale, 3)
        even = (1, 3, 4) if channels == 1 else (1, 3)
        assert (np.ptp(square, axis=even) == 0).all(), "a pixel of the digit is no even square"
        return square[:, 0, :, 0, 0] if channels == 1 else square[:, 0, :, 0]

    def expected(self, z: Any = None) -> np.ndarray:
        """The grey levels (H, W), or colours (H, W, 3), that the model decodes at z, (D,), or where the session is."""
        x_hat = self.session.space.codec.decode(self.z if z is None else z)
        levels = np.rint((x_hat[0] + 1) * 127.5).astype(int)
        return levels[0] if len(levels) == 1 else levels.transpose(1, 2, 0)

    def tooltip(self, widget: Any) -> str:
        """What the tooltip of a widget says."""
        self.hand.move(widget.winfo_rootx() + 6, widget.winfo_rooty() + 6)
        self.hand.until(lambda: "tooltip" in self.root.children, "there is no tooltip")
        text = str(next(iter(self.root.children["tooltip"].children.values())).cget("text"))
        self.hand.move(2, 2)
        return text

    def dialog(self, path: str, answer: Callable[[Any], None]) -> None:
        """When the dialog of that Tk path has the focus, call answer with the path; it must go away then."""
        end, tk_ = time.monotonic() + PATIENCE_S / 2, self.root.tk

        def wait(answered: bool = False) -> None:
            shown = int(tk_.call("winfo", "exists", path)) and int(tk_.call("winfo", "viewable", path))
            if answered and not shown:
                return
            if time.monotonic() > end:
                if shown:  # or the test would wait for it for ever
                    tk_.call("destroy", path)
                raise AssertionError(f"{path} did not {'go' if shown else 'come'}")
            if shown and not answered and str(tk_.call("focus")).startswith(path):
                answered = True
                self._wait = self.root.after(50, wait, True)
                answer(path)
            else:
                self._wait = self.root.after(20, wait, answered)

        self._wait = self.root.after(20, wait)

    def close(self) -> None:
        """Close the window, unless the test has; assert that it comes to rest, and that nothing is left of it."""
        if self.alive:
            self.hand.move(2, 2)  # off what would explain itself
            self.root.after_cancel(self._wait)
            try:
                self.hand.until(lambda: not self.root.tk.call("after", "info"), "timers were left running")
                images, tops = self._count_images(), self._tops()
            finally:
                self.app.close()
            assert tops == [], "windows were left open"
            assert images <= self._images, "Tk images have piled up"
        assert not self.root.tk.call("after", "info"), "timers were left after the window was closed"

    def _tops(self) -> list[str]:
        """The toplevels on the screen besides the window and its menu."""
        tk = self.root.tk
        names = [str(each) for each in tk.splitlist(tk.call("winfo", "children", "."))]
        return [
            name
            for name in names
            if str(tk.call("winfo", "toplevel", name)) == name
            and tk.getboolean(tk.call("winfo", "viewable", name))
            and str(tk.call("winfo", "class", name)) != "Menu"
        ]

    def _count_images(self) -> int:
        """The images that Python made, but for those of what is made when it is seen: one in each row of the left
        column, two beside the digit, three of what ink can lead to, one of the nearest digits. Tk's dialogs keep icons
        of their own."""
        made = sum(str(name).startswith("pyimage") for name in self.root.tk.splitlist(self.root.image_names()))
        picture = self.app.workspace.picture
        late = 2 * (picture.beside is not None) + picture.answers.parts["nearest"].opened
        late += 3 * (picture.ink.others is not None)
        faces = vars(self.app.workspace.controls.faces)
        late += len(faces["numbers"].sliders._made) if "numbers" in faces else 0
        late += len(faces["handles"].rows) if "handles" in faces else 0
        return made - late


@pytest.fixture
def window(display: str, model: Callable[..., Path]) -> Iterator[Callable[..., Window]]:
    """A function that opens the window on a model of D dimensions, or on `weights`; closed after the test."""
    assert os.environ["DISPLAY"] == display
    opened: list[Window] = []

    def open_window(latent_dim: int = 2, settings: Settings = STILL, **options: Any) -> Window:
        options = {"weights": None, "size": (960, 600), "seed": 0, "scale": 1.0} | options
        if "decoder" not in options:
            options["weights"] = options["weights"] or model(latent_dim)
        options["z"] = str(options["z"]) if "z" in options else None
        opened.append(Window(Options(**options), settings))
        return opened[-1]

    yield open_window
    for each in opened:
        each.close()


@dataclass
class Plain:
    """A window with nothing but an entry and a button in it."""

    root: tk.Tk
    theme: Theme
    hand: Hand
    entry: ttk.Entry
    button: ttk.Button

    @property
    def tops(self) -> list[str]:
        """The paths of the windows that are open over this one."""
        return [str(each) for each in self.root.winfo_children() if isinstance(each, tk.Toplevel)]

    @property
    def timers(self) -> tuple[Any, ...]:
        return self.root.tk.splitlist(self.root.tk.call("after", "info"))

    @property
    def focus(self) -> str:
        return str(self.root.tk.call("focus"))


@contextmanager
def plain_window(display: str, size: str = "960x600+20+40", name: str = "light", scale: float = 1.0) -> Iterator[Plain]:
    """Open a plain window; at the end nothing may be left in it."""
    assert os.environ["DISPLAY"] == display
    send("mousemove", 2, 2)
    root = tk.Tk()
    try:
        bindings.apply(root)
        look = styles.apply(root, name, scale)
        root.geometry(size)
        plain = Plain(root, look, Hand(root), ttk.Entry(root), ttk.Button(root, text="A button"))
        plain.entry.grid(padx=20, pady=20)
        plain.button.grid()
        plain.hand.until(root.winfo_viewable)
        root.focus_force()
        plain.hand.until(lambda: plain.focus == ".")
        plain.entry.focus_set()
        plain.hand.pump()
        yield plain
        plain.hand.pump()
        plain.hand.until(lambda: not plain.timers, "timers were left running")
        assert plain.tops == [], "windows were left open"
    finally:
        root.destroy()


@pytest.fixture
def plain(display: str) -> Iterator[Plain]:
    """A plain window of the usual size; closed after the test."""
    with plain_window(display) as window:
        yield window


@pytest.fixture
def desk(plain: Plain, model: Callable[..., Path]) -> Iterator[Callable[..., Desk]]:
    """A function that lays a Desk on a plain window for a model of D dimensions: what a view needs, and no App."""
    made: list[Desk] = []

    def lay(latent_dim: int = 2, settings: Settings = STILL, run: Callable[[Action], None] = lambda _: None) -> Desk:
        session, memory = Session(Space.open(model(latent_dim)), seed=0), Memory(settings)
        status = Status(plain.root, plain.theme, "", lambda: None)
        motion, work = Motion(plain.root, session, memory), Work(plain.root, status.show_jobs)
        actions = {each.name: each for each in offered.actions(session, TABS)}
        made.append(Desk(session, plain.theme, Look("pixels", "gray"), motion, status, work, memory, actions, run))
        return made[-1]

    yield lay
    for each in made:
        each.motion.destroy()
        each.work.close()
        each.status.widget.destroy()


def saved_digit(path: Path) -> np.ndarray:
    """The grey levels (28, 28) of a saved picture, each a square of one colour."""
    with Image.open(path) as image:
        levels = np.asarray(image.convert("L")).astype(int)
    scale = levels.shape[0] // 28
    squares = levels.reshape(28, scale, 28, scale)
    assert (np.ptp(squares, axis=(1, 3)) == 0).all()
    return squares[:, 0, :, 0]
