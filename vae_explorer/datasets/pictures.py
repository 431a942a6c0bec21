"""Many pictures as one half of a data set: read in their order, scaled to a model's shape, a few broken ones left out.

They stay as bright or dark as they are: whether ink is white on black or black on white is the data's own.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vae_explorer import plain
from vae_explorer.datasets import photos, unpacking
from vae_explorer.datasets.fitting import fitted
from vae_explorer.datasets.listing import DataError, Entry
from vae_explorer.datasets.split import Split, item
from vae_explorer.errors import Failure
from vae_explorer.images import Pixels, Shape

MAX_BYTES = 1 << 30  # of pixels in a half
SPARED = 20  # one picture in so many may be broken
MANY = 5_000  # pictures take some seconds


@dataclass(frozen=True)
class Pictures:
    """Files of pictures, each with its label. say: is told before it takes long, and of what cannot be read."""

    labelled: tuple[tuple[Entry, int], ...]
    say: Callable[[str], None]

    def read(self, shape: Shape) -> Split:
        """Read them as images of a shape, whole, each in the middle of its image; of too many, the first.

        Raises DataError where more than one in twenty cannot be read.
        """
        size = item(shape)
        chosen = self.labelled[: MAX_BYTES // math.prod(size)]
        if len(chosen) < len(self.labelled):
            self.say(f"Of {len(self.labelled):,} pictures, {len(chosen):,} are taken, which fill {MAX_BYTES >> 20} MB.")
        if len(chosen) > MANY:
            self.say(f"Reading {len(chosen):,} pictures.")
        images = np.empty((len(chosen), *size), np.uint8)
        labels: list[int] = []
        broken: list[tuple[Entry, Failure]] = []
        for entry, label in chosen:
            try:
                images[len(labels)] = fitted(_pixels(entry), shape)
                labels.append(label)
            except Failure as error:
                broken.append((entry, error))
                _check(broken, len(chosen))
        if broken:
            which = plain.some(entry.name for entry, _ in broken)
            self.say(f"{len(broken):,} of {len(chosen):,} pictures cannot be read and are left out: {which}.")
        return Split(images[: len(labels)], np.array(labels, np.uint8))


def _check(broken: list[tuple[Entry, Failure]], count: int) -> None:
    """Raises DataError where more are broken than may be of so many."""
    if len(broken) > max(1, count // SPARED) or len(broken) == count:
        which, why = plain.some(entry.name for entry, _ in broken), str(broken[0][1])
        raise DataError(f"Too many of {count:,} pictures cannot be read: {which}. Of the first: {why}")


def _pixels(entry: Entry) -> Pixels:
    """Read a picture, grey (H, W) or in colour (H, W, 3). Raises Failure."""
    with unpacking.pieces(entry) as more:
        data = unpacking.filled(bytearray(), more, photos.MAX_BYTES + 1)
    return photos.from_bytes(bytes(data), plain.line(entry.path.name)).pixels
