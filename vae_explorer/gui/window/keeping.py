"""What a person made in the window and would lose with it: bookmarks and measurements, saved into files, and asked for
before a session ends."""

import logging
import os
import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from vae_explorer import files, plain
from vae_explorer.errors import Failure, explain
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import dialogs
from vae_explorer.session import measurements, shelves
from vae_explorer.session.bookmarks import BookmarkError

log = logging.getLogger(__name__)


class Keeping:
    """The tables that one window writes. What went wrong is told in a dialog, for a person has asked for it."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk]) -> None:
        """desk: gives the desk of the views there are now."""
        self._root, self._now = root, desk

    @property
    def _desk(self) -> Desk:
        return self._now()

    def save_bookmarks(self) -> None:
        """Ask for a file and save the bookmarks."""
        if path := dialogs.ask_save_bookmarks(self._root, self._desk.memory.settings.folder):
            self._remember(path.parent)
            self.save_bookmarks_to(path)

    def save_bookmarks_to(self, path: Path) -> None:
        """Save the bookmarks as JSON, which can be opened again, or as CSV for other programs."""
        session, csv = self._desk.session, path.suffix.lower() == ".csv"
        kept = session.state.bookmarks
        try:
            if path.suffix.lower() not in (".json", ".csv"):
                raise BookmarkError(f"{path.name}: bookmarks are saved as .json or .csv; choose one of these.")
            shelf = shelves.Shelf(session.space.codec.source.sha256, session.space.latent_dim, kept)
            files.write({path: (shelves.to_csv(kept) if csv else shelves.dumps(shelf)).encode()})
        except (Failure, OSError) as error:
            self.failed("The bookmarks were not saved", error)
        else:
            if not csv:
                session.saved = kept
            self._desk.status.say(f"Saved {path}" + "; to open them here again, save them as .json, too" * csv)

    def save_measurements(self) -> None:
        """Ask for a file and save the table of measurements."""
        if path := dialogs.ask_save_measurements(self._root, self._desk.memory.settings.folder):
            self._remember(path.parent)
            self.save_measurements_to(path)

    def save_measurements_to(self, path: Path) -> None:
        """Save the measurements as CSV."""
        session, rows = self._desk.session, self._desk.session.state.measured
        try:
            if path.suffix.lower() != ".csv":
                raise Failure(f"{path.name}: measurements are saved as .csv; choose that.")
            files.write({path: measurements.to_csv(rows).encode()})
        except (Failure, OSError) as error:
            self.failed("The measurements were not saved", error)
        else:
            session.tabled = rows
            self._desk.status.say(f"Saved {path}")

    def may_leave(self) -> bool:
        """Whether the session may end: nothing would be lost, or the person lets it go."""
        session, state = self._desk.session, self._desk.session.state
        return self._may_lose(
            "bookmark", len(state.bookmarks), lambda: session.unsaved, self.save_bookmarks
        ) and self._may_lose("measurement", len(state.measured), lambda: session.untabled, self.save_measurements)

    def _may_lose(self, what: str, count: int, lost: Callable[[], bool], save: Callable[[], None]) -> bool:
        """Whether some things of a kind would not be lost, or the person has them saved or lets them go."""
        from vae_explorer.gui.panels import leaving

        if not lost():
            return True
        answer = leaving.ask(self._root, self._desk.theme, what, count)
        if answer == leaving.SAVE:
            save()
            return not lost()
        return answer == leaving.DROP

    def _remember(self, folder: Path) -> None:
        self._desk.memory.remember(folder=os.path.realpath(folder))  # which takes links that lead nowhere, too

    def failed(self, title: str, error: Exception) -> None:
        """Say that something a person asked for did not happen; anything unexpected is logged too."""
        if isinstance(error, Failure | OSError):
            dialogs.show_error(self._root, title, explain(error))
        else:
            log.error("%s", title, exc_info=error)
            dialogs.show_error(self._root, title, plain.reason(error))
