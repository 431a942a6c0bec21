"""What a session's State says of each kind of picture, as the choices of its recipe. Knows no widgets."""

from collections.abc import Callable, Container
from typing import Any

from vae_explorer.pictures import dimensions
from vae_explorer.pictures.choosing_dims import PRINCIPAL
from vae_explorer.session.history import TILES, Session
from vae_explorer.space.latent import Dims

Options = dict[str, Any]


def _of_plane(session: Session) -> Options:
    plane = session.state.plane
    spacing = "quantiles" if plane.quantiles else "even"
    chosen = {"dims": _named(session, plane.dims), "n": plane.count, "spacing": spacing}
    return chosen | _names(session, plane.dims or ())


def _of_map(session: Session) -> Options:
    dims = _named(session, session.state.map_dims)
    return {"dims": dims} | _names(session, () if isinstance(dims, str) else dims)


def _of_path(session: Session) -> Options:
    path = session.state.path
    if path.start is None or path.end is None:
        raise ValueError("choose where the path begins and ends")
    return {"start": path.start.z, "end": path.end.z}


def _of_terms(session: Session) -> Options:
    terms = {name: term.z for name, term in zip("abc", session.state.terms, strict=True) if term is not None}
    if len(terms) < len(session.state.terms):
        raise ValueError("choose A, B and C")
    return terms


def _of_drawing(session: Session) -> Options:
    state = session.state
    if state.drawing.empty:
        raise ValueError(session.space.worded("draw or open a digit first"))
    if not state.encoded:
        raise ValueError(session.space.worded("this place did not come from your digit; encode that again"))
    return {"image": state.drawing.text}


def _of_brought(session: Session) -> Options:
    if session.state.drawing.empty:
        raise ValueError(session.space.worded("draw or open a digit first"))
    return {"image": session.state.drawing.text} | _names(session, range(session.space.latent_dim))


def _of_card(session: Session) -> Options:
    order = (0,) if session.space.atlas is None else session.space.atlas.dims_by_kl
    return {"dim": order[0]} | _names(session, order[:1])


def _of_edit(_session: Session) -> Options:
    raise ValueError("the window changes factors by its handles; render edit makes this picture")


OPTIONS: dict[str, Callable[[Session], Options]] = {
    "traverse": lambda session: {"n": TILES} | _names(session, range(session.space.latent_dim)),
    "map": _of_map,
    "plane": _of_plane,
    "path": _of_path,
    "arithmetic": _of_terms,
    "reconstruct": _of_drawing,
    "posterior": _of_brought,
    "card": _of_card,
    "kl": lambda session: _names(session, range(session.space.latent_dim)),
    "edit": _of_edit,
}


def _named(session: Session, dims: Dims | None) -> str | tuple[int, ...]:
    """Two dimensions, or the principal axes, as a recipe names them."""
    if dims is not None:
        return dims
    return PRINCIPAL if session.space.latent_dim > 1 else (0,)


def _names(session: Session, dims: Container[int]) -> Options:
    """What some dimensions are called, for those that have a name; nothing where none has."""
    names = tuple((dim, name) for dim, name in session.state.names if dim in dims)
    return {"names": dimensions.written(names)} if names else {}
