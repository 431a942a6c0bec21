"""A Figure as wide as the column of a journal. Knows Figures, nothing of what is in them.

Publishers ask for letters of 6 points at least, in a column of some 85 mm. So pictures become smaller than letters do:
what lies beside and between them keeps the room that its letters need.
"""

from collections.abc import Sequence

from vae_explorer.pictures.rc import Figure, own_settings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from vae_explorer.pictures.ticks import apart
from vae_explorer.pictures.tiles import Values

SMALLEST, USUAL = 6.0, 8.0  # points: of the smallest letters on paper, and as our Figures have them
MM = 25.4  # an inch
LEAST = 0.3  # of the width, for pictures
THINNEST = 0.4  # points, of a line
ENDS = 0.85  # of the width of Axes, where a caption ends that is wider
SPACE = 1.5  # pixels, around a label
ROUNDS = 3  # until all is on the page: what is moved inwards may need more room

Span = tuple[float, float]
Place = tuple[Text, Axes, Values, Values]


@own_settings()
def resize(figure: Figure, mm: float) -> None:
    """Make a Figure so many millimetres wide, 0 for as it is. Labels that would lie on one another are left out."""
    if not mm:
        return
    size = np.array(figure.get_size_inches())
    scale = mm / MM / size[0]
    least = min((_points(text) for text in figure.findobj(Text) if text.get_text()), default=USUAL)
    letters = float(np.clip(scale, SMALLEST / max(USUAL, least), 1.0))
    loose = figure.get_layout_engine() is None
    if loose:
        _part(figure, mm / MM, letters)
    else:
        figure.set_size_inches(*(size * scale))
    for artist in figure.findobj():
        _scale(artist, scale, letters)
    figure.draw_without_rendering()
    _part_captions(figure)
    for axes in figure.axes:
        _thin_out(axes)
    if loose:
        _bring_in(figure)


def _part(figure: Figure, width: float, letters: float) -> None:
    """Scale what lies beside and between the Axes of a Figure as letters are, and the Axes to what is left."""
    beyond = [_beyond(text, axes) for axes in figure.axes for text in axes.texts if not isinstance(text, Annotation)]
    boxes = [(axes, np.array(axes.get_position()) * figure.get_size_inches()) for axes in figure.axes]
    w, h = figure.get_size_inches()
    across, up = (_merged([(box[0][side], box[1][side]) for _, box in boxes]) for side in (0, 1))
    inner = sum(high - low for low, high in across)
    share = max(width - letters * (w - inner), LEAST * width) / inner
    x, new_x = _breaks(across, w, (width - share * inner) / max(w - inner, 1e-9), share)
    y, new_y = _breaks(up, h, letters, share)
    figure.set_size_inches(width, new_y[-1])
    for axes, box in boxes:
        (left, right), (low, high) = np.interp(box[:, 0], x, new_x) / width, np.interp(box[:, 1], y, new_y) / new_y[-1]
        axes.set_position((left, low, right - left, high - low))
    for text in figure.texts:
        at = text.get_position() * np.array([w, h])
        text.set_position((np.interp(at[0], x, new_x) / width, np.interp(at[1], y, new_y) / new_y[-1]))
    for text, axes, inside, away in beyond:
        place = axes.transAxes.transform(inside) + letters * away
        text.set_position(tuple(axes.transData.inverted().transform(place)))


def _beyond(text: Text, axes: Axes) -> Place:
    """Where a text of Axes stands: the nearest place within them, as a share of them, and how far from it in pixels."""
    place = axes.transAxes.inverted().transform(axes.transData.transform(text.get_position()))
    inside = place.clip(0, 1)
    return text, axes, inside, axes.transAxes.transform(place) - axes.transAxes.transform(inside)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The same spans in order, those that meet as one."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def _breaks(spans: Sequence[Span], length: float, beside: float, within: float) -> tuple[Values, Values]:
    """The ends of spans on a line, and where they are when what lies within them and beside them is scaled."""
    old = np.array([0.0, *(end for span in spans for end in span), length])
    scales = np.where(np.arange(len(old) - 1) % 2 == 1, within, beside)
    return old, np.array([0.0, *np.cumsum(np.diff(old) * scales)])


def _points(text: Text) -> float:
    """The size of letters."""
    return float(text.get_fontsize())


def _scale(artist: object, scale: float, letters: float) -> None:
    """Scale letters, lines and marks."""
    if isinstance(artist, Text):
        artist.set_fontsize(max(SMALLEST, letters * _points(artist)))
        if isinstance(artist, Annotation):  # whose place is so many points from what it stands at
            x, y = np.array(artist.xyann, dtype=float) * letters
            artist.xyann = (float(x), float(y))
    elif isinstance(artist, Line2D):
        artist.set_linewidth(max(THINNEST, scale * artist.get_linewidth()) if artist.get_linewidth() else 0)
        artist.set_markersize(max(scale, 0.5) * artist.get_markersize())
        artist.set_markeredgewidth(scale * artist.get_markeredgewidth())
    elif isinstance(artist, Patch):
        artist.set_linewidth(scale * artist.get_linewidth())
    elif isinstance(artist, Collection):
        artist.set_linewidth((scale * np.atleast_1d(artist.get_linewidth())).tolist())
    elif isinstance(artist, Axes):
        artist.tick_params(pad=2)


def _part_captions(figure: Figure) -> None:
    """Let a caption in the middle below Axes that are not as wide end within them, where another stands beside it; the
    last one has the room up to the edge."""
    captions = [text for axes in figure.axes for text in axes.texts if isinstance(text, Annotation)]
    middle = [
        text for text in captions if text.get_horizontalalignment() == "center" and text.xycoords == "axes fraction"
    ]
    for text, axes in [(text, text.axes) for text in middle]:
        neighbours = any(each.axes is not axes and each.xyann[1] == text.xyann[1] for each in middle)
        if axes and neighbours and text.get_window_extent().width > axes.get_window_extent().width:
            text.xy = (1.0 if axes is figure.axes[-1] else ENDS, text.xy[1])
            text.set_horizontalalignment("right")


def _thin_out(axes: Axes) -> None:
    """Leave out ticks, at even steps, until no two of their labels touch."""
    for side, axis in enumerate((axes.xaxis, axes.yaxis)):
        labels = [label for label in axis.get_ticklabels() if label.get_text() and label.get_visible()]
        boxes = [label.get_window_extent() for label in labels]
        step = apart([(box.min[side] - SPACE, box.max[side] + SPACE) for box in boxes])
        for k, label in enumerate(labels):
            label.set_visible(k % step == 0)


def _bring_in(figure: Figure) -> None:
    """Move Axes inwards until all that is written beside them is on the page."""
    for _ in range(ROUNDS):
        box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
        left, right = max(0.0, -box.x0), max(0.0, box.x1 - width)
        low, high = max(0.0, -box.y0), max(0.0, box.y1 - height)
        if max(left, right, low, high) < 0.005:
            return
        across, up = (width - left - right) / width, (height - low - high) / height
        for axes in figure.axes:
            x, y, w, h = axes.get_position().bounds
            axes.set_position((left / width + x * across, low / height + y * up, w * across, h * up))
        figure.draw_without_rendering()
