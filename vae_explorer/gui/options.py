"""How the window opens: the options of its command line."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vae_explorer import plain
from vae_explorer.cli import option
from vae_explorer.gui.room import LEAST
from vae_explorer.models import Telling, Weights

SCALES = 0.5, 4.0  # the least and the largest
MOST = 7680, 4320  # pixels of a window


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text.lower())
    width, height = map(int, found.groups()) if found else (0, 0)
    if not (LEAST[0] <= width <= MOST[0] and LEAST[1] <= height <= MOST[1]):
        least, most = ("x".join(map(str, size)) for size in (LEAST, MOST))
        raise ValueError(f"{plain.quoted(text)} is no size from {least} to {most}")
    return width, height


@dataclass(frozen=True)
class Options(Telling, Weights):
    """How the window opens."""

    picture: Path | None = option(
        None, "a picture of a digit to encode, or one that was saved here, to go where it was made", positional=True,
        metavar="PICTURE",
    )  # fmt: skip
    theme: Literal["light", "dark"] | None = option(None, "colours of the window; as it was last, else light")
    size: tuple[int, int] | None = option(
        None, "size of the window in pixels; as it was last, else 1180x760", read=_size, metavar="WIDTHxHEIGHT"
    )
    scale: float | None = option(
        None,
        "size of text and controls, as far as there is room; that of the screen unless given",
        minimum=SCALES[0],
        maximum=SCALES[1],
    )
    no_motion: bool = option(False, "jump to presets instead of moving there")
    z: str | None = option(
        None, "where to begin: D numbers, the name of a class, or a file of a point; 0 unless given", metavar="POINT"
    )
    seed: int | None = option(None, "seed of the random draws, so that they repeat", minimum=0)
    snapshot: Path | None = option(None, "write a picture of the whole window and end", metavar="FILE.png")
