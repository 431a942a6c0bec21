"""A picture beside what a model makes of it, as a Figure. Knows pixels, no models and no files."""

from vae_explorer.pictures.rc import Figure, own_settings

import numpy as np

from vae_explorer.images import Pixels
from vae_explorer.pictures.figures import MUTED, draw_sheet, placed
from vae_explorer.pictures.tiles import inches, zoom

NAMES = "picture", "reconstruction", "difference"
LEVELS = 255  # from black to white, which is the largest difference
TIMES = 3  # as large as a digit among others
GAP, TOP, BOTTOM = 0.25, 0.3125, 0.4375  # inches, between the tiles, above and below them


@own_settings()
def comparison(picture: Pixels, reconstruction: Pixels, recon: float, kl: float) -> Figure:
    """A picture, its reconstruction and their difference side by side, (H, W) each, with recon and kl in nats.

    The difference is white where there is none, blue where the reconstruction has ink that the picture has not, and red
    where it lacks some, as in the window.
    """
    h, w = picture.shape
    width, height = (TIMES * inches(picture[None], side) for side in (w, h))
    figure = Figure((0.125 + 3 * width + 2 * GAP, TOP + height + BOTTOM))
    axes = [placed(figure, 0.0625 + k * (width + GAP), TOP, width, height) for k in range(3)]
    for axis, name in zip(axes, NAMES, strict=True):
        axis.set_title(name, fontsize=10, pad=4)
    draw_sheet(axes[0], picture)
    draw_sheet(axes[1], reconstruction)
    difference = reconstruction.astype(np.int16) - picture
    axes[2].imshow(difference, cmap="bwr_r", vmin=-LEVELS, vmax=LEVELS, interpolation="none")
    axes[2].set_xticks([])
    axes[2].set_yticks([])
    axes[2].spines[:].set(color="0.8", linewidth=0.8)
    below = {1: f"recon {recon:.1f} + kl {kl:.1f} nats", 2: "blue: added ink, red: missing"}
    for k, text in below.items():
        at = h - 0.5 + 18 / (TIMES * zoom(picture[None]))
        axes[k].text((w - 1) / 2, at, text, ha="center", va="top", size=8, color=MUTED)
    return figure
