"""What several parts of the window say, and how a text is made as short as its place."""

from bisect import bisect_right
from collections.abc import Callable

from vae_explorer import plain

USUAL = (
    "Of 100 encoded test digits 90 lie in usual places, 9 at the edge, and one where digits hardly ever or never are. "
    "There the decoder makes up what it never learned"
)


def elided(text: str, width: int, measure: Callable[[str], int]) -> str:
    """Take so much out of the middle of a text that it is no wider than `width` pixels."""
    if measure(text) <= width:
        return text
    count = bisect_right(range(len(text)), width, key=lambda count: measure(plain.ends(text, count))) - 1
    return plain.ends(text, count)
