"""The marks on the map besides z: ways, a posterior, bookmarks, and digits that are pointed at."""

import tkinter as tk
from collections.abc import Mapping

import numpy as np

from vae_explorer.gui.looks.theme import FONT, Theme
from vae_explorer.gui.views.map.mark import DARK, LIGHT, At, Line, Mark
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.space.latent import Points
from vae_explorer.space.paths import WAYS
from vae_explorer.space.posterior import Posterior

DASHES = ((), (8, 6), (2, 5))  # of the ways, in the order of WAYS
SIGMAS = 1, 2
CORNERS = 40  # of an ellipse
CROSS, RING, SPOT, GAP = 4, 8, 4, 3  # pixels of the design
NAMED, LETTERS = 12, 14  # so many bookmarks have their names beside them, and so much of each
MOST = 200  # bookmarks; more would be a carpet
POINTED = "#ffd34d"  # unlike all that is white


class WayLines(Mark):
    """The ways from one place to another: one whole, one dashed, one dotted."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, below: int) -> None:
        super().__init__(canvas, theme, below)
        self.lines = {name: Line(canvas, theme, below, 2, DASHES[k % len(DASHES)]) for k, name in enumerate(WAYS)}
        self._points: Mapping[str, Points] = {}

    def show(self, points: Mapping[str, Points]) -> None:
        """Show the ways that are known, by name, each (K, D)."""
        self._points = points
        self._changed()

    def _draw(self, at: At) -> None:
        for lane, (name, line) in enumerate(self.lines.items(), 1):
            line.draw(at(self._points[name], lane) if name in self._points else None)


class Spread(Mark):
    """A posterior q(z|x): a cross at its mean, and where 1 and 2 sigma lie around it, as the plane sees them."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, below: int) -> None:
        super().__init__(canvas, theme, below)
        self.rounds = [Line(canvas, theme, below, 2 / sigma) for sigma in SIGMAS]
        self.cross = Line(canvas, theme, below, 1), Line(canvas, theme, below, 1)
        self._posterior: Posterior | None = None

    def show(self, posterior: Posterior | None) -> None:
        """Show a posterior, or none."""
        self._posterior = posterior
        self._changed()

    def _draw(self, at: At) -> None:
        if self._posterior is None:
            for line in (*self.rounds, *self.cross):
                line.draw(None)
            return
        mean, edges = outline(self._posterior, at)
        for sigma, line in zip(SIGMAS, self.rounds, strict=True):
            line.draw(mean + sigma * edges)
        arm = self._theme.px(CROSS)
        for line, way in zip(self.cross, ((arm, 0), (0, arm)), strict=True):
            line.draw(np.stack([mean - way, mean + way]))


def outline(posterior: Posterior, at: At) -> tuple[Points, Points]:
    """Where the mean of a posterior stands, (2,) in pixels, and its ellipse of 1 sigma about that, (CORNERS + 1, 2).

    What stands where is linear in z, so the covariance in the picture is A·diag(σ²)·Aᵀ; A, (2, D), tells how far one
    goes in the picture by 1 in each dimension. In one dimension the ellipse is a line.
    """
    mean = at(posterior.mu[None], 0)[0]
    steps = (at(posterior.mu + np.eye(len(posterior.mu)), 0) - mean).T
    sides, lengths, _ = np.linalg.svd(steps * posterior.std, full_matrices=False)
    angle = np.linspace(0, 2 * np.pi, CORNERS + 1)
    round_ = np.stack([np.cos(angle), np.sin(angle)])[: len(lengths)]
    edges: Points = ((sides * lengths) @ round_).T
    return mean, edges


class Bookmarks(Mark):
    """A square at each bookmark, and beside it its name while there are few."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, below: int) -> None:
        super().__init__(canvas, theme, below)
        self._shown: tuple[Bookmark, ...] = ()
        self._items: list[tuple[int, int, int]] = []  # a square, a name, and what is behind that

    def show(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Show bookmarks, the first MOST of them."""
        if bookmarks == self._shown:
            return
        self._shown = bookmarks[:MOST]
        for item in (item for items in self._items for item in items):
            self._canvas.delete(item)
        self._items = [self._make(each.name if len(self._shown) <= NAMED else "") for each in self._shown]
        self._changed()

    def _make(self, name: str) -> tuple[int, int, int]:
        text = name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
        canvas, line = self._canvas, max(1, self._theme.px(1))
        items = (
            canvas.create_rectangle(0, 0, 0, 0, fill=LIGHT, outline=DARK, width=line),
            canvas.create_rectangle(0, 0, 0, 0, fill=DARK, outline="", state="normal" if text else "hidden"),
            canvas.create_text(0, 0, text=text, anchor="w", font=FONT, fill=LIGHT),
        )
        for item in items:
            canvas.tag_lower(item, self._below)
        return items

    def _draw(self, at: At) -> None:
        if not self._items:
            return
        half, gap = self._theme.px(SPOT), self._theme.px(SPOT + GAP)
        places = at(np.array([each.z for each in self._shown]), len(WAYS) + 1).round().tolist()
        for (square, ground, name), (x, y) in zip(self._items, places, strict=True):
            self._canvas.coords(square, x - half, y - half, x + half, y + half)
            self._canvas.coords(name, x + gap, y)
            self._canvas.coords(ground, *self._canvas.bbox(name))


class Rings(Mark):
    """A ring around each of some digits; that of the first, which the pointer is on, is thicker."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, below: int) -> None:
        super().__init__(canvas, theme, below)
        self._points: Points = np.empty((0, 1))
        self.lines: list[Line] = []

    def show(self, points: Points) -> None:
        """Ring points, (N, D)."""
        self._points = points
        while len(self.lines) < len(points):
            width = 1 if self.lines else 3
            self.lines.append(Line(self._canvas, self._theme, self._below, width, colour=POINTED))
        self._changed()

    def _draw(self, at: At) -> None:
        angle = np.linspace(0, 2 * np.pi, CORNERS + 1)
        round_ = self._theme.px(RING) * np.stack([np.cos(angle), np.sin(angle)], 1)
        places = at(self._points, 0) if len(self._points) else ()
        for k, line in enumerate(self.lines):
            line.draw(places[k] + round_ if k < len(places) else None)
