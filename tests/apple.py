"""A stand-in for Apple's GPU where there is none: it computes on the CPU and refuses what MPS refuses.

Refused are float64, tensors of two devices in one operation, and operations for which torch's own table of kernels
names none for MPS.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import torch
import torchgen
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

DEVICE = torch.device("lazy")  # torch lets nothing be sent to `mps` where there is none, but to this
CROSSING = {torch.ops.aten.copy_.default, torch.ops.aten._to_copy.default}  # from one device to another


class OnDevice(Tensor):
    """A tensor that lies on the stand-in; its numbers are those of `here`, on the CPU."""

    here: Tensor

    @staticmethod
    def __new__(cls, here: Tensor) -> "OnDevice":
        if here.dtype == torch.float64:
            raise TypeError("Cannot convert a MPS Tensor to float64 dtype: the MPS framework doesn't support float64.")
        layout = {"strides": here.stride(), "storage_offset": here.storage_offset(), "dtype": here.dtype}
        made = Tensor._make_wrapper_subclass(cls, here.size(), device=DEVICE, **layout)
        made.here = here
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.detach().here.__reduce_ex__(protocol)

    @classmethod
    def __torch_dispatch__(cls, operation: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _run(operation, args, kwargs or {})


class _Sending(TorchDispatchMode):
    """Sees the operations, too, that have no tensor on the device yet."""

    def __torch_dispatch__(self, operation: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _run(operation, args, kwargs or {})


@contextmanager
def apple() -> Iterator[torch.device]:
    """Meanwhile there is the device."""
    with _Sending():
        yield DEVICE


def _run(operation: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """Do an operation on the CPU; what comes out lies where it would lie, and refuses what could not."""
    tensors = [each for each in tree_leaves((args, kwargs)) if isinstance(each, Tensor)]
    on_device = [each for each in tensors if isinstance(each, OnDevice)]
    to = kwargs.get("device") or (args[0].device if operation in CROSSING else on_device and DEVICE)
    if operation not in CROSSING and on_device and [each for each in tensors if each.device != DEVICE and each.dim()]:
        raise RuntimeError(f"{operation}: Expected all tensors to be on the same device")
    if (on_device or to == DEVICE) and not _has_kernel(operation):
        raise NotImplementedError(f"The operator {operation} is not currently implemented for the MPS device")
    if "device" in kwargs:
        kwargs = kwargs | {"device": torch.device("cpu")}
    args, kwargs = tree_map(lambda each: each.here if isinstance(each, OnDevice) else each, (args, kwargs))
    known = {id(each.here): each for each in on_device}  # what was changed in place

    def placed(each: Any) -> Any:
        if not isinstance(each, Tensor) or to != DEVICE:
            return each
        return known[id(each)] if id(each) in known else OnDevice(each)

    return tree_map(placed, operation(*args, **kwargs))


@cache
def _has_kernel(operation: Any) -> bool:
    """Whether torch has a kernel of the operation for MPS, or makes it of others that may have one."""
    namespace, name, overload = str(operation).split(".")
    table = _kernels()
    entry = table[name if overload == "default" else f"{name}.{overload}"]
    if delegate := re.search(r"structured_delegate: ([\w.]+)", entry):
        entry = table[delegate[1]]
    return namespace == "aten" and ("MPS" in entry or "CompositeExplicit" in entry or "dispatch:" not in entry)


@cache
def _kernels() -> dict[str, str]:
    """What torch's table says of each operation, by its name."""
    text = (Path(torchgen.__file__).parent / "packaged/ATen/native/native_functions.yaml").read_text("utf-8")
    entries = re.split(r"\n(?=- func: )", text)[1:]
    return {re.match(r"- func: ([\w.]+)", each)[1]: each for each in entries}
