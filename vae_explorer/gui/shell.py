"""The window before there is anything in it: on the screen at once, while what fills it is still imported.

Knows Tk and the settings. NumPy and the model come with `app`, when the window has been seen; matplotlib, which takes
ten times as long as a window of Tk, beside it.
"""

import gc
import re
import tkinter as tk
from dataclasses import replace
from typing import TYPE_CHECKING

from vae_explorer import settings
from vae_explorer.cli import Failure
from vae_explorer.gui import MIN_SIZE, Options, ahead, theme
from vae_explorer.settings import Settings

if TYPE_CHECKING:
    from vae_explorer.gui.app import App

USUAL_SIZE = 1180, 760  # pixels of the design


class _Root(tk.Tk):
    """A window of Tk without profiles: where there is no HOME, as on Windows, tkinter runs those of the current folder
    (.Tk.py, .gui.py and their like)."""

    def readprofile(self, *_names: str) -> None:
        """Run nothing."""


def show(options: Options) -> int:
    """Open the window and stay until it is closed; remember for the next time what was chosen.

    Raises Failure for a bad model, a bad --z, or no display.
    """
    remembered = settings.read()
    root = open_root(options, remembered)
    apps: list[App] = []
    failed: list[BaseException] = []

    def fill_it() -> None:
        try:
            apps.append(fill(root, options, remembered))
        except BaseException as error:  # Tk would print it and go on with an empty window
            failed.append(error)
            root.destroy()

    def seen(_event: object) -> None:
        root.unbind("<Visibility>")
        root.after(1, fill_it)  # when the server has drawn it

    root.bind("<Visibility>", seen)
    root.mainloop()
    if failed:
        raise failed[0]
    for app in apps:  # none when it was closed before it was filled
        mine = replace(app.settings, motion=remembered.motion) if options.no_motion else app.settings
        settings.write(settings.merged(mine, remembered, settings.read()))
    return 0


def build(options: Options, remembered: Settings) -> "App":
    """Open the window, filled. Raises as `show`."""
    root = open_root(options, remembered)
    try:
        return fill(root, options, remembered)
    except BaseException:
        root.destroy()
        raise


def open_root(options: Options, remembered: Settings) -> tk.Tk:
    """Open a window with nothing in it. Raises Failure where there is no display."""
    try:
        root = _Root(className="vae-explorer")
    except tk.TclError as error:
        advice = "" if options.snapshot else "; without any screen --snapshot FILE.png writes a picture of the window"
        raise Failure(
            f"There is no screen to open the window on ({error}). Run it in a desktop session, or over ssh -X{advice}."
        ) from error
    root.title("VAE explorer")
    root.configure(background=theme.PALETTES[options.theme or remembered.theme].surface)
    root.geometry(_geometry(root, options, remembered))
    root.minsize(*_least(root, options))
    if root.tk.call("tk", "windowingsystem") == "x11":  # where Tk takes it for the start of the line, as Emacs does
        root.event_delete("<<LineStart>>", "<Control-Key-a>")
        root.event_add("<<SelectAll>>", "<Control-Key-a>")
    return root


def fill(root: tk.Tk, options: Options, remembered: Settings) -> "App":
    """Read the model and put the views on it into the window. Raises Failure for a bad model or a bad --z."""
    gc.disable()  # as in `ahead`
    from vae_explorer.gui import app

    gc.freeze()  # before there is anything that may have to be freed
    gc.enable()
    ahead.importing()
    shown = replace(
        remembered,
        theme=options.theme or remembered.theme,
        motion=remembered.motion and not options.no_motion,
    )
    return app.App(root, app.begin(options, remembered.order), shown, _scale(root, options))


def _scale(root: tk.Tk, options: Options) -> float:
    return options.scale or theme.screen_scale(root)


def _least(root: tk.Tk, options: Options) -> tuple[int, int]:
    """The smallest size in which things have their place: no more than the screen has, or than was asked for."""
    width, height = (round(n * _scale(root, options)) for n in MIN_SIZE)
    most = options.size or (width, height)
    return min(width, root.winfo_screenwidth(), most[0]), min(height, root.winfo_screenheight(), most[1])


def _geometry(root: tk.Tk, options: Options, remembered: Settings) -> str:
    """The size asked for, else the place of the last time where it is on the screen, else the usual size."""
    if options.size:
        return "{}x{}".format(*options.size)
    if remembered.size:
        width, height = (int(part) for part in re.findall(r"\d+", remembered.size)[:2])
        if width <= root.winfo_screenwidth() and height <= root.winfo_screenheight():
            return f"{width}x{height}"
    width, height = (round(n * _scale(root, options)) for n in USUAL_SIZE)
    return f"{min(width, root.winfo_screenwidth())}x{min(height, root.winfo_screenheight())}"
