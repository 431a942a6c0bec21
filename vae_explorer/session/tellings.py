"""What was told of a file that it does not say itself, remembered by its path, beside the settings. No Tk.

As with the settings, what is lost or broken costs nothing but the memory.
"""

from pathlib import Path
from typing import Any

from vae_explorer import remembered, settings
from vae_explorer.storage import checkpoint
from vae_explorer.storage.checkpoint import CheckpointError
from vae_explorer.storage.told import Told

MAX_FILES = 200  # the oldest are forgotten


def path() -> Path:
    """Where it lies."""
    return settings.path().with_name("told.json")


def read(model: Path | None) -> Told:
    """Read what was told of the file that a path to a model means; nothing where that is not known."""
    try:
        kept = remembered.read(path()).get(_key(model))
        return _told(kept) if isinstance(kept, dict) else Told()
    except (CheckpointError, TypeError, ValueError):
        return Told()


def write(model: Path, told: Told) -> None:
    """Keep what was told of a model's file; a disk that is full or read-only only forgets it."""
    key = _key(model)
    kept = {each: value for each, value in remembered.read(path()).items() if each != key}
    said = {"hidden": told.hidden, "output": told.output, "shape": told.shape, "encoder": told.encoder}
    kept[key] = {name: _plain(value) for name, value in said.items() if value != getattr(Told(), name)}
    remembered.write(path(), dict([*kept.items()][-MAX_FILES:]))


def _key(model: Path | None) -> str:
    """One of several models in a file is another."""
    file, name = checkpoint.place(model)
    return f"{file.resolve()}#{name}" if name else str(file.resolve())


def _plain(value: Any) -> Any:
    return str(value.resolve()) if isinstance(value, Path) else value


def _told(kept: dict[str, Any]) -> Told:
    shape, encoder = kept.get("shape"), kept.get("encoder")
    words = {name: kept[name] for name in ("hidden", "output") if name in kept}
    return Told(
        shape=None if shape is None else tuple(shape), encoder=None if encoder is None else Path(encoder), **words
    )
