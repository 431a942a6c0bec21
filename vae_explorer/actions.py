"""Every command of the window as data: what it is called, where it stands, when it can run, what it does. No Tk."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from vae_explorer.checkpoint import ATLAS
from vae_explorer.session import Session
from vae_explorer.settings import COLOURS, LOOKS, THEMES, Settings


class Documents(Protocol):
    """What an action may ask of the window's files."""

    def open_file(self) -> None:
        """Ask for weights or a saved picture and open it."""

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""

    def save_picture(self) -> None:
        """Ask for a file and save the digit that is shown."""


class App(Protocol):
    """What an action may ask of the window."""

    session: Session
    settings: Settings

    @property
    def documents(self) -> Documents:
        """What it opens and saves."""

    def go(self, z: tuple[float, ...]) -> None:
        """Move to a point, as one step of undo."""

    def stop(self) -> None:
        """Stop what moves or works by itself."""

    def change(self, **settings: Any) -> None:
        """Change settings, now and for the next start."""

    def copy_point(self) -> None:
        """Put z as text on the clipboard."""

    def paste_point(self) -> None:
        """Go to the z that the clipboard has as text."""

    def show_palette(self) -> None:
        """Open the list of all commands, to be found by typing."""

    def show_keys(self) -> None:
        """Open the list of all keys."""

    def show_about(self) -> None:
        """Tell about the program and the model that is open."""

    def close(self) -> None:
        """End the program."""


def _can_always(_session: Session) -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """One command.

    shortcut is for eyes and keyboards alike ("Ctrl+Z"). why_not gives the reason, in a few words, why it cannot
    run now, empty when it can. checked is for what is on or off: whether the settings have it on. short is the
    label of its button, where there is little room.
    """

    name: str
    label: str
    menu: str
    shortcut: str
    run: Callable[[App], None]
    why_not: Callable[[Session], str] = _can_always
    checked: Callable[[Settings], bool] | None = None
    short: str = ""

    @property
    def keys(self) -> str:
        """The shortcut for the eyes of people of this system."""
        return written(self.shortcut)


def written(shortcut: str, system: str = sys.platform) -> str:
    """Write a shortcut the way people of a system do: on macOS "Ctrl+Shift+Z" is ⇧⌘Z."""
    *modifiers, key = shortcut.replace("Escape", "Esc").split("+")
    if system != "darwin":
        return "+".join([*modifiers, key])
    signs = {"Shift": "⇧", "Ctrl": "⌘", "Alt": "⌥"}
    return "".join(signs.get(each, each) for each in reversed(modifiers)) + key


def _reset(app: App) -> None:
    app.go((0.0,) * app.session.codec.latent_dim)


def _go_to_class(label: int, app: App) -> None:
    app.go(app.session.class_mean(label))


def _no_undo(session: Session) -> str:
    return "" if session.can_undo else "nothing to undo"


def _no_redo(session: Session) -> str:
    return "" if session.can_redo else "nothing to redo"


def _at_origin(session: Session) -> str:
    return "" if any(session.state.z) else "all values are 0 already"


def _no_class(label: int, session: Session) -> str:
    if session.atlas is None:
        return f"class presets need {ATLAS}: {session.missing[ATLAS]}"
    return "" if label in session.atlas.classes else f"no image of class {label} is in {ATLAS}"


def _choice(setting: str, value: str) -> Action:
    """An action that sets one setting to one value."""
    return Action(
        f"{setting}-{value}",
        _CHOICES[value],
        "View",
        "",
        lambda app: app.change(**{setting: value}),
        checked=lambda settings: getattr(settings, setting) == value,
    )


_CHOICES = {  # what the values that settings can have are called
    "light": "Light theme",
    "dark": "Dark theme",
    "pixels": "Digit as pixels",
    "smooth": "Digit smooth",
    "gray": "White on black",
    "gray_r": "Black on white",
    "viridis": "Colours: viridis",
    "magma": "Colours: magma",
    "cividis": "Colours: cividis",
}

_MOTION = Action(
    "motion",
    "Move to presets smoothly",
    "View",
    "",
    lambda app: app.change(motion=not app.settings.motion),
    checked=lambda settings: settings.motion,
)

ACTIONS = (
    Action("open", "Open weights or picture…", "File", "Ctrl+O", lambda app: app.documents.open_file()),
    Action("open-folder", "Open folder of a model…", "File", "Ctrl+Shift+O", lambda app: app.documents.open_folder()),
    Action("save", "Save picture…", "File", "Ctrl+S", lambda app: app.documents.save_picture()),
    Action("quit", "Quit", "File", "Ctrl+Q", lambda app: app.close()),
    Action("undo", "Undo", "Edit", "Ctrl+Z", lambda app: app.session.undo(), _no_undo),
    Action("redo", "Redo", "Edit", "Ctrl+Shift+Z", lambda app: app.session.redo(), _no_redo),
    Action("copy", "Copy z as text", "Edit", "Ctrl+C", lambda app: app.copy_point()),
    Action("paste", "Go to the z on the clipboard", "Edit", "Ctrl+V", lambda app: app.paste_point()),
    Action("random", "Random", "Go", "R", lambda app: app.go(app.session.sample())),
    Action("reset", "Reset", "Go", "Home", _reset, _at_origin),
    Action("stop", "Stop", "Go", "Escape", lambda app: app.stop()),
    *(_choice("theme", value) for value in THEMES),
    *(_choice("look", value) for value in LOOKS),
    *(_choice("colours", value) for value in COLOURS),
    _MOTION,
    Action("palette", "Find a command…", "Help", "Ctrl+P", lambda app: app.show_palette()),
    Action("keys", "All keys", "Help", "F1", lambda app: app.show_keys()),
    Action("about", "About this model", "Help", "", lambda app: app.show_about()),
)
BY_NAME = {action.name: action for action in ACTIONS}


def class_actions(session: Session) -> tuple[Action, ...]:
    """Give the presets: the classes of the atlas, or 0 to 9, which then cannot run. The first ten have keys."""
    names = session.class_names or {label: str(label) for label in range(10)}
    return tuple(
        Action(
            f"class-{label}",
            f"Mean of class {name}",
            "Go",
            str(label) if label < 10 else "",
            partial(_go_to_class, label),
            partial(_no_class, label),
            short=name,
        )
        for label, name in names.items()
    )
