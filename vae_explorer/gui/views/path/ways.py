"""The ways from one place to another, a strip of digits for each under its name, by which it is chosen. Shows what
`paths` computes; knows no state."""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk

import numpy as np

from vae_explorer.gui.desk.decoding import Asker, Names
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.path.search import COUNT
from vae_explorer.gui.views.path.strip import GAP, MARK, Sizes, WayStrip
from vae_explorer.gui.widgets.tooltip import Tooltip
from vae_explorer.images import Floats, Pixels, to_pixels
from vae_explorer.pictures.tiles import DrawnWay
from vae_explorer.space import geodesic, paths
from vae_explorer.space.latent import Points

LEAST_WIDTH, LEAST_BAR, MOST_BAR = 12, 6, 24  # pixels of the design

WAIT, FAILED = "decoding…", "could not be decoded"
CHANGE = "How much the picture changes from tile to tile: the distance between the two over all pixels"
DATA = "How much data lies there: how many of the encoded test digits lie in emptier places, up to 100 %"
LARGEST = "The largest change from one tile to the next; it is least where the picture changes evenly"


class Ways:
    """The rows, one for each of paths.WAYS."""

    def __init__(
        self,
        parent: tk.Misc,
        desk: Desk,
        choose: Callable[[str], None],
        pick: Callable[[str, float, bool], None],
    ) -> None:
        """choose: called with a way that is chosen by its name; pick: with a way, a share of its steps, and whether
        the hand is only passing it, as of WayStrip."""
        self._desk, self._theme = desk, desk.theme
        self._shown: dict[str, DrawnWay | None] = dict.fromkeys(paths.WAYS)
        self._words: Mapping[str, str] = {}
        self._points: dict[str, Points] = {}  # of each way that is decoded, (COUNT, D)
        self._sizes = Sizes(0, 0, 0, 0)
        self.widget = ttk.Frame(parent)
        self._asker = Asker(desk.decoding, self.widget, failed=self._fail)
        self.widget.columnconfigure(0, weight=1)
        self._legend().grid(row=0, columnspan=2, sticky="w", pady=(0, desk.theme.px(4)))
        self.chosen = tk.StringVar(self.widget)
        self.titles: dict[str, ttk.Radiobutton] = {}
        self.strips: dict[str, WayStrip] = {}
        self._largest: dict[str, ttk.Label] = {}
        for k, name in enumerate(paths.WAYS):
            self._add(name, 2 * k + 1, partial(choose, name), partial(pick, name))

    def _add(self, name: str, row: int, choose: Callable[[], None], pick: Callable[[float, bool], None]) -> None:
        """Make the row of a way: its title, by which it is chosen, how large its steps are, and its strip."""
        way, theme = paths.WAYS[name], self._theme
        title = ttk.Radiobutton(self.widget, text=way.title, value=name, variable=self.chosen, command=choose)
        largest = ttk.Label(self.widget, style="Muted.TLabel")
        strip = WayStrip(self.widget, theme, COUNT, self._desk.look, pick)
        title.grid(row=row, column=0, sticky="w")
        largest.grid(row=row, column=1, sticky="e")
        strip.widget.grid(row=row + 1, columnspan=2, sticky="ew", pady=(0, theme.px(4)))
        Tooltip(title, partial(str, way.about), theme)
        Tooltip(largest, lambda: LARGEST, theme)
        self.titles[name], self.strips[name], self._largest[name] = title, strip, largest

    def _legend(self) -> ttk.Frame:
        """What the bars are, each in its colour."""
        frame, px, colours = ttk.Frame(self.widget), self._theme.px, self._theme.colours
        rows = [("Change of the picture", CHANGE, colours.accent)]
        if self._desk.space.density is not None:
            rows.append(("Data there", self._desk.space.worded(DATA), colours.muted))
        for k, (text, sentence, colour) in enumerate(rows):
            swatch = tk.Frame(frame, background=colour, width=px(8), height=px(12))
            label = ttk.Label(frame, text=text, style="Muted.TLabel")
            swatch.grid(row=0, column=2 * k, padx=(px(16) if k else 0, px(4)))
            label.grid(row=0, column=2 * k + 1)
            for each in (swatch, label):
                Tooltip(each, partial(str, f"{sentence}. The bars of all ways have one scale"), self._theme)
        return frame

    def show(self, ways: Mapping[str, Points | None], words: Mapping[str, str]) -> None:
        """Draw the ways, each (COUNT, D), and words in the place of each that is not known."""
        known = {kind: points for kind, points in ways.items() if points is not None}
        self._words = dict.fromkeys(known, WAIT) | dict(words)
        before, self._points = self._points, {}
        for kind in ways:
            if kind in known and kind in before and np.array_equal(known[kind], before[kind]):
                self._points[kind] = before[kind]
            else:
                self._shown[kind] = None
                self._largest[kind].configure(text="")
        asked = {kind: points for kind, points in known.items() if kind not in self._points}
        self._asker.images(asked, partial(self._take, asked))
        if self._asker.wanted or not asked:
            self._draw(self._sizes)

    def _take(self, points: Mapping[str, Points], kinds: Names, x_hat: Floats) -> None:
        """Draw ways whose images were decoded, COUNT of each."""
        density = self._desk.space.density
        for kind, images in zip(kinds, np.split(x_hat, len(kinds)), strict=True):
            steps, places = geodesic.steps(images), None if density is None else density.percentile(points[kind])
            self._points[kind], self._shown[kind] = points[kind], DrawnWay(_tiles(images), steps, places)
            self._largest[kind].configure(text=f"steps up to {steps.max():.2f}")
        self._draw(self._sizes)

    def _fail(self) -> None:
        """Say of the ways that are waited for that they could not be decoded."""
        self._words = {kind: FAILED if words == WAIT else words for kind, words in self._words.items()}
        self._draw(self._sizes)

    def fit(self, width: int, height: int) -> float:
        """Make the strips as large as they may be in so many pixels, and give the width of a digit."""
        rows, px = 1 if self._desk.space.density is None else 2, self._theme.px
        fixed = [each for each in self.widget.winfo_children() if each.winfo_class() in ("TRadiobutton", "TFrame")]
        taken = sum(each.winfo_reqheight() for each in fixed) + px(4) * (1 + len(self.strips))
        room = (height - taken) // len(self.strips) - px(MARK) - rows * px(GAP)
        _, h, w = self._desk.space.shape
        wide = max(px(LEAST_WIDTH), min(width / COUNT, (room - rows * px(LEAST_BAR)) * w / h))
        bar = max(px(LEAST_BAR), min(px(MOST_BAR), int(room - wide * h / w) // rows))
        sizes = Sizes(wide, max(1, round(wide * h / w)), bar, rows)
        if sizes != self._sizes:
            self._draw(sizes)
        return wide

    def _draw(self, sizes: Sizes) -> None:
        self._sizes = sizes
        if not sizes.wide:  # there is no place yet
            return
        known = [way for way in self._shown.values() if way is not None]
        most = max((float(np.max(way.steps)) for way in known), default=0.0)
        for kind, strip in self.strips.items():
            strip.show(self._shown[kind], sizes, most, self._words.get(kind, ""))

    def mark(self, share: float | None) -> None:
        """Point to a share of the steps of each way; None: to nothing."""
        for kind, strip in self.strips.items():
            strip.mark(share, kind == self.chosen.get())


def _tiles(images: Floats) -> Pixels:
    """Images, (N, C, H, W) in [-1, 1], as pixels: (N, H, W), in colour (N, H, W, 3)."""
    pixels = to_pixels(images.transpose(0, 2, 3, 1))
    return pixels[..., 0] if images.shape[1] == 1 else pixels
