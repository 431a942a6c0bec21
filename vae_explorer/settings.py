"""What the window remembers from one start to the next, where the platform keeps such things. Plain JSON.

Lost or broken settings cost nothing but the memory: reading gives the defaults, and writing never fails the program.
"""

import contextlib
import json
import typing
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

from vae_explorer import files

MAX_BYTES = 100_000
MAX_RECENT = 8


@dataclass(frozen=True)
class Settings:
    """theme, motion, pixels and colours are the View menu's; size is WIDTHxHEIGHT+X+Y as Tk has it; sash the
    width of the left column in pixels, 0 for the usual; folder where files were last saved or opened; recent
    the models opened last, newest first."""

    theme: str = "light"
    motion: bool = True
    look: str = "pixels"
    colours: str = "gray"
    size: str = ""
    sash: int = 0
    folder: str = ""
    recent: tuple[str, ...] = ()

    def with_recent(self, path: str) -> "Settings":
        """Give settings in which a model is the newest of the recent ones."""
        return replace(self, recent=(path, *(each for each in self.recent if each != path))[:MAX_RECENT])


def path() -> Path:
    """Where the settings lie."""
    return platformdirs.user_config_path("vae-explorer", appauthor=False) / "settings.json"


def read() -> Settings:
    """Read the settings; a value that is missing or of another type is the default."""
    try:
        with path().open("rb") as file:
            told = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(told, dict):
        return Settings()
    good = {each.name: told[each.name] for each in fields(Settings) if each.name in told}
    recent = good.pop("recent", [])
    kinds = typing.get_type_hints(Settings)
    good = {name: value for name, value in good.items() if type(value) is kinds[name]}
    if isinstance(recent, list) and all(isinstance(each, str) for each in recent):
        good["recent"] = tuple(recent[:MAX_RECENT])
    return Settings(**good)


def write(settings: Settings) -> None:
    """Keep the settings for the next start; a disk that is full or read-only only forgets them."""
    with contextlib.suppress(OSError):
        files.write({path(): (json.dumps(asdict(settings), indent=2) + "\n").encode()})
