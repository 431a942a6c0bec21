"""A picture that somebody brought, as the model gets it and as large as it goes: what there is in place of a pad where
nothing can be drawn. Shows a drawing; changes none."""

import tkinter as tk

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.widgets import photo
from vae_explorer.images import fitted

LINE = 1  # pixels of the design, around the place of a picture
EMPTY = "No picture yet"


class Photo:
    """`widget` is a canvas; where no picture was brought it shows where one would be."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        self._look, self._shape, self._line = desk.look, desk.space.shape[1:], max(1, desk.theme.px(LINE))
        self._drawing = Drawing()
        colours = desk.theme.colours
        self.widget = canvas = tk.Canvas(parent, width=1, height=1, background=colours.surface, highlightthickness=0)
        self._photo = photo.Photo(canvas)
        self._frame = canvas.create_rectangle(0, 0, 0, 0, outline=colours.border, width=self._line, dash=(2, 4))
        self._text = canvas.create_text(0, 0, text=EMPTY, fill=colours.muted, font=FONT)
        self._image = canvas.create_image(0, 0, anchor="nw", image=self._photo.image)
        canvas.bind("<Configure>", lambda _event: self._place())

    def show(self, drawing: Drawing) -> None:
        """Show a drawing, unless it is shown."""
        if drawing != self._drawing:
            self._drawing = drawing
            self._place()

    def _place(self) -> None:
        """Show the picture, or that there is none, as large as there is room for, from the upper left corner on."""
        line, canvas = self._line, self.widget
        room = max(1, canvas.winfo_width() - 2 * line), max(1, canvas.winfo_height() - 2 * line)
        width, height = fitted(self._shape, room)
        canvas.coords(self._frame, line // 2, line // 2, width + line, height + line)
        canvas.coords(self._text, line + width // 2, line + height // 2)
        canvas.coords(self._image, line, line)
        empty = self._drawing.empty
        for item, seen in ((self._frame, empty), (self._text, empty), (self._image, not empty)):
            canvas.itemconfigure(item, state="normal" if seen else "hidden")
        if not empty:
            self._photo.show(self._look.picture(self._drawing.levels, (width, height)))
