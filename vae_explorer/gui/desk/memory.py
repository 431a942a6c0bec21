"""The settings as they are now: what the window shows by, and what is kept for the next start. Knows no widgets."""

from dataclasses import replace
from typing import Any

from vae_explorer.settings import Settings


class Memory:
    """Holds one Settings at a time; `remember` puts another in its place."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def remember(self, **changes: Any) -> None:
        """Change settings for the next start. Raises ValueError for a value that a setting cannot have."""
        self.settings = replace(self.settings, **changes)
