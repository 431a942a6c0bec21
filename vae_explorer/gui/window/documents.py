"""What the window opens: models, saved pictures and bookmarks. The model that is open stays until the next one is read
whole, and bookmarks that no file has until a person lets them go."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from vae_explorer.codecs import opening
from vae_explorer.errors import Failure
from vae_explorer.gui.desk.desk import Desk
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.views.tab import showing
from vae_explorer.gui.window.digits import Digits
from vae_explorer.gui.window.saving import Saving
from vae_explorer.pictures import carried, recipe
from vae_explorer.pictures.recipe import NoRecipeError
from vae_explorer.session import bookmarks, point_files, recipes, shelves, tellings
from vae_explorer.session.bookmarks import BookmarkError
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint
from vae_explorer.storage.checkpoint import SeveralModelsError
from vae_explorer.storage.told import Told

DRAWN = (".svg", ".pdf")  # pictures of lines, which may carry one and cannot be encoded
PHOTOS = (".jpg", ".jpeg", ".jfif", ".bmp", ".webp")  # pictures that carry no recipe of ours


class Documents(Saving):
    """All files of one window: those that it reads, and by `Saving` those that it writes."""

    def __init__(self, root: tk.Tk, desk: Callable[[], Desk], adopt: Callable[..., None]) -> None:
        """desk: gives the desk of the views there are now; adopt: called with a model that was opened,
        and where to begin in it, if not at the origin."""
        super().__init__(root, desk)
        self._adopt = adopt
        self.digits = Digits(desk, self.failed)

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

    def open_digit(self) -> None:
        """Ask for a picture of a digit, and encode it, whether or not it carries a recipe."""
        title = self._desk.space.worded("Open as digit")
        if path := dialogs.ask_digit(self._root, title, self._desk.memory.settings.folder):
            self._remember(path.parent)
            self.digits.open(path)

    def open_bookmarks(self) -> None:
        """Ask for saved bookmarks and add them."""
        if path := dialogs.ask_bookmarks(self._root, self._desk.memory.settings.folder):
            self._remember(path.parent)
            self._add_bookmarks(path)

    def open(self, path: Path) -> None:
        """Open a model, go to where a saved picture was made, encode any other picture, or add saved bookmarks."""
        try:
            self._remember(path if path.is_dir() else path.parent)
        except OSError as error:  # a name too long, a folder that may not be searched
            self.failed("The file was not opened", error)
            return
        if path.suffix.lower() in carried.FIND:
            self._open_picture(path)
        elif path.suffix.lower() in PHOTOS:
            self.digits.open(path)
        elif path.suffix.lower() in (".json", *point_files.SUFFIXES):
            self._add_bookmarks(path)
        else:
            self._open_model(path)

    def tell_output(self, output: str) -> None:
        """Open the model's file again, told how its last numbers become pixels, and stay at this point."""
        source = self._desk.space.codec.source
        if source.path is not None:
            self._open_model(source.path, replace(source.told, output=output))

    def _open_model(self, path: Path, told: Told | None = None) -> None:
        """Read a model beside the window; of two that are asked for, the newer is opened.

        told: what its file does not say; what was told of it before unless given.
        """
        self._desk.work.start(
            "open",
            f"Opening {path.name}…",
            lambda job: Space(opening.opened(path, job.cancelled, told or tellings.read(path))),
            self._opened if told is None else partial(self._told, path, told),
            self._not_opened,
        )

    def _not_opened(self, error: Exception) -> None:
        """Ask which one is meant where a file holds several models, else say why none was opened."""
        if not isinstance(error, SeveralModelsError):
            self.failed("The model was not opened", error)
            return
        from vae_explorer.gui.panels import models  # which is seldom asked for

        if name := models.ask(self._root, self._desk.theme, error.path.name, error.names):
            self._open_model(error.path.with_name(f"{error.path.name}#{name}"))

    def _opened(self, space: Space) -> None:
        if self.may_leave():
            self._adopt(space)

    def _told(self, path: Path, told: Told, space: Space) -> None:
        """Show the model that has been told more, where the other was, and keep that for the next time."""
        if self.may_leave():
            tellings.write(path, told)
            self._adopt(space, self._desk.session.state.z)

    def _open_picture(self, path: Path) -> None:
        """Go to where a picture was made, and show the view that it is of as it was, as one step of undo; or encode
        it, where it carries no recipe and is made of pixels."""
        session = self._desk.session
        try:
            made = recipe.made_by(path)
            changes = recipes.changes(session, made)
        except NoRecipeError as error:
            if path.suffix.lower() in DRAWN:
                self.failed("The picture was not opened", error)
            else:
                self.digits.open(path)
        except ValueError as error:
            self.failed("The picture belongs to another model", Failure(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self.failed("The picture was not opened", error)
        else:
            self._desk.motion.stop()  # whose way is a step of its own
            self._show(made.picture, changes)
            other = made.weights != session.space.codec.source.sha256
            warning = " with other weights, so it may look different here" if other else ""
            self._desk.status.say(f"Here {path.name} was made{warning}")

    def _show(self, picture: str, changes: dict[str, Any]) -> None:
        """Make the changes that show a kind of picture, in its tab. A digit that was drawn is there at once."""
        z = changes.pop("z")
        self._desk.session.preview(**changes)
        if tab := showing(picture):
            self._desk.run(self._desk.actions[f"tab-{tab}"])
        if changes.get("encoded"):
            self._desk.session.commit(z=z)
        else:
            self._desk.motion.go(z)

    def _add_bookmarks(self, path: Path) -> None:
        """Add the bookmarks of a file to those that are there, as one step of undo."""
        session, kept = self._desk.session, self._desk.session.state.bookmarks
        try:
            shelf = shelves.read(path, session.space.latent_dim)
            for each in shelf.bookmarks:
                session.space.checked(each.z)
            joined = bookmarks.joined(kept, shelf.bookmarks)
        except ValueError as error:
            self.failed("The bookmarks were not opened", BookmarkError(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self.failed("The bookmarks were not opened", error)
        else:
            session.commit(bookmarks=joined)
            if joined == shelf.bookmarks:
                session.saved = joined
            other = shelf.weights not in ("", session.space.codec.source.sha256)  # which a table does not tell
            warning = "; they were made with other weights, so they may look different here" if other else ""
            count = len(joined) - len(kept)
            self._desk.status.say(f"Added {count} bookmark{'s' * (count != 1)} of {path.name}{warning}")
