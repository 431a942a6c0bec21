"""What the window opens and saves: models, and pictures with their recipes. The model that is open stays until the
next one is read whole."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vae_explorer import codec, recipe
from vae_explorer.cli import Failure, explain
from vae_explorer.gui import dialogs
from vae_explorer.recipe import Recipe

if TYPE_CHECKING:
    from vae_explorer.gui.app import App

log = logging.getLogger(__name__)


class Documents:
    """The files of one window. What went wrong is told in a dialog, for a person has asked for it."""

    def __init__(self, app: "App", adopt: Callable[[codec.Codec], None]) -> None:
        """adopt: called with a model that was opened."""
        self._app, self._adopt = app, adopt

    def open_file(self) -> None:
        """Ask for weights or a saved picture and open it."""
        if path := dialogs.ask_open(self._app.root, self._app.settings.folder):
            self.open(path)

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""
        if path := dialogs.ask_folder(self._app.root, self._app.settings.folder):
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a model, or go to where a saved picture was made."""
        self._app.remember(folder=str(path.resolve() if path.is_dir() else path.resolve().parent))
        if path.suffix.lower() == ".png":
            self._open_picture(path)
            return
        self._app.work.start(
            f"Opening {path.name}…",
            lambda job: codec.load(path, job.cancelled),
            self._adopt,
            lambda error: self._failed("The model was not opened", error),
        )

    def _open_picture(self, path: Path) -> None:
        session = self._app.session
        try:
            made = recipe.from_png(path)
            z = session.checked(made.z)
        except ValueError as error:
            self._failed("The picture belongs to another model", Failure(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self._failed("The picture was not opened", error)
        else:
            self._app.go(z)
            if made.weights != session.codec.source.sha256:
                self._app.say(f"{path.name} was made with other weights, so it may look different here")

    def save_picture(self) -> None:
        """Ask for a file and its size, and save the digit that is shown."""
        from vae_explorer.gui import saving

        app = self._app
        if asked := saving.ask(app.root, app.theme, Path(app.settings.folder or Path.cwd())):
            app.remember(folder=str(asked.path.parent))
            self.save_to(asked.path, asked.side)

    def save_to(self, path: Path, side: int) -> None:
        """Save the digit that is shown, side × side pixels, with the recipe to make it again."""
        from vae_explorer import export  # with the formats of pictures, which cost a start 30 ms

        session, settings = self._app.session, self._app.settings
        made = Recipe(session.state.z, session.codec.source.sha256, session.seed)
        try:
            x_hat = session.codec.decode(made.z)[0, 0]
            export.save_digit(x_hat, path, side, settings.look, settings.colours, made)
        except (Failure, OSError) as error:
            self._failed("The picture was not saved", error)
        else:
            self._app.say(f"Saved {path}")

    def _failed(self, title: str, error: Exception) -> None:
        """Say that something a person asked for did not happen; anything unexpected is logged too."""
        if isinstance(error, Failure | OSError):
            dialogs.show_error(self._app.root, title, explain(error))
        else:
            log.error("%s", title, exc_info=error)
            dialogs.show_error(self._app.root, title, f"{type(error).__name__}: {error}")
