"""Grey levels of a coloured picture in which its ink can be seen, also where that is as bright as its paper."""

import numpy as np
from numpy.typing import NDArray

from vae_explorer.images import Floats

LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)  # of R'G'B', as ITU-R BT.601 has it and Pillow's L
LOST = 0.1  # of the colours' contrast: where less of it is left in the brightness, the colours are looked at
ENOUGH = 50_000  # pixels tell which colours there are; every n-th is taken, n odd, so as not to take columns only
STRONG = 98  # percentile: what differs more from the paper than this is taken for ink


def grey(colours: Floats, seen: NDArray[np.bool_] | None = None) -> Floats:
    """Give the levels, (H, W) in [0, 1], of a picture (H, W, 3) in [0, 1]: its brightness as a rule.

    Where ink and paper are nearly as bright as each other, as red on blue may be, it is instead how far each colour
    lies from the paper's towards the ink's, with the paper at ½. seen: the pixels that tell which colours those are,
    (H, W); all, unless given.
    """
    brightness: Floats = colours @ LUMINANCE
    told = colours.reshape(-1, 3) if seen is None else colours[seen]
    if not told.size:
        return brightness
    told = told[:: len(told) // ENOUGH | 1]
    paper = np.median(told, axis=0)
    away = told - paper
    far = np.abs(away).max(1)
    ink = away[far >= np.percentile(far, STRONG)]
    _, contrasts, axes = np.linalg.svd(ink, full_matrices=False)
    if np.linalg.norm(ink @ LUMINANCE) >= LOST * contrasts[0]:
        return brightness
    axis = axes[0] / np.abs(axes[0]).sum()
    levels: Floats = (0.5 + (colours - paper) @ axis / 2).astype(np.float32)
    return levels
