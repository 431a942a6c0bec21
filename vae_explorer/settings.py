"""What the window remembers from one start to the next, where the platform keeps such things. Plain JSON.

Lost or broken settings cost nothing but the memory: reading gives the defaults, and writing never fails the program.
"""

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from vae_explorer import remembered
from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.session.faces import FACES
from vae_explorer.session.layers import AT_FIRST, LAYERS
from vae_explorer.session.orders import ORDERS

THEMES = {"light": "Light theme", "dark": "Dark theme"}  # of the window, each with its label in the View menu
MAX_RECENT = 8  # paths, which take at most a fifth of what is read
MAX_PATH = 4096  # characters, as Linux has it
MAX_NAME = 64  # characters, of a tab, a source or an answer
MAX_NAMES = 32  # of answers
MAX_LABEL = 255  # of a class, as an atlas has it

_SIZE = re.compile(r"([1-9][0-9]{0,4}x[1-9][0-9]{0,4}(([+-]-?[0-9]{1,5}){2})?)?")  # Tk writes −5 from the left as +-5


@dataclass(frozen=True)
class Settings:
    """theme, motion, look, colours and shade are the View menu's, the last whether strips are shaded where few data
    lie; face is the one of the left column that is in front; order is that of the sliders; source is where Random
    draws from, one of sources.SOURCES or what another version knows, source_label the class and source_radius the
    distance, where it draws from those; loop is whether a path plays for ever; layers are those that the map shows,
    in the order of LAYERS; size is WIDTHxHEIGHT+X+Y as Tk has it, or empty; shares are where the two dividers
    stand, as shares of the width; tab is the name of the one in front, and means the first where a window has none
    of that name; unfolded are the names of the answers under the digit that are open, each once; folder is where
    files were last saved or opened, or empty; recent are the models opened last but for the one that ships, newest
    first, no more than MAX_RECENT and none twice.

    Raises ValueError for any other value, so that a Settings can be relied on. Whether a window of that size is on
    the screen, or a path still leads somewhere, is not known here.
    """

    theme: str = "light"
    motion: bool = True
    look: str = "pixels"
    colours: str = "gray"
    shade: bool = False
    face: str = "numbers"
    order: str = "number"
    source: str = "posterior"
    source_label: int = 0
    source_radius: float = 1.0
    loop: bool = False
    layers: tuple[str, ...] = AT_FIRST
    size: str = ""
    shares: tuple[float, float] = (0.33, 0.6)
    tab: str = ""
    unfolded: tuple[str, ...] = ("looks", "place")
    folder: str = ""
    recent: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, sane in _SANE.items():
            if not sane(getattr(self, name)):
                raise ValueError(f"{name} cannot be {getattr(self, name)!r}")

    def with_recent(self, path: str) -> "Settings":
        """Give settings in which a model is the newest of the recent ones."""
        return replace(self, recent=_distinct((path, *self.recent)))


def path() -> Path:
    """Where the settings lie."""
    return platformdirs.user_config_path("vae-explorer", appauthor=False) / "settings.json"


def read() -> Settings:
    """Read the settings; a value that is missing, or that no Settings can have, is the default."""
    kept = remembered.read(path())
    good = {name: kept[name] for name, sane in _SANE.items() if name in kept and sane(kept[name])}
    shares, recent, layers, unfolded = (kept.get(name) for name in ("shares", "recent", "layers", "unfolded"))
    if isinstance(layers, list):
        good["layers"] = tuple(name for name in LAYERS if name in layers)
    if isinstance(shares, list) and _are_shares(tuple(shares)):
        good["shares"] = tuple(shares)
    if isinstance(unfolded, list) and _are_names(tuple(unfolded)):
        good["unfolded"] = tuple(unfolded)
    if isinstance(recent, list):
        good["recent"] = _distinct(filter(_is_path, recent))
    return Settings(**good)


def merged(mine: Settings, before: Settings, theirs: Settings) -> Settings:
    """Give what a window keeps at its end that began with `before`, where another window has kept theirs since.

    What was changed here is mine, all else theirs; the models opened here come before theirs.
    """
    changed = {name: value for name, value in vars(mine).items() if value != getattr(before, name)}
    fronts = [mine.recent[:k] for k in range(MAX_RECENT + 1)]
    opened = next((each for each in fronts if _distinct((*each, *before.recent)) == mine.recent), mine.recent)
    return replace(theirs, **changed | {"recent": _distinct((*opened, *theirs.recent))})


def write(settings: Settings) -> None:
    """Keep the settings for the next start; a disk that is full or read-only only forgets them."""
    remembered.write(path(), asdict(settings))


def _is_path(value: object) -> bool:
    """Whether a value is text that the system takes as a path, whether or not it leads anywhere."""
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_PATH or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:  # half of a pair of surrogates; those that stand for odd bytes of a name are fine
        return False
    return True


def _distinct(paths: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))[:MAX_RECENT]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= MAX_NAME


def _are_names(value: object) -> bool:
    """Whether a value is some names, none of them twice."""
    if not isinstance(value, tuple) or not all(map(_is_name, value)):
        return False
    return len(set(value)) == len(value) <= MAX_NAMES


def _is_one(names: Mapping[str, str], value: object) -> bool:
    return isinstance(value, str) and value in names


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_label(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_LABEL


def _is_radius(value: object) -> bool:
    return type(value) is float and 0 < value < math.inf


def _are_shares(value: object) -> bool:
    """Whether a value is where two dividers can stand, the second right of the first."""
    if not isinstance(value, tuple) or len(value) != 2 or not all(type(each) is float for each in value):
        return False
    return bool(0 < value[0] < value[1] < 1)


_SANE: dict[str, Callable[[Any], bool]] = {
    "theme": partial(_is_one, THEMES),
    "motion": _is_truth,
    "shade": _is_truth,
    "source": _is_name,
    "source_label": _is_label,
    "source_radius": _is_radius,
    "loop": _is_truth,
    "look": partial(_is_one, LOOKS),
    "colours": partial(_is_one, COLOURS),
    "face": partial(_is_one, FACES),
    "order": partial(_is_one, ORDERS),
    "layers": lambda value: isinstance(value, tuple) and value == tuple(name for name in LAYERS if name in value),
    "size": lambda value: isinstance(value, str) and _SIZE.fullmatch(value) is not None,
    "shares": _are_shares,
    "tab": _is_name,
    "unfolded": _are_names,
    "folder": lambda value: value == "" or _is_path(value),
    "recent": lambda value: isinstance(value, tuple) and all(map(_is_path, value)) and _distinct(value) == value,
}
