"""Pictures of what is decoded around one point, as rows of the table of kinds."""

from vae_explorer.pictures import needs
from vae_explorer.pictures.choice import change, levels_or_none, locks, one_of, whole
from vae_explorer.pictures.choosing_dims import map_dims, one_dim, plane_dims, some_dims
from vae_explorer.pictures.kind import Kind
from vae_explorer.pictures.usual import COLOUR, LOOK, MAKERS, MAX_SIDE, MIN_SIDE, NAMES, SIDE, SPAN
from vae_explorer.space.factors import FACTORS

GROUNDS = ("dark", "light")  # those of `grounds`
ORDERS, CENTRES = ("given", "kl"), ("origin", "z")
SPACINGS = ("even", "quantiles")  # steps of the same length, or of the same share of N(0, 1)
MAX_CHANGE = 1000.0  # of a factor, in its unit: what cannot be reached stops at the nearest

ROWS = {
    "digit": Kind(
        "Digit",
        "One decoded point",
        {"side": whole(SIDE, MIN_SIDE, MAX_SIDE, 560), "look": LOOK, "colours": COLOUR},
        MAKERS + "decoded:digit", examples=("--label 4", "--z 0,1,-1,1,0,2 --look smooth", "--seed 7 --out digit.svg"),
    ),
    "traverse": Kind(
        "Traverse",
        "A strip of pictures for each dimension, in which it alone moves",
        {"dims": some_dims("the dimensions, as in 0,1; all unless given"),
         "n": whole("pictures in a row", 2, 41, 13), "span": SPAN, "names": NAMES,
         "order": one_of("dimensions as they are named, or those first that tell most", lambda: ORDERS, "given"),
         "centre": one_of("what the span goes from", lambda: CENTRES, "origin"),
         "image": levels_or_none("the file of a picture: go from its mu, in sigmas of its posterior")},
        MAKERS + "decoded:traverse",
        needs.strips, table=MAKERS + "decoded:traverse_table",
        examples=("--label 4", "--dims 4,3 --n 9 --span 2 --out traverse.pdf"),
    ),
    "map": Kind(
        "Map",
        "The encoded images as dots in the colours of their classes",
        {"dims": map_dims("one or two dimensions, or principal, the plane of the most spread"),
         "names": NAMES, "ground": one_of("what the dots lie on", lambda: GROUNDS, "dark")},
        MAKERS + "planes:dots",
        needs.atlas,
        table=MAKERS + "planes:dots_table",
        examples=("--out map.pdf", "--dims 0,4 --names 4=lean"),
    ),
    "plane": Kind(
        "Plane",
        "A plane of decoded pictures through z",
        {"dims": plane_dims("two dimensions, or principal"), "n": whole("pictures in a row", 2, 60, 20),
         "spacing": one_of("even steps, or of equal shares of N(0, 1), without a span", lambda: SPACINGS, "even"),
         "span": SPAN, "names": NAMES},
        MAKERS + "planes:plane",
        needs.plane,
        table=MAKERS + "planes:plane_table",
        examples=("--dims 0,3 --n 24 --out plane.svg", "--dims principal --label 8"),
    ),
    "card": Kind(
        "Card",
        "A dimension: what +1 does, its factors, what lies at its ends",
        {"dim": one_dim("the dimension, as in 3"), "names": NAMES},
        MAKERS + "facts:card",
        table=MAKERS + "facts:card_table",
        examples=("--dim 3 --label 4", "--dim 0 --out card.pdf"),
    ),
    "edit": Kind(
        "Edit",
        "A picture before and after some factors change, and the difference",
        {name: change(f"how much to change the {name}, in {factor.unit}", MAX_CHANGE)
         for name, factor in FACTORS.items()}
        | {"lock": locks("what is held, as in width,z3,class; all factors but the mass unless given")},
        MAKERS + "decoded:edit",
        needs.handles,
        table=MAKERS + "decoded:edit_table",
        examples=("--label 4 --slant +10 --lock width", "--seed 7 --thickness 1 --out bold.svg"),
    ),
}  # fmt: skip
