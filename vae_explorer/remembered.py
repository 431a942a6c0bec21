"""Small files of JSON in which the program remembers something: one that is lost or broken costs only the memory."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vae_explorer import files

MAX_BYTES = 1 << 20  # no more is read


def read(path: Path) -> dict[str, Any]:
    """Give what stands in a file; {} where that is not a JSON object."""
    try:
        with files.opened(path) as file:
            kept = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def written(values: Mapping[str, Any]) -> bytes:
    """What a file has to have for `read` to give these values."""
    return (json.dumps(values, indent=2) + "\n").encode()


def write(path: Path, values: Mapping[str, Any]) -> None:
    """Keep values for the next start; a disk that is full or read-only only forgets them."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write({path: written(values)})
