"""Whether the bytes of an ONNX file may be handed to onnxruntime: all of the model lies in them. Knows the wire format
of protobuf, and of ONNX only where tensors can be: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto."""

from collections.abc import Iterator

MAX_FIELDS = 2_000_000  # of all messages that are looked into
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

# By the kind of a message, the fields that hold messages in which a tensor can be.
_INSIDE = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "function": {7: "node", 11: "attribute"},
    "training": {1: "graph", 2: "graph"},
    "tensor": {},
}
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14  # of a tensor


class OnnxError(Exception):
    """Bytes that are no ONNX model, or one that is not whole; the text says why."""


def check(data: bytes) -> None:
    """Raises OnnxError for what is no ONNX file, and for one whose tensors lie in other files."""
    if data[4:8] == b"ORTM":  # onnxruntime tells its own format by these
        raise OnnxError("it is in onnxruntime's own format, .ort")
    waiting, fields, graphs = [("model", memoryview(data))], 0, 0
    while waiting:
        kind, message = waiting.pop()
        graphs += kind == "graph"
        for number, wire, value in _fields(message):
            fields += 1
            if fields > MAX_FIELDS:
                raise OnnxError("it has too many parts")
            if kind == "tensor" and (number == _EXTERNAL_DATA or (number == _DATA_LOCATION and value)):
                raise OnnxError(
                    "its tensors lie in other files, which are not read. Export it with external_data=False"
                )
            if wire == LENGTH and isinstance(value, memoryview) and number in _INSIDE[kind]:
                waiting.append((_INSIDE[kind][number], value))
    if not graphs:
        raise OnnxError("it is no ONNX model")


def _fields(message: memoryview) -> Iterator[tuple[int, int, int | memoryview]]:
    """The fields of a message: number, wire type, and the value, of fixed sizes 0. Raises OnnxError."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        value: int | memoryview = 0
        if wire == VARINT:
            value, at = _varint(message, at)
        elif wire == LENGTH:
            size, at = _varint(message, at)
            value, at = message[at : at + size], at + size
        elif wire in (FIXED32, FIXED64):
            at += 4 if wire == FIXED32 else 8
        else:
            raise OnnxError("it is no ONNX model")
        if at > len(message):
            raise OnnxError("it is no ONNX model, or its end is missing")
        yield number, wire, value


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where the next begins."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            break
        byte = message[at]
        value, at = value | (byte & 0x7F) << shift, at + 1
        if byte < 0x80:
            return value, at
    raise OnnxError("it is no ONNX model, or its end is missing")
