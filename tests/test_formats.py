"""What a file is, by its first bytes or its members' names."""

import gzip
import io
import json
import pickle
import struct
import tarfile
import zipfile

import numpy as np
import pytest
import torch
from factories import idx_file, saved
from PIL import Image

from vae_explorer.storage import formats


def written(write):
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def tar(buffer):
    with tarfile.open(fileobj=buffer, mode="w") as file:
        file.addfile(tarfile.TarInfo("a"))


HEAD = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
KINDS = {
    "nothing": (b"", "an empty file"),
    "PNG": (written(lambda file: Image.new("L", (1, 1)).save(file, "png")), "a picture"),
    "GIF": (written(lambda file: Image.new("L", (1, 1)).save(file, "gif")), "a picture"),
    "JPEG": (written(lambda file: Image.new("L", (1, 1)).save(file, "jpeg")), "a picture"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="">', "a picture"),
    "a page": (b"\n<!DOCTYPE html>\n<html>", "a web page"),
    "an answer of a store": (b'<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code>', "a web page"),
    "Git LFS": (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
    "npy": (written(lambda file: np.save(file, np.zeros(3))), "an array of NumPy"),
    "gzip": (gzip.compress(b"a"), "a file packed with gzip"),
    "tar": (written(tar), "a tar archive"),
    "safetensors": (struct.pack("<Q", len(HEAD)) + HEAD + bytes(4), "a safetensors file"),
    "pickle": (pickle.dumps([1]), "a pickle of Python's"),
    "idx": (idx_file(np.zeros((3, 28, 28))), "an idx file"),
    "zeros": (bytes(1000), "a file of zeros"),
    "zip": (saved({}), "a zip archive"),
    "text": ("größe, 大きさ\n".encode() * 100, "text"),
    "text that ends in half a character": (b"a" * (formats.HEAD_BYTES - 1) + "ö".encode(), "text"),
    "anything": (bytes(range(1, 200)), ""),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS)
def test_a_file_is_told_by_its_first_bytes(data, kind):
    assert formats.described(data).startswith(kind) and bool(formats.described(data)) == bool(kind)


ARCHIVES = {
    "TorchScript": ["m/data/0", "m/data.pkl", "m/code/__torch__.py", "m/constants.pkl", "m/version"],
    "an exported program": ["m/data/weights/weight_0", "m/models/model.json", "m/archive_format", "m/byteorder"],
    "an archive of NumPy": ["mu.npy", "logvar.npy"],
    "a model of Keras": ["metadata.json", "config.json", "model.weights.h5"],
    "a zip archive of other things": ["word/document.xml"],
    "an empty zip archive": [],
}


@pytest.mark.parametrize(("kind", "names"), ARCHIVES.items(), ids=ARCHIVES)
def test_an_archive_is_told_by_the_names_of_its_members(kind, names):
    assert formats.archived(names).startswith(kind)


def test_an_archive_of_weights_is_not_taken_for_anything_else():
    with zipfile.ZipFile(io.BytesIO(saved(torch.nn.Linear(1, 1).state_dict()))) as archive:
        assert formats.archived(archive.namelist()) == ""
