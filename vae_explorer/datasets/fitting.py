"""Any picture in the shape of a model's: whole, in the middle, as large as it fits. Knows arrays, no models."""

import numpy as np
from PIL import Image

from vae_explorer.images import Pixels, Shape
from vae_explorer.images import fitted as largest


def fitted(picture: Pixels, shape: Shape) -> Pixels:
    """Give a picture, grey (H, W) or in colour (H, W, 3), in a shape (C, h, w): (h, w), or in colour (h, w, 3).

    It keeps its proportions, and what is left beside it has the median colour of its rim. A grey one becomes three
    equal channels; of colours, their brightness is left (ITU-R BT.601, as Pillow's L).
    """
    channels, h, w = shape
    image = Image.fromarray(picture).convert("L" if channels == 1 else "RGB")
    width, height = largest((image.height, image.width), (w, h))
    small = np.asarray(image.resize((width, height), Image.Resampling.BICUBIC)).reshape(height, width, channels)
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    whole = np.empty((h, w, channels), np.uint8)
    whole[:] = np.median(rim, 0)
    top, left = (h - height) // 2, (w - width) // 2
    whole[top : top + height, left : left + width] = small
    return whole if channels > 1 else whole[..., 0]
