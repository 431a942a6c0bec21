"""ONNX files as somebody may have them, built node by node; the exporters of torch write no such."""

from collections.abc import Sequence

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
WEIGHT = np.random.default_rng(0).normal(size=(2, 120)).astype(np.float32)


def value(name: str, shape: Sequence[object], kind: int = FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def model(nodes: Sequence[NodeProto], inputs, outputs, tensors=(), domain: str = "") -> bytes:
    graph = helper.make_graph(nodes, "g", inputs, outputs, tensors)
    opsets = [helper.make_opsetid("", 17), *([helper.make_opsetid(domain, 1)] if domain else [])]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def decoder(
    z: Sequence[object] = ("n", 2), x: Sequence[object] = ("n", 1, 10, 12), kind: int = FLOAT, last: str = "Sigmoid"
) -> bytes:
    """z → last(z · WEIGHT) in the shape x, where n is any number."""
    dtype = helper.tensor_dtype_to_np_dtype(kind)
    target = np.array([-1 if size == "n" else size for size in x], np.int64)
    tensors = [numpy_helper.from_array(WEIGHT.astype(dtype), "w"), numpy_helper.from_array(target, "shape")]
    flat = np.array([-1, 2], np.int64)
    nodes = [
        helper.make_node("Reshape", ["z", "flat"], ["points"]),
        helper.make_node("MatMul", ["points", "w"], ["a"]),
        helper.make_node("Reshape", ["a", "shape"], ["b"]),
        helper.make_node(last, ["b"], ["x"]),
    ]
    tensors.append(numpy_helper.from_array(flat, "flat"))
    return model(nodes, [value("z", z, kind)], [value("x", x, kind)], tensors)


def external(location: str, where: str = "initializer") -> bytes:
    """A decoder whose weight is said to lie in another file: of its own, inside of a node, or of a branch."""
    tensor = TensorProto(name="w", data_type=FLOAT, dims=[2, 120], data_location=TensorProto.EXTERNAL)
    for key, text in {"location": location, "offset": "0", "length": "960"}.items():
        tensor.external_data.add(key=key, value=text)
    product, sides = helper.make_node("MatMul", ["z", "w"], ["x"]), ([value("z", ["n", 2])], [value("x", ["n", 120])])
    if where == "initializer":
        return model([product], *sides, [tensor])
    constant = helper.make_node("Constant", [], ["w"], value=tensor)
    if where == "node":
        return model([constant, product], *sides)
    branch = helper.make_graph([constant], "branch", [], [value("w", [2, 120])])
    yes = numpy_helper.from_array(np.array(True), "yes")
    chosen = helper.make_node("If", ["yes"], ["w"], then_branch=branch, else_branch=branch)
    return model([chosen, product], *sides, [yes])
