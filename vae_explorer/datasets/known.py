"""Where data sets lay when models were made of them, remembered by what they hold, so that the window finds them again.

As with the settings, what is lost or broken costs nothing but the memory.
"""

from collections.abc import Mapping
from pathlib import Path

import platformdirs

from vae_explorer import remembered
from vae_explorer.datasets import mirrors

MOST = 100  # the oldest are forgotten
KEY = next(name for name in mirrors.OFFICIAL if name.startswith(mirrors.TEST))  # by the hash of the test images


def path() -> Path:
    """Where this is kept: beside the settings."""
    return platformdirs.user_config_path("vae-explorer", appauthor=False) / "data.json"


def place(hashes: Mapping[str, str | None]) -> Path | None:
    """Give where the data set of these hashes was; None where that is not known. It may have gone since."""
    kept = remembered.read(path()).get(hashes[KEY] or "")
    return Path(kept) if isinstance(kept, str) and kept else None


def keep(place: Path | None, hashes: Mapping[str, str]) -> None:
    """Remember where a data set is that a person named; nothing where nobody did, as it is found without."""
    if place is None:
        return
    kept = {key: value for key, value in remembered.read(path()).items() if key != hashes[KEY]}
    kept[hashes[KEY]] = str(place.absolute())
    remembered.write(path(), dict([*kept.items()][-MOST:]))
