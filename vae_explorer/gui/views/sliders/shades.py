"""How pale a tile of a strip is: the more so, the fewer data lie at its point. Knows points and pixels, no session.

What the decoder makes of a place without data it never learned, and looks no worse for it.
"""

import numpy as np
from numpy.typing import NDArray

from vae_explorer.gui.looks.theme import Theme
from vae_explorer.images import Pixels
from vae_explorer.space import places
from vae_explorer.space.density import Density
from vae_explorer.space.latent import Points, Values

COVERED = {"usual": 0, "at the edge": 90, "hardly ever": 150, "never seen": 205}  # of 256, by the words of `places`


class Cover:
    """Covers tiles with the colour of the window's ground."""

    def __init__(self, theme: Theme) -> None:
        surface = theme.colours.surface
        self._ground = np.array([int(surface[k : k + 2], 16) for k in (1, 3, 5)], np.uint16)

    def covered(self, strips: Pixels, alphas: NDArray[np.uint16]) -> Pixels:
        """Cover the tiles of strips, (S, h, w) or (S, h, w, 3), each by its share of 256, (S, TILES).

        Greys stay greys, which take a third of the time to the screen: the ground of both themes is nearly grey.
        """
        tiles, width = alphas.shape[1], strips.shape[2]
        alpha = alphas[:, None, np.arange(width) * tiles // width]  # (S, 1, w)
        grey = strips.ndim == 3
        alpha, ground = (alpha, self._ground[1]) if grey else (alpha[..., None], self._ground)
        made: Pixels = ((strips * (256 - alpha) + ground * alpha) >> 8).astype(np.uint8)
        return made


class Shades:
    """Covers tiles by how few data lie where they are."""

    def __init__(self, density: Density, theme: Theme) -> None:
        self._density, self._cover = density, Cover(theme)
        density.preparing()

    @property
    def ready(self) -> bool:
        """Whether `percents` answers at once; until then it would wait for what all places are compared with."""
        return not self._density.preparing().is_alive()

    def percents(self, points: Points) -> Values:
        """The percentile of the density at points, (N, D): (N,)."""
        return self._density.percentile(points)

    def covered(self, strips: Pixels, percents: Values) -> Pixels:
        """Cover the tiles of strips, (S, h, w) or (S, h, w, 3), as their percentiles, (S, TILES), ask for."""
        alphas = np.array([[COVERED[places.word(each)] for each in row] for row in percents.tolist()], np.uint16)
        return self._cover.covered(strips, alphas)
