"""What `vx.explorer` gives: the explorer of a model in a cell of a notebook, live where it can be."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import streams
from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Failure
from vae_explorer.notebook.still import Still
from vae_explorer.space.space import Space

if TYPE_CHECKING:
    from vae_explorer.notebook.live import Live

EXTRA = "There is no anywidget here, so this is a picture; pip install 'vae-explorer[notebook]' makes it live."


def explorer(model: Space | Codec, z: ArrayLike | None = None) -> "Live | Still":
    """Give the explorer of a model for a cell of a notebook, at z, (D,), or at 0. Its `z` can be read and set.

    Where it cannot live, for want of the `notebook` extra or with a decoder that no page can hold, it is a picture, and
    a line on stderr says why. Raises ValueError for a point that is none of this model.
    """
    space = model if isinstance(model, Space) else Space(model)
    start = np.zeros(space.latent_dim) if z is None else z
    try:
        from vae_explorer.notebook.live import Live

        return Live(space, start)
    except ModuleNotFoundError:
        streams.tell(EXTRA)
    except Failure as error:
        streams.tell(str(error))
    return Still(space, start)
