"""What a model is known by, whatever decodes: a file, or code. Knows nothing of what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vae_explorer.images import DIGIT, Shape
from vae_explorer.storage.told import Told


@dataclass(frozen=True, eq=False, kw_only=True)
class Source:
    """Where a model came from, and what is known of it.

    path is its file, None for code, which is `called` module:function or what a person says. sha256 identifies it.
    info is what `model.json` says, empty where there is none that speaks of this decoder; atlas the bytes of
    `atlas.npz`; missing says for each file that is not used why, in a few words. opened is a sentence on what was done
    to open it, empty for a plain file. shape is that of an image, and told what the model does not say itself.
    """

    sha256: str
    path: Path | None = None
    called: str = ""
    atlas: bytes | None = None
    info: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    opened: str = ""
    shape: Shape = DIGIT
    told: Told = Told()

    @property
    def ships(self) -> bool:
        """Whether this is the model that ships, in its own place."""
        return False

    @property
    def ours(self) -> bool:
        """Whether its networks are those that training writes."""
        return False

    @property
    def title(self) -> str:
        """What it is called in short: what it says, or the name of its folder."""
        return self.called or (self.path.parent.resolve().name if self.path else "")

    @property
    def place(self) -> str:
        """Where it is: its file, or what it is called."""
        return str(self.path) if self.path else self.called
