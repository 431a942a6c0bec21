"""The explorer that lives in a cell: the JavaScript of the web page as an anywidget.

Knows the page, and nothing of what it does; only who asks for this needs anywidget. Networks and atlas go to the
browser once and are asked there, so a hand moves it without the kernel, and only z goes back and forth.
"""

import json
from importlib.resources import files
from typing import Any

import traitlets
from anywidget import AnyWidget
from numpy.typing import ArrayLike

from vae_explorer.notebook.still import Still
from vae_explorer.page import joined, packing
from vae_explorer.space.space import Space


class Live(AnyWidget):
    """The explorer of a space in a cell. z, D floats: is where the page stands, also while a hand moves it, and moves
    it when it is set; `observe` tells of both. A picture goes with it for who sees the notebook later."""

    z = traitlets.Any().tag(sync=True)
    _data = traitlets.Unicode().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)

    def __init__(self, space: Space, z: ArrayLike) -> None:
        """z: (D,). Raises ValueError for a point that is none of this space, PageError for a decoder that no page
        can hold."""
        self._still = Still(space, z)
        super().__init__(z=self._still.z, _data=packing.packed(space), _esm=module())

    @traitlets.validate("z")
    def _checked(self, proposal: Any) -> tuple[float, ...]:
        self._still.z = proposal.value
        return self._still.z

    def __repr__(self) -> str:
        return repr(self._still)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Give the view, and a picture for who has no kernel."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return data | {"image/png": self._still._repr_png_()}, metadata


def module() -> str:
    """Give the JavaScript of every cell: the page's scripts and its style sheet, and what puts them into a cell."""
    cell = files("vae_explorer.notebook").joinpath("cell.js").read_text("utf-8")
    return f"{joined.script()}\nconst STYLE = {json.dumps(joined.style())};\n{cell}"
