"""Pictures of a model by their recipes: the one place that makes them, for the window, the commands and scripts.

Knows models, the table of kinds and files; no Tk. The same recipe and weights give the same bytes, whatever
matplotlib's own settings on a machine are. `save` may be called in a thread.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from vae_explorer.pictures.rc import Figure

from vae_explorer import files
from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Cancelled, Failure
from vae_explorer.pictures import export, kinds, suffixes
from vae_explorer.pictures.crowding import crowded
from vae_explorer.pictures.dress import recolour
from vae_explorer.pictures.inks import LIGHT
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.resize import resize
from vae_explorer.pictures.suffixes import GIF, TABLE, ExportError
from vae_explorer.pictures.table import Table, to_csv
from vae_explorer.pictures.usual import MAX_MM
from vae_explorer.space.space import Space

MAX_HIGH_MM = 2 * MAX_MM  # of a picture that is made for paper

Cancel = Callable[[], bool]


def _never() -> bool:
    return False


class PictureError(Failure):
    """A picture that a recipe asks for cannot be made of this model."""


def check(picture: str, chosen: Mapping[str, Any], path: Path) -> None:
    """Check that a picture with these choices can be saved under such a name. Raises ExportError when it cannot."""
    kind = KINDS[picture]
    suffix = suffixes.checked(path, kind.formats)
    if suffix == GIF and kind.moving and (why := kind.moving.why_not(chosen)):
        raise ExportError(f"{path.name}: {why}.")


def save(model: Space | Codec, made: Recipe, path: str | Path, cancelled: Cancel = _never) -> None:
    """Make the picture of a recipe and write it, in the format of the suffix: PNG, SVG, PDF; a path also as GIF; the
    numbers behind it as CSV.

    Raises PictureError when the recipe is of other weights or needs what this model does not have, ExportError for
    another suffix, OSError; Cancelled when cancelled() has turned true before it was written, and then nothing is.
    """
    path = Path(path)
    files.write({path: _bytes(model, made, path, cancelled)})


def dumps(model: Space | Codec, made: Recipe, suffix: str, cancelled: Cancel = _never) -> bytes:
    """Give what `save` writes into a file of that suffix. Raises what `save` raises, but for the file."""
    return _bytes(model, made, Path(f"picture{suffix}"), cancelled)


def _bytes(model: Space | Codec, made: Recipe, path: Path, cancelled: Cancel) -> bytes:
    chosen = kinds.complete(made.picture, made.options, len(made.z))
    check(made.picture, chosen, path)
    data = _drawn(_space(model, made, chosen), made, chosen, path.suffix.lower(), cancelled)
    if cancelled():
        raise Cancelled
    return data


def _drawn(space: Space, made: Recipe, chosen: Mapping[str, Any], suffix: str, cancelled: Cancel) -> bytes:
    """A picture in a format that there is of it."""
    if suffix == TABLE:
        return _table(space, made, chosen, cancelled)
    if made.picture == "digit":
        return export.digit_bytes(space.codec.decode(made.z)[0], suffix, **chosen, made=made)
    if suffix == GIF and (moving := KINDS[made.picture].moving):
        frames = resolve_name(moving.frames)(space, made, chosen, cancelled)
        shown = {name: chosen[name] for name in ("side", "look", "colours", "ms")}
        return export.gif_bytes(frames, **shown, made=made)
    dpi = export.PAPER_DPI if chosen.get("mm") else export.FIGURE_DPI
    return export.figure_bytes(_figure(space, made, chosen, cancelled), suffix, made, dpi)


def figure(model: Space | Codec, made: Recipe, cancelled: Cancel = _never) -> Figure:
    """Make the picture of a recipe as a Figure; a digit as a tile without anything around it.

    Raises PictureError when the recipe is of other weights, needs what this model does not have or, in the width that
    it asks for, more room; Cancelled soon after cancelled() has turned true, where it takes long.
    """
    chosen = kinds.complete(made.picture, made.options, len(made.z))
    return _figure(_space(model, made, chosen), made, chosen, cancelled)


def _figure(space: Space, made: Recipe, chosen: Mapping[str, Any], cancelled: Cancel) -> Figure:
    drawn: Figure = resolve_name(KINDS[made.picture].maker)(space, made, chosen, cancelled)
    recolour(drawn, chosen.get("theme", LIGHT))
    mm = chosen.get("mm", 0)
    _check_height(drawn, mm)
    resize(drawn, mm)
    if mm and crowded(drawn):
        raise PictureError(f"The picture cannot be made: {mm:g} mm have no room for its words; choose more.")
    return drawn


def _check_height(drawn: Figure, mm: float) -> None:
    """Raises PictureError for a picture that would be too high in a width, before it is drawn so."""
    width, height = drawn.get_size_inches()
    if (high := mm * height / width) > MAX_HIGH_MM:
        most = f"{MAX_HIGH_MM:,g} are the most; choose fewer, or less of it"
        raise PictureError(f"The picture cannot be made: {mm:g} mm wide it would be {high:,.0f} mm high, and {most}.")


def _table(space: Space, made: Recipe, chosen: Mapping[str, Any], cancelled: Cancel) -> bytes:
    found: Table = resolve_name(KINDS[made.picture].table)(space, made, chosen, cancelled)
    return to_csv(found.head, found.rows).encode()


def _space(model: Space | Codec, made: Recipe, chosen: Mapping[str, Any]) -> Space:
    """The space of a model, where it is that of the recipe and has all that the picture needs.

    Raises PictureError for other weights, a point where the window does not go, or with what is missing.
    """
    space = model if isinstance(model, Space) else Space(model)
    try:
        space.checked(made.z)
    except ValueError as error:
        raise PictureError(f"The picture cannot be made: {error}.") from error
    source = space.codec.source
    if made.weights != source.sha256:
        told = ", or the same file told otherwise what its pixels are" if source.told.output else ""
        raise PictureError(f"The picture was made with other weights than {source.place}; open those{told}.")
    if why := KINDS[made.picture].missing(space, chosen):
        raise PictureError(f"The picture cannot be made: {why}.")
    return space
