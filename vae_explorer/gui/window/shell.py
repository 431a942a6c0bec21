"""How the window opens: empty, on the screen at once, and filled when what fills it is imported.

Knows Tk and the settings. NumPy and the model come with `app`, when the window has been seen; matplotlib, which takes
ten times as long as a window of Tk, beside it.
"""

import gc
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from vae_explorer import settings, stops
from vae_explorer.gui import preload
from vae_explorer.gui.options import Options
from vae_explorer.gui.window.empty import Root, open_root, settle
from vae_explorer.settings import Settings

if TYPE_CHECKING:
    from vae_explorer.gui.window.app import App

STOP_MS = 200  # how often it is looked whether a signal came


def show(options: Options) -> int:
    """Open the window and stay until it is closed; remember for the next time what was chosen. Give the exit code.

    Raises Failure for a bad model, picture or --z, or no display; OSError for a picture that cannot be read.
    """
    remembered = settings.read()
    root = open_root(options, remembered)
    apps: list[App] = []
    failed: list[BaseException] = []
    _when_seen(root, lambda: apps.append(fill(root, options, remembered)), failed)
    with stops.heeded() as asked:
        _close_when(asked, root, apps)
        root.deiconify()
        root.mainloop()
    if failed:
        raise failed[0]
    for app in apps:  # none when it was closed before it was filled
        mine = replace(app.settings, motion=remembered.motion) if options.no_motion else app.settings
        settings.write(settings.merged(mine, remembered, settings.read()))
    return 128 + asked[0] if asked else 0


def _when_seen(root: tk.Tk, act: Callable[[], None], failed: list[BaseException]) -> None:
    """Act once the window is on the screen; what that raises is appended to failed, and the window is closed."""

    def _act() -> None:
        try:
            act()
        except BaseException as error:  # Tk would print it and go on with an empty window
            failed.append(error)
            root.destroy()

    def _seen(_event: object) -> None:
        root.unbind("<Visibility>")
        root.after(1, _act)  # when the server has drawn it

    root.bind("<Visibility>", _seen)


def _close_when(asked: list[int], root: tk.Tk, apps: "list[App]") -> None:
    """Close the window soon after a signal has asked for it. Python learns of one only when it has something to do."""
    if not asked:
        root.after(STOP_MS, _close_when, asked, root, apps)
    elif apps:
        apps[0].close()
    else:
        root.destroy()


def build(options: Options, remembered: Settings) -> "App":
    """Open the window, filled. Raises as `show`."""
    root = open_root(options, remembered)
    root.deiconify()
    try:
        return fill(root, options, remembered)
    except BaseException:
        root.destroy()
        raise


def fill(root: Root, options: Options, remembered: Settings) -> "App":
    """Read the model and put the views on it into the window. Raises as `show`."""
    scale, empty = settle(root, options, remembered), root.nametowidget(root["menu"])
    gc.disable()  # as in `preload`
    from vae_explorer.gui.views.tab import showing
    from vae_explorer.gui.window import app, model

    gc.freeze()  # before there is anything that may have to be freed
    gc.enable()
    preload.importing()
    session, picture = model.begin(options, remembered.order)
    shown = replace(
        remembered,
        tab=showing(picture) or remembered.tab,
        theme=options.theme or remembered.theme,
        motion=remembered.motion and not options.no_motion,
    )
    filled = app.App(root, session, shown, scale)
    empty.destroy()
    if options.scale and scale < options.scale:
        filled.say(f"There is no room for --scale {options.scale:g}: all is shown {scale:.2f} times as large as usual")
    return filled
