"""What a file is that is not the one wanted, seen from its first bytes or, of a zip archive, from its members' names.

So that an error can say what a person has in hand. Knows no paths, and reads nothing further.
"""

import re
from collections.abc import Collection

HEAD_BYTES = 512  # as many are looked at

_STARTS = {
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF",
    b"\x89HDF\r\n": "an HDF5 file, as Keras writes",
    b"\x93NUMPY": "an array of NumPy (.npy)",
    b"\x1f\x8b": "a file packed with gzip, which has to be unpacked",
    b"BZh": "a file packed with bzip2, which has to be unpacked",
    b"\xfd7zXZ": "a file packed with xz, which has to be unpacked",
    b"\x28\xb5\x2f\xfd": "a file packed with zstd, which has to be unpacked",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"PK\x03\x04": "a zip archive",
    b"GGUF": "a GGUF model",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
_TEXTS = (
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
        return "a safetensors file"
    if head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5":
        return "a pickle of Python's"
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
        return "an archive of NumPy (.npz)"
    if "model.weights.h5" in ends:
        return "a model of Keras"
    return "a zip archive of other things" if names else "an empty zip archive"
