"""A model as a web page, whole: what the command, the window and a program write."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from vae_explorer import files
from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Cancelled
from vae_explorer.page import joined, packing
from vae_explorer.page.packing import PageError
from vae_explorer.space.space import Space

SUFFIXES = (".html", ".htm")

Point = Sequence[float]


def save_page(
    model: Space | Codec,
    path: str | Path,
    z: Point | None = None,
    bookmarks: Sequence[tuple[str, Point]] = (),
    names: Mapping[int, str] | None = None,
    title: str = "",
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write a model as a web page: one file that needs no Python and asks for nothing from anywhere.

    z: D numbers within ±10, where it begins, the origin unless given; bookmarks: names and points; names: of
    dimensions, by their numbers from 0; title: what stands over it. Raises PageError for a model whose networks the
    page cannot compute and for another suffix than .html or .htm, ValueError for points and names of another model,
    OSError; Cancelled when cancelled() has turned true before it was written, and then nothing is.
    """
    check(path := Path(path))
    space = model if isinstance(model, Space) else Space(model)
    data = page(space, z, bookmarks, names, title)
    if cancelled():
        raise Cancelled
    files.write({path: data})


def check(path: Path) -> None:
    """Raises PageError for a name that no page has."""
    if path.suffix.lower() not in SUFFIXES:
        raise PageError(f"{path.name}: pages are saved as {', '.join(SUFFIXES)}; choose one of these.")


def page(
    space: Space,
    z: Point | None = None,
    bookmarks: Sequence[tuple[str, Point]] = (),
    names: Mapping[int, str] | None = None,
    title: str = "",
) -> bytes:
    """Give what `save_page` writes. Raises what that raises, but for the file."""
    title, names = title or packing.usual_title(space), names or {}
    if other := sorted(names.keys() - {*range(space.latent_dim)}):
        raise ValueError(f"there is no dimension {other[0]} to name; this model has 0 to {space.latent_dim - 1}")
    begins = None if z is None else space.checked(z)
    marks = [(name, space.checked(point)) for name, point in bookmarks]
    return joined.page(packing.packed(space, begins, marks, names, title), title).encode()
