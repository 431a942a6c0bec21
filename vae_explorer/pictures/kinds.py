"""What kinds of picture there are: one row of a table for each. Knows names and bounds, draws nothing.

What makes a picture is named by its module and imported when a picture is made, since a recipe is read without
matplotlib. A default never changes, because a recipe that does not name a choice means its default.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import Shape
from vae_explorer.pictures.choice import (
    PRINCIPAL,
    above_0,
    change,
    dim_names,
    levels,
    locks,
    map_dims,
    one_of,
    plane_dims,
    point,
    some_dims,
    whole,
)
from vae_explorer.pictures.kind import Kind, Moving
from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.paths import WAYS
from vae_explorer.storage.checkpoint import ATLAS

if TYPE_CHECKING:
    from vae_explorer.space.space import Space

ALL = "all"  # ways, one above the other
SPACINGS = ("even", "quantiles")  # steps of the same length, or of the same share of N(0, 1)
MIN_SIDE, MAX_SIDE = 16, 4480  # pixels of the longer side of a digit's picture
MAX_MOVING_SIDE = 1120
MAX_SPAN = 10.0
MAX_CHANGE = 1000.0  # of a factor, in its unit: what cannot be reached stops at the nearest
MIN_MS, MAX_MS = 20, 10_000  # of a frame; browsers slow down what is faster


def an(picture: str) -> str:
    """Give the name of a kind of picture with its article, or alone where it is a plural."""
    return picture if picture.endswith("s") else f"a{'n' * (picture[0] in 'aeiou')} {picture}"


def ways() -> tuple[str, ...]:
    """Give what a path can show: each of the ways, or all of them."""
    return (*WAYS, ALL)


def worded(space: "Space") -> dict[str, Kind]:
    """Give the kinds by their names, with titles as they are said of a model."""
    return {name: replace(kind, title=space.worded(kind.title)) for name, kind in KINDS.items()}


def checked(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give the options of a picture in plain form: numbers, texts and tuples of numbers, always in the same order.

    Raises ValueError for an unknown name or a value that cannot be; the options may be anything that JSON can be.
    """
    known = KINDS[picture].choices
    plain: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            raise ValueError(f"there is no option {str(name)[:40]!r} of {an(picture)}")
        plain[name] = tuple(value) if isinstance(value, list) else value
        if not known[name].sane(plain[name], latent_dim):
            raise ValueError(f"{name} is no {known[name].words(latent_dim)}")
    for name, value in complete(picture, plain, latent_dim).items():
        if value is ...:
            raise ValueError(f"the option {name!r} of {an(picture)} is missing")
        if not known[name].sane(value, latent_dim):
            raise ValueError(f"{an(picture)} cannot be of {latent_dim} latent dimension" + "s" * (latent_dim > 1))
    return {name: plain[name] for name in known if name in plain}


def complete(picture: str, options: Mapping[str, Any], latent_dim: int) -> dict[str, Any]:
    """Give checked options with the default of each that is not among them."""
    filled = {}
    for name, choice in KINDS[picture].choices.items():
        default = choice.default(latent_dim) if callable(choice.default) else choice.default
        filled[name] = options.get(name, default)
    return filled


def _needs_atlas(space: "Space", _chosen: Mapping[str, Any]) -> str:
    return f"it needs {ATLAS}: {space.missing[ATLAS]}" if space.atlas is None else ""


def _needs_plane(space: "Space", chosen: Mapping[str, Any]) -> str:
    if space.latent_dim == 1:
        return "one dimension has no plane"
    return _needs_atlas(space, chosen) if chosen["dims"] == PRINCIPAL else ""


def _needs_encoder(space: "Space", chosen: Mapping[str, Any]) -> str:
    if space.no_encoder or chosen["image"] is ...:
        return space.no_encoder
    shape = Drawing.from_text(chosen["image"]).shape
    return "" if shape == space.shape else f"that picture is {_sized(shape)}, this model's are {_sized(space.shape)}"


def _sized(shape: Shape) -> str:
    channels, h, w = shape
    return f"{w} × {h} pixels in {'colour' if channels > 1 else 'grey'}"


def _needs_handles(space: "Space", chosen: Mapping[str, Any]) -> str:
    if space.no_factors:
        return space.no_factors
    return "" if any(chosen[name] for name in FACTORS) else f"nothing is to be changed of {', '.join(FACTORS)}"


