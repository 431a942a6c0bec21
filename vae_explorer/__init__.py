"""See what a variational autoencoder is: the latent space of a convolutional VAE, live.

Public names load on first use, so that importing the package loads neither NumPy nor torch.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Codec": "vae_explorer.codecs.codec",
    "Recipe": "vae_explorer.pictures.recipe",
    "Space": "vae_explorer.space.space",
    "explorer": "vae_explorer.notebook.explorer",
    "figure": "vae_explorer.pictures.make",
    "load": "vae_explorer.codecs.opening",
    "open": "vae_explorer.codecs.own",
    "save": "vae_explorer.pictures.make",
    "save_digit": "vae_explorer.pictures.export",
    "save_page": "vae_explorer.page.made",
    "solve": "vae_explorer.space.solve",
}
__all__ = [
    "Codec", "Recipe", "Space", "__version__", "explorer", "figure", "load", "open", "save", "save_digit", "save_page",
    "solve",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
