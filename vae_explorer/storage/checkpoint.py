"""The files of a trained model in their folder: read as arrays, written whole, never mixed with another's.

`decoder_weights.pt` alone makes a model. What lies beside it is used only where `model.json`, which is
written last, has its hash. Reading needs no torch; only the functions that write import it.
"""

import io
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vae_explorer import files, plain
from vae_explorer.errors import Failure
from vae_explorer.storage import legacy, statedict
from vae_explorer.storage.statedict import NeedsTorchError, StateDict, StateDictError

if TYPE_CHECKING:
    from torch import Tensor

DECODER, ENCODER, ATLAS, INFO = "decoder_weights.pt", "encoder_weights.pt", "atlas.npz", "model.json"
ADVICE = (
    f"Choose the {DECODER} that training saved, or its folder; or save one from a model in Python: "
    f'torch.save(model.decoder.state_dict(), "{DECODER}").'
)
SCHEMA = 1
MAX_LATENT_DIM = 256
MAX_WEIGHT = 1e6  # so that nothing which is computed of weights is beyond float32
MAX_FILE_BYTES = 16 << 20
MAX_INFO_BYTES = 1 << 20
READS, PAUSE_S = 5, 0.1  # of a model that is being written; its files get their names within milliseconds

# Shapes by key; the letter D stands for the number of latent dimensions.
DECODER_SHAPES = {
    "linear.weight": (1568, "D"),
    "linear.bias": (1568,),
    "deconv_stack.0.weight": (32, 16, 4, 4),
    "deconv_stack.0.bias": (16,),
    "deconv_stack.2.weight": (16, 1, 4, 4),
    "deconv_stack.2.bias": (1,),
}
ENCODER_SHAPES = {
    "conv_stack.0.weight": (16, 1, 4, 4),
    "conv_stack.0.bias": (16,),
    "conv_stack.2.weight": (32, 16, 4, 4),
    "conv_stack.2.bias": (32,),
    "fc_mu.weight": ("D", 1568),
    "fc_mu.bias": ("D",),
    "fc_logvar.weight": ("D", 1568),
    "fc_logvar.bias": ("D",),
}


class CheckpointError(Failure):
    """A model that cannot be opened; the text names the file and says why."""


@dataclass(frozen=True)
class Checkpoint:
    """A trained model as it lies in its folder.

    info is what `model.json` says, empty where there is none that speaks of this decoder; atlas the bytes
    of `atlas.npz`; missing says for each file that is not used why, in a few words.
    """

    path: Path
    sha256: str
    decoder: StateDict
    encoder: StateDict | None
    atlas: bytes | None
    info: Mapping[str, Any]
    missing: Mapping[str, str]

    @property
    def ships(self) -> bool:
        """Whether this is the model that ships, in its own place."""
        return self.path.resolve() == (shipped() / DECODER).resolve()

    @property
    def latent_dim(self) -> int:
        """D, the number of latent dimensions, as the decoder has it."""
        return int(self.decoder["linear.weight"].shape[1])


