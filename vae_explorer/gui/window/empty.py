"""The window with nothing in it but a menu bar without words: its colour, size and place. Knows Tk and the settings."""

import re
import tkinter as tk
from functools import cached_property

from vae_explorer.errors import Failure
from vae_explorer.gui import room
from vae_explorer.gui.looks import menus, theme
from vae_explorer.gui.options import Options
from vae_explorer.gui.room import Area
from vae_explorer.gui.widgets import bindings
from vae_explorer.gui.window import composing, screen
from vae_explorer.settings import Settings


class Root(tk.Tk):
    """A window of Tk without profiles: where there is no HOME, as on Windows, tkinter runs those of the current folder
    (.Tk.py, .gui.py and their like). It knows the part of the screen without panels, which it asks for once."""

    @cached_property
    def area(self) -> Area:
        """The part of the screen that panels leave free."""
        return screen.area(self)

    def readprofile(self, *_names: str) -> None:
        """Run nothing."""


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
