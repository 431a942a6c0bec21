"""State dicts in formats that only torch reads: older than torch 1.6, or not of plain float32.

torch reads them safely in a child process, so that this one never imports it.
"""

import io
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from vae_explorer import child, plain
from vae_explorer.storage import pickled, statedict
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.statedict import StateDict

if TYPE_CHECKING:
    from torch import Tensor

TIMEOUT_S = 60


def loads(data: bytes, cancelled: Callable[[], bool]) -> StateDict:
    """Read the bytes of a state dict as float32 arrays by key, which takes seconds.

    Raises StateDictError where torch refuses or takes too long, Cancelled soon after cancelled() is true.
    """
    try:
        return statedict.loads(child.run(resave, data, TIMEOUT_S, cancelled))
    except child.RefusedError as error:
        raise StateDictError(str(error) or "torch gave no reason.") from None
    except TimeoutError:
        raise StateDictError(f"torch did not read it within {TIMEOUT_S} s.") from None


def resave() -> None:
    """Write what torch can safely load from stdin to stdout as a plain float32 state dict.

    The child's main program: of an error the last line on stderr is a sentence on the file.
    """
    import torch

    resaved = io.BytesIO()
    try:
        state = torch.load(io.BytesIO(sys.stdin.buffer.read()), map_location="cpu", weights_only=True)
        statedict.check_tensors(state, torch.Tensor)
        if not all(_is_plain(value) for value in state.values()):
            raise StateDictError("it holds tensors that are sparse, quantized, complex or without values.")
        if 4 * sum(value.numel() for value in state.values()) > statedict.MAX_ARRAY_BYTES:
            raise StateDictError("its tensors are larger than is ever needed.")
        torch.save({key: value.float().clone() for key, value in state.items()}, resaved)
    except StateDictError as error:
        sys.exit(str(error))
    except Exception as error:  # torch raises at least five types
        sys.exit(_refusal(str(error)) or f"torch, which alone reads its format, refuses it ({plain.reason(error)}).")
    sys.stdout.buffer.write(resaved.getvalue())


def _is_plain(value: "Tensor") -> bool:
    """Whether a tensor is one that an array of real numbers can be made of."""
    import torch

    odd = value.is_quantized or value.is_complex() or value.is_meta
    return value.layout is torch.strided and not odd


def _refusal(text: str) -> str:
    """Say in our words what torch says of a file that names Python's code; nothing where it says something else."""
    found = re.search(r"GLOBAL (\S+)", text)
    return pickled.code(found[1]) if found else ""
