"""A stroke of ink on the digit, live: z follows it, and when it ends that is one step of undo. Knows the desk and the
digit's canvas; no mouse and no keys."""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

import numpy as np

from vae_explorer.datasets.strokes import Point
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.canvas import DigitCanvas
from vae_explorer.gui.views.ink.bar import colour
from vae_explorer.gui.views.ink.paint import Paint, radius
from vae_explorer.gui.widgets.later import Later
from vae_explorer.images import Floats
from vae_explorer.session.state import State
from vae_explorer.space.inking import Inking
from vae_explorer.space.space import point as bounded

APART = 0.5  # pixels of the picture that two points of a stroke are apart, at least
FRAME_MS = 15  # between two frames while the brush rests and z still moves
RESTS = 1e-3  # what z moves by in a frame where it has arrived
FADE_MS, FADES = 30, 8  # between two frames in which the ink fades, and how many there are
Z = tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Wish:
    """What a stroke asks of the digit: `paint`, (H, W) in [-1, 1], as far as `mask`, (H, W) in [0, 1], covers it."""

    inking: Inking
    paint: Floats
    mask: Floats


class Painting:
    """At most one stroke at a time; `ink` is what it paints with: True for that of the digit, False for its ground."""

    def __init__(self, desk: Desk, digit: DigitCanvas, rested: Callable[[Wish, Z], None]) -> None:
        """rested: called when a stroke has ended, with what it asked for and the z that came of it."""
        self._desk, self._session, self._digit, self._rested = desk, desk.session, digit, rested
        self.ink = self._used = True  # the latter: in the last stroke
        self._paint: Paint | None = None  # what is seen, also while it fades
        self._wish: Wish | None = None  # while a stroke is under way
        self._start = self._z = desk.session.state.z  # where the stroke began, and where it has come to
        self._following = Later(digit.widget, self._follow)
        self._settling = Later(digit.widget, self._follow, FRAME_MS)
        self._fading = Later(digit.widget, self._fade, FADE_MS)

    @property
    def painting(self) -> bool:
        """Whether a stroke is under way."""
        return self._wish is not None

    @property
    def radius(self) -> float:
        """Of what it paints, in pixels of the picture."""
        return radius(self._used if self.painting else self.ink, self._desk.space.shape)

    def down(self, point: Point, other: bool) -> None:
        """Begin a stroke, with the other ink where that is asked for."""
        self._desk.motion.stop()
        self._clear()
        self._used = ink = self.ink != other
        look, space = self._desk.look, self._desk.space
        _, height, width = space.shape
        brush, shades = radius(ink, space.shape), self._desk.theme.colours
        self._paint = Paint((height, width), brush, colour(look, ink), shades.accent)
        self._digit.veil = self._paint.over
        self._start = self._z = self._session.state.z
        target = np.full((height, width), 1 if ink else -1, np.float32)
        self._wish = Wish(Inking(space, self._z, self._session.state.held), target, self._paint.mask)
        self._add(point)

    def to(self, point: Point) -> None:
        """Go on with the stroke."""
        if self._wish is None or self._paint is None:
            return
        (x, y), (last_x, last_y) = point, self._paint.last
        if hypot(x - last_x, y - last_y) >= APART:
            self._add(point)

    def up(self) -> None:
        """End the stroke: what the model can do of it stays."""
        wish = self._wish
        if wish is not None:
            self._z = bounded(wish.inking.settle(wish.paint, wish.mask, [self._z])[0])
            self._end()
            self._session.commit(z=self._z)
            self._fading.ask()
            self._rested(wish, self._z)

    def put_back(self) -> None:
        """End the stroke as if it had not been."""
        self._end()
        self._clear()
        self._session.preview(z=self._start)

    def show(self, state: State) -> None:
        """End the stroke where something else has moved z, as undo."""
        if self._wish is not None and state.z != self._z:
            self._end()
            self._clear()

    def _add(self, point: Point) -> None:
        assert self._paint is not None
        self._digit.repaint(self._paint.add(point))
        self._following.ask()

    def _follow(self) -> None:
        """Let z follow the ink by a step or two, and again while it still moves."""
        if self._wish is not None:
            before, wish = self._z, self._wish
            self._z = bounded(wish.inking.follow(wish.paint, wish.mask, before))
            self._session.preview(z=self._z)
            if max(abs(a - b) for a, b in zip(before, self._z, strict=True)) > RESTS:
                self._settling.ask()

    def _end(self) -> None:
        self._wish = None
        self._following.cancel()
        self._settling.cancel()

    def _fade(self) -> None:
        """Let a little less be seen of the ink, or at once nothing where no motion is wanted."""
        if self._paint is None or self._wish is not None:
            return
        self._paint.strength -= 1 / FADES
        if self._paint.strength <= 0 or not self._desk.memory.settings.motion:
            self._clear()
        else:
            self._digit.repaint(self._paint.box)
            self._fading.ask()

    def _clear(self) -> None:
        """Show no ink."""
        paint, self._paint, self._digit.veil = self._paint, None, None
        if paint is not None:
            self._digit.repaint(paint.box)
