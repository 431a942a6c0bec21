"""Plays a way through latent space, there or there and back for ever, by the clock of `motion`. Knows no widgets."""

import math
from collections.abc import Callable

from vae_explorer.gui.desk.motion import Motion, Z
from vae_explorer.space import paths
from vae_explorer.space.latent import Points

WHOLE_MS = 4000  # from one end to the other


class Player:
    """Moves z along `points`, (K, D), which may be changed on the way, as may `loop`: back at the end, and so on."""

    def __init__(self, motion: Motion, over: Callable[[], None], loop: bool = False) -> None:
        """over: called when it plays no more: at the end, paused, or because something else has moved z."""
        self._motion, self._over = motion, over
        self.loop, self.playing = loop, False

    def play(self, points: Points, share: float) -> None:
        """Go along K points, (K, D), from a share of the steps to the end, or all the way where that is the end.

        What is played is one step of undo. Asked for, it moves also where presets do not.
        """
        self.points, self._lap, self._ms = points, share if share < 1 else 0.0, 0.0
        self._motion.follow(self._place, self._ended)
        self.playing = True  # now: `follow` has ended what was played before

    def pause(self) -> None:
        """Stay where it has come to."""
        if self.playing:
            self._motion.stop()

    def _place(self, ms: float) -> tuple[Z, bool]:
        """Where to be after so long. Laps are counted: the first there, the second back, and so on."""
        end = math.floor(self._lap) + 1
        self._lap += (ms - self._ms) / WHOLE_MS
        self._ms = ms
        last = not self.loop and self._lap >= end
        share = abs(((end if last else self._lap) + 1) % 2 - 1)
        return tuple(paths.along(self.points, share).tolist()), last

    def _ended(self) -> None:
        self.playing = False
        self._over()
