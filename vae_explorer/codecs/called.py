"""A person's own function, called so that whatever it does arrives as numbers or as a DecoderError. Knows no images.

A torch module is handed tensors, and everything else NumPy's arrays. torch is not imported for that: who has a module
has imported it.
"""

import sys
import sysconfig
import threading
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain
from vae_explorer.codecs.foreign import DecoderError
from vae_explorer.images import Floats


class Called:
    """Functions of one object, called one at a time, since they may know of no threads.

    name: of the object, for errors. module: the torch module that it is, or whose method it is, or None.
    """

    def __init__(self, name: str, decoder: Any) -> None:
        self.name, self.module, self._lock = name, _module(decoder), threading.RLock()

    def numbers(self, function: Callable[..., Any], *given: NDArray[Any]) -> NDArray[Any]:
        """What a function gives, as an array. Raises DecoderError."""
        return self._array(self._call(function, given))

    def several(self, function: Callable[..., Any], *given: NDArray[Any]) -> list[NDArray[Any]]:
        """What a function gives as a tuple or a list of arrays; one array counts as one. Raises DecoderError."""
        found = self._call(function, given)
        return [self._array(each) for each in (found if isinstance(found, tuple | list) else (found,))]

    def gradient(self, function: Callable[..., Any], points: Floats, given: Floats) -> NDArray[Any]:
        """By torch's autograd: the gradient with respect to points, (B, D), of a module's function whose numbers have
        the gradient given. Raises DecoderError."""

        def _pulled(z: Any, given: Any) -> Any:
            torch = sys.modules["torch"]
            with torch.enable_grad():
                z.requires_grad_()
                out = function(z)
                return torch.autograd.grad(out, z, given.to(out))[0]

        return self._array(self._call(_pulled, (points, given)))

    def _call(self, function: Callable[..., Any], given: tuple[NDArray[Any], ...]) -> Any:
        """Call it with copies, which it may change. What it prints goes to stderr, for results go to stdout."""
        module = _module(function) or self.module
        with self._lock, redirect_stdout(sys.stderr):
            try:
                if module is None:
                    return function(*(array.copy() for array in given))
                module.eval()
                with sys.modules["torch"].no_grad():
                    return function(*(_tensor(module, array) for array in given))
            except (KeyboardInterrupt, DecoderError):
                raise
            except BaseException as error:  # whatever it does, also exit(), the program goes on
                raise DecoderError(f"{self.name} failed: {line(error)}.") from error

    def _array(self, given: Any) -> NDArray[Any]:
        try:
            array = np.asarray(given.detach().cpu().numpy() if hasattr(given, "detach") else given)
        except Exception as error:
            raise DecoderError(f"{self.name} gave what is no array: {line(error)}.") from error
        if array.dtype.kind not in "fiub":
            raise DecoderError(f"{self.name} gave what is no array of numbers, but of {array.dtype}.")
        return array


def _module(decoder: Any) -> Any:
    """The torch module that an object is, or whose method it is."""
    torch = sys.modules.get("torch")
    owners = (decoder, getattr(decoder, "__self__", None))
    return next((each for each in owners if torch and isinstance(each, torch.nn.Module)), None)


def _tensor(module: Any, array: NDArray[Any]) -> Any:
    """A tensor on the device of a module, and of the type of its weights."""
    tensor, first = sys.modules["torch"].from_numpy(array.copy()), next(module.parameters(), None)
    return tensor if first is None or not first.is_floating_point() else tensor.to(first)


def line(error: BaseException) -> str:
    """Say in a line what was raised, and where in a person's code: not in a library, where there is such a place."""
    ours = Path(__file__).resolve().parents[1]
    frames = [
        each
        for each in traceback.extract_tb(error.__traceback__)
        if ours not in Path(each.filename).parents and "<frozen" not in each.filename  # Python's own import
    ]
    libraries = [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")]
    theirs = [each for each in frames if Path(each.filename).is_absolute()]
    theirs = [each for each in theirs if not any(part in Path(each.filename).parents for part in libraries)] or frames
    where = f"{plain.line(Path(theirs[-1].filename).name)}, line {theirs[-1].lineno}: " if theirs else ""
    kind, said = type(error).__name__, plain.line(str(error), plain.MAX_REASON).removesuffix(".")
    return f"{where}{kind}: {said}" if said else f"{where}{kind}"