def _goes_all_ways(chosen: Mapping[str, Any]) -> str:
    return f"a moving picture goes one way; choose {', '.join(WAYS)}" if chosen["way"] == ALL else ""


_MAKERS = "vae_explorer.pictures.makers:"
_SIDE = "pixels of its longer side"
_SPAN = above_0("how far it goes, from minus that to that", MAX_SPAN, 3.0)
_NAMES = dim_names("what you call dimensions, as in 3=lean,4=wide")
_LOOK = one_of("how its pixels look", lambda: LOOKS, "pixels")
_COLOURS = one_of("the colours of what is grey", lambda: COLOURS, "gray")

KINDS = {
    "digit": Kind(
        "Digit",
        "One decoded point",
        {"side": whole(_SIDE, MIN_SIDE, MAX_SIDE, 560), "look": _LOOK, "colours": _COLOURS},
        _MAKERS + "digit", examples=("--label 4", "--z 0,1,-1,1,0,2 --look smooth", "--seed 7 --out digit.svg"),
    ),
    "traverse": Kind(
        "Traverse",
        "A strip of pictures for each dimension, in which it alone moves",
        {"dims": some_dims("the dimensions, as in 0,1; all unless given"),
         "n": whole("pictures in a row", 2, 41, 13), "span": _SPAN, "names": _NAMES},
        _MAKERS + "traverse", examples=("--label 4", "--dims 4,3 --n 9 --span 2 --out traverse.pdf"),
    ),
    "map": Kind(
        "Map",
        "The encoded images as dots in the colours of their classes",
        {"dims": map_dims("one or two dimensions, or principal, the plane of the most spread"),
         "names": _NAMES},
        _MAKERS + "dots",
        _needs_atlas,
        examples=("--out map.pdf", "--dims 0,4 --names 4=lean"),
    ),
    "plane": Kind(
        "Plane",
        "A plane of decoded pictures through z",
        {"dims": plane_dims("two dimensions, or principal"), "n": whole("pictures in a row", 2, 60, 20),
         "spacing": one_of("steps alike, or of alike shares of N(0, 1), which has no span", lambda: SPACINGS, "even"),
         "span": _SPAN, "names": _NAMES},
        _MAKERS + "plane",
        _needs_plane,
        examples=("--dims 0,3 --n 24 --out plane.svg", "--dims principal --label 8"),
    ),
    "path": Kind(
        "Path",
        "The ways from one place to another; as GIF one of them, in motion",
        {"start": point("where it begins"), "end": point("where it ends"),
         "way": one_of("which way it goes", ways, ALL),
         "n": whole("pictures in a row", 2, 120, 11),
         "side": replace(whole(_SIDE, MIN_SIDE, MAX_MOVING_SIDE, 280), moving=True),
         "look": replace(_LOOK, moving=True), "colours": replace(_COLOURS, moving=True),
         "ms": replace(whole("milliseconds that each picture is shown", MIN_MS, MAX_MS, 80), moving=True)},
        _MAKERS + "path",
        moving=Moving(_MAKERS + "path_frames", {"way": next(iter(WAYS)), "n": 40}, _goes_all_ways),
        around_z=False, examples=("--start 4 --end 9", "--start 4 --end 9 --way geodesic --out way.gif"),
    ),
    "arithmetic": Kind(
        "Arithmetic",
        "Three pictures with their signs, and what they give, a − b + c",
        {"a": point("the first term"), "b": point("what is taken from it"), "c": point("what is added")},
        _MAKERS + "arithmetic",
        around_z=False, examples=("--a 9 --b 4 --c 6",),
    ),
    "reconstruct": Kind(
        "Reconstruct",
        "A picture of yours, what the model makes of it, and the difference",
        {"image": levels("the file of a picture, which is made like the data first")},
        _MAKERS + "reconstruct",
        _needs_encoder,
        around_z=False, examples=("--image seven.jpg", "--image seven.jpg --out seven.pdf"),
    ),
    "edit": Kind(
        "Edit",
        "A picture before and after some factors change, and the difference",
        {name: change(f"how much to change the {name}, in {factor.unit}", MAX_CHANGE)
         for name, factor in FACTORS.items()}
        | {"lock": locks("what is held, as in width,z3,class; all factors but the mass unless given")},
        _MAKERS + "edit",
        _needs_handles,
        examples=("--label 4 --slant +10 --lock width", "--seed 7 --thickness 1 --out bold.svg"),
    ),
}  # fmt: skip
