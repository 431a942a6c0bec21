"""Which ONNX files may be handed to onnxruntime: those that are whole."""

import onnx_files
import pytest

from vae_explorer.storage.onnx import MAX_FIELDS, OnnxError, check


def test_whole_files_may():
    check(onnx_files.decoder())
    check(onnx_files.decoder(kind=onnx_files.TensorProto.DOUBLE))


@pytest.mark.parametrize("where", ["initializer", "node", "branch"])
@pytest.mark.parametrize("location", ["../../etc/passwd", "/etc/passwd", "weights.bin", "*/_ORT_MEM_ADDR_/*"])
def test_tensors_in_other_files_are_found_wherever_they_stand(location, where):
    with pytest.raises(OnnxError, match="its tensors lie in other files"):
        check(onnx_files.external(location, where))


WHOLE = onnx_files.decoder()
OTHERS = {
    "nothing": b"",
    "text": b"hello world, this is not a model",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "zeros": bytes(100),
    "half": WHOLE[: len(WHOLE) // 2],
    "one byte less": WHOLE[:-1],
    "a length beyond the end": b"\x3a\xff\xff\xff\xff\x7f",
    "a number without end": b"\x08" + b"\xff" * 100,
    "onnxruntime's own": b"\x18\0\0\0ORTM" + bytes(100),
}


@pytest.mark.parametrize("data", OTHERS.values(), ids=OTHERS)
def test_what_is_no_onnx_file_is_told(data):
    with pytest.raises(OnnxError, match="it is"):
        check(data)


def test_graphs_in_graphs_without_end_and_too_many_parts_are_refused_soon():
    deep = b""
    for _ in range(2000):  # a node with an attribute with a graph with a node
        for key in (b"\x32", b"\x2a", b"\x0a"):
            size = len(deep)
            length = bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14 & 0x7F | 0x80, size >> 21])
            deep = key + length + deep
    check(b"\x3a" + bytes([len(deep) & 0x7F | 0x80, len(deep) >> 7 & 0x7F | 0x80, len(deep) >> 14]) + deep)
    with pytest.raises(OnnxError, match="too many parts"):
        check(b"\x08\x01" * (MAX_FIELDS + 1))
