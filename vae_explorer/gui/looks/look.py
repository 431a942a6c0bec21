"""How pictures look in this window: how they are enlarged, and grey levels in which colours. Knows pixels only."""

import numpy as np
from PIL import Image

from vae_explorer.images import Pixels
from vae_explorer.pictures.colours import colour_table


class Look:
    """What the settings say of look and colours, as pixels. A picture in colour keeps its own."""

    def __init__(self, look: str, colours: str) -> None:
        """look: "pixels" or "smooth". colours: the name of a colormap of matplotlib."""
        self._smooth, self._table = look == "smooth", colour_table(colours)
        if (self._table == self._table[:, :1]).all():
            self._table = self._table[:, 0]  # greys need a third of the time on their way to the screen

    def picture(self, levels: Pixels, size: tuple[int, int]) -> Pixels:
        """Give grey levels (h, w), or colours (h, w, 3), in the size (width, height), in colours: (height, width, 3),
        or (height, width) where the colours are greys."""
        resized = self._resized(levels, size)
        pixels: Pixels = resized if resized.ndim == 3 else self._table.take(resized, axis=0)
        return pixels

    def colour(self, level: int) -> str:
        """Give the colour of a grey level as #rrggbb."""
        return "#" + bytes(np.broadcast_to(self._table[level], 3)).hex()

    def nearest(self, colour: str, in_colour: bool) -> Pixels:
        """Give a colour, #rrggbb, as a pixel of a picture in colour has it, (3,); else the grey level, (), that looks
        most like it."""
        wanted = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
        if in_colour:
            return wanted
        away = abs(self._table.reshape(256, -1).astype(int) - wanted).sum(1)
        return np.array(away.argmin(), np.uint8)

    def _resized(self, levels: Pixels, size: tuple[int, int]) -> Pixels:
        """Smooth, or each level an even square; where there is no room for all, the mean of what a pixel covers."""
        width, height = size
        if self._smooth or width < levels.shape[1]:
            kernel = Image.Resampling.BICUBIC if self._smooth else Image.Resampling.BOX
            return np.asarray(Image.fromarray(levels).resize(size, kernel))
        rows, columns = (  # by whole numbers, so that a digit looks the same whichever others are made with it
            (2 * np.arange(new) + 1) * old // (2 * new)
            for new, old in zip((height, width), levels.shape[:2], strict=True)
        )
        squares: Pixels = levels.take(columns, axis=1).take(rows, axis=0)
        return squares
