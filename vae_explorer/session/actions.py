"""Every command of the window as data: what it is called, where it stands, when it can run, what it does. No Tk."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from vae_explorer.pictures.scatter import short
from vae_explorer.session.bookmarks import MAX_COUNT
from vae_explorer.session.history import Session
from vae_explorer.settings import COLOURS, LOOKS, TABS, THEMES, Settings
from vae_explorer.storage.checkpoint import ATLAS


class Documents(Protocol):
    """What an action may ask of the window's files."""

    def open_file(self) -> None:
        """Ask for weights, a saved picture or bookmarks and open them."""

    def open_folder(self) -> None:
        """Ask for the folder of a model and open it."""

    def open_shipped(self) -> None:
        """Open the model that ships."""

    def save_picture(self) -> None:
        """Ask for a file, and save the digit or another picture of what is seen."""

    def save_view(self) -> None:
        """Ask for a file, and save what the tab in front shows or another picture."""

    def open_bookmarks(self) -> None:
        """Ask for saved bookmarks and add them."""

    def save_bookmarks(self) -> None:
        """Ask for a file and save the bookmarks."""

    def copy_python(self) -> None:
        """Put a program that saves the digit on the clipboard."""

    def copy_view(self) -> None:
        """Put a program that saves what the tab in front shows on the clipboard."""


class App(Protocol):
    """What an action may ask of the window."""

    @property
    def session(self) -> Session:
        """The walk that is shown."""

    @property
    def settings(self) -> Settings:
        """What the window shows by."""

    @property
    def documents(self) -> Documents:
        """What it opens and saves."""

    def go(self, z: tuple[float, ...]) -> None:
        """Move to a point, as one step of undo."""

    def stop(self) -> None:
        """Stop what moves or works by itself."""

    def show_tab(self, name: str) -> None:
        """Bring the map, the plane, the path or the arithmetic to the front."""

    def change(self, **settings: Any) -> None:
        """Change settings, now and for the next start."""

    def play(self) -> None:
        """Play the path, or pause it."""

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

    def quit(self) -> None:
        """End the program, unless the person wants to keep what would be lost."""


def _can_always(_session: Session) -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """One command.

    shortcut is for eyes and keyboards alike ("Ctrl+Z"). why_not gives the reason, in a few words, why it cannot
    run now, empty when it can. checked is for what is on or off: whether the settings have it on. short is the
    label of its button, where there is little room. In a menu, lines part the groups. told says in a sentence, for
    newcomers and without its full stop, what it does.
    """

    name: str
    label: str
    menu: str
    shortcut: str
    run: Callable[[App], None]
    why_not: Callable[[Session], str] = _can_always
    checked: Callable[[Settings], bool] | None = None
    short: str = ""
    group: str = ""
    told: str = ""

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
    app.go((0.0,) * app.session.space.latent_dim)


def _go_to_class(label: int, app: App) -> None:
    app.go(app.session.space.class_mean(label))


def _no_undo(session: Session) -> str:
    return "" if session.can_undo else "nothing to undo"


def _no_redo(session: Session) -> str:
    return "" if session.can_redo else "nothing to redo"


def _at_origin(session: Session) -> str:
    return "" if any(session.state.z) else "all values are 0 already"


def _no_class(label: int, session: Session) -> str:
    if session.space.atlas is None:
        return f"class presets need {ATLAS}: {session.space.missing[ATLAS]}"
    return "" if label in session.space.atlas.classes else f"no image of class {label} is in {ATLAS}"


def _is_shipped(session: Session) -> str:
    return "it is open already" if session.space.codec.source.ships else ""


def _bookmarked(session: Session) -> str:
    here = session.state.z in (each.z for each in session.state.bookmarks)
    if here:
        return "this place is bookmarked already"
    return "" if len(session.state.bookmarks) < MAX_COUNT else f"{MAX_COUNT} bookmarks are the most"


def _no_bookmarks(session: Session) -> str:
    return "" if session.state.bookmarks else "there are no bookmarks yet"


def _tab(name: str, shortcut: str) -> Action:
    """An action that brings a view to the front."""
    return Action(
        f"tab-{name}", f"Show {name}", "View", shortcut, lambda app: app.show_tab(name), group="tab", told=_TABS[name]
    )


def _choice(setting: str, value: str) -> Action:
    """An action that sets one setting to one value."""
    return Action(
        f"{setting}-{value}",
        _CHOICES[value],
        "View",
        "",
        lambda app: app.change(**{setting: value}),
        checked=lambda settings: getattr(settings, setting) == value,
        group=setting,
    )


_TABS = {  # what is told of the views
    "map": "Where the encoder puts the digits, seen from above, and where you are among them",
    "plane": "What the decoder makes of a grid of points around you",
    "path": "The pictures on the way from one place to another",
    "arithmetic": "Take one place from another and add a third: what is common to two digits, given to another",
}

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
    group="motion",
    told="Fly to a preset within 0.6 seconds, or be there at once",
)

