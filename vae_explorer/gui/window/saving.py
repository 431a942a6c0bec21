"""What the window saves: pictures with their recipes, bookmarks, and programs for the clipboard; and what must be saved
before a session or the program ends."""

import logging
import os
import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path

from vae_explorer import files, plain
from vae_explorer.errors import Failure, explain
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.views.tab import TABS, present
from vae_explorer.pictures import kinds
from vae_explorer.session import measurements, recipes, shelves
from vae_explorer.session.bookmarks import BookmarkError

log = logging.getLogger(__name__)


class Saving:
    """The files that one window writes. What went wrong is told in a dialog, for a person has asked for it."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk]) -> None:
        """desk: gives the desk of the views there are now."""
        self._root, self._now = root, desk

    @property
    def _desk(self) -> Desk:
        return self._now()

    def save_picture(self, picture: str = "digit") -> None:
        """Ask for a file, and save a picture of what is seen: the proposed one or another of kinds.KINDS."""
        from vae_explorer.gui.panels import saving

        if not self._may_save():
            return
        desk = self._desk
        folder, why_not = Path(desk.memory.settings.folder or Path.cwd()), partial(recipes.why_not, desk.session)
        if asked := saving.ask(self._root, desk.theme, folder, kinds.worded(desk.space), why_not, picture):
            self._remember(asked.path.parent)
            self.save_to(asked.path, asked.side, asked.picture)

    def save_view(self) -> None:
        """Ask for a file, and save what the tab in front shows or another picture."""
        self.save_picture(self._in_front())

    def save_to(self, path: Path, side: int | None = None, picture: str = "digit") -> None:
        """Save a picture of what is seen with the recipe to make it again, beside the window.

        side: pixels of a digit's picture or a GIF's, as usual unless given. A path as GIF goes the way that is played.
        """
        from vae_explorer.pictures import make  # with matplotlib's formats, which cost a start 30 ms

        desk, space = self._desk, self._desk.space
        try:
            moving = path.suffix.lower() == ".gif"
            made = recipes.recipe(desk.session, picture, desk.memory.settings, moving, side=side)
        except ValueError as error:
            self.failed("The picture was not saved", Failure(f"There is no such picture: {error}."))
            return
        if self._may_save():
            desk.work.start(
                "save",
                f"Saving {path.name}…",
                lambda job: make.save(space, made, path, job.cancelled),
                lambda _none: self._saved(path),
                self._not_saved,
            )

    def _may_save(self) -> bool:
        """Whether no picture is being saved, whose place another would take; else say so."""
        job = self._desk.work.current("save")
        if job is None:
            return True
        why = f"{job.title} Wait until it is done, or end it by the Cancel beside its progress."
        self.failed("One picture is saved at a time", Failure(why))
        return False

    def _saved(self, path: Path) -> None:
        from vae_explorer.gui.panels import leaving

        self._desk.status.say(f"Saved {path}")
        leaving.waited(self._root, leaving.DONE)

    def _not_saved(self, error: Exception) -> None:
        from vae_explorer.gui.panels import leaving

        leaving.waited(self._root, leaving.STAY)
        self.failed("The picture was not saved", error)

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

    def may_close(self) -> bool:
        """Whether the program may end: the session may, and no picture is being saved, or the person gave it up."""
        from vae_explorer.gui.panels import leaving

        job = self._desk.work.current("save")
        if job is not None:
            answer = leaving.wait(self._root, self._desk.theme, job.title)
            if answer == leaving.STAY:
                return False
            self._desk.work.cancel(job)
        return self.may_leave()

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

    def copy_python(self) -> None:
        """Put a program that saves the digit on the clipboard."""
        self._copy("digit")

    def copy_view(self) -> None:
        """Put a program that saves what the tab in front shows on the clipboard."""
        self._copy(self._in_front())

    def _copy(self, picture: str) -> None:
        from vae_explorer.pictures.as_python import as_python

        desk = self._desk
        source = desk.space.codec.source
        try:
            made = recipes.recipe(desk.session, picture, desk.memory.settings)
        except ValueError as error:
            desk.status.say(f"Nothing was copied: {error}")
            return
        self._root.clipboard_clear()
        self._root.clipboard_append(as_python(made, source))
        desk.status.say(f"Copied a program that saves {picture}.png")

    def _in_front(self) -> str:
        return TABS[present(self._desk.memory.settings.tab)].picture

    def _remember(self, folder: Path) -> None:
        self._desk.memory.remember(folder=os.path.realpath(folder))  # which takes links that lead nowhere, too

    def failed(self, title: str, error: Exception) -> None:
        """Say that something a person asked for did not happen; anything unexpected is logged too."""
        if isinstance(error, Failure | OSError):
            dialogs.show_error(self._root, title, explain(error))
        else:
            log.error("%s", title, exc_info=error)
            dialogs.show_error(self._root, title, plain.reason(error))
