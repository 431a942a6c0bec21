"""The window: what the actions ask for, opening models, and what is remembered. The views are in `workspace`."""

import gc
import logging
import re
import tkinter as tk
from dataclasses import replace
from pathlib import Path
from typing import Any

from vae_explorer import codec, export, recipe, settings
from vae_explorer.actions import ACTIONS, class_actions
from vae_explorer.cli import Failure, explain
from vae_explorer.codec import Codec
from vae_explorer.gui import MIN_SIZE, Options, about, dialogs, keys, palette, saving, theme
from vae_explorer.gui.menu import Menu
from vae_explorer.gui.motion import Motion
from vae_explorer.gui.status import Status
from vae_explorer.gui.workspace import Workspace
from vae_explorer.jobs import Jobs
from vae_explorer.recipe import Recipe
from vae_explorer.session import Session
from vae_explorer.settings import Settings

USUAL_SIZE = 1180, 760  # pixels of the design
POLL_MS = 30

log = logging.getLogger(__name__)


class App:
    """The main window, on one session at a time."""

    def __init__(self, root: tk.Tk, session: Session, remembered: Settings, scale: float) -> None:
        self.root, self.session, self.settings, self._scale = root, session, remembered, scale
        self.jobs = Jobs()
        self._polling: str | None = None
        root.protocol("WM_DELETE_WINDOW", self.close)
        root.report_callback_exception = self._callback_failed
        root.columnconfigure(0, weight=1)
        root.rowconfigure(0, weight=1)
        self._build()

    def _build(self) -> None:
        """Make menu, views and status line for the session and the settings as they are now."""
        self.theme = theme.apply(self.root, self.settings.theme, self._scale)
        presets = class_actions(self.session)
        self.root.title(f"{self.session.codec.source.path.parent.resolve().name} – VAE explorer")
        self.actions = (*ACTIONS, *presets)
        self.menu = Menu(self.root, self, self.actions, self.theme.colours, self.open)
        self.status = Status(self.root, self.theme, describe(self.session.codec), self.jobs.cancel)
        self.status.widget.grid(row=1, column=0, sticky="ew")
        self.motion = Motion(self.root, self.session)
        self.workspace = Workspace(self.root, self, self.theme, self.status, presets)
        self.workspace.widget.grid(row=0, column=0, sticky="nsew")

    def _rebuild(self) -> None:
        """Put new views in the place of the old, divided as they were."""
        self._remember(sash=self.workspace.widget.sashpos(0))
        self.motion.stop()
        self.motion.destroy()
        self.workspace.destroy()
        self.status.widget.destroy()
        self.menu.destroy()
        self._build()
        gc.collect()  # matplotlib's figure and canvas hold each other, and with them an image of Tk's

    # ------------------------------------------------------------------ moving

    def go(self, z: tuple[float, ...]) -> None:
        """Move to a point, smoothly where that is wanted, as one step of undo."""
        if self.settings.motion:
            self.motion.go(z)
        else:
            self.session.commit(z=z)

    def stop(self) -> None:
        """Stop what moves or works by itself."""
        self.motion.stop()
        self.jobs.cancel()

    def copy_point(self) -> None:
        """Put z as text on the clipboard, in full."""
        self.root.clipboard_clear()
        self.root.clipboard_append(", ".join(f"{value:.6g}" for value in self.session.state.z))
        self.status.say("Copied z as text")

    def paste_point(self) -> None:
        """Go to the z that the clipboard has as text."""
        try:
            text = self.root.clipboard_get()
            z = tuple(float(part) for part in text.replace("−", "-").replace(",", " ").split())
            self.go(self.session.checked(z))
        except (tk.TclError, ValueError) as error:
            why = error if str(error).startswith(("z has", "the values")) else "no list of numbers is there"
            self.status.say(f"Nothing to go to on the clipboard: {why}")

    # ------------------------------------------------------------------ files

    def open_file(self) -> None:
        """Ask for weights or a saved picture and open it."""
        if path := dialogs.ask_open(self.root, self.settings.folder):
            self.open(path)

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""
        if path := dialogs.ask_folder(self.root, self.settings.folder):
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a model, or go to where a saved picture was made. The old model stays until the new one is read."""
        self._remember(folder=str(path.resolve() if path.is_dir() else path.resolve().parent))
        if path.suffix.lower() == ".png":
            self._open_picture(path)
            return
        self.jobs.start(
            f"Opening {path.name}…",
            lambda job: codec.load(path, job.cancelled),
            self._opened,
            lambda error: self._failed("The model was not opened", error),
        )
        self._poll()

    def _opened(self, model: Codec) -> None:
        self.session = Session(model, seed=self.session.seed)
        self._remember(recent=self.settings.with_recent(str(model.source.path.resolve())).recent)
        self._rebuild()

    def _open_picture(self, path: Path) -> None:
        try:
            made = recipe.from_png(path)
            z = self.session.checked(made.z)
        except ValueError as error:
            self._failed("The picture belongs to another model", Failure(f"{path.name}: {error}."))
        except (Failure, OSError) as error:
            self._failed("The picture was not opened", error)
        else:
            self.go(z)
            if made.weights != self.session.codec.source.sha256:
                self.status.say(f"{path.name} was made with other weights, so it may look different here")

    def save_picture(self) -> None:
        """Ask for a file and its size, and save the digit that is shown."""
        folder = Path(self.settings.folder or Path.cwd())
        if asked := saving.ask(self.root, self.theme, folder):
            self._remember(folder=str(asked.path.parent))
            self.save_to(asked.path, asked.side)

    def save_to(self, path: Path, side: int) -> None:
        """Save the digit that is shown, side × side pixels, with the recipe to make it again."""
        z, source = self.session.state.z, self.session.codec.source
        made = Recipe(z, source.sha256, self.session.seed)
        try:
            x_hat = self.session.codec.decode(z)[0, 0]
            export.save_digit(x_hat, path, side, self.settings.look, self.settings.colours, made)
        except (Failure, OSError) as error:
            self._failed("The picture was not saved", error)
        else:
            self.status.say(f"Saved {path}")

    def _failed(self, title: str, error: Exception) -> None:
        """Say that something a person asked for did not happen; anything unexpected is logged too."""
        if isinstance(error, Failure | OSError):
            dialogs.show_error(self.root, title, explain(error))
        else:
            log.error("%s", title, exc_info=error)
            dialogs.show_error(self.root, title, f"{type(error).__name__}: {error}")

    def _poll(self) -> None:
        """Look after the job until it has ended."""
        self._stop_polling()
        self.jobs.poll()
        self.status.show_job(self.jobs.current)
        self._stop_polling()  # what was opened by a job's end looks after itself
        if self.jobs.current:
            self._polling = self.root.after(POLL_MS, self._poll)

    def _stop_polling(self) -> None:
        if self._polling is not None:
            self.root.after_cancel(self._polling)
            self._polling = None

    # ------------------------------------------------------------------ the window

    def change(self, **changes: Any) -> None:
        """Change settings, now and for the next start."""
        self._remember(**changes)
        if changes.keys() & {"theme", "look", "colours"}:
            self._rebuild()

    def _remember(self, **changes: Any) -> None:
        self.settings = replace(self.settings, **changes)

    def show_palette(self) -> None:
        """Open the list of all commands, to be found by typing."""
        palette.show(
            self.root, self.theme, self.actions, lambda each: each.why_not(self.session), lambda each: each.run(self)
        )

    def show_keys(self) -> None:
        """Open the list of all keys."""
        keys.show(self.root, self.theme, self.actions)

    def show_about(self) -> None:
        """Tell about the program and the model that is open."""
        about.show(self.root, self.theme, self.session.codec.source)

    def close(self) -> None:
        """End the program; nothing is left waiting."""
        self._remember(size=self.root.geometry(), sash=self.workspace.widget.sashpos(0))
        self.jobs.close()
        self._stop_polling()
        self.motion.destroy()
        self.workspace.destroy()
        self.root.destroy()

    def _callback_failed(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.close()
            return
        log.error("a callback of the window failed", exc_info=(kind, error, trace))  # type: ignore[arg-type]
        self.status.say(f"Something went wrong: {error}")


def describe(model: Codec) -> str:
    """Tell a model in one line: data, dimensions, test loss, as far as model.json knows them."""
    info = model.source.info
    dims = f"{model.latent_dim} dimension{'s' if model.latent_dim > 1 else ''}"
    if not info:
        return f"{model.source.path.name}, {dims}, nothing known of its training"
    test = info.get("test") or {}
    loss = f"test loss {test['loss']:.1f} nats" if "loss" in test else "not measured yet"
    return f"{info.get('data', {}).get('name', 'unknown data')}, {dims}, {loss}"


def build(options: Options, remembered: Settings) -> App:
    """Open a model and a window for it. Raises Failure for a bad model, a bad --z, or no display."""
    model = codec.load(options.weights)
    try:
        session = Session(model, options.z, options.seed)
    except ValueError as error:
        raise Failure(f"--z: {error}.") from error
    try:
        root = tk.Tk(className="vae-explorer")
    except tk.TclError as error:
        raise Failure(
            f"There is no screen to open the window on ({error}). Run it in a desktop session, or over "
            "ssh -X; without any screen --snapshot FILE.png writes a picture of the window."
        ) from error
    scale = options.scale or theme.screen_scale(root)
    remembered = replace(remembered, theme=options.theme or remembered.theme)
    root.geometry(_geometry(root, options, remembered, scale))
    root.minsize(*MIN_SIZE)
    return App(root, session, remembered, scale)


def _geometry(root: tk.Tk, options: Options, remembered: Settings, scale: float) -> str:
    """The size asked for, else the place of the last time where it is on the screen, else the usual size."""
    if options.size:
        return "{}x{}".format(*options.size)
    if remembered.size:
        width, height = (int(part) for part in re.findall(r"\d+", remembered.size)[:2])
        if width <= root.winfo_screenwidth() and height <= root.winfo_screenheight():
            return f"{width}x{height}"
    width, height = (round(n * scale) for n in USUAL_SIZE)
    return f"{min(width, root.winfo_screenwidth())}x{min(height, root.winfo_screenheight())}"


def show(options: Options) -> int:
    """Open the window and stay until it is closed; remember for the next time what was chosen."""
    remembered = settings.read()
    app = build(options, replace(remembered, motion=remembered.motion and not options.no_motion))
    app.root.mainloop()
    kept = replace(app.settings, motion=remembered.motion) if options.no_motion else app.settings
    settings.write(kept)
    return 0
