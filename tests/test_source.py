"""What a model is known by."""

from pathlib import Path

from vae_explorer.storage import checkpoint
from vae_explorer.storage.source import Source


def test_a_file_is_called_as_its_folder_and_code_as_it_says():
    read = checkpoint.read()
    assert (read.title, read.place, read.ships) == ("weights", str(read.path), True)
    code = Source(sha256="a" * 64, called="toy:decode")
    assert (code.title, code.place, code.ships) == ("toy:decode", "toy:decode", False)
    named = Source(sha256="a" * 64, path=Path("models", "rings.onnx"), called="rings.onnx")
    assert (named.title, named.place) == ("rings.onnx", str(Path("models", "rings.onnx")))
