"""A few round values and a name along one edge of a picture. Knows a viewport; no points, no state."""

import tkinter as tk
from tkinter.font import Font

from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.views.map.viewport import Viewport, ticks

POINTS = 8  # of the font
TICK = 4  # pixels of the design
APART, MOST = 40, 9


class Ruler:
    """The values below a picture or, where vertical, on its left."""

    def __init__(self, parent: tk.Misc, theme: Theme, vertical: bool) -> None:
        self._theme, self._vertical = theme, vertical
        self._font = Font(parent, font=FONT)
        self._font.configure(size=POINTS)
        thick = theme.px(TICK + 2) + max(self._font.metrics("linespace"), vertical * self._font.measure("−10.0"))
        self.widget = tk.Canvas(
            parent, width=thick if vertical else 1, height=1 if vertical else thick,
            background=theme.colours.surface, highlightthickness=0, takefocus=False,
        )  # fmt: skip

    def draw(self, view: Viewport, name: str) -> None:
        """Show the values of the view along this edge; the name of the axis stands at its end."""
        self.widget.delete("all")
        axis, length = (1, view.size[1]) if self._vertical else (0, view.size[0])
        low, high = sorted(view.to_plane([(0, 0), view.size])[:, axis].tolist())
        most = min(max(2, length // self._theme.px(APART)), MOST)
        taken = self._font.measure(name) + self._theme.px(8)
        self._write_name(name, length)
        found = ticks(low, high, most)
        places = view.to_pixels([(value, value) for value, _ in found])[:, axis].tolist() if found else []
        for place, (_, text) in zip(places, found, strict=True):
            half = (self._font.metrics("linespace") if self._vertical else self._font.measure(text)) / 2
            from_end = place if self._vertical else length - place  # the name is at the top, or on the right
            if from_end - half > taken and length - from_end > half:
                self._write(place, text)

    def _write_name(self, name: str, length: int) -> None:
        x, y = (0, 0) if self._vertical else (length, self._theme.px(TICK + 2))
        self.widget.create_text(
            x, y, text=name, anchor="ne", angle=90 * self._vertical, font=self._font, fill=self._theme.colours.muted
        )

    def _write(self, place: float, text: str) -> None:
        tick, gap, muted = self._theme.px(TICK), self._theme.px(TICK + 2), self._theme.colours.muted
        if self._vertical:
            thick = int(self.widget["width"])
            self.widget.create_line(thick - tick, place, thick, place, fill=muted)
            self.widget.create_text(thick - gap, place, text=text, anchor="e", font=self._font, fill=muted)
        else:
            self.widget.create_line(place, 0, place, tick, fill=muted)
            self.widget.create_text(place, gap, text=text, anchor="n", font=self._font, fill=muted)
