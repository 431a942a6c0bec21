"""The middle of the window: the digit that z decodes to, and how much of the data lies where it was found."""

import time
import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from vae_explorer.actions import BY_NAME
from vae_explorer.checkpoint import ATLAS
from vae_explorer.gui.buttons import Buttons
from vae_explorer.gui.canvas import MARGIN, DigitCanvas
from vae_explorer.gui.theme import Theme
from vae_explorer.gui.tooltip import Tooltip
from vae_explorer.images import to_pixels
from vae_explorer.state import State

if TYPE_CHECKING:
    from vae_explorer.gui.app import App

LEAST = 64, 220  # pixels of the design: of the bar, and of a text in its place
SOON_MS = 20
PLACE = (
    "How much of the data lies here: so many percent of the encoded digits lie in emptier places. "
    "Near 0 the decoder makes up what it never learned"
)


class Picture:
    """The digit with its place below; `decode_s` is how long the last decode took."""

    def __init__(self, parent: tk.Misc, app: "App", theme: Theme) -> None:
        self._app, self._theme = app, theme
        self.decode_s = 0.0
        self._z: tuple[float, ...] | None = None
        self._soon: str | None = None
        px = theme.px
        self.widget = ttk.Frame(parent, padding=(0, 0, 0, px(16)))
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)  # the digit shrinks first,
        self.widget.rowconfigure(3, weight=1000)  # and what is left over lies below everything
        self.digit = DigitCanvas(self.widget, theme, app.settings.look, app.settings.colours)
        self.digit.widget.grid(row=0, sticky="nsew")
        self.digit.widget.configure(takefocus=False)  # no key does anything there
        self.digit.widget.bind("<Button-1>", lambda _event: app.root.focus_set())  # takes it off an entry
        self.digit.widget.bind("<Configure>", self._square, add=True)
        self.digit.canvas.mpl_connect("draw_event", lambda _event: self._tell_soon())
        self._place().grid(row=1, sticky="ew", padx=px(MARGIN), pady=(0, px(12)))
        self.saving = Buttons(self.widget, app, [BY_NAME["save"]], 1, theme)
        self.saving.widget.grid(row=2)

    def _square(self, event: "tk.Event[tk.Misc]") -> None:
        """Ask for as much height as there is width, so that what is told of the digit stands right below it."""
        if event.width != self.digit.widget.winfo_reqheight():
            self.digit.widget.configure(height=event.width)

    def _place(self) -> ttk.Frame:
        """A bar and a number: the percentile of the density at z."""
        px, frame = self._theme.px, ttk.Frame(self.widget)
        frame.columnconfigure(1, weight=1)
        self._bar = ttk.Progressbar(frame, length=px(LEAST[0]), maximum=100.0)
        self._told = tk.StringVar(frame)
        if self._app.session.density is None:
            text = f"How much of the data lies here is not known without {ATLAS}"
            ttk.Label(frame, text=text, style="Muted.TLabel", wraplength=px(LEAST[1])).grid()
        else:
            ttk.Label(frame, text="Data here", style="Muted.TLabel").grid(row=0, column=0)
            self._bar.grid(row=0, column=1, sticky="ew", padx=px(8))
            ttk.Label(frame, textvariable=self._told, width=5).grid(row=0, column=2)
        for each in frame.winfo_children():
            Tooltip(each, lambda: PLACE, self._theme)  # type: ignore[arg-type]  # a frame's children are widgets
        return frame

    def show(self, state: State) -> None:
        """Decode z and show it, unless it is shown already."""
        if state.z == self._z:
            return
        self._z, began = state.z, time.perf_counter()
        x_hat = self._app.session.codec.decode(state.z)
        self.decode_s = time.perf_counter() - began
        self.digit.show(to_pixels(x_hat[0, 0]))
        if self.known:
            self._tell_place()
        elif self.digit.frames:
            self._tell_soon()

    def _tell_soon(self) -> None:
        """Tell of the place for the first time, for which 0.1 s are computed: when the digit can be seen."""
        if self._soon is None and not self.known:
            self._soon = self.widget.after(SOON_MS, self._tell_place)

    @property
    def known(self) -> bool:
        """Whether it is told how much of the data lies at z."""
        return bool(self._told.get()) or self._app.session.density is None

    def _tell_place(self) -> None:
        self._soon = None
        if self._app.session.density is not None and self._z is not None:
            percent = float(self._app.session.density.percentile(self._z)[0])
            self._bar.configure(value=percent)
            self._told.set(f"{percent:.0f} %")

    def destroy(self) -> None:
        """Leave nothing waiting."""
        if self._soon is not None:
            self.widget.after_cancel(self._soon)
