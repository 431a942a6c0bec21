"""A picture of the whole window, on the screen there is or, where there is none, on a virtual one."""

import io
import os
import shutil
import subprocess
import sys
import time
import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from PIL import Image, ImageGrab

from vae_explorer import files
from vae_explorer.cli import Failure
from vae_explorer.gui import Options
from vae_explorer.gui.app import App
from vae_explorer.gui.shell import USUAL_SIZE, build
from vae_explorer.settings import Settings

TIMEOUT_S = 20


def take(options: Options, path: Path) -> int:
    """Open the window, let it draw, write its picture, close it. Raises Failure, OSError."""
    if path.suffix.lower() != ".png":
        raise Failure(f"--snapshot {path}: the picture is a PNG; choose a name that ends in .png.")
    files.check(path)
    no_screen = sys.platform.startswith("linux") and not os.environ.get("DISPLAY")
    with virtual_display(options.size or USUAL_SIZE) if no_screen else nullcontext():
        window = build(options, Settings())  # the same picture on every machine
        try:
            picture = grab(window)
        finally:
            window.close()
    buffer = io.BytesIO()
    picture.save(buffer, "png")
    files.write({path: buffer.getvalue()})
    return 0


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
    box = (left, top - _menu_height(root), left + root.winfo_width(), top + root.winfo_height())
    try:
        return ImageGrab.grab(box, xdisplay=os.environ.get("DISPLAY"))
    except OSError as error:
        raise Failure(f"This screen cannot be copied ({error}), so there is no picture of the window.") from error


def _menu_height(root: tk.Tk) -> int:
    """The height of the menu bar, which on X11 is a clone of the menu above what Tk calls the window."""
    if root.tk.call("tk", "windowingsystem") != "x11":
        return 0
    return int(root.tk.call("winfo", "height", f".#{root['menu'].removeprefix('.')}"))


@contextmanager
def virtual_display(size: tuple[int, int]) -> Iterator[str]:
    """Run Xvfb with a screen of at least that size, and set DISPLAY to it meanwhile; give its name.

    Raises Failure where there is no Xvfb.
    """
    if not shutil.which("Xvfb"):
        raise Failure("There is no screen, and no Xvfb to make a virtual one. Install it: sudo apt install xvfb")
    screen = f"{size[0]}x{size[1] + 100}x24"
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
