"""Which pictures of a session can be saved now, and the recipe of each. Makes none and knows no widgets."""

from typing import Any

from vae_explorer.gui.panels.saving import Kind
from vae_explorer.pictures import kinds
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import recipes
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space.paths import WAYS
from vae_explorer.storage.checkpoint import ATLAS

MOVING_POINTS = 40  # of a path that moves
OF_TAB = {"map": "map", "plane": "manifold", "path": "path", "arithmetic": "arithmetic"}  # what a tab shows
TAB_OF = {picture: tab for tab, picture in OF_TAB.items()}  # where a picture is seen again

_LABELS = {
    "digit": "Digit",
    "traverse": "Sliders' strips",
    "map": "Map",
    "manifold": "Plane",
    "path": "Path",
    "arithmetic": "Arithmetic",
}


def offered(session: Session) -> list[Kind]:
    """Give all kinds of picture, with the reason of each of which there is none now."""
    way = WAYS[session.state.path.way].title.lower().removeprefix("on ")
    told = {
        "digit": "The digit that is shown, in its colours",
        "traverse": "A row of digits for each slider, in which it alone moves",
        "map": "All the encoded digits, not only those zoomed to, and where you are among them",
        "manifold": f"{session.state.plane.count} × {session.state.plane.count} digits of the plane",
        "path": f"All ways, one above the other; as GIF one of them in motion: {way}",
        "arithmetic": "A, B and C with their signs, and the digit that they give",
    }
    sides = {
        "digit": dict.fromkeys(formats("digit"), (560, kinds.MAX_SIDE)),
        "path": {"GIF": (280, kinds.MAX_MOVING_SIDE)},
    }
    return [
        Kind(name, label, told[name], formats(name), sides.get(name, {}), why_not(session, name))
        for name, label in _LABELS.items()
    ]


def formats(picture: str) -> tuple[str, ...]:
    """The formats of a picture as a person reads them, the usual one first."""
    return tuple(suffix[1:].upper() for suffix in kinds.formats(picture))


def why_not(session: Session, picture: str) -> str:
    """Give the reason, in a few words, why there is no such picture now; empty when there is one."""
    if picture == "manifold" and session.space.latent_dim == 1:
        return "one dimension has no plane"
    principal = {"map": True, "manifold": session.state.plane.dims is None}
    if principal.get(picture) and session.space.atlas is None:
        return f"it needs {ATLAS}: {session.space.missing[ATLAS]}"
    try:
        recipes.recipe(session, picture)
    except ValueError as error:
        return str(error)
    return ""


def recipe(session: Session, settings: Settings, picture: str, moving: bool = False, side: int | None = None) -> Recipe:
    """What it takes to make a picture of what is seen, with the look and the colours of the window where it has any.

    moving: of a path, the way that is played instead of all. side: in pixels, as usual unless given. Choices that are
    as usual are not named. Raises ValueError, in a few words, when there is no such picture now.
    """
    if why := why_not(session, picture):
        raise ValueError(why)
    chosen: dict[str, Any] = {}
    if picture == "digit" or moving:
        chosen = {"look": settings.look, "colours": settings.colours} | ({"side": side} if side else {})
    if moving:
        chosen |= {"kind": session.state.path.way, "n": MOVING_POINTS}
    usual = kinds.complete(picture, {}, session.space.latent_dim)
    return recipes.recipe(session, picture, **{name: value for name, value in chosen.items() if value != usual[name]})
