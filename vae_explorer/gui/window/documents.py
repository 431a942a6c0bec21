"""What the window opens and saves: models, pictures with their recipes, and bookmarks. The model that is open stays
until the next one is read whole, and bookmarks that no file has until a person lets them go."""

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
from vae_explorer.gui.views.tab import TABS, present, showing
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.session import bookmarks, recipes, shelves
from vae_explorer.session.bookmarks import BookmarkError
from vae_explorer.space import codec
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint

log = logging.getLogger(__name__)


class Documents:
    """The files of one window. What went wrong is told in a dialog, for a person has asked for it."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk], adopt: Callable[[Space], None]) -> None:
        """desk: gives that of the views there are; adopt: called with a model that was opened."""
        self._root, self._now, self._adopt = root, desk, adopt

    @property
    def _desk(self) -> Desk:
        return self._now()

    # ------------------------------------------------------------------ open

    def open_file(self) -> None:
        """Ask for weights, a saved picture or bookmarks and open them."""
        if path := dialogs.ask_open(self._root, self._desk.memory.settings.folder):
            self.open(path)

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""
        if path := dialogs.ask_folder(self._root, self._desk.memory.settings.folder):
            self.open(path)

    def open_shipped(self) -> None:
        """Open the model that ships."""
        self._open_model(checkpoint.shipped())

    def open_bookmarks(self) -> None:
        """Ask for saved bookmarks and add them."""
        if path := dialogs.ask_bookmarks(self._root, self._desk.memory.settings.folder):
            self._remember(path.parent)
            self._add_bookmarks(path)

    def open(self, path: Path) -> None:
        """Open a model, go to where a saved picture was made, or add saved bookmarks."""
        try:
            self._remember(path if path.is_dir() else path.parent)
        except OSError as error:  # a name too long, a folder that may not be searched
            self._failed("The file was not opened", error)
            return
        if path.suffix.lower() in (".png", ".gif"):
            self._open_picture(path)
        elif path.suffix.lower() in (".svg", ".pdf"):
            why = f"{path.name}: there is no way back from an SVG or a PDF; save the picture as PNG to have one."
            self._failed("The picture was not opened", Failure(why))
        elif path.suffix.lower() == ".json":
            self._add_bookmarks(path)
        else:
            self._open_model(path)

    def _open_model(self, path: Path) -> None:
        """Read a model beside the window; of two that are asked for, the newer is opened."""
        self._desk.work.start(
            "open",
            f"Opening {path.name}…",
            lambda job: Space(codec.load(path, job.cancelled)).prepare(),
            self._opened,
            lambda error: self._failed("The model was not opened", error),
        )

    def _opened(self, space: Space) -> None:
        if self.may_leave():
            self._adopt(space)

    def _open_picture(self, path: Path) -> None:
        """Go to where a picture was made, and show the view that it is of as it was, as one step of undo."""
        from vae_explorer.pictures import make

        session = self._desk.session
        try:
            made = make.made_by(path)
            changes = recipes.changes(session, made)
        except ValueError as error:
            self._failed("The picture belongs to another model", Failure(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self._failed("The picture was not opened", error)
        else:
            z = changes.pop("z")
            self._desk.motion.stop()  # whose way is a step of its own
            session.preview(**changes)
            if tab := showing(made.picture):
                self._desk.run(self._desk.actions[f"tab-{tab}"])
            self._desk.motion.go(z)
            other = made.weights != session.space.codec.source.sha256
            warning = " with other weights, so it may look different here" if other else ""
            self._desk.status.say(f"Here {path.name} was made{warning}")

    def _add_bookmarks(self, path: Path) -> None:
        """Add the bookmarks of a file to those that are there, as one step of undo."""
        session, kept = self._desk.session, self._desk.session.state.bookmarks
        try:
            shelf = shelves.read(path, session.space.latent_dim)
            for each in shelf.bookmarks:
                session.space.checked(each.z)
            joined = bookmarks.joined(kept, shelf.bookmarks)
        except ValueError as error:
            self._failed("The bookmarks were not opened", BookmarkError(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self._failed("The bookmarks were not opened", error)
        else:
            session.commit(bookmarks=joined)
            if joined == shelf.bookmarks:
                session.saved = joined
            other = shelf.weights != session.space.codec.source.sha256
            warning = "; they were made with other weights, so they may look different here" if other else ""
            count = len(joined) - len(kept)
            self._desk.status.say(f"Added {count} bookmark{'s' * (count != 1)} of {path.name}{warning}")

    # ------------------------------------------------------------------ save

    def save_picture(self, picture: str = "digit") -> None:
        """Ask for a file, and save a picture of what is seen: the proposed one or another of kinds.KINDS."""
        from vae_explorer.gui.panels import saving

        if not self._may_save():
            return
        desk = self._desk
        folder, why_not = Path(desk.memory.settings.folder or Path.cwd()), partial(recipes.why_not, desk.session)
        if asked := saving.ask(self._root, desk.theme, folder, KINDS, why_not, picture):
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
            self._failed("The picture was not saved", Failure(f"There is no such picture: {error}."))
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
        self._failed("One picture is saved at a time", Failure(why))
        return False

    def _saved(self, path: Path) -> None:
        from vae_explorer.gui.panels import leaving

        self._desk.status.say(f"Saved {path}")
        leaving.waited(self._root, leaving.DONE)

    def _not_saved(self, error: Exception) -> None:
        from vae_explorer.gui.panels import leaving

        leaving.waited(self._root, leaving.STAY)
        self._failed("The picture was not saved", error)

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
            self._failed("The bookmarks were not saved", error)
        else:
            if not csv:
                session.saved = kept
            self._desk.status.say(f"Saved {path}" + "; to open them here again, save them as .json, too" * csv)

    def may_close(self) -> bool:
        """Whether the program may end: also a picture that is being saved is there by now, or given up."""
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
        from vae_explorer.gui.panels import leaving

        desk = self._desk
        if not desk.session.unsaved:
            return True
        answer = leaving.ask(self._root, desk.theme, len(desk.session.state.bookmarks))
        if answer == leaving.SAVE:
            self.save_bookmarks()
            return not desk.session.unsaved
        return answer == leaving.DROP

    # ------------------------------------------------------------------ copy

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
        self._root.clipboard_append(as_python(made, None if source.ships else source.path.resolve()))
        desk.status.say(f"Copied a program that saves {picture}.png")

    # ------------------------------------------------------------------

    def _in_front(self) -> str:
        return TABS[present(self._desk.memory.settings.tab)].picture

    def _remember(self, folder: Path) -> None:
        self._desk.memory.remember(folder=os.path.realpath(folder))  # which takes links that lead nowhere, too

    def _failed(self, title: str, error: Exception) -> None:
        """Say that something a person asked for did not happen; anything unexpected is logged too."""
        if isinstance(error, Failure | OSError):
            dialogs.show_error(self._root, title, explain(error))
        else:
            log.error("%s", title, exc_info=error)
            dialogs.show_error(self._root, title, plain.reason(error))
