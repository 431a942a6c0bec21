"""`atlas.npz`, the file of an atlas: an .npz without pickled objects. Knows arrays, and nothing of what they mean."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.storage import npy, zips
from vae_explorer.storage.checkpoint import ATLAS, CheckpointError

MAX_COUNT = 128_000  # images: 500 of each class, of as many classes as a label, uint8, can tell
MAX_BYTES = 16 << 20  # of an array

_TRAIN = ("train_mu", "train_logvar")  # which older files lack
_POINTS = ("mu", "logvar", *_TRAIN)
_DTYPES = {**dict.fromkeys(_POINTS, np.float16), "recon": np.float32, "label": np.uint8, "index": np.int32}


def dumps(arrays: Mapping[str, NDArray[Any] | None]) -> bytes:
    """Give the bytes of the file; mu and logvar as float16, three digits of which are more than is seen."""
    buffer = io.BytesIO()
    given = {name: array for name in _DTYPES if (array := arrays[name]) is not None}
    np.savez_compressed(buffer, **{name: array.astype(_DTYPES[name]) for name, array in given.items()})  # type: ignore[arg-type]  # none of them is called allow_pickle
    return buffer.getvalue()


def loads(data: bytes, latent_dim: int) -> dict[str, NDArray[Any]]:
    """Read the arrays of the file of a model with D dimensions, by name, as `Atlas` has them.

    Raises CheckpointError when an array is missing, of another type or shape, or not finite.
    """
    try:
        with zips.opened(data) as archive:
            older = not {f"{name}.npy" for name in _TRAIN}.intersection(archive.namelist())
            arrays = {
                name: npy.read(zips.member(archive, f"{name}.npy", MAX_BYTES))
                for name in _DTYPES
                if not (older and name in _TRAIN)
            }
    except Exception as error:  # zipfile and NumPy raise anything, from zlib.error to TokenError
        raise CheckpointError(f"{ATLAS} cannot be read: {plain.reason(error)}.") from error
    for name, array in arrays.items():
        counted = arrays["train_mu" if name in _TRAIN else "label"]
        n = len(counted) if counted.ndim else 0
        if n > MAX_COUNT:
            raise CheckpointError(f"{ATLAS} has {n} images; {MAX_COUNT} are the most.")
        shape = (n, latent_dim) if name in _POINTS else (n,)
        if array.dtype != _DTYPES[name] or array.shape != shape or not n or not np.isfinite(array).all():
            raise CheckpointError(f"{ATLAS} is damaged: its {name} is not {_DTYPES[name].__name__} of {shape}.")
    return arrays | {name: arrays[name].astype(np.float32) for name in _POINTS if name in arrays}
