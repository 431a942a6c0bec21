"""State dicts in formats that only torch reads: older than torch 1.6, or not of plain float32.

torch reads them safely in a child process, so that this one never imports it.
"""

import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vae_explorer import plain
from vae_explorer.errors import Cancelled
from vae_explorer.storage import pickled, statedict
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.statedict import StateDict

if TYPE_CHECKING:
    from torch import Tensor

TIMEOUT_S = 60
MAX_SAID = 500  # characters
CANCEL_S = 0.05  # how often a wait for torch looks whether it is cancelled


def loads(data: bytes, cancelled: Callable[[], bool]) -> StateDict:
    """Read the bytes of a state dict as float32 arrays by key, which takes seconds.

    The child has -P, or the current folder would be the first in which it looks for torch and NumPy. It is spoken to
    through files: a pipe can fill up, and communicate() with a timeout forgets what it has not sent.
    Raises StateDictError where torch refuses or takes too long, Cancelled soon after cancelled() is true.
    """
    package = str(Path(__file__).resolve().parents[2])
    code = "import sys; sys.path.insert(0, sys.argv[1]); from vae_explorer.storage import legacy; legacy.resave()"
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as resaved, tempfile.TemporaryFile() as said:
        source.write(data)
        source.seek(0)
        command = [sys.executable, "-P", "-c", code, package]
        process = subprocess.Popen(command, stdin=source, stdout=resaved, stderr=said)
        try:
            _wait(process, cancelled)
        finally:
            process.kill()
            process.wait()
        for file in (resaved, said):
            file.seek(0)
        if process.returncode:
            last = (said.read().decode(errors="replace").strip().splitlines() or ["torch gave no reason."])[-1]
            raise StateDictError(plain.line(last, MAX_SAID))
        return statedict.loads(resaved.read())


def _wait(process: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> None:
    end = time.monotonic() + TIMEOUT_S
    while process.poll() is None:
        if cancelled():
            raise Cancelled
        if time.monotonic() > end:
            raise StateDictError(f"torch did not read it within {TIMEOUT_S} s.")
        time.sleep(CANCEL_S)


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
