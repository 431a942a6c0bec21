"""What outlives the views: the settings, also for the next start, and what belongs to one walk. Knows no widgets."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from vae_explorer.session import names
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings

REFINED = "refined"  # of `kept`: what refining has won, by the State's `refined`


class Memory:
    """Holds one Settings at a time; `remember` puts another in its place."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._kept: WeakKeyDictionary[Session, dict[Hashable, dict[Any, Any]]] = WeakKeyDictionary()

    def remember(self, **changes: Any) -> None:
        """Change settings for the next start. Raises ValueError for a value that a setting cannot have."""
        self.settings = replace(self.settings, **changes)

    def keep_names(self, session: Session) -> None:
        """Keep what dimensions are called in a session, for the next time that its model is opened."""
        names.write(session.space.codec.source.sha256, session.state.names)

    def kept(self, session: Session, what: Hashable) -> dict[Any, Any]:
        """Give what the views of a session may keep for those that come after them, as with another theme.

        It is for what only the eye chose, which no undo takes back, and for what took long to find.
        """
        return self._kept.setdefault(session, {}).setdefault(what, {})
