"""State dicts in formats that only torch reads: older than torch 1.6, or not of plain float32.

torch reads them safely in a child process, so that this one never imports it.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vae_explorer import statedict
from vae_explorer.statedict import StateDict, StateDictError

TIMEOUT_S = 60
CANCEL_S = 0.05  # how often a wait for torch looks whether it is cancelled


class Cancelled(Exception):
    """Reading ended because it was cancelled. No Failure: there is nothing to tell."""


def loads(data: bytes, cancelled: Callable[[], bool]) -> StateDict:
    """Read the bytes of a state dict as float32 arrays by key, which takes seconds.

    The child has -P, or the current folder would be the first in which it looks for torch and NumPy. It is spoken to
    through files: a pipe can fill up, and communicate() with a timeout forgets what it has not sent.
    Raises StateDictError where torch refuses or takes too long, Cancelled soon after cancelled() is true.
    """
    package = str(Path(__file__).resolve().parent.parent)
    code = "import sys; sys.path.insert(0, sys.argv[1]); from vae_explorer import foreign; foreign.resave()"
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as plain, tempfile.TemporaryFile() as said:
        source.write(data)
        source.seek(0)
        command = [sys.executable, "-P", "-c", code, package]
        process = subprocess.Popen(command, stdin=source, stdout=plain, stderr=said)
        try:
            _wait(process, cancelled)
        finally:
            process.kill()
            process.wait()
        for file in (plain, said):
            file.seek(0)
        if process.returncode:
            last = (said.read().decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
            raise StateDictError(f"torch, which alone reads its format, refuses it ({last}).")
        return statedict.loads(plain.read())


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

    The child's main program: of an error the last line on stderr is the reason, in a few words.
    """
    import torch

    plain = io.BytesIO()
    try:
        state = torch.load(io.BytesIO(sys.stdin.buffer.read()), map_location="cpu", weights_only=True)
        if not isinstance(state, dict) or not all(isinstance(value, torch.Tensor) for value in state.values()):
            raise ValueError("it holds more than tensors, so it is no plain state dict")
        if 4 * sum(value.numel() for value in state.values()) > statedict.MAX_ARRAY_BYTES:
            raise ValueError("its tensors are larger than is ever needed")
        torch.save({key: value.float().clone() for key, value in state.items()}, plain)
    except Exception as error:  # torch raises at least five types
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        named = [line for line in lines if "Unsupported" in line or "unsupported" in line]
        sys.exit(f"{(named or lines or [type(error).__name__])[0]}")
    sys.stdout.buffer.write(plain.getvalue())
