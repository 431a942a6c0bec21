"""What the views of a session show, as recipes, and back: a recipe of each picture, and the state to see one again."""

from dataclasses import replace
from typing import Any

from vae_explorer.pictures import kinds
from vae_explorer.pictures.kinds import PRINCIPAL
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import TILES, Session
from vae_explorer.session.state import MAX_COUNT, Dims, Path
from vae_explorer.space.paths import WAYS

TERM = "{} of the picture"
START, END = "start of the picture", "end of the picture"


def recipe(session: Session, picture: str, **options: Any) -> Recipe:
    """What it takes to make a picture of a session's state again: picture is one of kinds.PICTURES, options what the
    state does not say. Raises ValueError, in a few words, when there is nothing to show yet."""
    state = session.state
    told: dict[str, Any] = {}
    if picture == "traverse":
        told = {"n": TILES}
    elif picture == "map":
        told = {"dims": _named(session, state.map_dims)}
    elif picture == "manifold":
        plane = state.plane
        told = {
            "dims": _named(session, plane.dims),
            "n": plane.count,
            "spacing": "quantiles" if plane.quantiles else "even",
        }
    elif picture == "path":
        if state.path.start is None or state.path.end is None:
            raise ValueError("choose where the path begins and ends")
        told = {"a": state.path.start.z, "b": state.path.end.z}
    elif picture == "arithmetic":
        told = {name: term.z for name, term in zip("abc", state.terms, strict=True) if term is not None}
        if len(told) < len(state.terms):
            raise ValueError("choose A, B and C")
    return Recipe(state.z, session.space.codec.source.sha256, session.seed, picture=picture, options=told | options)


def changes(session: Session, made: Recipe) -> dict[str, Any]:
    """Give what to change in a session's state to see what a recipe shows: z, and the choices of its view as far as
    the window has them. Raises ValueError for a recipe of another space."""
    found: dict[str, Any] = {"z": session.space.checked(made.z)}
    chosen, state = kinds.complete(made.picture, made.options, len(made.z)), session.state
    if made.picture == "map" and len(chosen["dims"]) > 1:
        found["map_dims"] = _dims(chosen["dims"])
    elif made.picture == "manifold" and (session.space.atlas is not None or chosen["dims"] != PRINCIPAL):
        quantiles = chosen["spacing"] == "quantiles"
        count = min(chosen["n"], MAX_COUNT)
        found["plane"] = replace(state.plane, dims=_dims(chosen["dims"]), count=count, quantiles=quantiles)
    elif made.picture == "path":
        way = chosen["kind"] if chosen["kind"] in WAYS else state.path.way
        found["path"] = Path(_place(session, START, chosen["a"]), _place(session, END, chosen["b"]), way)
    elif made.picture == "arithmetic":
        found["terms"] = tuple(_place(session, TERM.format(name.upper()), chosen[name]) for name in "abc")
    return found


def _named(session: Session, dims: Dims | None) -> str | tuple[int, ...]:
    """Two dimensions, or the principal axes, as a recipe names them."""
    if dims is not None:
        return dims
    return PRINCIPAL if session.space.latent_dim > 1 else (0,)


def _dims(named: str | Dims) -> Dims | None:
    """The same as the state has it."""
    return None if isinstance(named, str) else named


def _place(session: Session, name: str, z: tuple[float, ...]) -> Bookmark:
    """The place of that name, or where z is one that has a name in the session, that."""
    return next((each for each in session.places() if each.z == z), Bookmark(name, session.space.checked(z)))
