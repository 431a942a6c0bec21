"""The names that a person has given to dimensions, remembered by the model's weights, beside the settings. No Tk.

As with the settings, what is lost or broken costs nothing but the memory.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

from vae_explorer import files, settings
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names

MAX_BYTES = 1 << 20  # of the file: no more is read, so no more is written
MAX_MODELS = 1000  # beyond either, the oldest are forgotten


def path() -> Path:
    """Where the names lie."""
    return settings.path().with_name("names.json")


def read(weights: str, latent_dim: int) -> Names:
    """Read the names of a model's D dimensions; weights: the sha256 of its `decoder_weights.pt`."""
    kept = _kept().get(weights)
    found = tuple(kept) if isinstance(kept, list) else ()
    return dimensions.read(found) if dimensions.are_written(found, latent_dim) else ()


def write(weights: str, names: Names) -> None:
    """Keep the names of a model, beside those of others; a disk that is full or read-only only forgets them."""
    kept = {key: value for key, value in _kept().items() if key != weights}
    if names:
        kept[weights] = list(dimensions.written(names))
    newest = dict([*kept.items()][-MAX_MODELS:])
    while len(data := (json.dumps(newest, indent=2) + "\n").encode()) > MAX_BYTES:
        del newest[next(iter(newest))]
    with contextlib.suppress(OSError):
        path().parent.mkdir(parents=True, exist_ok=True)
        files.write({path(): data})


def _kept() -> dict[str, Any]:
    """Give what stands in the file; {} where that is not a JSON object."""
    try:
        with files.opened(path()) as file:
            kept = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
