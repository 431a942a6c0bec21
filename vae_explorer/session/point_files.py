"""Files of points: an array of NumPy's, or text. Knows how many numbers a point has, and no models."""

from pathlib import Path

from vae_explorer import files, plain
from vae_explorer.session import points
from vae_explorer.session.points import Points
from vae_explorer.storage import npy

MAX_BYTES = 8 << 20  # 1,000 points of 256 numbers take 4 million as longdouble, and 6 million as text
SUFFIXES = (".npy", ".csv", ".tsv", ".txt")

_NPY = b"\x93NUMPY"


def read(path: Path, latent_dim: int) -> Points:
    """Read the points of a file: text, or an array of (D,) or (N, D). Raises ValueError, OSError."""
    with files.opened(path) as file:
        return loads(file.read(MAX_BYTES + 1), latent_dim)


def loads(data: bytes, latent_dim: int) -> Points:
    """Read the points in the bytes of a file. Raises ValueError."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES:,} bytes")
    if data.startswith(_NPY):
        return _of_array(data, latent_dim)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"  # spreadsheets write both
    return points.read(data.decode(encoding, "replace"), latent_dim)


def _of_array(data: bytes, latent_dim: int) -> Points:
    try:
        array = npy.read(data)
    except Exception as error:  # NumPy raises anything, from SyntaxError to TokenError
        raise ValueError(f"its array cannot be read: {plain.reason(error)}") from error
    if array.dtype.kind not in "fiu" or array.ndim not in (1, 2) or array.shape[-1] != latent_dim:
        needed = f"({latent_dim},) or (N, {latent_dim})"
        raise ValueError(f"it is an array of {array.shape} of {array.dtype}; numbers of {needed} are needed")
    rows = array.reshape(-1, latent_dim).astype(float).tolist()
    return points.made(rows, [""] * len(rows))
