"""The picture as the model gets it, and the steps that made it so, each with a switch. Shows a drawing."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import ttk

from vae_explorer.datasets.drawing import SHAPE, Drawing
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import BOLD
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Pixels

LARGE, SMALL = 2 * SHAPE[-1], SHAPE[-1]  # pixels of the design: of the picture, and of what a step left
GAP = 8
TITLE = "As the model gets it"
WHAT = f"{SHAPE[-1]} × {SHAPE[-2]} grey levels, white on black as in MNIST: this picture is what the encoder reads"
STEPS = {
    "size": ("Size", "Make the drawing as large as MNIST's digits; its lines stay as thick as they are"),
    "centre": ("Centre", "Move the drawing so that its centre of mass lies where that of MNIST's digits does"),
}
OVER = "\nOff: strokes over a picture stay where they are"
OTHERS = "\nNot so at first: this model has not learned from MNIST"


class Steps:
    """The picture, its title, and a small picture with a switch for each step."""

    def __init__(self, parent: tk.Misc, desk: Desk, change: Callable[[Drawing], None]) -> None:
        """change: called with the drawing when a step of it was switched."""
        self._desk, self._change, px = desk, change, desk.theme.px
        self._drawing: Drawing | None = None  # that is shown
        self.widget = frame = ttk.Frame(parent)
        self._large, self.picture = self._picture(frame)
        self.picture.grid(row=0, column=0, rowspan=2, sticky="nw", padx=(0, px(GAP)))
        title = ttk.Label(frame, text=TITLE, font=BOLD)
        title.grid(row=0, column=1, columnspan=2, sticky="nw")
        for each in (self.picture, title):
            Tooltip(each, lambda: WHAT, desk.theme)
        self.switches: dict[str, ttk.Checkbutton] = {}
        self._small: dict[str, Photo] = {}
        for k, name in enumerate(STEPS):
            self._cell(name).grid(row=1, column=1 + k, sticky="sw", padx=(0, px(GAP)))

    def _picture(self, parent: tk.Misc) -> tuple[Photo, tk.Label]:
        photo = Photo(parent)
        ground = self._desk.theme.colours.surface
        return photo, tk.Label(parent, image=photo.image, borderwidth=0, padx=0, pady=0, background=ground)

    def _cell(self, name: str) -> ttk.Frame:
        """What a step left, and its switch."""
        cell, (text, _) = ttk.Frame(self.widget), STEPS[name]
        self._small[name], label = self._picture(cell)
        label.grid(row=0, column=0, padx=(0, self._desk.theme.px(GAP / 2)))
        switch = self.switches[name] = ttk.Checkbutton(cell, text=text, command=self._switch)
        switch.grid(row=0, column=1)
        Tooltip(switch, partial(self._explain, name), self._desk.theme)
        return cell

    def _switch(self) -> None:
        if self._drawing is not None:
            on = {each: switch.instate(["selected"]) for each, switch in self.switches.items()}
            self._change(replace(self._drawing, size=on["size"], centre=on["centre"]))

    def _explain(self, name: str) -> str:
        why = OVER if self._drawing is not None and self._drawing.ground else ""
        return STEPS[name][1] + (why or ("" if self._desk.space.like_mnist else OTHERS))

    def show(self, drawing: Drawing) -> None:
        """Show what a drawing becomes, unless that is shown already."""
        if drawing == self._drawing:
            return
        self._drawing = drawing
        self._put(self._large, drawing.levels, LARGE)
        for name, levels in drawing.after_steps.items():
            self._put(self._small[name], levels, SMALL)
            on = "selected" if getattr(drawing, name) else "!selected"
            self.switches[name].state(["!alternate", on, "disabled" if drawing.ground else "!disabled"])

    def _put(self, photo: Photo, levels: Pixels, side: int) -> None:
        photo.show(self._desk.look.picture(levels, (self._desk.theme.px(side),) * 2))
