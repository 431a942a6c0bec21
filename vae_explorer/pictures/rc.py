"""matplotlib with its own settings, whatever a person's matplotlibrc, style or MPLBACKEND says; theirs stay untouched.

Modules that use matplotlib import this one before it, and make their Figures here. Knows no digits and no files.
"""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


def _imported() -> ModuleType:
    """Import matplotlib, and then give it the MPLBACKEND that there is, where it has such a backend.

    For one that it does not have, of an old shell profile, its import would fail, though only pyplot needs any.
    """
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        module = import_module("matplotlib")
    except UnicodeDecodeError as error:  # which nothing of matplotlib's survives, so it cannot be asked again
        raise OSError(errno.EILSEQ, "it is not in UTF-8; save it so, or move it away", "matplotlibrc") from error
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
    if backend:
        with suppress(ValueError):
            module.rcParams["backend"] = backend
    return module


matplotlib = _imported()

from matplotlib import font_manager  # noqa: E402  only now
from matplotlib.backend_bases import FigureCanvasBase  # noqa: E402
from matplotlib.figure import Figure as _Figure  # noqa: E402
from matplotlib.figure import SubplotParams  # noqa: E402
from matplotlib.ft2font import FT2Font  # noqa: E402
from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: E402

# The ids in an SVG are the same each time; the letters in a PDF are TrueType, as publishers refuse Type 3.
_OURS = {"svg.hashsalt": "vae-explorer", "pdf.fonttype": 42}
PLAIN, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"  # the fonts of texts, as matplotlib comes with them
_one_at_a_time = threading.RLock()  # the settings are those of the whole process


@contextmanager
def own_settings() -> Iterator[None]:
    """Meanwhile matplotlib has the settings that it comes with. Also a decorator, for what makes a Figure.

    All but the backend, which would be looked for, and `_OURS`.
    """
    own = {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
    with _one_at_a_time, matplotlib.rc_context(own | _OURS):
        yield


def legible(text: str, font: str = PLAIN) -> str:
    """Give a text of a person's with a box for each character that a font of our Figures, PLAIN or BOLD, does not have.

    matplotlib draws boxes, too, but prints a warning for each.
    """
    known = _characters(font)
    return "".join(c if c in known else "□" for c in text)


@cache
def _characters(font: str) -> frozenset[str]:
    """The characters of a font that comes with matplotlib."""
    path = Path(matplotlib.get_data_path(), "fonts", "ttf", font)
    return frozenset(map(chr, FT2Font(str(path)).get_charmap()))


class _Canvas(FigureCanvasBase):
    """What a Figure is printed by where there is no window: a notebook asks for it and not for `savefig`."""

    @own_settings()
    def print_figure(self, *args: Any, **options: Any) -> Any:
        """Print the Figure into a file; what is not among the options would be a person's, such as the dots an inch."""
        return super().print_figure(*args, **options)


class Figure(_Figure):
    """A Figure that looks the same wherever and however often it is drawn, saved, printed, copied or unpickled.

    It and what is put into it are made within `own_settings`.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """As matplotlib's. Raises RuntimeError outside of `own_settings`, where a person's would get into it."""
        if matplotlib.rcParams["svg.hashsalt"] != _OURS["svg.hashsalt"]:
            raise RuntimeError("a Figure is made within own_settings()")
        super().__init__(*args, **options)
        self._begin: list[tuple[Any, Any]] | None = None  # its Axes, and where each is before any layout
        _Canvas(self)  # which becomes its canvas

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Come out of a pickle, or be a copy: the canvas of the original does not come along."""
        super().__setstate__(state)  # type: ignore[misc]
        _Canvas(self)

    @own_settings()
    def draw(self, renderer: Any) -> None:
        """Draw it, with its ticks and texts, which are laid out only now.

        Its Axes are laid out from where they were at first: from where the last layout put them, matplotlib would come
        to another one.
        """
        if isinstance(self.get_layout_engine(), ConstrainedLayoutEngine):
            if self._begin is None:
                self._begin = [(axes, axes.get_position(original=True).frozen()) for axes in self.axes]
            for axes, place in self._begin:
                counts = axes.get_in_layout()
                axes.set_position(place)
                axes.set_in_layout(counts)  # which setting the position has taken away
        super().draw(renderer)

    def draw_without_rendering(self) -> None:
        """Lay it out once more; every layout from now on begins there, and may become a better one."""
        super().draw_without_rendering()
        self._begin = None

    @own_settings()
    def get_tightbbox(self, *args: Any, **options: Any) -> Any:
        """Give the box around what is drawn, as a notebook cuts it out."""
        return super().get_tightbbox(*args, **options)

    @own_settings()
    def savefig(self, *args: Any, **options: Any) -> None:
        """Write it as a file of one of matplotlib's formats."""
        try:
            super().savefig(*args, **options)
        finally:  # or matplotlib keeps the files of its fonts open, once for each thread that has ever drawn
            font_manager._get_font.cache_clear()  # type: ignore[attr-defined]


def ground(colour: str) -> _Figure:
    """Give a Figure of nothing but a colour, 100 dots an inch.

    Neither to make nor to draw it waits for `own_settings`, which a picture that is being saved has for seconds. So all
    that matplotlib would look up is told to it.
    """
    edges = SubplotParams(left=0, bottom=0, right=1, top=1, wspace=0, hspace=0)
    figure = _Figure((1, 1), 100, facecolor=colour, edgecolor=colour, linewidth=0, frameon=True, subplotpars=edges)
    figure.set_layout_engine("none")
    for each in (figure, figure.patch):
        each.set_sketch_params(None)
        each.set_path_effects([])
    return figure
