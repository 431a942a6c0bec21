"""The window before there is anything in it: on the screen at once, while what fills it is still imported.

Knows Tk and the settings. NumPy and the model come with `app`, when the window has been seen; matplotlib, which takes
ten times as long as a window of Tk, beside it.
"""

import gc
import re
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from vae_explorer import settings, stops
from vae_explorer.errors import Failure
from vae_explorer.gui import preload, room
from vae_explorer.gui.looks import menus, theme
from vae_explorer.gui.options import Options
from vae_explorer.gui.room import Area
from vae_explorer.gui.widgets import bindings
from vae_explorer.gui.window import composing, screen
from vae_explorer.settings import Settings

if TYPE_CHECKING:
    from vae_explorer.gui.window.app import App

STOP_MS = 200  # how often it is looked whether a signal came


class Root(tk.Tk):
    """A window of Tk without profiles: where there is no HOME, as on Windows, tkinter runs those of the current folder
    (.Tk.py, .gui.py and their like). It knows the part of the screen without panels, which it asks for once."""

    @cached_property
    def area(self) -> Area:
        return screen.area(self)

    def readprofile(self, *_names: str) -> None:
        """Run nothing."""


def show(options: Options) -> int:
    """Open the window and stay until it is closed; remember for the next time what was chosen. Give the exit code.

    Raises Failure for a bad model, a bad --z, or no display.
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


def open_root(options: Options, remembered: Settings) -> Root:
    """Make a window with nothing in it but a menu bar without words, to be shown by `deiconify`.

    Raises Failure where there is no display, or no font to write with.
    """
    root = _root(options)
    try:
        _dress(root, theme.PALETTES[options.theme or remembered.theme], _wanted_scale(root, options))
        settle(root, options, remembered)
    except BaseException:
        root.destroy()
        raise
    return root


def _root(options: Options) -> Root:
    try:
        root = Root(className="vae-explorer")
    except tk.TclError as error:
        advice = (
            "install Xvfb, which makes a virtual one: sudo apt install xvfb"
            if options.snapshot
            else "run it in a desktop session, or over ssh -X; without any screen --snapshot FILE.png writes a picture "
            "of the window"
        )
        raise Failure(f"There is no screen to open the window on ({error}): {advice}.") from error
    root.withdraw()  # until it has its size
    composing.pause(root)
    # Tk has these made for each picture, and asks the X server for them unless something has them, by these names.
    root.configure(highlightcolor="black", highlightbackground="white")
    return root


def _dress(root: tk.Tk, palette: theme.Palette, scale: float) -> None:
    """Give the window its title, its colour, its font and the height of its menu."""
    root.title("VAE explorer")
    root.configure(background=palette.surface)
    try:
        theme.set_fonts(root, scale)
        menus.colour(root, palette)
        menus.empty(root)
        root.update_idletasks()  # the bar has its height then
    except tk.TclError as error:
        raise Failure(
            f"There is no font to write with ({error}). Install one: sudo apt install fonts-dejavu-core"
        ) from error
    bindings.apply(root)


def settle(root: Root, options: Options, remembered: Settings) -> float:
    """Give the window its size, its least size and, where it would not be seen whole, its place; give its scale.

    To be called again when the window is on the screen: what a window manager puts around it is known only then.
    """
    frame = screen.frame(root)
    space = room.inner(root.area, frame)
    most = options.size or (space.width, space.height)
    scale = room.scale_for(_wanted_scale(root, options), most)
    width, height = options.size or _size(remembered, scale, most)
    root.minsize(*room.within(room.scaled(room.LEAST, scale), most))
    root.geometry(f"{width}x{height}")
    if root.winfo_ismapped() and not options.size:
        here = Area(root.winfo_rootx(), root.winfo_rooty(), width, height)
        there = room.moved(here, space)
        if there != here:
            root.geometry(f"+{there.x - frame.left}+{there.y - frame.top}")
    return scale


def _wanted_scale(root: tk.Tk, options: Options) -> float:
    return options.scale or theme.screen_scale(root)


def _size(remembered: Settings, scale: float, most: room.Size) -> room.Size:
    """The size of the last time where there is room for it, else the usual one, or as much as there is room for."""
    if remembered.size:
        width, height = (int(part) for part in re.findall(r"\d+", remembered.size)[:2])
        if room.fits((width, height), most):
            least = room.within(room.scaled(room.LEAST, scale), most)
            return max(width, least[0]), max(height, least[1])
    return room.within(room.scaled(room.USUAL, scale), most)


def fill(root: Root, options: Options, remembered: Settings) -> "App":
    """Read the model and put the views on it into the window. Raises Failure for a bad model or a bad --z."""
    scale, empty = settle(root, options, remembered), root.nametowidget(root["menu"])
    gc.disable()  # as in `preload`
    from vae_explorer.gui.window import app

    gc.freeze()  # before there is anything that may have to be freed
    gc.enable()
    preload.importing()
    shown = replace(
        remembered,
        theme=options.theme or remembered.theme,
        motion=remembered.motion and not options.no_motion,
    )
    filled = app.App(root, app.begin(options, remembered.order), shown, scale)
    empty.destroy()
    if options.scale and scale < options.scale:
        filled.say(f"There is no room for --scale {options.scale:g}: all is shown {scale:.2f} times as large as usual")
    return filled
