"""Pictures that become the digit: of files, and whatever else is made like the data beside the window."""

from collections.abc import Callable
from pathlib import Path

from vae_explorer import plain
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.errors import Failure
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.views.tab import showing
from vae_explorer.jobs import Job
from vae_explorer.session import photos, subject
from vae_explorer.session.photos import Brought

ENCODED = "Encoded {}: z is the mean of what the encoder says of it"
Failed = Callable[[str, Exception], None]


class Digits:
    """What one window takes in as a digit. What went wrong with a file is told in a dialog."""

    def __init__(self, desk: Callable[[], Desk], failed: Failed) -> None:
        """desk: gives the desk of the views there are now. failed: says what was not done and why."""
        self._now, self._failed = desk, failed

    def open(self, path: Path) -> None:
        """Read a picture of a digit beside the window, and encode it; of two that are asked for, the newer."""
        space, title = self._now().space, "The picture was not opened"
        name = plain.line(path.name)
        if why := space.no_encoder:
            self._failed(title, Failure(f"{name} carries no recipe, and no picture can be encoded: {why}."))
            return

        def _read(_job: Job) -> Brought:
            from vae_explorer.datasets.photos import opened

            return photos.brought(space, opened(path))

        def _done(brought: Brought) -> None:
            self.take(brought, ENCODED.format(name))

        self._now().work.start("open", f"Reading {name}…", _read, _done, lambda error: self._failed(title, error))

    def take(self, picture: Brought | Drawing, said: str) -> None:
        """Encode a picture, show it on the pad, and say a sentence on it; all that is one step of undo."""
        desk = self._now()
        desk.motion.stop()  # whose way is a step of its own
        if isinstance(picture, Brought):
            desk.session.photos.keep(picture)
            picture = picture.drawing
        desk.session.commit(**subject.drawn(desk.space, desk.session.state.drawing.taking(picture)))
        if tab := showing("reconstruct"):
            desk.run(desk.actions[f"tab-{tab}"])
        desk.status.say(said)
