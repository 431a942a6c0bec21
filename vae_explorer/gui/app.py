"""The window: builds the views around one session, and redraws them at most once a turn of the event loop."""

import logging
import tkinter as tk
from pathlib import Path
from tkinter import ttk

from vae_explorer import codec, export
from vae_explorer.actions import ACTIONS, BY_NAME, Action, class_actions
from vae_explorer.cli import Failure, explain
from vae_explorer.codec import Codec
from vae_explorer.gui import MIN_SIZE, Options, dialogs, theme
from vae_explorer.gui.buttons import Buttons
from vae_explorer.gui.canvas import DigitCanvas
from vae_explorer.gui.menu import Menu
from vae_explorer.gui.sliders import Sliders
from vae_explorer.gui.theme import BOLD, SPACE
from vae_explorer.images import to_pixels
from vae_explorer.session import Session, State

SAVED_SCALE = 20  # pixels of a saved picture to each of the digit's
LEFT_WIDTH = 400  # pixels; ten buttons with a digit fit into it
TEXT_WIDTH = LEFT_WIDTH - 4 * SPACE

log = logging.getLogger(__name__)


class App:
    """The main window. Moving anything goes through the session; `_changed` is told, and `_draw` draws."""

    def __init__(self, root: tk.Tk, session: Session, palette: theme.Palette) -> None:
        self.root, self.session = root, session
        self._pending: str | None = None
        self._said = self._hint = ""
        self._drawn = session.state
        root.title("VAE explorer")
        root.protocol("WM_DELETE_WINDOW", self.close)
        root.report_callback_exception = self._callback_failed
        root.columnconfigure(1, weight=1)
        root.rowconfigure(0, weight=1)
        presets = class_actions(session)
        self._message = tk.StringVar(root)
        left = ttk.Frame(root, padding=2 * SPACE, width=LEFT_WIDTH)
        left.grid(row=0, column=0, sticky="nsew")
        left.grid_propagate(False)
        self._build_left(left, presets, palette)
        middle = ttk.Frame(root, padding=(0, SPACE, 2 * SPACE, 2 * SPACE))
        middle.grid(row=0, column=1, sticky="nsew")
        self._build_middle(middle, palette)
        self._build_status()
        self._menu = Menu(root, self, (*ACTIONS, *presets), palette)
        self.digit.widget.bind("<Button-1>", lambda _event: root.focus_set())  # takes it off an entry
        session.listen(self._changed)

    def _build_left(self, left: ttk.Frame, presets: tuple[Action, ...], palette: theme.Palette) -> None:
        left.columnconfigure(0, weight=1)
        left.rowconfigure(1, weight=1)  # the sliders shrink first,
        left.rowconfigure(6, weight=1000)  # and what is left over lies below everything
        heading = ttk.Frame(left)
        heading.grid(row=0, sticky="w", pady=(0, SPACE))
        ttk.Label(heading, text="Latent space", font=BOLD).grid(sticky="w")
        lead = ttk.Label(
            heading, text=_lead(self.session.codec.latent_dim), style="Muted.TLabel", wraplength=TEXT_WIDTH
        )
        lead.grid(sticky="w")
        self.sliders = Sliders(left, self.session, palette.surface, self.say)
        self.sliders.widget.grid(row=1, sticky="nsew")
        title = ttk.Label(left, text="Go to the mean of a class", font=BOLD)
        title.grid(row=2, sticky="w", pady=(2 * SPACE, SPACE // 2))
        self.presets = Buttons(left, self, presets, min(10, max(5, len(presets))), self.hint, TEXT_WIDTH)
        self.presets.widget.grid(row=3, sticky="ew")
        why = next((reason for each in presets if (reason := each.why_not(self.session))), "")
        if why:
            note = ttk.Label(left, text=f"Off: {why}.", style="Muted.TLabel", wraplength=TEXT_WIDTH)
            note.grid(row=4, sticky="w", pady=(SPACE // 2, 0))
        moves = [BY_NAME[name] for name in ("random", "reset", "undo", "redo")]
        self.commands = Buttons(left, self, moves, 4, self.hint)
        self.commands.widget.grid(row=5, sticky="ew", pady=(2 * SPACE, 0))

    def _build_middle(self, middle: ttk.Frame, palette: theme.Palette) -> None:
        middle.columnconfigure(0, weight=1)
        middle.rowconfigure(0, weight=1)
        self.digit = DigitCanvas(middle, palette.surface)
        self.digit.widget.grid(row=0, sticky="nsew")
        self.saving = Buttons(middle, self, [BY_NAME["save"]], 1, self.hint)
        self.saving.widget.grid(row=1)

    def _build_status(self) -> None:
        bar = ttk.Frame(self.root, padding=(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE))
        bar.grid(row=1, column=0, columnspan=2, sticky="ew")
        bar.columnconfigure(1, weight=1)
        about = ttk.Label(bar, text=describe(self.session.codec), style="Muted.TLabel")
        about.grid(row=0, column=0, sticky="w")
        ttk.Label(bar, textvariable=self._message).grid(row=0, column=1, sticky="e")

    def _changed(self, _state: State) -> None:
        if self._pending is None:
            self._pending = self.root.after_idle(self._draw)

    def _draw(self) -> None:
        """Show the newest state; all that came since the last frame is one frame."""
        self._pending = None
        state = self.session.state
        if state != self._drawn:  # what was said of another state is over
            self._drawn, self._said = state, ""
            self.hint(self._hint)
        self.digit.show(to_pixels(self.session.codec.decode(state.z)[0, 0]))
        self.sliders.show(state)
        self.presets.update()
        self.commands.update()

    def say(self, text: str) -> None:
        """Put a sentence into the status line, where it stays until something moves."""
        self._said = text
        self.hint("")

    def hint(self, text: str) -> None:
        """Say for a while what is under the pointer; an empty text brings back what was said before."""
        self._hint = text
        self._message.set(text or self._said)

    def save_picture(self) -> None:
        """Ask for a file and save the digit that is shown as a PNG."""
        path = dialogs.ask_save(self.root, "Save picture", "digit.png")
        if path:
            self._save_picture(path)

    def _save_picture(self, path: Path) -> None:
        try:
            export.save_image(to_pixels(self.session.codec.decode(self.session.state.z)[0, 0]), path, SAVED_SCALE)
        except (Failure, OSError) as error:
            dialogs.show_error(self.root, "The picture was not saved", explain(error))
        else:
            self.say(f"Saved {path}")

    def close(self) -> None:
        """End the program; nothing is left waiting."""
        if self._pending is not None:
            self.root.after_cancel(self._pending)
            self._pending = None
        self.root.destroy()

    def _callback_failed(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.close()
            return
        log.error("a callback of the window failed", exc_info=(kind, error, trace))  # type: ignore[arg-type]
        self.say(f"Something went wrong: {error}")


def describe(model: Codec) -> str:
    """Tell a model in one line: data, dimensions, test loss, as far as model.json knows them."""
    info = model.source.info
    dims = f"{model.latent_dim} dimension{'s' if model.latent_dim > 1 else ''}"
    if not info:
        return f"{model.source.path.name}, {dims}, nothing known of its training"
    test = info.get("test") or {}
    loss = f"test loss {test['loss']:.1f} nats" if "loss" in test else "not measured yet"
    return f"{info.get('data', {}).get('name', 'unknown data')}, {dims}, {loss}"


def _lead(latent_dim: int) -> str:
    """Say in a sentence what the sliders are, to someone who has never seen a VAE."""
    if latent_dim == 1:
        return "The decoder turns this one number into a picture. Drag it."
    return f"The decoder turns these {latent_dim} numbers into a picture. Drag one and see what it means."


def build(options: Options) -> App:
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
    root.geometry("{}x{}".format(*options.size))
    root.minsize(*MIN_SIZE)
    return App(root, session, theme.apply(root, options.theme))


def show(options: Options) -> int:
    """Open the window and stay until it is closed."""
    build(options).root.mainloop()
    return 0
