"""The names that a person has given to dimensions, remembered by the model's weights, beside the settings. No Tk.

As with the settings, what is lost or broken costs nothing but the memory.
"""

from pathlib import Path

from vae_explorer import remembered, settings
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.remembered import MAX_BYTES

MAX_MODELS = 1000  # the oldest are forgotten, also where the file would be too large to be read


def path() -> Path:
    """Where the names lie."""
    return settings.path().with_name("names.json")


def read(weights: str, latent_dim: int) -> Names:
    """Read the names of a model's D dimensions; weights: the sha256 of its `decoder_weights.pt`."""
    kept = remembered.read(path()).get(weights)
    found = tuple(kept) if isinstance(kept, list) else ()
    return dimensions.read(found) if dimensions.are_written(found, latent_dim) else ()


def write(weights: str, names: Names) -> None:
    """Keep the names of a model, beside those of others; a disk that is full or read-only only forgets them."""
    kept = {key: value for key, value in remembered.read(path()).items() if key != weights}
    if names:
        kept[weights] = list(dimensions.written(names))
    newest = dict([*kept.items()][-MAX_MODELS:])
    while len(remembered.written(newest)) > MAX_BYTES:
        del newest[next(iter(newest))]
    remembered.write(path(), newest)
