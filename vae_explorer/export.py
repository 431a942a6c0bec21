"""Pictures into files, the format chosen by the suffix. Knows Figures and pixels, no models."""

import io
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from vae_explorer import files
from vae_explorer.cli import Failure
from vae_explorer.images import Pixels

FIGURE_SUFFIXES = (".png", ".svg", ".pdf")


class ExportError(Failure):
    """A picture cannot be written in the format that its name asks for."""


def save_figure(figure: Figure, path: Path) -> None:
    """Write a Figure as PNG, SVG or PDF, whole or not at all. Raises ExportError for another suffix, OSError."""
    if path.suffix.lower() not in FIGURE_SUFFIXES:
        raise ExportError(f"{path.name}: pictures are saved as {', '.join(FIGURE_SUFFIXES)}; choose one of these.")
    buffer = io.BytesIO()
    figure.savefig(buffer, format=path.suffix[1:].lower(), dpi=144)
    files.write({path: buffer.getvalue()})


def save_image(pixels: Pixels, path: Path, scale: int = 1) -> None:
    """Write grey levels (h, w) as a PNG in which each becomes scale × scale pixels. Raises as `save_figure`."""
    if path.suffix.lower() != ".png":
        raise ExportError(f"{path.name}: a digit is saved as .png; choose a name that ends so.")
    buffer = io.BytesIO()
    Image.fromarray(np.kron(pixels, np.ones((scale, scale), np.uint8))).save(buffer, "png", optimize=True)
    files.write({path: buffer.getvalue()})
