"""Every command of the window as data: what it is called, where it stands, when it can run, what it does. No Tk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from vae_explorer.checkpoint import ATLAS
from vae_explorer.session import Session


class App(Protocol):
    """What an action may ask of the window."""

    session: Session

    def save_picture(self) -> None:
        """Ask for a file and save the digit that is shown."""

    def close(self) -> None:
        """End the program."""


def _always(_session: Session) -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """One command. shortcut is for eyes and keyboards alike ("Ctrl+Z"); why_not gives the reason, in a few
    words, why it cannot run now, empty when it can."""

    name: str
    label: str
    menu: str
    shortcut: str
    run: Callable[[App], None]
    why_not: Callable[[Session], str] = _always
    short: str = ""  # label of its button, where there is little room


def _undo(app: App) -> None:
    app.session.undo()


def _redo(app: App) -> None:
    app.session.redo()


def _random(app: App) -> None:
    app.session.commit(z=app.session.sample())


def _reset(app: App) -> None:
    app.session.commit(z=(0.0,) * app.session.codec.latent_dim)


def _go_to_class(label: int, app: App) -> None:
    app.session.commit(z=app.session.class_mean(label))


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


ACTIONS = (
    Action("save", "Save picture…", "File", "Ctrl+S", lambda app: app.save_picture()),
    Action("quit", "Quit", "File", "Ctrl+Q", lambda app: app.close()),
    Action("undo", "Undo", "Edit", "Ctrl+Z", _undo, _no_undo),
    Action("redo", "Redo", "Edit", "Ctrl+Shift+Z", _redo, _no_redo),
    Action("random", "Random", "Go", "R", _random),
    Action("reset", "Reset", "Go", "Home", _reset, _at_origin),
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
