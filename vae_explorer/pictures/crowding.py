"""Whether all that is written on a Figure can be read: on the page, and nothing over anything else. Knows Figures."""

import itertools
from collections.abc import Iterator

from vae_explorer.pictures.rc import Figure

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

OVER, BEYOND = 2.0, 2.0  # pixels that two texts may share in both directions, and that one may reach beyond the page


def crowded(figure: Figure) -> bool:
    """Whether a text of a laid out Figure lies over another, or is cut by the edge of the page."""
    boxes = [text.get_window_extent() for text in _seen(figure)]
    page = figure.bbox.padded(BEYOND)
    cut = any(box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1 for box in boxes)
    return cut or any(_meet(one, other) for one, other in itertools.combinations(boxes, 2))


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


def _meet(one: Bbox, other: Bbox) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    up = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(across > OVER and up > OVER)
