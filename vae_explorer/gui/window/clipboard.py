"""The clipboard of the window: z as text to it, and from it z or a picture of a digit, read beside the window."""

import logging
import sys
import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path

from vae_explorer import child, plain
from vae_explorer.errors import Failure, explain
from vae_explorer.gui import pasted
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.window.digits import ENCODED, Digits
from vae_explorer.session import bookmarks, photos, points, shelves
from vae_explorer.session.bookmarks import Bookmark, BookmarkError
from vae_explorer.session.photos import Brought
from vae_explorer.space.space import Space

log = logging.getLogger(__name__)

NAME = "The picture on the clipboard"
NAMED = "pasted"  # what points of it are called that have no name
TIMEOUT_S = 4  # less than Tk waits for an owner that is silent


class Clipboard:
    """What one window copies and pastes of its walk. What went wrong is said in the status line."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk], digits: Digits) -> None:
        """desk: gives the desk of the views there are now."""
        self._root, self._now, self._digits = root, desk, digits

    def copy(self) -> None:
        """Put z as text on the clipboard, in full."""
        self._root.clipboard_clear()
        self._root.clipboard_append(", ".join(map(repr, self._now().session.state.z)))
        self._now().status.say("Copied z as text")

    def paste(self) -> None:
        """Take the picture that is on the clipboard as a digit, or go to the z that it has as text."""
        space = self._now().space
        self._now().work.start(
            "open", "Reading the clipboard…", lambda job: _read(space, job.cancelled), self._pasted, self._failed
        )

    def _pasted(self, found: Brought | str | None) -> None:
        if isinstance(found, Brought):
            self._digits.take(found, ENCODED.format("the picture on the clipboard"))
        else:
            self._go(self._text() if found is None else found)

    def _text(self) -> str:
        try:
            return self._root.clipboard_get()
        except tk.TclError:  # there is none
            return ""

    def _go(self, text: str) -> None:
        """Go to the point that a text has; several become bookmarks."""
        desk = self._now()
        if not text.strip():
            desk.status.say("Nothing to paste: neither a picture nor text is on the clipboard")
            return
        try:
            found = points.read(text, desk.space.latent_dim)
            for z in found.points:
                desk.space.checked(z)
        except ValueError as error:
            desk.status.say(f"Nothing to paste: {error}")
            return
        read = f", read with {found.commas}" if found.commas else ""
        if len(found.points) > 1:
            self._keep(shelves.called(found, NAMED), read)
            return
        desk.motion.go(found.one)
        if read:
            desk.status.say(f"Here is what was on the clipboard{read}: {' '.join(map(str, found.one))}")

    def _keep(self, found: Sequence[Bookmark], read: str) -> None:
        """Add bookmarks to those that are there, as one step of undo."""
        session, status = self._now().session, self._now().status
        kept = session.state.bookmarks
        try:
            joined = bookmarks.joined(kept, found)
        except BookmarkError as error:
            status.say(f"Nothing was taken from the clipboard: {error}")
            return
        session.commit(bookmarks=joined)
        count = len(joined) - len(kept)
        status.say(f"Added {count} bookmark{'s' * (count != 1)} of the clipboard{read}; a point alone is gone to")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Failure | OSError):
            log.error("the clipboard was not read", exc_info=error)
        why = explain(error) if isinstance(error, Failure | OSError) else plain.reason(error)
        self._now().status.say(f"Nothing was taken from the clipboard: {why}")


def _read(space: Space, cancelled: Callable[[], bool]) -> Brought | str | None:
    """Read what there is: a picture, made like the data, or text; None where the window has to ask for the text.

    Raises Failure, Cancelled.
    """
    from vae_explorer.datasets.photos import from_bytes, from_image, opened

    if sys.platform in ("win32", "darwin"):
        from PIL import Image, ImageGrab

        found = ImageGrab.grabclipboard()  # of these systems, which need no other program for it
        if found is None:
            return None
        photo = from_image(found, NAME) if isinstance(found, Image.Image) else opened(Path(found[0]))
    else:
        kind, _, data = _asked(cancelled).partition(b"\n")
        if kind != b"picture":
            return data.decode(errors="replace")
        photo = from_bytes(data, NAME)
    if why := space.no_encoder:
        raise Failure(f"{NAME} cannot be encoded: {why}.")
    return photos.brought(space, photo)


def _asked(cancelled: Callable[[], bool]) -> bytes:
    """Let `gui.pasted` ask for what is on X11's clipboard, and give what it writes. Raises Failure, Cancelled."""
    try:
        return child.run(pasted.main, b"", TIMEOUT_S, cancelled)
    except child.RefusedError as error:
        raise Failure(f"{str(error) or 'nobody said why'}.") from None
    except TimeoutError:
        raise Failure("the program that was copied from does not answer.") from None
