"""The tab "Your digit": somebody draws, the encoder reads it, and all else in the window follows."""

import tkinter as tk
from tkinter import ttk

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.buttons import Buttons
from vae_explorer.gui.views.yours.pad import Pad
from vae_explorer.gui.views.yours.pen import Pen
from vae_explorer.gui.views.yours.photo import Photo
from vae_explorer.gui.views.yours.preparing import Preparing
from vae_explorer.gui.views.yours.steps import Steps
from vae_explorer.gui.views.yours.tools import Tools
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session import subject
from vae_explorer.session.state import State
from vae_explorer.space import missing
from vae_explorer.storage.checkpoint import ENCODER

GAP = 8  # pixels of the design
LEAST = 220  # the same, of a line of text
KEYS = (
    "While you draw, z moves to where the encoder puts your digit. The right button erases.\n"
    "With the keys: the arrows move a ring (with Shift by less), Space sets the pen down there and "
    "lifts it again. E changes between brush and eraser"
)
MISSING = "Here the model reads a digit that is drawn or brought. Off: {}."
ONLY = "A picture that you open or paste is read by the model, and all else follows. None can be drawn here: {}."
IN = "open-digit", "paste", "test-digit", "encode"  # actions


class YoursView:
    """The tab; `pad` is None where nothing can be drawn for the model. `photo` has what was brought where that is all
    that can be done."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._desk, self._theme = desk, desk.theme
        self.widget = ttk.Frame(parent)
        self.widget.columnconfigure(0, weight=1)
        self.pad: Pad | None = None
        self.photo: Photo | None = None
        if why := desk.space.no_encoder:
            text = f"{desk.space.worded(MISSING.format(why))} {missing.remedy(desk.space, ENCODER)}".rstrip()
            Wrapped(self.widget, desk.theme, text, LEAST).grid(sticky="new")
        elif why := desk.space.no_drawing:
            self._build_photo(why)
        else:
            self._build()

    def _build(self) -> None:
        gap = self._theme.px(GAP)
        self.widget.rowconfigure(0, weight=1)  # the pad shrinks first,
        self.widget.rowconfigure(4, weight=1000)  # and what is left over lies below everything
        self._stage = ttk.Frame(self.widget)
        self._stage.grid(row=0, sticky="nsew")
        self._stage.bind("<Configure>", self._fit)
        self.pad = Pad(self._stage, self._desk)
        self.pen = Pen(self._desk, self.pad)
        self.tools = Tools(self.widget, self._desk, self.pen)
        preparing = Preparing(self._desk, self.widget, self._show_switches)
        self.steps = Steps(self.widget, self._desk, self._take, preparing.start)
        self.buttons = self._ways_in()
        for row, part in enumerate((self.tools.widget, self.steps.widget, self.buttons.widget), 1):
            part.grid(row=row, sticky="ew", pady=(gap, 0))
        Tooltip(self.pad.widget, lambda: self._desk.space.worded(KEYS), self._theme)

    def _build_photo(self, why: str) -> None:
        """Let pictures be brought where none can be drawn."""
        self.widget.rowconfigure(1, weight=1)
        Wrapped(self.widget, self._theme, ONLY.format(why), LEAST).grid(row=0, sticky="new")
        self.photo = Photo(self.widget, self._desk)
        self.photo.widget.grid(row=1, sticky="nsew", pady=(self._theme.px(GAP), 0))
        self.buttons = self._ways_in()
        self.buttons.widget.grid(row=2, sticky="ew", pady=(self._theme.px(GAP), 0))

    def _ways_in(self) -> Buttons:
        return Buttons(self.widget, self._desk, [self._desk.actions[name] for name in IN], 2)

    def _fit(self, event: "tk.Event[tk.Misc]") -> None:
        """Make the pad the largest square that there is room for, and ask for the height that it has in this width."""
        assert self.pad is not None
        side = min(event.width, event.height)
        self.pad.widget.place(x=0, y=0, width=side, height=side)
        if event.width != self._stage.winfo_reqheight():
            self._stage.configure(height=max(1, event.width))

    def show(self, state: State) -> None:
        """Show what is drawn in a state, and what the model gets of it."""
        if self.photo is not None:
            self.photo.show(state.drawing)
            self.buttons.update()
        if self.pad is None:
            return
        self.pen.show(state.drawing)
        self.tools.show()
        self.steps.show(state.drawing)
        self.buttons.update()

    def take_keys(self) -> None:
        """Let the keys go to the pad."""
        if self.pad is not None:
            self.pad.widget.focus_set()

    def switch_tool(self) -> None:
        """Take the eraser in place of the brush, or the brush again."""
        if self.pad is not None:
            self.tools.switch()

    def _show_switches(self) -> None:
        self.steps.show_switches()

    def _take(self, drawing: Drawing) -> None:
        """Let the encoder read a drawing whose steps were switched."""
        self._desk.session.commit(**subject.drawn(self._desk.space, drawing))
