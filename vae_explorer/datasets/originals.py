"""The test images of the data set that a model learned from, where that lies on this machine. No window.

They are those of which an atlas has the places, so the neighbours of a point can be seen as they really are.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vae_explorer.datasets import known, mirrors
from vae_explorer.datasets.listing import DataError
from vae_explorer.images import DIGIT, Shape

if TYPE_CHECKING:
    from vae_explorer.datasets.sets import Found
    from vae_explorer.datasets.split import Split

UNKNOWN = "nothing is known of the data that this model learned from"
NOWHERE = "its data set is not on this machine"
OTHER = "the data set on this machine is not the one that it learned from"

Listener = Callable[[], None]


class NotHereError(DataError):
    """The data set has to be fetched first."""


class Originals:
    """What is known of the test images: `split` when they have been read, `why_not` in a few words when there are none.

    Both are empty while nobody has looked. To be used in one thread but for `read`.
    """

    def __init__(self, info: Mapping[str, Any], shape: Shape = DIGIT) -> None:
        """info: what model.json says, which may be nothing. shape: (C, H, W) of the model's images."""
        data = info.get("data", {})
        hashes = data.get("sha256")
        known = hashes if isinstance(hashes, dict) else {}
        self._hashes = {name: known.get(name) for name in mirrors.OFFICIAL if name.startswith(mirrors.TEST)}
        self._shape, self._listeners = shape, list[Listener]()
        self.is_mnist = all(known.get(name) == official.unpacked for name, official in mirrors.OFFICIAL.items())
        self.split: Split | None = None
        self.why_not = "" if all(self._hashes.values()) else UNKNOWN

    @property
    def asked(self) -> bool:
        """Whether it is known what there is."""
        return self.split is not None or bool(self.why_not)

    def read(self, folder: Path | None = None) -> "Split":
        """Read the test images of a folder, else where they were, or where `mnist.find` finds them; MNIST's in 0.1 s.

        Raises NotHereError where there are none, DataError where there are others than the model was measured by.
        """
        error: DataError = NotHereError(NOWHERE)
        for found in self._candidates(folder):
            try:
                split = found.halves[mirrors.TEST].read(self._shape)
            except DataError as unreadable:
                error = unreadable
                continue
            if split.hashes(mirrors.TEST) == self._hashes:
                return split
            error = DataError(OTHER)
        raise error

    def _candidates(self, folder: Path | None) -> "Iterator[Found]":
        """The data sets that may be the right one, the likeliest first."""
        from vae_explorer.datasets import mnist

        if folder is None and (place := known.place(self._hashes)):
            with contextlib.suppress(DataError):
                yield from mnist.every(place)
        yield from mnist.every(folder)

    def draw(self, generator: np.random.Generator, label: int | None = None) -> int:
        """Give the number of a test image at random, of a class where one is given. Raises ValueError for none."""
        if self.split is None:
            raise ValueError("the test images have not been read")
        labels = self.split.labels
        return int(generator.choice(len(labels) if label is None else np.flatnonzero(labels == label)))

    def settle(self, found: "Split | str") -> None:
        """Keep what `read` gave, or why there is nothing, and tell whoever listens."""
        self.split, self.why_not = (None, found) if isinstance(found, str) else (found, "")
        for listener in [*self._listeners]:
            listener()

    def listen(self, listener: Listener) -> None:
        """Call listener whenever it has become known what there is."""
        self._listeners.append(listener)

    def forget(self, listener: Listener) -> None:
        """Call listener no more."""
        self._listeners.remove(listener)
