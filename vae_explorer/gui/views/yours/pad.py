"""The pad: a square with a drawing, and faint guides as MNIST has them. Shows a drawing; changes none."""

import tkinter as tk

from vae_explorer.datasets.drawing import SHAPE, Drawing
from vae_explorer.datasets.strokes import CENTRE, PEN, Point
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.looks.theme import FONT
from vae_explorer.gui.views.yours.raster import Raster
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import BOX

LINE = 2  # pixels of the design, around the pad that has the focus
CROSS = 0.7  # pixels of the picture, from the middle of the centre's cross to its ends
HINT = "Draw a digit here, with the mouse or with arrows and Space, or open a picture"
LINES = 0.66  # of the pad's side, of the hint's lines
GUIDE, WORDS = 80, 190  # levels, in the colours of a digit


class Pad:
    """`widget` is a canvas to be made a square; what it shows is `drawing`."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        look, self._line = desk.look, desk.theme.px(LINE)
        shades = desk.theme.colours
        self._look = look
        self.drawing = Drawing()
        self._cursor: Point | None = None
        self.widget = canvas = tk.Canvas(
            parent, width=1, height=1, background=look.colour(0), takefocus=True, cursor="crosshair",
            highlightthickness=self._line, highlightcolor=shades.accent, highlightbackground=shades.outline,
        )  # fmt: skip
        self._raster = Raster(0)
        self._photo = Photo(canvas)
        canvas.create_image(self._line, self._line, image=self._photo.image, anchor="nw")
        guide = look.colour(GUIDE)
        self._box = canvas.create_rectangle(0, 0, 0, 0, outline=guide, dash=(2, 4))
        self._cross = [canvas.create_line(0, 0, 0, 0, fill=guide) for _ in range(2)]
        if not desk.space.like_mnist:
            for item in (self._box, *self._cross):
                canvas.itemconfigure(item, state="hidden")
        self._hint = canvas.create_text(
            0, 0, text=desk.space.worded(HINT), fill=look.colour(WORDS), font=FONT, justify="center", anchor="s"
        )
        self._ring = canvas.create_oval(0, 0, 0, 0, outline=shades.accent, width=self._line, state="hidden")
        canvas.bind("<Configure>", lambda _event: self._place())

    def show(self, drawing: Drawing) -> None:
        """Show a drawing; of one that goes on from the last, what is new is drawn."""
        self.drawing = drawing
        self.widget.itemconfigure(self._hint, state="normal" if drawing.empty else "hidden")
        if not len(self._raster.levels):
            return  # it has no place yet
        for left, top, right, bottom in self._raster.draw(drawing):
            if left < right and top < bottom:
                levels = self._raster.levels[top:bottom, left:right]
                self._photo.put(self._look.picture(levels, (right - left, bottom - top)), left, top)

    def at(self, event: "tk.Event[tk.Canvas]") -> Point:
        """Where a pointer is, in pixels of the picture; at the rim where it is beyond."""
        x, y = ((each - self._line) / self._scale for each in (event.x, event.y))
        return inside((x, y))

    @property
    def pointed(self) -> bool:
        """Whether the ring of the keys is seen."""
        return self._cursor is not None

    def point_at(self, cursor: Point | None, radius: float = PEN) -> None:
        """Show the ring of the keys at a place, as large as what it draws or erases, or at none."""
        self._cursor = cursor
        self.widget.itemconfigure(self._ring, state="hidden" if cursor is None else "normal")
        if cursor is not None:
            self.widget.coords(self._ring, *self._around(cursor, radius))

    @property
    def _scale(self) -> float:
        return max(1, len(self._raster.levels)) / SHAPE[-1]

    def _around(self, middle: Point, radius: float) -> tuple[float, float, float, float]:
        """The box on the canvas of a circle in the picture."""
        (x, y), scale, line = middle, self._scale, self._line
        low_x, low_y, high_x, high_y = x - radius, y - radius, x + radius, y + radius
        return low_x * scale + line, low_y * scale + line, high_x * scale + line, high_y * scale + line

    def _place(self) -> None:
        """Draw all for the size that the canvas has."""
        side = min(self.widget.winfo_width(), self.widget.winfo_height()) - 2 * self._line
        if side < 1:
            return
        self._raster = Raster(side)
        self._raster.draw(self.drawing)
        self._photo.show(self._look.picture(self._raster.levels, (side, side)))
        left, top, right, bottom = self._around((CENTRE, CENTRE), CROSS)
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        self.widget.coords(self._cross[0], left, middle_y, right, middle_y)
        self.widget.coords(self._cross[1], middle_x, top, middle_x, bottom)
        self.widget.coords(self._box, *self._around((SHAPE[-1] / 2, SHAPE[-1] / 2), BOX / 2))
        self.widget.coords(self._hint, self._line + side / 2, top)
        self.widget.itemconfigure(self._hint, width=round(LINES * side))
        if self._cursor is not None:
            self.point_at(self._cursor)


def inside(point: Point) -> Point:
    """Give a point of the picture, or the nearest to one beyond."""
    x, y = (min(max(each, 0.0), float(SHAPE[-1])) for each in point)
    return x, y
