"""What a slider alone would give from here: a strip of digits over it, to click or to drag across.

Knows points and pixels, no session. The middle of a strip's tile lies exactly over the thumb at its value. So do the
marks under the tiles: where most of the data lie, and where the encoder puts the picture that is seen.
"""

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vae_explorer.gui.looks.coordinates import RANGE
from vae_explorer.gui.looks.look import Look
from vae_explorer.gui.looks.theme import Theme
from vae_explorer.gui.views.sliders.error_bar import ErrorBar
from vae_explorer.gui.views.sliders.travel import Quantity, Travel
from vae_explorer.gui.widgets.photo import Photo
from vae_explorer.images import Pixels, sheet
from vae_explorer.session.history import TILES
from vae_explorer.space import latent, places
from vae_explorer.space.latent import Points

VALUES = Travel(-RANGE, RANGE).values  # of the tiles of a dimension
TALL = 3  # times as high as its place is wide is a tile at most
BAND, SPACE = 4, 2  # pixels of the design: the band under the tiles, and what is free where nothing is marked


def tile_points(z: Sequence[float], dim: int) -> Points:
    """Give the point of each tile of the strip of a dimension at z, (D,): (TILES, D)."""
    return latent.strip(z, dim, VALUES)


def laid(look: Look, digits: Pixels, width: int, ground: str) -> Pixels:
    """Make strips of their digits, (S·TILES, H, W) or (S·TILES, H, W, 3), with one resize and one look-up of colours:
    (S, their height, width), and 3 where in colour. Digits much taller than wide have the ground, #rrggbb, beside
    them."""
    count, (h, w) = len(digits) // TILES, digits.shape[1:3]
    height = tile_height(width, (1, h, w))
    tall = h > TALL * w
    across = TILES * max(1, round(height * w / h)) if tall else width
    strips = look.picture(sheet(digits, TILES), (across, height * count))
    return (_apart(strips, width, ground) if tall else strips).reshape(count, height, width, *strips.shape[2:])


def _apart(tiles: Pixels, width: int, ground: str) -> Pixels:
    """Put tiles, TILES beside each other, each into the middle of its place in so many pixels of width."""
    colour = np.frombuffer(bytes.fromhex(ground[1:]), np.uint8)
    placed = np.empty((len(tiles), width, *tiles.shape[2:]), np.uint8)
    placed[:] = colour if tiles.ndim == 3 else colour[1]  # of which the ground of both themes has about as much
    own = tiles.shape[1] // TILES
    for k in range(TILES):
        left = round((k + 0.5) * width / TILES - own / 2)
        placed[:, left : left + own] = tiles[:, k * own : (k + 1) * own]
    return placed


@dataclass(frozen=True)
class Spread:
    """What the encoder gives in one dimension: the mean and the sigma of q(z|x)."""

    mu: float
    std: float


