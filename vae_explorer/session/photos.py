"""The photos that a walk's digits were made of, kept for a while, so that how they were made can be changed. No Tk.

A photo is no part of State, where each of a thousand steps of undo would keep its 4 MB.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import DIGIT
from vae_explorer.space.space import Space

if TYPE_CHECKING:  # it needs Pillow, for which a start does not wait
    from vae_explorer.datasets.photos import Photo
    from vae_explorer.datasets.prepare import Prepared, Steps

MOST = 8


@dataclass(frozen=True, eq=False)
class Brought:
    """A photo that somebody brought, the steps by which it was made like the data, and what came of it."""

    photo: "Photo"
    steps: "Steps"
    prepared: "Prepared"

    @property
    def drawing(self) -> Drawing:
        """The picture that came of it, with no stroke."""
        return Drawing.of(self.prepared.picture)


def brought(space: Space, photo: "Photo", steps: "Steps | None" = None) -> Brought:
    """Make a photo like the data of a model, which takes up to 0.1 s; without steps, by the usual ones of that model.

    For other data than MNIST's it is only made as small, and light on a dark ground; it is fitted into pictures of
    another shape as it is, without any step. Raises PhotoError where nothing is on it.
    """
    from vae_explorer.datasets import fitting, prepare

    none = prepare.Steps(light=False, alone=False, fit=False, strokes=False, centre=False)
    if space.shape != DIGIT:
        return Brought(photo, none, prepare.Prepared(fitting.fitted(photo.pixels, space.shape), {}))
    steps = steps or (prepare.Steps() if space.like_mnist else none)
    return Brought(photo, steps, prepare.prepare(photo, steps))


class Photos:
    """The last eight."""

    def __init__(self) -> None:
        self._kept: dict[bytes, Brought] = {}  # by the grey levels that came of them, the newest last

    def keep(self, photo: Brought) -> None:
        """Keep what was brought, also where another gave the same digit before; the oldest of nine goes."""
        ground = photo.drawing.ground
        self._kept.pop(ground, None)
        self._kept[ground] = photo
        for old in [*self._kept][:-MOST]:
            del self._kept[old]

    def of(self, drawing: Drawing) -> Brought | None:
        """Give what the ground of a drawing was made of, None where it was no photo or one long ago."""
        return self._kept.get(drawing.ground)
