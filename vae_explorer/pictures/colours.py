"""Grey levels as colours: the tables by which digits are shown. matplotlib is imported for its own colormaps only."""

import numpy as np

from vae_explorer.images import Pixels

GREYS = {"gray": 1, "gray_r": -1}  # which need no table of anybody; gray_r is black on white


def colour_table(colours: str) -> Pixels:
    """Give the red, green and blue of each grey level in a colormap of matplotlib, (256, 3).

    Rounded: matplotlib's own bytes are truncated, and 72 of the 256 greys one too dark. Raises KeyError.
    """
    if colours in GREYS:
        levels: Pixels = np.arange(256, dtype=np.uint8)[:: GREYS[colours]]
        return np.repeat(levels[:, None], 3, axis=1)
    from vae_explorer.pictures.rc import matplotlib  # 0.1 s that a start in greys does not wait for

    table: Pixels = np.rint(matplotlib.colormaps[colours](np.arange(256))[:, :3] * 255).astype(np.uint8)
    return table
