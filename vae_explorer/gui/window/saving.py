"""What the window shows, saved: pictures with their recipes, the model as a web page, programs for the clipboard."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vae_explorer.errors import Failure
from vae_explorer.gui.panels import dialogs
from vae_explorer.gui.views.tab import TABS, present
from vae_explorer.gui.window.keeping import Keeping
from vae_explorer.pictures import kinds
from vae_explorer.session import recipes

NONE: Mapping[str, Any] = MappingProxyType({})


class Saving(Keeping):
    """The files that one window writes: those of what it shows, and by `Keeping` those of what a person made in it."""

    def save_picture(self, picture: str = "digit") -> None:
        """Ask for a file, and save a picture of what is seen: the proposed one or another of kinds.KINDS."""
        from vae_explorer.gui.panels import saving

        if not self._may_save():
            return
        desk = self._desk
        folder, why_not = Path(desk.memory.settings.folder or Path.cwd()), partial(recipes.why_not, desk.session)
        if asked := saving.ask(self._root, desk.theme, folder, kinds.worded(desk.space), why_not, picture):
            self._remember(asked.path.parent)
            self.save_to(asked.path, asked.picture, asked.options)

    def save_view(self) -> None:
        """Ask for a file, and save what the tab in front shows or another picture."""
        self.save_picture(self._in_front())

    def save_to(self, path: Path, picture: str = "digit", options: Mapping[str, Any] = NONE) -> None:
        """Save a picture of what is seen with the recipe to make it again, beside the window.

        options: what the window does not show of it, as the side of a digit's picture; as usual unless given. A path as
        GIF goes the way that is played.
        """
        from vae_explorer.pictures import make  # with matplotlib's formats, which cost a start 30 ms

        desk, space = self._desk, self._desk.space
        try:
            made = recipes.recipe(desk.session, picture, desk.memory.settings, path.suffix.lower(), **options)
        except ValueError as error:
            self.failed("The picture was not saved", Failure(f"There is no such picture: {error}."))
            return
        if self._may_save():
            desk.work.start(
                "save",
                f"Saving {path.name}…",
                lambda job: make.save(space, made, path, job.cancelled),
                lambda _none: self._saved(path),
                partial(self._not_saved, "The picture was not saved"),
            )

    def save_page(self) -> None:
        """Ask for a file, and save the model as a web page."""
        desk = self._desk
        if self._may_save() and (path := dialogs.ask_save_page(self._root, desk.memory.settings.folder)):
            self._remember(path.parent)
            self.save_page_to(path)

    def save_page_to(self, path: Path) -> None:
        """Save the model as a web page that begins at this place, with the bookmarks and the names that there are,
        beside the window."""
        from vae_explorer.page import made

        desk, space, state = self._desk, self._desk.space, self._desk.session.state
        marks, names = [(each.name, each.z) for each in state.bookmarks], dict(state.names)
        if self._may_save():
            desk.work.start(
                "save",
                f"Saving {path.name}…",
                lambda job: made.save_page(space, path, state.z, marks, names, cancelled=job.cancelled),
                lambda _none: self._saved(path),
                partial(self._not_saved, "The page was not saved"),
            )

    def _may_save(self) -> bool:
        """Whether nothing is being saved, whose place another would take; else say so."""
        job = self._desk.work.current("save")
        if job is None:
            return True
        why = f"{job.title} Wait until it is done, or end it by the Cancel beside its progress."
        self.failed("One file is saved at a time", Failure(why))
        return False

    def _saved(self, path: Path) -> None:
        from vae_explorer.gui.panels import leaving

        self._desk.status.say(f"Saved {path}")
        leaving.waited(self._root, leaving.DONE)

    def _not_saved(self, title: str, error: Exception) -> None:
        from vae_explorer.gui.panels import leaving

        leaving.waited(self._root, leaving.STAY)
        self.failed(title, error)

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
