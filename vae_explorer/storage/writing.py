"""The files of a trained model as bytes, to be written together. torch is imported once they are asked for."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vae_explorer import files
from vae_explorer.storage import model_json
from vae_explorer.storage.checkpoint import ATLAS, DECODER, ENCODER, INFO, CheckpointError

if TYPE_CHECKING:
    from torch import Tensor


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
    parts[INFO] = model_json.dumps(info, hashes)
    return {folder / name: data for name, data in parts.items()}
