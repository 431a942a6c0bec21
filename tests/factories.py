"""What several tests build: a small model with random weights, files as torch writes them, a fresh Python."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from vae_explorer import atlas, checkpoint, files
from vae_explorer.model import VAE

ROOT = Path(__file__).resolve().parent.parent


def vae(latent_dim: int = 2, seed: int = 0) -> VAE:
    """A VAE with weights as they are before any training, always the same for one seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return VAE(latent_dim).eval()


def model_folder(folder: Path, latent_dim: int = 2, seed: int = 0, atlas: bytes | None = b"an atlas") -> Path:
    """Write the files of a small random model into a folder, as training does; give the folder."""
    model = vae(latent_dim, seed)
    states = model.decoder.state_dict(), model.encoder.state_dict()
    files.write(checkpoint.contents(folder, *states, {"latent_dim": latent_dim}, atlas))
    return folder


def decoder_state(latent_dim: int = 2, seed: int = 0) -> dict[str, Tensor]:
    return dict(vae(latent_dim, seed).decoder.state_dict())


def saved(value: Any, **options: Any) -> bytes:
    """What torch.save writes."""
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def archive(contents: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in contents.items():
            file.writestr(name, data)
    return buffer.getvalue()


def python(code: str, *args: object, path: Path = ROOT, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh Python that finds packages in `path` before the installed ones."""
    environment = os.environ | {"PYTHONPATH": str(path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-P", "-W", "error", "-c", code, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, check=False, timeout=120)


def atlas_bytes(latent_dim: int = 2, labels: int = 10) -> bytes:
    """An atlas.npz of ten random images to a label."""
    count, draw = 10 * labels, np.random.default_rng(latent_dim)
    label = np.repeat(np.arange(labels, dtype=np.uint8), 10)
    mu = draw.normal(label[:, None] / 10 - 0.5, 0.5, (count, latent_dim)).astype(np.float32)
    logvar, recon = np.full_like(mu, -3), np.ones(count, np.float32)
    return atlas.dumps(atlas.Atlas(mu, logvar, recon, label, np.arange(count, dtype=np.int32)))


def vivid_folder(folder: Path, latent_dim: int = 2, atlas: bytes | None = None, **info: Any) -> Path:
    """Write a model whose pictures change visibly with every latent dimension, as an untrained one's do not."""
    model = vae(latent_dim)
    with torch.no_grad():
        model.decoder.linear.weight *= 8
        model.decoder.deconv_stack[2].weight *= 4
    states = model.decoder.state_dict(), model.encoder.state_dict()
    files.write(checkpoint.contents(folder, *states, {"latent_dim": latent_dim, **info}, atlas))
    return folder
