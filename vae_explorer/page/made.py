"""A model as a web page, whole: what the command and the window write. Knows the Space and no file."""

from collections.abc import Mapping, Sequence

from vae_explorer.page import joined, packing
from vae_explorer.space.space import Space


def page(
    space: Space,
    z: Sequence[float] | None = None,
    bookmarks: Sequence[tuple[str, Sequence[float]]] = (),
    names: Mapping[int, str] | None = None,
    title: str = "",
) -> bytes:
    """Give the page of a model, as `packing.packed` has what is in it. Raises PageError."""
    title = title or packing.usual_title(space)
    return joined.page(packing.packed(space, z, bookmarks, names, title), title).encode()
