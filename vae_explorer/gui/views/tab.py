"""The tabs on the right of the window: one row of a table for each, in their order. Imports none of their views, which
are made when they are seen."""

from collections.abc import Callable
from dataclasses import dataclass

from vae_explorer.session.state import State


@dataclass(frozen=True)
class Tab:
    """A tab: its title, a sentence on it without its full stop, and what stands in it.

    view: the class of its view, as "module:class". part: what of the state it alone changes; when that is another, as
    after an undo, the tab comes to the front. picture: the kind of picture that it shows, one of kinds.KINDS.
    """

    title: str
    description: str
    view: str
    part: Callable[[State], object]
    picture: str


_VIEWS = "vae_explorer.gui.views."

TABS = {
    "map": Tab(
        "Map",
        "Where the encoder puts the digits, seen from above, and where you are among them",
        _VIEWS + "map.view:MapView",
        lambda state: state.map_dims,
        "map",
    ),
    "plane": Tab(
        "Plane",
        "What the decoder makes of a grid of points around you",
        _VIEWS + "plane:PlaneView",
        lambda state: state.plane,
        "plane",
    ),
    "path": Tab(
        "Path",
        "The pictures on the way from one place to another",
        _VIEWS + "path.view:PathView",
        lambda state: state.path,
        "path",
    ),
    "arithmetic": Tab(
        "Arithmetic",
        "Take one place from another and add a third: what is common to two digits, given to another",
        _VIEWS + "arithmetic.view:ArithmeticView",
        lambda state: state.terms,
        "arithmetic",
    ),
    "yours": Tab(
        "Your digit",
        "Draw a digit, or bring one, and see what the model makes of it",
        _VIEWS + "yours.view:YoursView",
        lambda state: state.drawing,
        "reconstruct",
    ),
}


def present(name: str) -> str:
    """Give the name of a tab that was remembered, or of the first where there is none of that name any more."""
    return name if name in TABS else next(iter(TABS))


def showing(picture: str) -> str | None:
    """Give the name of the tab that shows a kind of picture, None where none does."""
    return next((name for name, tab in TABS.items() if tab.picture == picture), None)