class Strip:
    """The strip of one dimension, and under it a band where its data lie, and a mark of the encoder's."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, shape: tuple[int, int, int], quantity: Quantity,
        band: tuple[float, float] | None, encodes: bool,
    ) -> None:  # fmt: skip
        """shape: (C, H, W) of an image. quantity: that of the slider. band: between which values most of the data lie;
        None where not known. encodes: whether there is an encoder, whose mark needs a place."""
        self._theme, self._shape, self._band, self._width = theme, shape, band, 1
        self._travel, self._write, self._data = quantity.travel, quantity.write, quantity.data
        self._has_foot = encodes or band is not None
        self._spread: Spread | None = None
        self._percents: list[float] | None = None
        colours = theme.colours
        self.canvas = tk.Canvas(
            parent, background=colours.surface, highlightthickness=0, borderwidth=0, width=1, height=1, cursor="hand2"
        )
        self._photo = Photo(self.canvas)
        self.canvas.create_image(0, 0, anchor="nw", image=self._photo.image)
        self._bar = self.canvas.create_rectangle(0, 0, 0, 0, fill=colours.outline, width=0)
        self._error_bar = ErrorBar(self.canvas, theme)
        edge = max(1, theme.px(2))
        self._frame = self.canvas.create_rectangle(0, 0, 0, 0, outline=colours.accent, width=edge, state="hidden")
        self._framed: int | None = None

    def on_move(self, preview: Callable[[float], None], rest: Callable[[], None]) -> None:
        """Call preview with the value of each tile that the pressed mouse comes to, and rest when it is let go."""
        self.canvas.bind("<Button-1>", lambda event: preview(self.value(event.x)), add=True)
        self.canvas.bind("<B1-Motion>", lambda event: preview(self.value(event.x)))
        self.canvas.bind("<ButtonRelease-1>", lambda _event: rest())

    def resize(self, width: int) -> None:
        """Take so many pixels of width, and the height that goes with it."""
        self._width, px = width, self._theme.px
        bottom, foot = tile_height(width, self._shape), self._error_bar.height if self._has_foot else px(SPACE)
        if self._band is not None:
            low, high = (min(max(self._travel.place(value, width), 0), width) for value in self._band)
            top = bottom + (foot - px(BAND)) // 2
            self.canvas.coords(self._bar, low, top, max(high, low + 1), top + px(BAND))
        self.canvas.configure(height=bottom + foot)
        self._place_frame()
        self.tell(self._spread)

    def show(self, pixels: Pixels, percents: list[float] | None = None) -> None:
        """Show the tiles in colours (h, width, 3) or greys (h, width). percents: of the density at each tile, where it
        is shaded by them."""
        self._photo.show(pixels)
        self._percents = percents

    def frame(self, value: float) -> None:
        """Frame the tile nearest to a value, none where the strip does not reach."""
        near = self._travel.nearest(value)
        if near != self._framed:
            self._framed = near
            self._place_frame()

    def tell(self, spread: Spread | None) -> None:
        """Mark where the encoder puts the picture that is seen; None where that is not known."""
        self._spread = spread
        if spread is None:
            self._error_bar.hide()
            return
        places = (self._travel.place(spread.mu + k * spread.std, self._width) for k in (-2, -1, 0, 1, 2))
        low2, low, mu, high, high2 = places
        self._error_bar.place((low2, low, mu, high, high2), tile_height(self._width, self._shape), self._width)

    def _place_frame(self) -> None:
        if self._framed is None:
            self.canvas.itemconfigure(self._frame, state="hidden")
            return
        edge, height = max(1, self._theme.px(2)), tile_height(self._width, self._shape)
        left, right = (round(k * self._width / TILES) for k in (self._framed, self._framed + 1))
        before, after = edge // 2, edge - edge // 2  # Tk draws a line around its coordinates
        self.canvas.coords(self._frame, left + before, before, right - after, height - after)
        self.canvas.itemconfigure(self._frame, state="normal")

    def value(self, x: int) -> float:
        """The value of the tile at x, of the outermost one where x is beyond it."""
        return float(self._travel.values[self._tile(x)])

    def _tile(self, x: int) -> int:
        return min(max(x * TILES // self._width, 0), TILES - 1)

    @property
    def pointed(self) -> int | None:
        """The number of the tile that the pointer is on; None where it is on the marks."""
        x = self.canvas.winfo_pointerx() - self.canvas.winfo_rootx()
        y = self.canvas.winfo_pointery() - self.canvas.winfo_rooty()
        return None if self._has_foot and y >= tile_height(self._width, self._shape) else self._tile(x)

    def tip(self, name: str) -> str:
        """What lies under the pointer, in a sentence or two."""
        x = self.canvas.winfo_pointerx() - self.canvas.winfo_rootx()
        if self.pointed is None:
            return "\n".join(self._about_marks(name))
        there = f"What {name} = {self._write(self.value(x))} would give from here"
        return f"{there}: click to go there, or drag across{self._about_place(x)}"

    def _about_place(self, x: int) -> str:
        """Say how much of the data lies at the tile at x, where it is shaded by that."""
        if self._percents is None:
            return ""
        percent = self._percents[self._tile(x)]
        word = places.word(percent)
        return f"\n{word[:1].upper()}{word[1:]}: {places.sentence(percent)}"

    def _about_marks(self, name: str) -> Iterator[str]:
        """Say what the marks under the tiles mean."""
        if self._spread is not None:
            mu, std = self._write(self._spread.mu), f"{self._spread.std:.2g}"
            sigmas = "thick within one sigma, as that number is called, and thin within two"
            yield f"The encoder puts this picture at {name} = {mu} ± {std}: {sigmas}"
        if self._band is not None:
            low, high = map(self._write, self._band)
            yield f"90 % of {self._data} lie in the grey band, with {name} from {low} to {high}"


def tile_height(width: int, shape: tuple[int, int, int]) -> int:
    """How high a strip of that width is, whose tiles have the proportions of an image of that shape, (C, H, W), unless
    that is much taller than wide."""
    _, h, w = shape
    return max(1, round(width / TILES * min(h / w, TALL)))
