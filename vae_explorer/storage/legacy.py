"""Weights in formats that only torch reads: older than torch 1.6, or with tensors of unusual kinds.

torch reads them safely in a child process, so that this one never imports it.
"""

import io
import re
import sys
from collections.abc import Callable
from typing import Any

from vae_explorer import child, plain
from vae_explorer.storage import pickled, statedict
from vae_explorer.storage.pickled import StateDictError

TIMEOUT_S = 60
MAX_PARTS, MAX_DEPTH = 100_000, 100  # of a tree


def loads(data: bytes, cancelled: Callable[[], bool]) -> Any:
    """Read what torch.save wrote as a tree of dicts, lists, numbers, texts and float32 arrays, which takes seconds.

    Raises StateDictError where torch refuses or takes too long, Cancelled soon after cancelled() is true.
    """
    try:
        return statedict.loads(child.run(resave, data, TIMEOUT_S, cancelled))
    except child.RefusedError as error:
        raise StateDictError(str(error) or "torch gave no reason.") from None
    except TimeoutError:
        raise StateDictError(f"torch did not read it within {TIMEOUT_S} s.") from None


def resave() -> None:
    """Write what torch can safely load from stdin to stdout, with plain float32 tensors and nothing unusual.

    The child's main program: of an error the last line on stderr is a sentence on the file.
    """
    import torch

    resaved = io.BytesIO()
    try:
        found = torch.load(io.BytesIO(sys.stdin.buffer.read()), map_location="cpu", weights_only=True)
        torch.save(_plain(found, [statedict.MAX_ARRAY_BYTES, MAX_PARTS]), resaved)
    except StateDictError as error:
        sys.exit(str(error))
    except Exception as error:  # torch raises at least five types
        sys.exit(_refusal(str(error)) or f"torch, which alone reads its format, refuses it ({plain.reason(error)}).")
    sys.stdout.buffer.write(resaved.getvalue())


def _plain(found: Any, left: list[int], depth: int = 0) -> Any:
    """The same tree with float32 tensors, and None for what is no dict, list, tensor, number or text.

    left: how many bytes of tensors and how many parts it may still have. Raises StateDictError.
    """
    import torch

    left[1] -= 1
    if left[1] < 0 or depth > MAX_DEPTH:
        raise StateDictError("it holds more parts than is ever needed.")
    if isinstance(found, dict):
        return {key: _plain(each, left, depth + 1) for key, each in found.items() if type(key) in (str, int)}
    if isinstance(found, list | tuple):
        return [_plain(each, left, depth + 1) for each in found]
    if not isinstance(found, torch.Tensor):
        return found if type(found) in (str, int, float, bool) else None
    if found.layout is not torch.strided or found.is_quantized or found.is_complex() or found.is_meta:
        raise StateDictError("it holds tensors that are sparse, quantized, complex or without values.")
    left[0] -= 4 * found.numel()
    if left[0] < 0:
        raise StateDictError("its tensors are larger than is ever needed.")
    return found.detach().float().clone()


def _refusal(text: str) -> str:
    """Say in our words what torch says of a file that names Python's code; nothing where it says something else."""
    found = re.search(r"GLOBAL (\S+)", text)
    return pickled.code(found[1]) if found else ""
