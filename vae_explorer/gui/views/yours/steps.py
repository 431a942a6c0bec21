"""The picture as the model gets it, and the steps that made it so: of strokes, or of a photo. Shows a drawing."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk
from typing import TYPE_CHECKING

from vae_explorer.datasets.drawing import SHAPE, Drawing
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.views.yours.switches import GAP, Step, Switches
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.gui.widgets.wrapped import Wrapped
from vae_explorer.session.photos import Brought

if TYPE_CHECKING:
    from vae_explorer.datasets.prepare import Steps as PhotoSteps

LARGE = 2 * SHAPE[-1]  # pixels of the design, of the picture
LEAST = 160  # the same, of a line of text
TITLE = "As the model gets it"
WHAT = f"{SHAPE[-1]} × {SHAPE[-2]} grey levels, white on black as in MNIST: this picture is what the encoder reads"
OF_STROKES = {
    "size": Step("Size", "Make the drawing as large as MNIST's digits; its lines stay as thick as they are"),
    "centre": Step("Centre", "Move the drawing so that its centre of mass lies where that of MNIST's digits does"),
}
INKS = {"found": "any ink", "dark": "dark ink", "light": "light ink"}
OF_PHOTO = {  # in the order in which they are done
    "ink": Step("Ink", "Whether the ink is darker or lighter than the paper; any ink: whichever it looks like", INKS),
    "light": Step("Light", "Even out the shadows, and the shade of the paper"),
    "alone": Step("Clean", "Wipe out lines, specks and what lies at the rim"),
    "strokes": Step("Pen", "Bring lines much thinner or thicker than MNIST's near to those, as of another pen"),
    "fit": Step("Size", "Crop to the ink, and fit it into 20 × 20 pixels; else the whole photo is made small"),
    "centre": Step("Centre", "Move the middle of the ink's mass to the middle of the picture"),
}
GONE = "No steps to switch: it came as it is here. Of a photo opened long ago, open it again to see them."


class Steps:
    """The picture with its title, and beside it the switches of what the drawing is made of."""

    def __init__(
        self,
        parent: tk.Misc,
        desk: Desk,
        change: Callable[[Drawing], None],
        prepare: "Callable[[Brought, PhotoSteps], None]",
    ) -> None:
        """change: called with the drawing when a step of its strokes was switched. prepare: called with what the
        photo was made into and the steps to make it anew by."""
        self._desk, self._change, self._prepare = desk, change, prepare
        self._drawing: Drawing | None = None  # that is shown
        self._brought: Brought | None = None
        self.widget = frame = ttk.Frame(parent)
        frame.columnconfigure(1, weight=1)
        self._photo = Photo(frame)
        self.picture = tk.Label(frame, image=self._photo.image, borderwidth=0, padx=0, pady=0)
        self.picture.grid(row=0, column=0, rowspan=2, sticky="nw", padx=(0, desk.theme.px(GAP)))
        title = ttk.Label(frame, text=TITLE, font=BOLD)
        title.grid(row=0, column=1, sticky="nw")
        for each in (self.picture, title):
            Tooltip(each, lambda: WHAT, desk.theme)
        self.of_strokes = Switches(frame, desk, OF_STROKES, self._switch_strokes)
        self.of_photo = Switches(frame, desk, OF_PHOTO, self._switch_photo)
        self.gone = Wrapped(frame, desk.theme, GONE, LEAST)
        self._front: ttk.Widget | None = None

    def _switch_strokes(self) -> None:
        if self._drawing is not None:
            on = self.of_strokes.values
            self._change(replace(self._drawing, size=bool(on["size"]), centre=bool(on["centre"])))

    def _switch_photo(self) -> None:
        if self._brought is not None:
            self._prepare(self._brought, replace(self._brought.steps, **self.of_photo.values))  # type: ignore[arg-type]

    def show(self, drawing: Drawing) -> None:
        """Show what a drawing becomes, unless that is shown already."""
        if drawing == self._drawing:
            return
        self._drawing, before = drawing, self._brought
        side = self._desk.theme.px(LARGE)
        self._photo.show(self._desk.look.picture(drawing.levels, (side, side)))
        if before is None or self._desk.session.photos.of(drawing) is not before:  # else its steps are shown already
            self.show_switches()

    def show_switches(self) -> None:
        """Show the switches as the drawing has them, whatever was clicked since."""
        assert self._drawing is not None
        drawing = self._drawing
        self._brought = self._desk.session.photos.of(drawing)
        if self._brought is not None:
            self.of_photo.show(vars(self._brought.steps), self._brought.prepared.shown)
            self._lay(self.of_photo.widget)
        elif drawing.ground:
            self._lay(self.gone)
        else:
            self.of_strokes.show({"size": drawing.size, "centre": drawing.centre}, drawing.after_steps)
            self._lay(self.of_strokes.widget)

    def _lay(self, widget: ttk.Widget) -> None:
        """Put the switches, or what is said instead, beside the picture."""
        if widget is self._front:
            return
        if self._front is not None:
            self._front.grid_remove()
        widget.grid(row=1, column=1, sticky="ew", pady=(self._desk.theme.px(GAP / 2), 0))
        self._front = widget
