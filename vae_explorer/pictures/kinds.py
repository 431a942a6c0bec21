"""What kinds of picture there are: one row of a table for each. Knows names and bounds, draws nothing.

What makes a picture is named by its module and imported when a picture is made, since a recipe is read without
matplotlib. A default never changes, because a recipe that does not name a choice means its default.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vae_explorer import plain
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.rows import data, places, ways
from vae_explorer.pictures.usual import PAPER

if TYPE_CHECKING:
    from vae_explorer.space.space import Space

_ROWS = places.ROWS | ways.ROWS | data.ROWS
_ORDER = (  # as a person is shown them
    *("digit", "samples", "traverse", "plane", "map", "card"),
    *("path", "arithmetic", "reconstruct", "posterior", "edit", "kl", "curves"),
)
KINDS = {name: replace(_ROWS[name], choices={**_ROWS[name].choices, **PAPER}) for name in _ORDER}
KINDS["digit"] = _ROWS["digit"]  # which has nothing around it


def worded(space: "Space") -> dict[str, Kind]:
    """Give the kinds by their names, with titles as they are said of a model."""
    return {name: replace(kind, title=space.worded(kind.title)) for name, kind in KINDS.items()}


def checked(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give the options of a picture in plain form: numbers, texts and tuples of numbers, always in the same order.

    Raises ValueError for an unknown name or a value that cannot be; the options may be anything that JSON can be.
    """
    known = KINDS[picture].choices
    given: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            raise ValueError(f"there is no option {str(name)[:40]!r} of {picture}")
        given[name] = tuple(value) if isinstance(value, list) else value
        if not known[name].sane(given[name], latent_dim):
            shown = plain.some(given[name] if isinstance(given[name], tuple) else (given[name],)) or "nothing"
            raise ValueError(f"{name} {shown} is no {known[name].words(latent_dim)}")
    for name, value in complete(picture, given, latent_dim).items():
        if value is ...:
            raise ValueError(f"the option {name!r} of {picture} is missing")
        if not known[name].sane(value, latent_dim):
            raise ValueError(f"{picture} cannot be of {latent_dim} latent dimension" + "s" * (latent_dim > 1))
    return {name: given[name] for name in known if name in given}


def complete(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give checked options with the default of each that is not among them."""
    filled = {}
    for name, choice in KINDS[picture].choices.items():
        default = choice.default(latent_dim) if callable(choice.default) else choice.default
        filled[name] = options.get(name, default)
    return filled
