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
    "the index of shards": (b'{\n  "metadata": {"total_size": 4},\n  "weight_map": {}}', "the list of a model's parts"),
    "Parquet": (b"PAR1\x15\0", "a Parquet table"),
    "Arrow": (b"ARROW1\0\0", "an Arrow table"),
    "a page": (b"\n<!DOCTYPE html>\n<html>", "a web page"),
    "an answer of a store": (b'<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code>', "a web page"),
    "Git LFS": (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
    "npy": (written(lambda file: np.save(file, np.zeros(3))), "an array of NumPy"),
    "gzip": (gzip.compress(b"a"), "a file packed with gzip"),
    "tar": (written(tar), "a tar archive"),
    "safetensors": (struct.pack("<Q", len(HEAD)) + HEAD + bytes(4), "a safetensors file"),
    "pickle": (pickle.dumps([1]), "a pickle of Python's"),
    "idx": (idx_file(np.zeros((3, 28, 28))), "an idx file"),
    "pickle of joblib": (b"\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper\n", "a pickle of joblib"),
    "Keras": (b"\x89HDF\r\n\x1a\n" + bytes(99), "an HDF5 file, as Keras writes"),
    "SavedModel": (b"\x08\x01\x12\x8a\x05" + bytes(range(200)), "a SavedModel of TensorFlow"),
    "the index of a checkpoint": (
        bytes(range(99)) + bytes.fromhex("57fb808b247547db"),
        "the index of a checkpoint of Tens",
    ),
    "the list of checkpoints": (b'model_checkpoint_path: "ckpt-1"\n', "the list of the checkpoints of TensorFlow"),
    "TensorFlow Lite": (b"\x1c\0\0\0TFL3" + bytes(range(99)), "a TensorFlow Lite model"),
    "Flax": (b"\x81\xa6params\x82\xa7Dense_0\x82\xa4bias\xc7\x10\x01" + bytes(range(99)), "a msgpack file, as Flax"),
    "GGUF": (b"GGUF" + bytes(range(99)), "a GGUF model"),
    "MATLAB": (b"MATLAB 5.0 MAT-file", "a file of MATLAB"),
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
    "a zip archive of several files of weights": ["vae/decoder_weights.pt", "vae/encoder_weights.pt"],
    "a zip archive of other things": ["word/document.xml"],
    "an empty zip archive": [],
}


@pytest.mark.parametrize(("kind", "names"), ARCHIVES.items(), ids=ARCHIVES)
def test_an_archive_is_told_by_the_names_of_its_members(kind, names):
    assert formats.archived(names).startswith(kind)


def test_an_archive_of_weights_is_not_taken_for_anything_else():
    with zipfile.ZipFile(io.BytesIO(saved(torch.nn.Linear(1, 1).state_dict()))) as archive:
        assert formats.archived(archive.namelist()) == ""


SAID = {
    "it is TorchScript": "torch.jit.load(FILE",
    "it is an exported program": "torch.export.load(FILE",
    "it is an HDF5 file, as Keras writes": "model.decoder.get_weights()",
    "it is a SavedModel of TensorFlow": "model.decoder.get_weights()",
    "it is a msgpack file, as Flax writes": "jax.tree_util.keystr",
    "it is a pickle of joblib": "numpy.savez",
    "it is a whole module": "torch.save(model.decoder.state_dict()",
}


@pytest.mark.parametrize(("said", "line"), SAID.items(), ids=SAID)
def test_what_is_not_read_is_told_with_the_line_that_makes_a_good_file(said, line):
    assert line in formats.advice(said)


def test_another_model_is_told_with_the_ways_that_are_open_to_any():
    said = formats.advice("it is another model than those that are read: its layers are a pickle.weight (3)")
    assert said.startswith("Any other decoder opens as an ONNX file, or by --decoder")
