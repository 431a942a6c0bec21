"""The fields of classes and density as a picture under the dots of a map, computed beside the window."""

import numpy as np

from vae_explorer.gui.views.map.underlay import Underlay
from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.jobs import Job
from vae_explorer.pictures.fields import wash
from vae_explorer.pictures.scatter import BACKGROUND
from vae_explorer.space import field
from vae_explorer.space.latent import Plane
from vae_explorer.space.space import Space

CELL, MOST = 12, 1400  # pixels of the design from point to point of a field, and points at most: 0.1 s
PIXELS = 600_000  # of a picture at most, which is enlarged beyond: five times its size in floats is in use


def underlay(
    space: Space, plane: Plane, view: Viewport, z: tuple[float, ...], layers: tuple[str, ...], scale: float, job: Job
) -> Underlay:
    """Compute what a view shows of the plane through z, as a picture. scale: screen pixels to a pixel of the design."""
    times = int(np.ceil(np.sqrt(view.size[0] * view.size[1] / PIXELS)))
    small = view.resized((max(1, view.size[0] // times), max(1, view.size[1] // times)))
    apart = max(CELL * scale / times, np.sqrt(small.size[0] * small.size[1] / MOST))
    middles = [np.linspace(0.5, side - 0.5, max(2, round(side / apart))) for side in small.size]
    across = small.to_plane(np.stack([middles[0], 0 * middles[0]], 1))[:, 0]
    down = small.to_plane(np.stack([0 * middles[1], middles[1]], 1))[:, 1]
    found = field.over(space, plane, across, down, z, job.cancelled)
    made = wash(found.enlarged(small.size).labelled, layers, max(1, round(scale / times)))
    named = found.middles.items() if "classes" in layers else ()
    places = {label: np.array([across[column], down[row]]) for label, (row, column) in named}
    return Underlay(made.over(np.array(BACKGROUND)), small, places)
