"""What a file is that is not the one wanted, seen from its first bytes or, of a zip archive, from its members' names.

So that an error can say what a person has in hand. Knows no paths, and reads nothing further.
"""

import re
from collections.abc import Collection

HEAD_BYTES = 512  # as many are looked at
OTHER_ZIP = "a zip archive of other things"
WEIGHTS = (".pt", ".pth", ".bin", ".ckpt", ".safetensors", ".npz")  # how files of weights that are read end
SAFETENSORS, NPZ, NPY = "a safetensors file", "an archive of NumPy (.npz)", "an array of NumPy (.npy)"

_STARTS = {
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF",
    b"\x89HDF\r\n": "an HDF5 file, as Keras writes",
    b"\x93NUMPY": NPY,
    b"\x1f\x8b": "a file packed with gzip, which has to be unpacked",
    b"BZh": "a file packed with bzip2, which has to be unpacked",
    b"\xfd7zXZ": "a file packed with xz, which has to be unpacked",
    b"\x28\xb5\x2f\xfd": "a file packed with zstd, which has to be unpacked",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"PK\x03\x04": "a zip archive",
    b"GGUF": "a GGUF model",
    b"PAR1": "a Parquet table",
    b"ARROW1": "an Arrow table",
    b"MATLAB": "a file of MATLAB",
    b"\x08\x01\x12": "a SavedModel of TensorFlow (.pb)",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
_TABLE = bytes.fromhex("57fb808b247547db")  # how an SSTable of LevelDB ends
_MSGPACK = re.compile(rb"[\x80-\x8f][\xa1-\xbf][\w-]+[\x80-\x8f\xa1-\xbf\xc7-\xc9\xde]")  # a map of names
_TEXTS = (
    (re.compile(rb"model_checkpoint_path:"), "the list of the checkpoints of TensorFlow"),
    (
        re.compile(rb'\{\s*("metadata":\s*\{[^{}]*\},\s*)?"weight_map"'),
        "the list of a model's parts, which are in files beside it",
    ),
    (re.compile(rb"(<\?xml[^>]*>\s*)?(<!doctype svg|<svg)"), "a picture"),
    (re.compile(rb"<!doctype|<html|<\?xml"), "a web page, so the download went wrong"),
    (re.compile(rb"version https://git-lfs"), "a Git LFS pointer, which `git lfs pull` replaces by the file"),
)


def described(data: bytes) -> str:
    """Say in a few words what starts with these bytes, to follow "it is"; nothing where that cannot be told."""
    head = data[:HEAD_BYTES]
    if not head:
        return "an empty file"
    for start, name in _STARTS.items():
        if head.startswith(start):
            return name
    if not any(head):
        return "a file of zeros, so a copy or a download went wrong"
    if head[:2] == b"\0\0" and head[2:3] in b"\x08\x09\x0b\x0c\x0d\x0e":
        return "an idx file, as MNIST comes in"
    if head[257:262] == b"ustar":
        return "a tar archive"
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 100 << 20:  # the length of its head
        return SAFETENSORS
    if head[4:8] == b"TFL3":
        return "a TensorFlow Lite model"
    if data.endswith(_TABLE):
        return "the index of a checkpoint of TensorFlow"
    if head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5":
        return "a pickle of joblib" if b"joblib" in head else "a pickle of Python's"
    if _MSGPACK.match(head):
        return "a msgpack file, as Flax writes"
    return _text(head)


def _text(head: bytes) -> str:
    for pattern, name in _TEXTS:
        if pattern.match(head.lstrip().lower()):
            return name
    if any(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in head):
        return ""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # a character may be cut in two
            return ""
    return "text"


def archived(names: Collection[str]) -> str:
    """Say in a few words what a zip archive with members of these names is, to follow "it is"; nothing for weights."""
    ends = {name.rpartition("/")[2] for name in names}
    if "constants.pkl" in ends or any("/code/__torch__" in name for name in names):
        return "TorchScript, a compiled module as torch.jit.save writes it"
    if "archive_format" in ends or "serialized_exported_program.json" in ends:
        return "an exported program, as torch.export.save writes it"
    if "data.pkl" in ends:
        return ""
    if names and all(name.endswith(".npy") for name in names):
        return NPZ
    if "model.weights.h5" in ends:
        return "a model of Keras"
    if "saved_model.pb" in ends:
        return "a SavedModel of TensorFlow"
    if sum(name.lower().endswith(WEIGHTS) for name in names) > 1:
        return "a zip archive of several files of weights, which has to be unpacked"
    return OTHER_ZIP if names else "an empty zip archive"


def folder(names: Collection[str]) -> str:
    """Say in a few words what a folder with files of these names is, to follow its name; nothing for others."""
    if "saved_model.pb" in names:
        return "a SavedModel of TensorFlow"
    if {"_METADATA", "_CHECKPOINT_METADATA", "manifest.ocdbt"}.intersection(names):
        return "a checkpoint of JAX, as Orbax writes"
    if any(name.endswith(".index") for name in names) and any(".data-0" in name for name in names):
        return "a checkpoint of TensorFlow"
    return ""


def advice(said: str) -> str:
    """Say how to make a file that is read of one of which this was said; nothing where no line of Python would do."""
    return next((line for word, line in _LINES.items() if word in said), ADVICE)


_HOW = "In Python, with what wrote it: "
_SAVEZ = f'{_HOW}numpy.savez("decoder.npz", *model.decoder.get_weights()).'
_LEAVES = "{jax.tree_util.keystr(k): v for k, v in jax.tree_util.tree_leaves_with_path(params)}"
_TREE = f'{_HOW}numpy.savez("decoder.npz", **{_LEAVES}).'
_LINES = {
    "another model": "Any other decoder opens as an ONNX file, or by --decoder as a function of Python.",
    "Say their shape": "",
    "TorchScript": f'{_HOW}torch.save(torch.jit.load(FILE, "cpu").state_dict(), "decoder_weights.pt").',
    "exported program": f'{_HOW}torch.save(torch.export.load(FILE).state_dict, "decoder_weights.pt").',
    "Keras": _SAVEZ,
    "TensorFlow": _SAVEZ,
    "Flax": _TREE,
    "JAX": _TREE,
    "pickle": f'{_HOW}numpy.savez("decoder.npz", W1=…, b1=…, W2=…, b2=…) with its arrays.',
}
ADVICE = (
    "Choose the weights of a decoder, or its folder; or save them from a model in Python: "
    'torch.save(model.decoder.state_dict(), "decoder_weights.pt").'
)
