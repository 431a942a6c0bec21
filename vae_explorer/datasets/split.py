"""One half of a data set, images and their labels, and the two halves by name. Knows no files."""

from dataclasses import dataclass
from typing import Protocol

from vae_explorer.datasets import idx, mirrors
from vae_explorer.images import Pixels, Shape

TRAIN, TEST = "train", mirrors.TEST  # how the official names of their files begin


@dataclass(frozen=True, eq=False)
class Split:
    """Images (N, H, W), 0 is black, or (N, H, W, 3) where they are in colour, and their labels (N,), all uint8, N at
    least 1."""

    images: Pixels
    labels: Pixels

    def hashes(self, kind: str) -> dict[str, str]:
        """Give the sha256 of the two idx files that the half is or would be, by their official names.

        kind: TRAIN or TEST. So one data set has the same hashes in whatever files it lies.
        """
        names = (name for name in mirrors.OFFICIAL if name.startswith(kind))
        return dict(zip(names, map(idx.digest, (self.images, self.labels)), strict=True))


class Half(Protocol):
    """One half that was found and not yet read."""

    def read(self, shape: Shape) -> Split:
        """Read it, as images of a shape. Raises DataError."""


def item(shape: Shape) -> tuple[int, ...]:
    """Give the shape of an image in a Split: (H, W), or (H, W, C) where there are more channels than one."""
    channels, h, w = shape
    return (h, w) if channels == 1 else (h, w, channels)
