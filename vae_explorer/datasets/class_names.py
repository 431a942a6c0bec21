"""What the classes of known data sets are called, by label. Knows no files."""

import re
from collections.abc import Iterable

from vae_explorer.images import Pixels

DIGITS = tuple("0123456789")
UPPER, LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
FASHION = "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"
KUZUSHIJI = "o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"
MERGED = (*DIGITS, *UPPER, *"abdefghnqrt")  # EMNIST's classes where the letters that look alike in both cases are one
# By what the name of a data set has in it; the first that fits counts. EMNIST's letters are counted from 1.
KNOWN = {
    r"fashion": FASHION,
    r"kmnist|kuzushiji": KUZUSHIJI,
    r"emnist.*letters": ("0", *LOWER),
    r"emnist.*(balanced|bymerge)": MERGED,
    r"emnist.*byclass": (*DIGITS, *UPPER, *LOWER),
}


def of(called: str, labels: Iterable[Pixels]) -> tuple[str, ...]:
    """Give the names of the classes from label 0 to the largest, by the name of their data set.

    Where the name tells nothing, or there are larger labels than it knows, each class is called by its label. called:
    the name, and where the data set lies.
    """
    count = 1 + max(int(each.max()) for each in labels)
    known = next((names for pattern, names in KNOWN.items() if re.search(pattern, called, re.IGNORECASE)), ())
    return known[:count] if count <= len(known) else tuple(map(str, range(count)))
