"""What a session shows, as recipes, and back: which pictures there are of it now, the recipe of each, and the state to
see one again. It makes no picture and knows no widgets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures import kinds
from vae_explorer.pictures.choice import texts
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.suffixes import GIF, STILL
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.seen import OPTIONS, Options
from vae_explorer.session.state import MAX_COUNT, Path
from vae_explorer.settings import Settings
from vae_explorer.space.latent import Dims
from vae_explorer.space.paths import WAYS
from vae_explorer.space.space import Space

TERM = "{} of the picture"
START, END = "start of the picture", "end of the picture"


def recipe(
    session: Session, picture: str, settings: Settings | None = None, suffix: str = STILL[0], **options: Any
) -> Recipe:
    """Give the recipe of a picture of a session's state; picture is one of kinds.KINDS.

    settings: those whose look and colours the picture has, if it has any; the usual ones unless given. suffix: of its
    format; a path as GIF goes the way that is played. options: what neither state nor settings say, such as the side.
    Raises ValueError, in a few words, when there is no such picture now.
    """
    kind, space = KINDS[picture], session.space
    seen = _seen(session, picture, suffix)
    usual = kinds.complete(picture, {}, space.latent_dim)
    chosen = seen | _dress(kind, space, settings or Settings(), suffix) | options
    shown = {name: value for name, value in chosen.items() if name in seen or value != usual.get(name)}
    if why := kind.missing(space, kinds.complete(picture, shown, space.latent_dim)):
        raise ValueError(why)
    return Recipe(session.state.z, space.codec.source.sha256, session.known_seed, picture=picture, options=shown)


def why_not(session: Session, picture: str) -> str:
    """Give the reason, in a few words, why there is no such picture now; empty when there is one."""
    try:
        recipe(session, picture)
    except ValueError as error:
        return str(error)
    return ""


def changes(session: Session, made: Recipe) -> dict[str, Any]:
    """Give what to change in a session's state to see what a recipe shows: z, and the choices of its view as far as
    the window has them. Raises ValueError for a recipe of another space."""
    z = session.space.checked(made.z)
    chosen = kinds.complete(made.picture, made.options, len(made.z))
    return {"z": z} | (_CHANGES[made.picture](session, chosen) if made.picture in _CHANGES else {})


def _seen(session: Session, picture: str, suffix: str) -> Options:
    """What the state says of a picture; of a GIF also what is usual of one, and the way that is played."""
    options = OPTIONS[picture](session) if picture in OPTIONS else {}
    kind = KINDS[picture]
    if not (suffix == GIF and kind.moving):
        return options
    return {**kind.moving.usual, **options} | ({"way": session.state.path.way} if "way" in kind.choices else {})


def _dress(kind: Kind, space: Space, settings: Settings, suffix: str) -> Options:
    """The look and the colours of the window, for a picture that has them: what is in colour has its own."""
    own = [name for name in ("look", *["colours"] * (not space.in_colour)) if name in kind.choices]
    return {name: getattr(settings, name) for name in own if kind.choices[name].counts(suffix)}


# ------------------------------------------------------------------ and back to what changes in it


def _to_map(_session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {"map_dims": _dims(chosen["dims"])} if len(chosen["dims"]) > 1 else {}


def _to_plane(session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    if KINDS["plane"].missing(session.space, chosen):
        return {}
    quantiles, count = chosen["spacing"] == "quantiles", min(chosen["n"], MAX_COUNT)
    return {"plane": replace(session.state.plane, dims=_dims(chosen["dims"]), count=count, quantiles=quantiles)}


def _to_path(session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    way = chosen["way"] if chosen["way"] in WAYS else session.state.path.way
    return {"path": Path(_place(session, START, chosen["start"]), _place(session, END, chosen["end"]), way)}


def _to_terms(session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {"terms": tuple(_place(session, TERM.format(name.upper()), chosen[name]) for name in "abc")}


def _to_drawing(session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    if why := KINDS["reconstruct"].missing(session.space, chosen):
        raise ValueError(f"its picture cannot be encoded by this model: {why}")
    drawing = session.state.drawing.taking(Drawing.from_text(texts(chosen["image"])[0]))
    return {"drawing": drawing, "encoded": True, "refined": None}


def _to_edit(_session: Session, chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {"held": frozenset(chosen["lock"])}


_CHANGES: dict[str, Callable[[Session, Mapping[str, Any]], dict[str, Any]]] = {
    "map": _to_map,
    "plane": _to_plane,
    "path": _to_path,
    "arithmetic": _to_terms,
    "reconstruct": _to_drawing,
    "edit": _to_edit,
}


def _dims(named: str | Dims) -> Dims | None:
    """Give dimensions that a recipe names as the state has them; None for the principal axes."""
    return None if isinstance(named, str) else named


def _place(session: Session, name: str, z: tuple[float, ...]) -> Bookmark:
    """The place of that name, or where z is one that has a name in the session, that."""
    return next((each for each in session.places() if each.z == z), Bookmark(name, session.space.checked(z)))
