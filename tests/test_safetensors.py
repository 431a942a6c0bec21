"""Files of the safetensors format: read as they are written, and refused where the head lies."""

import json
import struct
import tracemalloc

import numpy as np
import pytest
import torch

from vae_explorer.storage import safetensors
from vae_explorer.storage.pickled import StateDictError

MOST = 1 << 20


def packed(head, body=b""):
    """A file with a head, as JSON or as bytes."""
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + body


def entry(start, stop, shape=(2,), dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, stop]}


TWO = packed(
    {"__metadata__": {"format": "pt"}, "b": entry(8, 16), "a": entry(0, 8)}, np.arange(4.0, dtype="<f4").tobytes()
)


def test_tensors_are_read_in_the_order_of_the_head():
    found = safetensors.loads(TWO, MOST)
    assert [*found] == ["b", "a"] and found["a"].tolist() == [0, 1] and found["b"].tolist() == [2, 3]


TYPES = {"F64": torch.float64, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64, "U8": torch.uint8}


@pytest.mark.parametrize(("name", "dtype"), TYPES.items())
def test_numbers_of_any_plain_type_are_read_as_float32(name, dtype):
    values = torch.tensor([[0.5, 2, 3]]).to(dtype)
    body = bytes(values.view(torch.uint8).numpy())
    found = safetensors.loads(packed({"a": entry(0, len(body), (1, 3), name)}, body), MOST)["a"]
    assert found.dtype == np.float32 and found.tolist() == values.float().tolist()


HOSTILE = {
    "a head longer than the file": (struct.pack("<Q", 1 << 62) + b"{}", "its head is said to be"),
    "a head of a gigabyte": (struct.pack("<Q", 1 << 30) + b"{}", "its head is said to be 1073741824 bytes"),
    "no JSON": (packed(b"{'a'"), "its head is no JSON"),
    "lists in lists": (packed(b"[" * 500_000), "its head is no JSON"),
    "a long number": (packed(b"9" * 500_000), "its head is no JSON"),
    "a list": (packed([1]), "its head is a list"),
    "a name that stands twice": (packed(b'{"a": 1, "a": 2}'), "a name stands twice"),
    "no tensor": (packed({"a": 3}), "says of a what cannot be"),
    "offsets that overlap": (packed({"a": entry(0, 8), "b": entry(4, 12)}, bytes(12)), "does not lie where"),
    "one place for two": (packed({"a": entry(0, 8), "b": entry(0, 8)}, bytes(8)), "does not lie where"),
    "a gap": (packed({"a": entry(0, 8), "b": entry(12, 20)}, bytes(20)), "does not lie where"),
    "beyond the end": (packed({"a": entry(0, 8)}, bytes(4)), "a"),
    "bytes at the end": (packed({"a": entry(0, 8)}, bytes(9)), "longer or shorter than its head says"),
    "negative": (packed({"a": entry(-8, 0)}, bytes(8)), "what cannot be"),
    "from end to start": (packed({"a": entry(8, 0)}, bytes(8)), "does not lie where"),
    "another shape": (packed({"a": entry(0, 8, (3,))}, bytes(8)), "does not lie where"),
    "a huge shape": (packed({"a": entry(0, 8, (1 << 40, 1 << 40))}, bytes(8)), "more than 1 MB"),
    "a million axes": (packed({"a": entry(0, 8, (1,) * 200_000)}, bytes(8)), "what cannot be"),
    "numbers that are not read": (packed({"a": entry(0, 2, (2,), "F8_E4M3")}, bytes(2)), "not read, 'F8_E4M3'"),
    "a type that is a list": (packed({"a": entry(0, 2, (2,), [])}, bytes(2)), "what cannot be"),
    "a truth as an offset": (packed({"a": entry(False, 8)}, bytes(8)), "what cannot be"),
}


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_head_that_lies_is_refused_in_little_memory(data, why):
    tracemalloc.start()
    try:
        with pytest.raises(StateDictError, match=why) as caught:
            safetensors.loads(data, MOST)
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()
    assert len(str(caught.value)) < 500 and str(caught.value).isprintable()


@pytest.mark.parametrize("keep", range(0, len(TWO), 7))
def test_a_file_cut_short_anywhere_is_refused(keep):
    with pytest.raises(StateDictError):
        safetensors.loads(TWO[:keep], MOST)
