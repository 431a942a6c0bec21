"""The files of a trained model in their folder, read as arrays and never mixed with another model's.

Any file with a decoder in it makes a model. What lies beside it is used only where `model.json`, which is written last,
has its hash. Reading needs no torch.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vae_explorer import files, plain
from vae_explorer.errors import Failure
from vae_explorer.storage import formats, model_json, places, shapes, weights
from vae_explorer.storage.chain import Chain, ChainEncoder
from vae_explorer.storage.model_json import ModelJsonError
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.storage.places import PlaceError
from vae_explorer.storage.source import Source
from vae_explorer.storage.statedict import StateDict
from vae_explorer.storage.told import Told
from vae_explorer.storage.weights import SeveralError, Weights

DECODER, ENCODER, ATLAS, INFO = "decoder_weights.pt", "encoder_weights.pt", "atlas.npz", "model.json"
MAX_FILE_BYTES = 128 << 20
READS, PAUSE_S = 5, 0.1  # of a model that is being written; its files get their names within milliseconds


class CheckpointError(Failure):
    """A model that cannot be opened; the text names the file and says why."""


class SeveralModelsError(CheckpointError):
    """A file holds several models that differ; names has what each is called by, path the file."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        some, one = plain.some(names), f"{path}#{names[-1]}"
        super().__init__(f"{path} holds several models that differ: {some}. Name one of them, as in '{one}'.")
        self.path, self.names = path, names


@dataclass(frozen=True, eq=False, kw_only=True)
class Checkpoint(Source):
    """A trained model as it lies in its folder: the weights themselves, and what is known of them."""

    path: Path
    decoder: StateDict | Chain
    encoder: StateDict | ChainEncoder | None

    @property
    def ships(self) -> bool:
        """Whether this is the model that ships, in its own place."""
        return self.path.resolve() == (shipped() / DECODER).resolve()

    @property
    def ours(self) -> bool:
        """Whether its networks are those that training writes."""
        return isinstance(self.decoder, dict)

    @property
    def latent_dim(self) -> int:
        """D, the number of latent dimensions, as the decoder has it."""
        return shapes.latent_dim(self.decoder)


def shipped() -> Path:
    """Find the folder of the model that ships: a checkout's own `weights/` first, else the installed one."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent / "weights"
    return checkout if (package.parent / "pyproject.toml").is_file() else package / "weights"


def place(path: Path | None) -> tuple[Path, str]:
    """Give the file that a path to a model means, and the name behind a # in it. Raises CheckpointError."""
    try:
        return places.of_weights(shipped() if path is None else path, DECODER, {ENCODER, ATLAS})
    except PlaceError as error:
        raise CheckpointError(str(error)) from error


def read(
    path: Path | None = None, cancelled: Callable[[], bool] = lambda: False, told: Told | None = None
) -> Checkpoint:
    """Read a model from its folder or from its decoder's file; without a path, the one that ships.

    told: what the file does not say. Formats that only torch reads take seconds; soon after cancelled() has turned
    true, that ends and Cancelled is raised. A model that is being written is read again. Raises CheckpointError when
    there is no decoder or it cannot be used. Trouble with any other file only leaves that file out.
    """
    path, name = place(path)
    told = replace(told or Told(), name=name) if name else told or Told()
    for _ in range(READS):  # its files may not belong together yet
        before = _stamps(path)
        found = _read(path, cancelled, told)
        if not any(path.with_name(name).exists() for name in found.missing):
            break
        time.sleep(PAUSE_S)  # a file is there and yet not of this model: the others of it may be about to come
        if _stamps(path) == before:
            break
    return found


def _stamps(path: Path) -> list[tuple[int, ...] | None]:
    """Give what differs once one of the files of a model has been replaced."""
    return [places.stamp(path.with_name(name)) for name in (path.name, ENCODER, ATLAS, INFO)]


def _read(path: Path, cancelled: Callable[[], bool], told: Told) -> Checkpoint:
    data = _bytes(path)
    found = _weights(path, data, told, cancelled)
    digest = files.sha256(data)
    info, why_not = _info(path.with_name(INFO), path.name, digest)
    missing = {} if info else {INFO: why_not}
    encoder = found.encoder or _encoder(path.with_name(ENCODER), found, info, missing, cancelled)
    atlas = _sibling(path.with_name(ATLAS), info, missing)
    if found.name:  # others of the same file are other models
        digest = files.sha256(f"{digest} {found.name}".encode())
        path = path.with_name(f"{path.name}#{found.name}")
    return Checkpoint(
        path=path, sha256=digest, decoder=found.decoder, encoder=encoder, atlas=atlas, info=info, missing=missing,
        opened=found.opened, shape=found.shape, told=told,
    )  # fmt: skip


def beside(path: Path, digest: str) -> tuple[dict[str, Any], bytes | None, dict[str, str]]:
    """Give what lies beside the file of a model of another kind, whose sha256 is told, and is its own: what model.json
    says, the bytes of the atlas, and for each that is not used why."""
    info, why_not = _info(path.with_name(INFO), path.name, digest)
    missing = {} if info else {INFO: why_not}
    return info, _sibling(path.with_name(ATLAS), info, missing), missing


def _weights(path: Path, data: bytes, told: Told, cancelled: Callable[[], bool]) -> Weights:
    try:
        return weights.read(data, told, cancelled)
    except SeveralError as error:
        raise SeveralModelsError(path, error.names) from error
    except StateDictError as error:
        why = f"{error} {formats.advice(str(error))}".rstrip()
        raise CheckpointError(f"{path} cannot be opened as decoder weights: {why}") from error


def _encoder(
    path: Path, found: Weights, info: Mapping[str, Any], missing: dict[str, str], cancelled: Callable[[], bool]
) -> StateDict | None:
    """Read the encoder that lies beside a decoder of ours, or say in `missing` why there is none."""
    if isinstance(found.decoder, dict) and (data := _sibling(path, info, missing)) is not None:
        try:
            return weights.read_encoder(data, shapes.latent_dim(found.decoder), cancelled)
        except StateDictError as error:
            missing[ENCODER] = str(error).removesuffix(".")
    elif found.no_encoder or not isinstance(found.decoder, dict):
        missing[ENCODER] = found.no_encoder or "there is none in the file"
    return None


def _bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    try:
        with files.opened(path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        hint = f" Choose a {DECODER} or its folder, or train a model." * isinstance(error, FileNotFoundError)
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.{hint}") from error
    if len(data) > limit:
        raise CheckpointError(f"{path} is larger than {limit >> 20} MB, the most that is read. {formats.ADVICE}")
    return data


def _info(path: Path, decoder_name: str, digest: str) -> tuple[dict[str, Any], str]:
    """Read model.json where it speaks of this decoder: what it says, or nothing and why not."""
    if not path.is_file():
        return {}, "there is none beside the decoder"
    try:
        info = model_json.loads(_bytes(path, model_json.MAX_BYTES))
    except ModelJsonError as error:
        return {}, str(error)
    except CheckpointError:
        return {}, f"it cannot be read, or is larger than {model_json.MAX_BYTES >> 20} MB"
    if info["files"].get(DECODER) != digest:
        return {}, f"it is of another model than {decoder_name}"
    return info, ""


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