# A table: what an action does, and below it which group it is of and what is told of it.
# fmt: off
ACTIONS = (
    Action("open", "Open weights or picture…", "File", "Ctrl+O", lambda app: app.documents.open_file(),
           group="open", told="A model's decoder_weights.pt; a saved picture, to go where it was made; or bookmarks"),
    Action("open-folder", "Open folder of a model…", "File", "Ctrl+Shift+O", lambda app: app.documents.open_folder(),
           group="open", told="The folder that training saved a model in"),
    Action("open-shipped", "The model that ships", "File", "", lambda app: app.documents.open_shipped(), _is_shipped,
           group="open", told="Come back to the model of MNIST's digits that this program brings along"),
    Action("save", "Save picture…", "File", "Ctrl+S", lambda app: app.documents.save_picture(),
           group="save", told="Keep the digit as PNG, SVG or PDF, with what it takes to come back to it"),
    Action("save-view", "Save the view…", "File", "Ctrl+Shift+S", lambda app: app.documents.save_view(),
           group="save", told="Keep what the tab in front shows as PNG, SVG or PDF, a path also as moving GIF"),
    Action("open-bookmarks", "Open bookmarks…", "File", "", lambda app: app.documents.open_bookmarks(),
           group="bookmarks", told="Add the bookmarks of a file to those that are there"),
    Action("save-bookmarks", "Save bookmarks…", "File", "", lambda app: app.documents.save_bookmarks(), _no_bookmarks,
           group="bookmarks", told="Keep all bookmarks in a file, or as a table for other programs"),
    Action("quit", "Quit", "File", "Ctrl+Q", lambda app: app.quit(),
           group="quit"),
    Action("undo", "Undo", "Edit", "Ctrl+Z", lambda app: app.session.undo(), _no_undo,
           told="Go back to before the last move"),
    Action("redo", "Redo", "Edit", "Ctrl+Shift+Z", lambda app: app.session.redo(), _no_redo,
           told="Move again as before the last undo"),
    Action("copy", "Copy z as text", "Edit", "Ctrl+C", lambda app: app.copy_point(),
           group="clipboard", told="Put the numbers of this point on the clipboard"),
    Action("paste", "Go to the z on the clipboard", "Edit", "Ctrl+V", lambda app: app.paste_point(),
           group="clipboard", told="Go to the point whose numbers are on the clipboard"),
    Action("copy-python", "Copy as Python", "Edit", "Ctrl+Shift+C", lambda app: app.documents.copy_python(),
           group="clipboard", told="A few lines of Python that save the digit without this window"),
    Action("copy-view", "Copy the view as Python", "Edit", "", lambda app: app.documents.copy_view(),
           group="clipboard", told="A few lines of Python that save what the tab in front shows"),
    Action("random", "Random", "Go", "R", lambda app: app.go(app.session.sample()),
           told="Go to a random point: near an encoded test digit, or without an atlas one drawn from N(0, 1)"),
    Action("reset", "Reset", "Go", "Home", _reset, _at_origin,
           told="Set every number to 0, the middle of the space"),
    Action("bookmark", "Bookmark this place", "Go", "B", lambda app: app.session.bookmark(), _bookmarked,
           short="+", group="here", told="Keep this point, to come back to it or to use it in a path"),
    Action("play", "Play or pause the path", "Go", "Space", lambda app: app.play(),
           group="here", told="Move along the chosen way of the path, from one end to the other"),
    Action("stop", "Stop", "Go", "Escape", lambda app: app.stop(),
           group="here", told="Stop what moves or works by itself"),
    *(_tab(name, f"Ctrl+{k}") for k, name in enumerate(TABS, 1)),
    *(_choice("theme", value) for value in THEMES),
    *(_choice("look", value) for value in LOOKS),
    *(_choice("colours", value) for value in COLOURS),
    _MOTION,
    Action("palette", "Find a command…", "Help", "Ctrl+P", lambda app: app.show_palette(),
           told="All that the window can do, found by a few letters"),
    Action("keys", "All keys", "Help", "F1", lambda app: app.show_keys(),
           told="All that can be done with the keyboard"),
    Action("about", "About this model", "Help", "", lambda app: app.show_about(),
           group="about", told="What the model is, how it was trained and how well it does"),
)
# fmt: on
BY_NAME = {action.name: action for action in ACTIONS}


def class_actions(session: Session) -> tuple[Action, ...]:
    """Give the presets: the classes of the atlas, or 0 to 9, which then cannot run. The first ten have keys."""
    names = session.space.class_names or {label: str(label) for label in range(10)}
    labels = short(names)  # a button as wide as its column would push the sliders away
    return tuple(
        Action(
            f"class-{label}",
            f"Mean of class {name}",
            "Go",
            str(label) if label < 10 else "",
            partial(_go_to_class, label),
            partial(_no_class, label),
            short=labels[label],
            group="class",
            told=f"The middle of all that the encoder gives to pictures of {_a(name)}",
        )
        for label, name in names.items()
    )


def _a(name: str) -> str:
    """A class with its article, as far as letters tell it: a 3, an 8, a Shirt, an Ankle boot."""
    return f"a{'n' if name[:1] in 'AEIOUaeiou8' else ''} {name}"
