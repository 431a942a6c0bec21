"""Weights in other forms than torch's zip archive: found out by their bytes, and read within bounds."""

import gzip
import io
import zipfile

import numpy as np
import pytest
import torch
from factories import archive, decoder_state, saved
from safetensors.torch import save

from vae_explorer.storage import containers, safetensors
from vae_explorer.storage.pickled import StateDictError

STATE = {"a.weight": np.arange(6, dtype=np.float32).reshape(2, 3), "a.bias": np.float32([1, 2])}


def npz(save=np.savez, **arrays):
    buffer = io.BytesIO()
    save(buffer, **arrays)
    return buffer.getvalue()


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def tensors():
    """A file of safetensors, written by hand."""
    head = b'{"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},'
    head += b'"a.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}'
    return len(head).to_bytes(8, "little") + head + b"".join(each.tobytes() for each in STATE.values())


def never():
    return False


TORCH = saved({name: torch.tensor(value) for name, value in STATE.items()})
FORMS = {
    "torch's own": (TORCH, ""),
    "safetensors": (tensors(), "a safetensors file"),
    "npz": (npz(**STATE), "an archive of NumPy (.npz)"),
    "npz, packed": (npz(np.savez_compressed, **STATE), "an archive of NumPy (.npz)"),
    "gzip": (gzip.compress(TORCH), "a file packed with gzip"),
    "gzip of safetensors": (gzip.compress(tensors()), "a safetensors file packed with gzip"),
    "one file in a zip": (
        archive({"model/vae.pth": TORCH, "README.md": b"", "__MACOSX/._vae.pth": b"x"}),
        "a file in a zip",
    ),
    "npz in a zip": (archive({"vae.npz": npz(**STATE)}, zipfile.ZIP_DEFLATED), "an archive of NumPy (.npz) in a zip"),
}


@pytest.mark.parametrize(("data", "form"), FORMS.values(), ids=FORMS)
def test_the_same_arrays_are_read_of_each_form(data, form):
    tree, said = containers.loads(data, never)
    assert said.startswith(form) and bool(said) == bool(form)
    assert tree.keys() == STATE.keys()
    for name, value in STATE.items():
        np.testing.assert_array_equal(tree[name], value, strict=True)


def test_arrays_that_are_no_numbers_are_left_empty_and_numbers_become_float32():
    tree, _ = containers.loads(npz(words=np.array(["a"]), half=np.float16([0.5]), epoch=np.int64(3)), never)
    assert tree["words"].size == 0 and tree["half"].dtype == np.float32 and tree["epoch"] == 3


def test_one_array_is_read_as_one():
    tree, form = containers.loads(npy(STATE["a.weight"]), never)
    np.testing.assert_array_equal(tree["array"], STATE["a.weight"])
    assert form == "an array of NumPy (.npy)"


HUGE = 200 << 20
REFUSED = {
    "a dict in an npy": (npy(np.array({"a": 1})), "pickled; to read them could run anything, and nothing was run"),
    "objects in an npz": (npz(a=np.array([None])), "its a cannot be read: .*pickled"),
    "a damaged npz": (npz(**STATE).replace(b"\x93NUMPY", b"\x93BUMPY"), "CRC|damaged"),
    "a gzip bomb": (gzip.compress(bytes(HUGE), 1), "unpacks to more than 129 MB"),
    "a cut gzip": (gzip.compress(TORCH)[:-9], "packed with gzip, and cut short"),
    "a damaged gzip": (gzip.compress(TORCH)[:-8] + bytes(8), "packed with gzip, and damaged"),
    "gzip in gzip": (gzip.compress(gzip.compress(TORCH)), "it is a file packed with gzip"),
    "an npz bomb": (
        archive({f"{k}.npy": npy(np.zeros(HUGE // 80)) for k in "abcdefghij"}, 8),
        "at most 128 MB are read",
    ),
    "bytes that grow": (npz(np.savez_compressed, a=np.zeros(50 << 20, np.uint8)), "take more than 128 MB"),
    "a bomb in a zip": (archive({"a.pt": bytes(HUGE)}, zipfile.ZIP_DEFLATED), "a member larger than"),
    "an exported program": (archive({"m/archive_format": b"pt2", "m/data/in.pt": TORCH}), "it is an exported program"),
    "two in a zip": (archive({"a.pt": TORCH, "b.pt": TORCH}), "it is a zip archive of several files of weights"),
    "a pickle": (b"\x80\x04N.", "it is a pickle of Python's, not weights"),
    "Keras": (b"\x89HDF\r\n\x1a\n" + bytes(99), "it is an HDF5 file, as Keras writes, not weights"),
    "safetensors with a head that lies": (tensors()[:-1], "does not lie|longer or shorter|another length"),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_read_is_refused_in_a_line(data, why):
    with pytest.raises(StateDictError, match=why) as caught:
        containers.loads(data, never)
    assert len(str(caught.value)) < 500 and str(caught.value).isprintable()


def test_two_arrays_of_one_name_are_refused():
    buffer = io.BytesIO(npz(**STATE))
    with zipfile.ZipFile(buffer, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("a.bias.npy", npy(np.zeros(2)))
    with pytest.raises(StateDictError, match="same name"):
        containers.loads(buffer.getvalue(), never)


def test_what_the_library_of_safetensors_writes_is_read():
    state = decoder_state(3)
    found = safetensors.loads(save(state, {"format": "pt"}), 1 << 20)
    assert found.keys() == state.keys() and all((found[name] == value.numpy()).all() for name, value in state.items())