def shipped() -> Path:
    """Find the folder of the model that ships: a checkout's own `weights/` first, else the installed one."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent / "weights"
    return checkout if (package.parent / "pyproject.toml").is_file() else package / "weights"


def read(path: Path | None = None, cancelled: Callable[[], bool] = lambda: False) -> Checkpoint:
    """Read a model from its folder or from its decoder's file; without a path, the one that ships.

    Formats that only torch reads take seconds; soon after cancelled() has turned true, that ends and
    Cancelled is raised. A model that is being written, so that its files do not belong together, is read again.
    Raises CheckpointError when there is no decoder or it cannot be used. Trouble with any other file only leaves that
    file out.
    """
    path = _decoder_path(shipped() if path is None else path)
    for _ in range(READS):
        before = _stamps(path)
        found = _read(path, cancelled)
        if not any(path.with_name(name).exists() for name in found.missing):
            break
        time.sleep(PAUSE_S)  # a file is there and yet not of this model: the others of it may be about to come
        if _stamps(path) == before:
            break
    return found


def _decoder_path(path: Path) -> Path:
    """The file of the decoder that a path to it or to its folder means. Raises CheckpointError."""
    try:
        path = path / DECODER if path.is_dir() else path
    except OSError as error:  # a name too long, a folder that may not be searched
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    return path


def _stamps(path: Path) -> list[tuple[int, ...] | None]:
    """What is another when one of the files of a model has been replaced."""
    return [_stamp(path.with_name(name)) for name in (path.name, ENCODER, ATLAS, INFO)]


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # the latter for a NUL
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read(path: Path, cancelled: Callable[[], bool]) -> Checkpoint:
    data = _bytes(path)
    try:
        decoder = _state_dict(data, cancelled)
        latent_dim = check_shapes(decoder, DECODER_SHAPES)
    except StateDictError as error:
        raise CheckpointError(f"{path} cannot be opened as decoder weights: {error} {ADVICE}") from error
    digest = files.sha256(data)
    info, why_not = _info(path.with_name(INFO), path.name, digest)
    missing: dict[str, str] = {} if info else {INFO: why_not}
    encoder = atlas = None
    encoder_bytes = _sibling(path.with_name(ENCODER), info, missing)
    if encoder_bytes is not None:
        try:
            encoder = _state_dict(encoder_bytes, cancelled)
            check_shapes(encoder, ENCODER_SHAPES, latent_dim)
        except StateDictError as error:
            encoder, missing[ENCODER] = None, str(error).removesuffix(".")
    atlas = _sibling(path.with_name(ATLAS), info, missing)
    return Checkpoint(path, digest, decoder, encoder, atlas, info, missing)


def check_shapes(state: StateDict, shapes: Mapping[str, tuple[Any, ...]], latent_dim: int | None = None) -> int:
    """Check keys, shapes and that every value is finite; give D. Raises StateDictError with what differs."""
    if state.keys() != shapes.keys():
        raise StateDictError(_other_keys(state, shapes))
    for key, shape in shapes.items():
        found = state[key].shape
        if "D" in shape and len(found) == len(shape) and latent_dim is None:
            latent_dim = found[shape.index("D")]
            if not 1 <= latent_dim <= MAX_LATENT_DIM:
                raise StateDictError(f"it has {latent_dim} latent dimensions; 1 to {MAX_LATENT_DIM} are shown.")
        expected = tuple(latent_dim if n == "D" else n for n in shape)
        if found != expected:
            raise StateDictError(f"its {key} has the shape {found}, not {expected}.")
        if not np.isfinite(state[key]).all():
            raise StateDictError(f"its {key} holds values that are not finite (NaN or infinite).")
        if (abs(state[key]) > MAX_WEIGHT).any():
            raise StateDictError(f"its {key} holds values beyond ±{MAX_WEIGHT:,.0f}, as no training gives.")
    assert latent_dim is not None
    return latent_dim


def _other_keys(state: StateDict, shapes: Mapping[str, Any]) -> str:
    """Say what a state dict is that has other keys than are wanted."""
    if state.keys() == ENCODER_SHAPES.keys():
        return "it holds the weights of an encoder, not of a decoder."
    if state.keys() == DECODER_SHAPES.keys():
        return "it holds the weights of a decoder, not of an encoder."
    if not state:
        return "it is an empty state dict."
    lacking, more = [key for key in shapes if key not in state], [key for key in state if key not in shapes]
    renamed = [key for key in more if lacking and key.endswith(f".{lacking[0]}")]
    if renamed:
        return f"it names its tensors otherwise: {plain.line(renamed[0], 60)}, where {lacking[0]} is expected."
    differs = [f"lacks {plain.some(lacking)}"] * bool(lacking) + [f"has {plain.some(more)} besides"] * bool(more)
    return f"it {' and '.join(differs)}."


def _bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    try:
        with files.opened(path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        absent = isinstance(error, FileNotFoundError)
        hint = " Choose a decoder_weights.pt or its folder, or train a model." if absent else ""
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.{hint}") from error
    if len(data) > limit:
        raise CheckpointError(f"{path} is larger than {limit >> 20} MB, so it is no model of this program.")
    return data


def _state_dict(data: bytes, cancelled: Callable[[], bool]) -> StateDict:
    try:
        return statedict.loads(data)
    except NeedsTorchError:
        return legacy.loads(data, cancelled)


def _info(path: Path, decoder_name: str, digest: str) -> tuple[dict[str, Any], str]:
    """Read model.json where it speaks of this decoder: what it says, or nothing and why not."""
    if not path.is_file():
        return {}, "there is none beside the decoder"
    try:
        info = _shown(json.loads(_bytes(path, MAX_INFO_BYTES)))
        if info["schema"] != SCHEMA:
            return {}, f"it is of schema {plain.quoted(info['schema'])}; this version reads {SCHEMA}"
        if info["files"][DECODER] != digest:
            return {}, f"it is of another model than {decoder_name}"
        _check_told(info)
    except (CheckpointError, ValueError, KeyError, TypeError, RecursionError) as error:
        return {}, f"it cannot be read ({type(error).__name__})"
    return info, ""


def _shown(told: Any) -> Any:
    """What JSON said, with every text in it as short and printable as the screen needs it."""
    if isinstance(told, dict):
        return {plain.line(key): _shown(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_shown(value) for value in told]
    return plain.line(told) if isinstance(told, str) else told


def _check_told(info: dict[str, Any]) -> None:
    """Make sure that what the program shows of model.json is what it takes it for. Raises TypeError."""
    data, options, test = info.get("data", {}), info.get("options", {}), info.get("test") or {}
    if not all(isinstance(each, dict) for each in (data, options, test)):
        raise TypeError("data, options and test are objects")
    names = data.get("class_names", [])
    if not isinstance(names, list) or not all(isinstance(each, str) for each in [data.get("name", ""), *names]):
        raise TypeError("names are strings")
    for number in (options.get("beta", 1.0), test.get("loss", 0.0)):
        if not isinstance(number, int | float) or not np.isfinite(number):
            raise TypeError("beta and loss are numbers")


def _sibling(path: Path, info: Mapping[str, Any], missing: dict[str, str]) -> bytes | None:
    """Read a file of the same model, or say in `missing` why it is left out."""
    if not path.is_file():
        missing[path.name] = "there is none beside the decoder"
    elif not info:
        missing[path.name] = "no model.json says that it belongs to this decoder"
    else:
        try:
            data = _bytes(path)
        except CheckpointError as error:
            missing[path.name] = str(error).removesuffix(".")
        else:
            if files.sha256(data) == info["files"].get(path.name):
                return data
            missing[path.name] = "it is of another model"
    return None


def dumps(state: Mapping[str, "Tensor"]) -> bytes:
    """Give a state dict as the bytes of a .pt file. Raises CheckpointError when a value is not finite."""
    import torch

    for key, value in state.items():
        if not torch.isfinite(value).all():
            raise CheckpointError(f"{key} is not finite; such weights are not written.")
    buffer = io.BytesIO()
    torch.save({key: value.detach().cpu().clone() for key, value in state.items()}, buffer)
    return buffer.getvalue()


def contents(
    folder: Path,
    decoder: Mapping[str, "Tensor"],
    encoder: Mapping[str, "Tensor"],
    info: Mapping[str, Any],
    atlas: bytes | None = None,
) -> dict[Path, bytes]:
    """Give the files of a model for `files.write`, model.json last, with schema and hashes added to info."""
    parts = {ENCODER: dumps(encoder)} | ({ATLAS: atlas} if atlas else {}) | {DECODER: dumps(decoder)}
    hashes = {name: files.sha256(data) for name, data in parts.items()}
    told = {"schema": SCHEMA, **info, "files": hashes}
    parts[INFO] = (json.dumps(told, indent=2, allow_nan=False) + "\n").encode()
    return {folder / name: data for name, data in parts.items()}
