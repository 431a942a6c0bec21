"""Small pictures side by side, each in the middle of a square place. Knows pixels only."""

import numpy as np

from vae_explorer.gui.looks.look import Look
from vae_explorer.images import Pixels, fitted, sheet


def in_cells(look: Look, pictures: Pixels, cell: int, side: int, ground: str) -> Pixels:
    """Give pictures, (n, H, W) or (n, H, W, 3), as one, (cell, n·cell, 3): each as large as fits into `side` pixels, in
    a place of `cell` pixels of the colour ground, #rrggbb."""
    count, (width, height) = len(pictures), fitted(pictures.shape[1:], (side, side))
    row = look.picture(sheet(pictures, count), (count * width, height))
    cells = np.full((cell, count, cell, 3), tuple(bytes.fromhex(ground[1:])), np.uint8)
    left, top = (cell - width) // 2, (cell - height) // 2
    cells[top : top + height, :, left : left + width] = row.reshape(height, count, width, -1)
    return cells.reshape(cell, count * cell, 3)
