"""Tensors as the safetensors format has them: 8 bytes of length, a head of JSON, and their bytes one after another.

Read here, since it is shorter than to ask whether the library is there. Source: the format's own page,
https://github.com/huggingface/safetensors#format. Knows no other form.
"""

import json
import math
from typing import Any

import numpy as np

from vae_explorer import plain
from vae_explorer.plain import quoted
from vae_explorer.storage import dtypes
from vae_explorer.storage.dtypes import SAFETENSORS
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.statedict import StateDict

MAX_HEAD_BYTES = 1 << 20
MAX_AXES = 8


def loads(data: bytes, most: int) -> StateDict:
    """Read tensors as float32 arrays by name; most: the bytes that all may take.

    As the format demands, they cover the bytes behind the head without gap or overlap. Raises StateDictError.
    """
    length = int.from_bytes(data[:8], "little")
    if length > min(MAX_HEAD_BYTES, len(data) - 8):
        raise StateDictError(f"its head is said to be {quoted(length)} bytes long, which cannot be.")
    told = {name: _told(name, each) for name, each in _head(data[8 : 8 + length]).items() if name != "__metadata__"}
    body, end, state = memoryview(data)[8 + length :], 0, {}
    if sum(4 * math.prod(shape) for _, shape, _ in told.values()) > most:
        raise StateDictError(f"its tensors take more than {most >> 20} MB, more than is ever needed.")
    for name, (dtype, shape, (start, stop)) in sorted(told.items(), key=lambda each: each[1][2]):
        if start != end or stop > len(body) or stop - start != dtypes.size(dtype) * math.prod(shape):
            raise StateDictError(f"its {plain.line(name, 60)} does not lie where its head says.")
        numbers = np.frombuffer(body[start:stop], dtypes.stored(dtype, "<"))
        state[name], end = dtypes.float32(numbers.reshape(shape), dtype), stop
    if end != len(body):
        raise StateDictError("it is longer or shorter than its head says.")
    return {name: state[name] for name in told}


def _head(data: bytes) -> dict[str, Any]:
    try:
        head = json.loads(data, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise StateDictError(f"its head is no JSON ({plain.reason(error)}).") from error
    if not isinstance(head, dict):
        raise StateDictError(f"its head is {quoted(head)}.")
    return head


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of JSON, of which no name may stand twice: readers differ in which they take."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _told(name: str, entry: Any) -> tuple[str, tuple[int, ...], tuple[int, int]]:
    """What the head says of a tensor: its type, its shape, and where its bytes begin and end."""
    try:
        dtype, shape, places = entry["dtype"], entry["shape"], entry["data_offsets"]
        start, stop = places
        if not all(type(n) is int and 0 <= n < 1 << 48 for n in (*shape, start, stop)) or len(shape) > MAX_AXES:
            raise ValueError("no such numbers")
        if dtype not in SAFETENSORS:
            raise StateDictError(f"its {plain.line(name, 60)} is of numbers that are not read, {quoted(dtype)}.")
    except (KeyError, TypeError, ValueError) as error:
        raise StateDictError(f"its head says of {plain.line(name, 60)} what cannot be.") from error
    return SAFETENSORS[dtype], tuple(shape), (start, stop)
