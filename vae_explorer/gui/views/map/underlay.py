"""A picture that lies on a plane, under the dots of a map, however the map is panned and zoomed. Knows pixels only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from vae_explorer.gui.views.map.viewport import Viewport
from vae_explorer.images import Pixels, Size
from vae_explorer.pictures.scatter import BACKGROUND
from vae_explorer.space.latent import Points


@dataclass(frozen=True, eq=False)
class Underlay:
    """pixels: (h, w, 3); view: the part of the plane that they show; middles: the places on the plane, (2,), of what is
    to be named in it, by label."""

    pixels: Pixels
    view: Viewport
    middles: Mapping[int, Points]

    def part(self, view: Viewport, corner: tuple[int, int], size: Size) -> Pixels:
        """What lies there in a part of another view, from its upper left corner on: (height, width, 3)."""
        ends = np.array([corner, np.add(corner, size)])
        (left, top), (right, bottom) = self.view.to_pixels(view.to_plane(ends)).tolist()
        to_own = (right - left) / size[0], 0, left, 0, (bottom - top) / size[1], top
        image = Image.fromarray(self.pixels)
        return np.asarray(image.transform(size, Image.Transform.AFFINE, to_own, fillcolor=BACKGROUND))
