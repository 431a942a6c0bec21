"""What a command of the window is. No Tk."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from vae_explorer.session.history import Session
from vae_explorer.session.window import App
from vae_explorer.settings import Settings


def a(name: str) -> str:
    """A class with its article, as far as letters tell it: a 3, an 8, a Shirt, an Ankle boot."""
    return f"a{'n' if name[:1] in 'AEIOUaeiou8' else ''} {name}"


def can_always(_session: Session) -> str:
    """Give no reason against it."""
    return ""


@dataclass(frozen=True)
class Action:
    """One command.

    shortcut is for eyes and keyboards alike ("Ctrl+Z"). why_not gives the reason, in a few words, why it cannot
    run now, empty when it can. checked is for what is on or off: whether the settings have it on. short is the
    label of its button, where there is little room. In a menu, lines part the groups. description says in a
    sentence, for newcomers and without its full stop, what it does.
    """

    name: str
    label: str
    menu: str
    shortcut: str
    run: Callable[[App], None]
    why_not: Callable[[Session], str] = can_always
    checked: Callable[[Settings], bool] | None = None
    short: str = ""
    group: str = ""
    description: str = ""

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
