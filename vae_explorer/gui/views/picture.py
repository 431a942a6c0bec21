"""The middle of the window: the digit that z decodes to, and how much of the data lies where it was found."""

import time
import tkinter as tk
from collections.abc import Callable
from threading import Thread
from tkinter import ttk
from typing import TYPE_CHECKING

from vae_explorer.gui import preload
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.words import EMPTIER
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.widgets.later import Later
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.session.state import State
from vae_explorer.storage.checkpoint import ATLAS

if TYPE_CHECKING:
    from vae_explorer.gui.views.canvas import DigitCanvas

SIDE, MARGIN = 260, 16  # pixels of the design: of the canvas before it has its place, and around the digit
LEAST = 64, 220  # pixels of the design: of the bar, and of a text in its place
LOOK_MS = 5  # between two looks whether a thread is done
PLACE = f"How much of the data lies here: {EMPTIER}"


class Picture:
    """The digit with its place below; `decode_s` is how long the last decode took.

    Neither keeps the window waiting: `digit` is None until its canvas is imported, and what a place is measured by is
    computed by a thread, once the digit can be seen.
    """

    def __init__(self, parent: tk.Misc, desk: Desk, painted: Callable[[], None]) -> None:
        """painted: called when the digit can be seen, and after each full draw."""
        self._desk, self._theme, self._painted = desk, desk.theme, painted
        self.decode_s = 0.0
        self.digit: DigitCanvas | None = None
        self._measuring: Thread | None = None
        self._z: tuple[float, ...] | None = None
        px = desk.theme.px
        self.widget = ttk.Frame(parent, padding=(0, 0, 0, px(16)))
        self.widget.columnconfigure(0, weight=1)
        self.widget.rowconfigure(0, weight=1)  # the digit shrinks first,
        self.widget.rowconfigure(3, weight=1000)  # and what is left over lies below everything
        self._stage = ttk.Frame(self.widget, width=px(SIDE), height=px(SIDE))
        self._stage.grid(row=0, sticky="nsew")
        self._stage.bind("<Configure>", self._proportion)
        self._place().grid(row=1, sticky="ew", padx=px(MARGIN), pady=(0, px(12)))
        self.saving = Buttons(self.widget, desk, [desk.actions["save"]], 1)
        self.saving.widget.grid(row=2)
        self._making = Later(self.widget, self._make, LOOK_MS)
        self._looking = Later(self.widget, self._measure, LOOK_MS)
        self._make()

    def _proportion(self, event: "tk.Event[tk.Misc]") -> None:
        """Ask for the height that the digit has in this width, so that what is told of it stands right below it."""
        _, h, w = self._desk.space.shape
        around = 2 * self._theme.px(MARGIN)
        height = round((event.width - around) * h / w) + around
        if height != self._stage.winfo_reqheight():
            self._stage.configure(height=max(1, height))

    def _make(self) -> None:
        """Make the digit's canvas as soon as it is imported."""
        if preload.importing().is_alive():
            self._making.ask()
            return
        from vae_explorer.gui.views.canvas import DigitCanvas

        settings, margin, shape = self._desk.memory.settings, self._theme.px(MARGIN), self._desk.space.shape[1:]
        self.digit = DigitCanvas(self._stage, self._theme, margin, settings.look, settings.colours, shape)
        self.digit.widget.place(relwidth=1, relheight=1)
        self.digit.widget.configure(takefocus=False)  # no key does anything there
        self.digit.canvas.mpl_connect("draw_event", lambda _event: self._seen())
        self._z = None  # what was asked for before is shown now
        self.show(self._desk.session.state)

    def _place(self) -> ttk.Frame:
        """A bar and a number: the percentile of the density at z."""
        px, frame = self._theme.px, ttk.Frame(self.widget)
        frame.columnconfigure(1, weight=1)
        self._bar = ttk.Progressbar(frame, length=px(LEAST[0]), maximum=100.0)
        self._percent = tk.StringVar(frame)
        if self._desk.space.density is None:
            text = f"How much of the data lies here is not known without {ATLAS}"
            ttk.Label(frame, text=text, style="Muted.TLabel", wraplength=px(LEAST[1])).grid()
        else:
            ttk.Label(frame, text="Data here", style="Muted.TLabel").grid(row=0, column=0)
            self._bar.grid(row=0, column=1, sticky="ew", padx=px(8))
            ttk.Label(frame, textvariable=self._percent, width=5).grid(row=0, column=2)
        for each in frame.winfo_children():
            Tooltip(each, lambda: PLACE, self._theme)  # type: ignore[arg-type]  # a frame's children are widgets
        return frame

    def show(self, state: State) -> None:
        """Decode z and show it, unless it is shown already."""
        if state.z == self._z:
            return
        self._z, began = state.z, time.perf_counter()
        [levels] = self._desk.space.codec.pixels(state.z)
        self.decode_s = time.perf_counter() - began
        if self.digit is not None:
            self.digit.show(levels)
        if self._percent.get():
            self._measure()

    @property
    def ready(self) -> bool:
        """Whether the digit can be seen, and how much of the data lies at z."""
        measured = self._desk.space.density is None or bool(self._percent.get())
        return self.digit is not None and self.digit.ready and measured

    def _seen(self) -> None:
        """The digit is on the screen: now what is told of it, and what is beside it."""
        if self._measuring is None and self._desk.space.density is not None:
            self._measuring = Thread(target=self._desk.space.density.prepare, name="density")
            self._measuring.start()
            self._measure()
        self._painted()

    def _measure(self) -> None:
        """Tell how much of the data lies at z, as soon as that can be told without a wait."""
        density = self._desk.space.density
        assert density is not None and self._measuring is not None and self._z is not None
        if self._measuring.is_alive():
            self._looking.ask()
            return
        percent = float(density.percentile(self._z)[0])
        self._bar.configure(value=percent)
        self._percent.set(f"{percent:.0f} %")
