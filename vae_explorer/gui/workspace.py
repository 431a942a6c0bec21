"""The views around one session: sliders, buttons, digit. Redraws them at most once a turn of the event loop."""

import time
import tkinter as tk
from tkinter import ttk

from vae_explorer.actions import BY_NAME, Action, App
from vae_explorer.gui.buttons import Buttons
from vae_explorer.gui.canvas import DigitCanvas
from vae_explorer.gui.sliders import Sliders
from vae_explorer.gui.status import Status
from vae_explorer.gui.theme import BOLD, Theme
from vae_explorer.gui.tooltip import Tooltip
from vae_explorer.images import to_pixels
from vae_explorer.state import State

LEFT_WIDTH = 400  # pixels of the design, at least; ten buttons with a digit fit into it
MIDDLE_WIDTH = 280  # at least, unless the window is too small for both
MEAN = "The mean of a class: the middle of all the points that the encoder gives to its images"


class Workspace:
    """All that is between the menu and the status line. `destroy` leaves nothing waiting."""

    def __init__(self, root: tk.Tk, app: App, theme: Theme, status: Status, presets: tuple[Action, ...]) -> None:
        self.session, self._theme, self._status, self._root = app.session, theme, status, root
        self._pending: str | None = None
        self._drawn: State | None = None
        self.widget = ttk.PanedWindow(root, orient="horizontal")
        left = ttk.Frame(self.widget, padding=theme.px(16), width=max(theme.px(LEFT_WIDTH), app.settings.sash))
        left.grid_propagate(False)
        middle = ttk.Frame(self.widget, padding=(0, theme.px(8), theme.px(16), theme.px(16)))
        self.widget.add(left)
        self.widget.add(middle, weight=1)
        self.widget.bind("<B1-Motion>", self._drag)
        self.widget.bind("<Configure>", lambda _event: self._divide(self.widget.sashpos(0)))  # type: ignore[no-untyped-call]
        self._build_left(left, app, presets)
        self._build_middle(middle, app)
        self.session.listen(self._changed)

    def _build_left(self, left: ttk.Frame, app: App, presets: tuple[Action, ...]) -> None:
        px, width = self._theme.px, self._theme.px(LEFT_WIDTH - 32)
        left.columnconfigure(0, weight=1)
        left.rowconfigure(1, weight=1)  # the sliders shrink first,
        left.rowconfigure(6, weight=1000)  # and what is left over lies below everything
        heading = ttk.Frame(left)
        heading.columnconfigure(0, weight=1)
        heading.grid(row=0, sticky="ew", pady=(0, px(8)))
        ttk.Label(heading, text="Latent space", font=BOLD).grid(sticky="w")
        _wrapped(heading, self._theme, _lead(len(self.session.state.z))).grid(sticky="ew")
        self.sliders = Sliders(left, self.session, self._theme, self._status.say)
        self.sliders.widget.grid(row=1, sticky="nsew")
        title = ttk.Label(left, text="Go to a typical picture", font=BOLD)
        title.grid(row=2, sticky="w", pady=(px(16), px(4)))
        Tooltip(title, lambda: MEAN, self._theme)
        self.presets = Buttons(left, app, presets, min(10, max(5, len(presets))), self._status.hint, self._theme, width)
        self.presets.widget.grid(row=3, sticky="ew")
        why = next((reason for each in presets if (reason := each.why_not(self.session))), "")
        if why:
            _wrapped(left, self._theme, f"Off: {why}.").grid(row=4, sticky="ew", pady=(px(4), 0))
        moves = [BY_NAME[name] for name in ("random", "reset", "undo", "redo")]
        self.commands = Buttons(left, app, moves, 4, self._status.hint, self._theme)
        self.commands.widget.grid(row=5, sticky="ew", pady=(px(16), 0))

    def _build_middle(self, middle: ttk.Frame, app: App) -> None:
        middle.columnconfigure(0, weight=1)
        middle.rowconfigure(0, weight=1)
        self.digit = DigitCanvas(middle, self._theme, app.settings.look, app.settings.colours)
        self.digit.widget.grid(row=0, sticky="nsew")
        self.digit.widget.configure(takefocus=False)  # no key does anything there
        self.digit.widget.bind("<Button-1>", lambda _event: self._root.focus_set())  # takes it off an entry
        self.saving = Buttons(middle, app, [BY_NAME["save"]], 1, self._status.hint, self._theme)
        self.saving.widget.grid(row=1)

    def _drag(self, event: "tk.Event[ttk.PanedWindow]") -> str:
        self._divide(event.x)
        return "break"  # not the widget's own, which lets either side vanish

    def _divide(self, left: int) -> None:
        """Put the divider there, or as near as leaves both sides room for what stands in them."""
        most = self.widget.winfo_width() - self._theme.px(MIDDLE_WIDTH)
        self.widget.sashpos(0, max(self._theme.px(LEFT_WIDTH), min(left, most)))  # type: ignore[no-untyped-call]

    def _changed(self, _state: State) -> None:
        if self._pending is None:
            self._pending = self._root.after_idle(self._draw)

    def _draw(self) -> None:
        """Show the newest state; all that came since the last frame is one frame."""
        self._pending = None
        state, began = self.session.state, time.perf_counter()
        if state != self._drawn:
            self._drawn = state
            self._status.moved()
            x_hat = self.session.codec.decode(state.z)
            decoded = time.perf_counter()
            self.digit.show(to_pixels(x_hat[0, 0]))
            self._status.show_times(decoded - began, time.perf_counter() - began)
        self.sliders.show(state)  # a value may have been typed and taken back since the last frame
        self.presets.update()
        self.commands.update()

    def destroy(self) -> None:
        """Take the views away and stop listening."""
        if self._pending is not None:
            self._root.after_cancel(self._pending)
            self._pending = None
        self.session.forget(self._changed)
        self.widget.destroy()


def _wrapped(parent: tk.Misc, theme: Theme, text: str) -> ttk.Label:
    """A muted text in lines as long as its place is wide."""
    room = theme.px(4)  # for the space at the end of a line, which Tk lets stand out
    label = ttk.Label(parent, text=text, style="Muted.TLabel", wraplength=theme.px(LEFT_WIDTH - 32) - room)
    label.bind("<Configure>", lambda event: label.configure(wraplength=event.width - room))
    return label


def _lead(latent_dim: int) -> str:
    """Say in a sentence what the sliders are, to someone who has never seen a VAE."""
    if latent_dim == 1:
        return "The decoder turns this one number into a picture. Drag it."
    return f"The decoder turns these {latent_dim} numbers into a picture. Drag one and see what it means."
