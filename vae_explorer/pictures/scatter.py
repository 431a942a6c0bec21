"""Many dots as pixels, fast enough for every frame of a pan or zoom, and the colours of classes.

Knows positions and colours; no model, no matplotlib, no window.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vae_explorer.images import Pixels

# One for each of ten classes, and again from the first for more. Found by random search and annealing for the largest
# least difference (CIEDE2000) of any two, as they are and as seen with protanopia, deuteranopia and tritanopia
# (Machado, Oliveira and Fernandes 2009): 24.8 and 12.9, 13.4, 13.3. Any two also differ by 3 in lightness L*, and
# all have 3:1 of contrast on BACKGROUND. Classes that are often mixed up (4 and 9, 3 and 5) got those furthest apart.
CLASS_COLOURS: Pixels = np.array(
    [
        (179, 165, 59), (178, 255, 31), (235, 168, 154), (63, 113, 239), (248, 27, 115),
        (95, 245, 212), (27, 166, 194), (51, 124, 94), (140, 94, 0), (213, 202, 248),
    ],
    np.uint8,
)  # fmt: skip
BACKGROUND = (20, 22, 26)  # dark in both themes, as digits are white on black
MARGIN = 0.06  # free around the dots of a map, as a share of their spread
OUTLIERS = 0.1  # percent of the dots at either end of an axis that a map may leave out
LONGEST, LETTERS = 12, 120  # of a class's name on a map, and of all together: more would cover the dots


def class_colours(labels: NDArray[np.integer[Any]]) -> Pixels:
    """Give the colour of each label: (N,) → (N, 3)."""
    colours: Pixels = CLASS_COLOURS[labels % len(CLASS_COLOURS)]
    return colours


def short(names: Mapping[int, str]) -> dict[int, str]:
    """Give the name of each label as a map or a button has room for it.

    A long one has a … for its middle; the label stands where nothing is left that is its own. A stranger's name may be
    anything.
    """
    most = min(LONGEST, max(3, LETTERS // max(1, len(names))))
    shown = {}
    for label, name in names.items():
        text = "".join(filter(str.isprintable, name)).strip()
        shown[label] = text if len(text) <= most else f"{text[: most // 2]}…{text[len(text) - (most - 1) // 2 :]}"
    times = Counter(shown.values())
    return {label: text if text and times[text] == 1 else str(label) for label, text in shown.items()}


def is_light(colour: Pixels) -> bool:
    """Whether black is easier to read than white on a colour, (3,): by its relative luminance, as WCAG 2 has it."""
    return bool(np.dot((colour / 255) ** 2.2, (0.2126, 0.7152, 0.0722)) > 0.179)


def scatter(
    xy: ArrayLike,
    colours: Pixels,
    size: tuple[int, int],
    radius: float,
    background: tuple[int, int, int] | Pixels = BACKGROUND,
) -> Pixels:
    """Draw smooth dots, each over those before it, on a picture of size (width, height): (height, width, 3).

    background: a colour, or a picture of that size. xy: (N, 2) in pixels from the upper left corner, so that (0.5, 0.5)
    is the middle of the first one; what lies outside, or is NaN, is not drawn. colours: (N, 3). radius: in pixels.
    Where the rims of several dots meet, only the uppermost is mixed with the dot under them all, for speed; no eye sees
    it.
    """
    width, height = size
    reach = int(np.ceil(radius + 0.5))
    margin = 2 * reach + 1  # around the picture, so that no dot's pixels need to be clipped one by one
    points = np.asarray(xy, float).reshape(-1, 2)
    near = ((points > -reach) & (points < np.array(size) + reach)).all(1)
    points, inks = points[near], _packed(colours[near])
    wide = width + 2 * margin
    corner, places = np.floor(points).astype(np.intp), np.arange(2 * reach + 1)
    first = (corner[:, 1] + margin - reach) * wide + corner[:, 0] + margin - reach
    where = (first[:, None, None] + (places[:, None] * wide + places)).ravel()
    sheet = np.empty((height + 2 * margin) * wide, np.uint32)
    inside = slice(margin, margin + height), slice(margin, margin + width)
    sheet.reshape(-1, wide)[inside] = _packed(np.asarray(background, np.uint8))
    _paint(sheet, where, _cover(points - corner, reach, radius), inks)
    return _unpacked(sheet.reshape(-1, wide)[inside])


def _cover(offsets: NDArray[np.floating], reach: int, radius: float) -> NDArray[np.float32]:
    """How much of each pixel around a dot it covers, from 1 for all, 0 or less for nothing: (N, K, K), K = 2·reach + 1.

    offsets: where in the middle pixel the dots are, (N, 2).
    """
    away = ((np.arange(2 * reach + 1) + 0.5 - reach) - offsets[:, :, None]).astype(np.float32) ** 2  # (N, 2, K)
    return np.asarray(np.float32(radius + 0.5) - np.sqrt(away[:, 0, None, :] + away[:, 1, :, None]))


def _paint(sheet: NDArray[np.uint32], where: NDArray[np.intp], cover: NDArray[np.float32], inks: Any) -> None:
    """Paint N dots on a flat sheet of packed colours: where and how much, (N, K, K); with what, (N,).

    NumPy keeps the last of several values for one place, and the dots' pixels come in the dots' order.
    """
    pixels, share = cover[0].size if len(cover) else 1, cover.ravel()
    full = np.flatnonzero(share >= 1)
    sheet[where[full]] = inks[full // pixels]
    top = np.full(len(sheet), -1, np.int32)  # the last dot that covers a pixel whole
    top[where[full]] = full // pixels
    rim = np.flatnonzero((share > 0) & (share < 1))
    rim = rim[top[where[rim]] < rim // pixels]
    under = sheet[where[rim]].view(np.uint8).reshape(-1, 4).astype(np.float32)
    over = inks[rim // pixels].view(np.uint8).reshape(-1, 4).astype(np.float32)
    mixed = np.rint(under + (over - under) * share[rim, None]).astype(np.uint8)
    sheet[where[rim]] = mixed.view(np.uint32)[:, 0]


def _packed(colours: Pixels) -> NDArray[np.uint32]:
    """(..., 3) → (...): a colour in one number, the fastest to move about."""
    four = np.full((*colours.shape[:-1], 4), 255, np.uint8)
    four[..., :3] = colours
    return four.view(np.uint32)[..., 0]


def _unpacked(packed: NDArray[np.uint32]) -> Pixels:
    """(h, w) → (h, w, 3): what was packed, without its fourth byte."""
    four = packed.view(np.uint8).reshape(*packed.shape, 4)
    colours = np.empty((*packed.shape, 3), np.uint8)
    for channel in range(3):  # five times as fast as all at once
        colours[..., channel] = four[..., channel]
    return colours
