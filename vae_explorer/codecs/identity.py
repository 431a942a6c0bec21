"""By what a decoder of one's own is the same model again: its source and name, its weights, or else what it decodes."""

import hashlib
import sys
from pathlib import Path
from typing import Any

from vae_explorer.images import Floats, to_pixels


def written(file: Path | None, name: str) -> bytes:
    """The bytes of a source file and a name in it; nothing where it cannot be read."""
    try:
        return file.read_bytes() + b"\n" + name.encode() if file else b""
    except OSError:  # of a module in a zip
        return b""


def source_of(function: Any) -> bytes:
    """The same of a function that a module has by its own name; nothing of what is made on the way, as a lambda is."""
    name, module = getattr(function, "__qualname__", ""), sys.modules.get(getattr(function, "__module__", ""))
    if not module or getattr(module, name, None) is not function:
        return b""
    file = getattr(module, "__file__", None)
    return written(Path(file) if file else None, name)


def identity(module: Any, source: bytes, told: tuple[Any, ...], x_hat: Floats) -> str:
    """The sha256 of a decoder: of its source, of the weights of a torch module, and of what was told of it.

    Of one that has neither, as in a notebook: of x_hat, what it decodes at points that are always the same, as grey
    levels. The difference of two machines is mostly less than one of these, not always.
    """
    digest = hashlib.sha256(source)
    for key, value in module.state_dict().items() if module is not None else ():
        digest.update(key.encode() + _bytes(value))
    if not source and module is None:
        digest.update(to_pixels(x_hat).tobytes())
    digest.update(repr(told).encode())
    return digest.hexdigest()


def _bytes(value: Any) -> bytes:
    """What is kept of a module: a tensor, or its own extra state, which may be anything."""
    if not hasattr(value, "detach"):
        return repr(value).encode()
    array: bytes = value.detach().cpu().float().numpy().tobytes()
    return array
