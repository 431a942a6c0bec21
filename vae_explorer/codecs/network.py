"""An ONNX file as a function of arrays, run by onnxruntime on one thread of the CPU. Knows nothing of what it computes.

onnxruntime is handed bytes that `storage.onnx` has looked through, so it opens no file. It is there where the extra
onnx was installed, and is imported only here.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae_explorer import files, plain
from vae_explorer.codecs.foreign import MAX_DIMS, DecoderError
from vae_explorer.images import Floats
from vae_explorer.storage import onnx
from vae_explorer.storage.onnx import OnnxError

MAX_FILE_BYTES = 256 << 20
MAX_MEMORY_BYTES = 4 << 30
TRIAL_S = 20  # a first run that takes longer is ended
NO_RUNTIME = 'ONNX files are read by onnxruntime, which is not installed: pip install "vae-explorer[onnx]".'
_DTYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(double)": np.float64}


class Network:
    """An ONNX file with one input of real numbers, ready to run."""

    def __init__(self, path: Path) -> None:
        """Raises DecoderError, whose text names the file."""
        data = _bytes(path)
        self.name, self.sha256 = plain.line(path.name), files.sha256(data)
        self._session, self._limits = _session(self.name, data), None
        inputs = self._session.get_inputs()
        if len(inputs) != 1:
            listed = plain.some(each.name for each in inputs)
            raise DecoderError(f"{self.name} has {len(inputs)} inputs: {listed}. One is needed, of a point's numbers.")
        [only] = inputs
        if only.type not in _DTYPES:
            raise DecoderError(f"{self.name} takes {plain.line(only.type)}; numbers of 16, 32 or 64 bits are needed.")
        self._input, self._dtype, self.shape = only.name, _DTYPES[only.type], [*only.shape]
        self._batch = self.shape[0] if self.shape and isinstance(self.shape[0], int) else 0  # 0: any
        self.outputs = [each.name for each in self._session.get_outputs()]

    @property
    def latent_dim(self) -> int:
        """D of a decoder. Raises DecoderError where it is none."""
        if len(self.outputs) != 1:
            raise DecoderError(f"{self.name} has {len(self.outputs)} outputs; export the decoder alone, which has one.")
        if len(self.shape) < 2 or not isinstance(self.shape[1], int) or any(size != 1 for size in self.shape[2:]):
            shown = ", ".join(plain.line(str(size), 20) for size in self.shape[:8])
            raise DecoderError(f"{self.name} takes numbers of the shape ({shown}); a decoder takes (N, D), D a number.")
        if not 1 <= self.shape[1] <= MAX_DIMS:
            raise DecoderError(f"{self.name} has {self.shape[1]} latent dimensions; 1 to {MAX_DIMS} can be shown.")
        return self.shape[1]

    def tried(self, points: Floats) -> NDArray[Any]:
        """What it gives at first, in no more than TRIAL_S. One that was exported for a single point, and says that it
        takes several, is run point by point from then on. Raises DecoderError."""
        with self._limited():
            try:
                given = self.run(points)
            except DecoderError:
                if self._batch:
                    raise
                given = np.empty(0)
            if len(given) != len(points) and not self._batch:
                self._batch = 1
                given = self.run(points)
        if not np.isfinite(given).all():
            raise DecoderError(f"{self.name} gives NaN or infinity for draws from N(0, I).")
        return given

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """End what takes longer than TRIAL_S meanwhile, as far as onnxruntime looks whether it should."""
        import onnxruntime

        self._limits = onnxruntime.RunOptions()
        ending = threading.Timer(TRIAL_S, setattr, (self._limits, "terminate", True))
        ending.daemon = True
        ending.start()
        try:
            yield
        finally:
            ending.cancel()
            ending.join()
            self._limits = None

    def run(self, points: Floats) -> NDArray[Any]:
        """Its first output for points, (B, D)."""
        return self.all(points)[0]

    def all(self, given: Floats) -> list[NDArray[Any]]:
        """Its outputs for a batch of what it takes, in parts as large as it was exported for. Raises DecoderError."""
        count, step = len(given), self._batch or len(given)
        parts = []
        for i in range(0, count, step):
            some = given[i : i + step]
            if len(some) < step:  # filled up by the last
                some = np.concatenate([some, np.repeat(some[-1:], step - len(some), 0)])
            parts.append(self._once(some))
        return [np.concatenate([part[k] for part in parts])[:count] for k in range(len(self.outputs))]

    def _once(self, given: Floats) -> list[NDArray[Any]]:
        shape = [*given.shape, *[1] * (len(self.shape) - given.ndim)]
        try:
            found = self._session.run(None, {self._input: given.astype(self._dtype).reshape(shape)}, self._limits)
        except Exception as error:  # of many classes, which onnxruntime does not list
            raise DecoderError(f"{self.name} cannot be run: {plain.line(str(error), plain.MAX_REASON)}") from error
        return [np.atleast_1d(_numbers(each, self.name)) for each in found]


def _numbers(given: object, name: str) -> NDArray[Any]:
    if not isinstance(given, np.ndarray) or given.dtype.kind not in "fiu":
        raise DecoderError(f"{name} gives what is no array of numbers.")
    return given.astype(np.float32)


def _bytes(path: Path) -> bytes:
    try:
        with files.opened(path) as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise DecoderError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise DecoderError(f"{path} is larger than {MAX_FILE_BYTES >> 20} MB, so it is no model of this program.")
    try:
        onnx.check(data)
    except OnnxError as error:
        raise DecoderError(f"{path} cannot be opened: {error}.") from error
    return data


@cache
def _bound_memory() -> None:
    """Bound what all networks together may take: an operation of a few bytes can ask for any amount."""
    import onnxruntime as ort

    place = ort.OrtMemoryInfo("Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT)
    ort.create_and_register_allocator(place, ort.OrtArenaCfg(MAX_MEMORY_BYTES, -1, -1, -1))  # −1: as usual


def _session(name: str, data: bytes) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise DecoderError(NO_RUNTIME) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised, and told once
    options.add_session_config_entry("session.load_model_format", "ONNX")
    options.add_session_config_entry("session.use_env_allocators", "1")
    _bound_memory()
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # of many classes, which onnxruntime does not list
        raise DecoderError(f"{name} cannot be loaded: {plain.line(str(error), plain.MAX_REASON)}") from error
