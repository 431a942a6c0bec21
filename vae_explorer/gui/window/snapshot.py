"""A picture of the whole window, on a virtual screen or, where none can be made, on the screen there is.

A virtual one is as large as the picture and shows nothing else, whatever DISPLAY says: that may lead nowhere, to a
smaller screen, to one of 16 bits, or to one under Wayland, which is black for who copies it.
"""

import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from PIL import Image, ImageGrab

from vae_explorer import files, stops
from vae_explorer.errors import Failure
from vae_explorer.gui.options import Options
from vae_explorer.gui.room import USUAL, fits, scaled
from vae_explorer.gui.window.app import App
from vae_explorer.gui.window.screen import menu_height
from vae_explorer.gui.window.shell import build
from vae_explorer.settings import Settings

TIMEOUT_S = 60  # on a busy machine
MENU = 60  # pixels of the design, at most
INSTALL = "Install Xvfb, which makes a virtual one of any size: sudo apt install xvfb"


def take(options: Options, path: Path) -> int:
    """Open the window, let it draw, write its picture, close it. Raises Failure, OSError."""
    if path.suffix.lower() != ".png":
        raise Failure(f"--snapshot {path}: the picture is a PNG; choose a name that ends in .png.")
    files.check(path)
    with _screen(options), stops.heeded() as asked:
        window = build(options, Settings())  # the same picture on every machine
        try:
            picture = grab(window)
        finally:
            window.close()
    if asked:  # amid it, where a window would only have been closed
        raise KeyboardInterrupt(asked[0])
    buffer = io.BytesIO()
    picture.save(buffer, "png")
    files.write({path: buffer.getvalue()})
    return 0


def _screen(options: Options) -> AbstractContextManager[object]:
    """Give the screen for the window: on Linux a virtual one, unless there is only another."""
    if not sys.platform.startswith("linux") or (os.environ.get("DISPLAY") and not shutil.which("Xvfb")):
        return nullcontext()
    scale = options.scale or 1.0
    width, height = options.size or scaled(USUAL, scale)
    return virtual_display((width, height + round(MENU * scale)))


def grab(window: App) -> Image.Image:
    """Wait until the window is drawn and copy it off the screen. Raises Failure when it never is."""
    root, end = window.root, time.monotonic() + TIMEOUT_S
    root.geometry("+0+0")
    root.lift()
    while not window.workspace.ready:
        root.update()
        if time.monotonic() > end:
            raise Failure(f"The window was not drawn within {TIMEOUT_S} s, so there is no picture of it.")
        time.sleep(0.01)
    root.update()
    left, top = root.winfo_rootx(), root.winfo_rooty()
    box = (left, top - menu_height(root), left + root.winfo_width(), top + root.winfo_height())
    screen = root.winfo_screenwidth(), root.winfo_screenheight()
    if not fits((box[2], box[3]), screen):
        raise Failure("The window is larger than this screen of {} × {} pixels. {}".format(*screen, INSTALL))
    try:
        return ImageGrab.grab(box, xdisplay=os.environ.get("DISPLAY"))
    except OSError as error:
        raise Failure(f"This screen cannot be copied ({error}), so there is no picture. {INSTALL}") from error


@contextmanager
def virtual_display(size: tuple[int, int], depth: int = 24) -> Iterator[str]:
    """Run Xvfb with a screen of that size and so many bits a pixel, and set DISPLAY to it meanwhile; give its name.

    Raises Failure where there is no Xvfb.
    """
    if not shutil.which("Xvfb"):
        raise Failure(f"There is no screen. {INSTALL}")
    screen = f"{size[0]}x{size[1]}x{depth}"
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failure("Xvfb did not start, so there is no screen for the window.")
        os.environ["DISPLAY"] = f":{number}"
        yield os.environ["DISPLAY"]
    finally:
        if before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait()
