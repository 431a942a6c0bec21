"""The test images of the data set, read beside the window once somebody wants to see them. Knows desks, no widgets."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from vae_explorer.datasets.listing import DataError
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.jobs import Job

if TYPE_CHECKING:
    from vae_explorer.datasets.split import Split

log = logging.getLogger(__name__)

TITLE = "Reading the test images…"
Then = Callable[["Split"], None]
Failed = Callable[[Exception], None]


def ask(desk: Desk) -> None:
    """Begin to read the test images, unless that has been done or is under way.

    Whoever wants to see them listens to `session.originals`, which then says what there is.
    """
    if not desk.session.originals.asked and desk.work.current("data") is None:
        read(desk, lambda _split: None, lambda _error: None)


def read(desk: Desk, then: Then, failed: Failed) -> None:
    """Read the test images, in the place of whatever else gets them; say what there is to all who listen, and call then
    with them, or failed with the reason."""
    originals = desk.session.originals

    def _failed(error: Exception) -> None:
        if not isinstance(error, DataError | OSError):
            log.error("the test images were not read", exc_info=error)
        originals.settle(str(error).removesuffix("."))
        failed(error)

    start(desk, TITLE, lambda _job: originals.read(), then, _failed)


def start(desk: Desk, title: str, work: "Callable[[Job], Split]", then: Then, failed: Failed) -> Job:
    """Get the test images by a work, as `read` does; where it fails, what was known of them stays."""
    originals = desk.session.originals

    def _done(split: "Split") -> None:
        originals.settle(split)
        then(split)

    return desk.work.start("data", title, work, _done, failed)
