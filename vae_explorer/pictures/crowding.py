"""Whether all that is written on a Figure can be read: on the page, and nothing over anything else. Knows Figures."""

import itertools
from collections.abc import Iterator

from vae_explorer.pictures.rc import Figure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

OVER, BEYOND = 2.0, 2.0  # pixels that two texts may share in both directions, and that one may reach beyond the page


def crowded(figure: Figure) -> bool:
    """Whether a text of a laid out Figure lies over another, or is cut by the edge of the page."""
    boxes = np.array([text.get_window_extent().extents for text in _seen(figure)]).reshape(-1, 2, 2)  # N, ends, (x, y)
    page = figure.bbox.padded(BEYOND)
    cut = (boxes[:, 0] < page.min) | (boxes[:, 1] > page.max)
    low, high = (end(boxes[:, None, k], boxes[:, k]) for k, end in enumerate((np.maximum, np.minimum)))
    over = (high - low > OVER).all(-1)  # of each two, (N, N)
    return bool(cut.any() or np.triu(over, 1).any())


def _seen(figure: Figure) -> Iterator[Text]:
    """The texts that are drawn."""
    for text in itertools.chain(figure.texts, *map(_of, figure.axes)):
        if text.get_visible() and text.get_text().strip():
            yield text


def _of(axes: Axes) -> Iterator[Text]:
    """The texts of Axes; those at its scales only where these are drawn, and of a scale only as far as it goes."""
    yield from axes.texts
    yield from (axes.title, axes._left_title, axes._right_title)  # type: ignore[attr-defined]
    if not axes.axison:
        return
    for axis in (axes.xaxis, axes.yaxis):
        yield axis.label
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if low <= tick.get_loc() <= high:
                yield from (label for label in (tick.label1, tick.label2) if label.get_visible())
