"""Pictures of what lies between points that one chooses, as rows of the table of kinds."""

from dataclasses import replace

from vae_explorer.pictures import needs
from vae_explorer.pictures.choice import one_of, point, whole
from vae_explorer.pictures.kind import Kind, Moving
from vae_explorer.pictures.suffixes import GIF
from vae_explorer.pictures.usual import ALL, COLOUR, LOOK, MAKERS, MAX_MOVING_SIDE, MAX_MS, MIN_MS, MIN_SIDE, SIDE
from vae_explorer.space.paths import WAYS


def ways() -> tuple[str, ...]:
    """Give what a path can show: each of the ways, or all of them."""
    return (*WAYS, ALL)


ROWS = {
    "path": Kind(
        "Path",
        "The ways from one place to another; as GIF one of them, in motion",
        {"start": point("where it begins"), "end": point("where it ends"),
         "way": one_of("which way it goes", ways, ALL),
         "n": whole("pictures in a row", 2, 120, 11),
         "side": replace(whole(SIDE, MIN_SIDE, MAX_MOVING_SIDE, 280), formats=(GIF,)),
         "look": replace(LOOK, formats=(GIF,)), "colours": replace(COLOUR, formats=(GIF,)),
         "ms": replace(whole("milliseconds that each picture is shown", MIN_MS, MAX_MS, 80), formats=(GIF,))},
        MAKERS + "ways:path",
        moving=Moving(MAKERS + "ways:path_frames", {"way": next(iter(WAYS)), "n": 40}, needs.one_way),
        table=MAKERS + "ways:path_table",
        around_z=False, examples=("--start 4 --end 9", "--start 4 --end 9 --way geodesic --out way.gif"),
    ),
    "arithmetic": Kind(
        "Arithmetic",
        "Three pictures with their signs, and what they give, a − b + c",
        {"a": point("the first term"), "b": point("what is taken from it"), "c": point("what is added")},
        MAKERS + "ways:arithmetic",
        table=MAKERS + "ways:arithmetic_table",
        around_z=False, examples=("--a 9 --b 4 --c 6",),
    ),
}  # fmt: skip
