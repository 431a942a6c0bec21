"""What several tests build: a small model with random weights, files as torch writes them, a fresh Python."""

import io
import os
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from vae_explorer import files
from vae_explorer.codecs.codec import Codec
from vae_explorer.codecs.foreign import DecoderError
from vae_explorer.datasets import mirrors
from vae_explorer.images import Pixels, Shape
from vae_explorer.model import VAE
from vae_explorer.space import atlas
from vae_explorer.space.space import Space
from vae_explorer.storage import writing
from vae_explorer.storage.source import Source

ROOT = Path(__file__).resolve().parent.parent
# What follows the last layer of a decoder, by the words of `storage.told`, as torch does it; to [-1, 1].
TORCH_OUTPUTS = {
    "sigmoid": lambda a: 2 * torch.sigmoid(a) - 1,
    "logits": lambda a: 2 * torch.sigmoid(a) - 1,
    "tanh": torch.tanh,
    "linear": lambda a: 2 * a.clamp(0, 1) - 1,
    "signed": lambda a: a.clamp(-1, 1),
}


def vae(latent_dim: int = 2, seed: int = 0) -> VAE:
    """A VAE with weights as they are before any training, always the same for one seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return VAE(latent_dim).eval()


def model_folder(folder: Path, latent_dim: int = 2, seed: int = 0, atlas: bytes | None = b"an atlas") -> Path:
    """Write the files of a small random model into a folder, as training does; give the folder."""
    model = vae(latent_dim, seed)
    states = model.decoder.state_dict(), model.encoder.state_dict()
    folder.mkdir(parents=True, exist_ok=True)
    files.write(writing.contents(folder, *states, {"latent_dim": latent_dim}, atlas))
    return folder


def bare_folder(path: Path, latent_dim: int = 2) -> Path:
    """The folder of a random model of which only the decoder is there."""
    folder = model_folder(path, latent_dim)
    for file in folder.iterdir():
        if file.name != "decoder_weights.pt":
            file.unlink()
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
    """An atlas.npz of ten random test images and ten training images to a label."""
    count, draw = 10 * labels, np.random.default_rng(latent_dim)
    label = np.repeat(np.arange(labels, dtype=np.uint8), 10)
    mu, train_mu = (
        draw.normal(label[:, None] / 10 - 0.5, 0.5, (count, latent_dim)).astype(np.float32) for _ in range(2)
    )
    logvar, recon, index = np.full_like(mu, -3), np.ones(count, np.float32), np.arange(count, dtype=np.int32)
    return atlas.dumps(atlas.Atlas(mu, logvar, recon, label, index, train_mu, logvar))


HISTORY = "epoch,loss,recon,kl,images_per_second\n1,150.5,140.0,10.5,4000\n2,100.25,88.0,12.25,4100\n"
LAST = {"epoch": 2, "loss": 100.25, "recon": 88.0, "kl": 12.25, "images_per_second": 4100}  # line of a run's history


def vivid_folder(folder: Path, latent_dim: int = 2, atlas: bytes | None = None, **info: Any) -> Path:
    """Write a model whose pictures change visibly with every latent dimension, as an untrained one's do not."""
    model = vae(latent_dim)
    with torch.no_grad():
        model.decoder.linear.weight *= 8
        model.decoder.deconv_stack[2].weight *= 4
    states = model.decoder.state_dict(), model.encoder.state_dict()
    folder.mkdir(parents=True, exist_ok=True)
    files.write(writing.contents(folder, *states, {"latent_dim": latent_dim, **info}, atlas))
    return folder


class MadeUp:
    """Both parts of a model of images of any shape: x_hat = tanh(a + z·b). An upright F is seen in all of them, in
    colour each channel is lighter than the one before."""

    slow = False

    def __init__(self, shape: Shape, latent_dim: int) -> None:
        self.shape, self.latent_dim = shape, latent_dim
        c, h, w = shape
        channel, y, x = np.mgrid[:c, :h, :w] / np.array([c, h, w]).reshape(3, 1, 1, 1)
        waves = [np.sin(2 * np.pi * (x * (k % 3) + y * (k % 2) + k / 7)) for k in range(1, latent_dim + 1)]
        self._slopes = np.array(waves, np.float32).reshape(latent_dim, -1)  # (D, C·H·W)
        stem, bars = (x > 0.3) & (x < 0.4), (x >= 0.4) & (x < 0.7) & ((y < 0.25) | ((y > 0.4) & (y < 0.55)))
        self._offset = (np.where((y > 0.1) & (y < 0.9) & (stem | bars), 2, -1) + channel).astype(np.float32).ravel()

    def decode(self, points: np.ndarray) -> np.ndarray:
        return np.tanh(self._offset + points @ self._slopes).reshape(-1, *self.shape)

    def pull(self, _points: np.ndarray, x_hat: np.ndarray, gradient: Any) -> np.ndarray:
        return (gradient * (1 - x_hat**2)).reshape(len(x_hat), -1) @ self._slopes.T

    def encode(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        inner = np.arctanh(np.clip(images, -0.999, 0.999)).reshape(len(images), -1) - self._offset
        mu = inner @ np.linalg.pinv(self._slopes)
        return mu, np.full_like(mu, -3)


class Slow(MadeUp):
    """A decoder that waits until its gate is open, but in the main thread, and then takes 10 ms for each point."""

    slow = True

    def __init__(self, shape: Shape, latent_dim: int) -> None:
        super().__init__(shape, latent_dim)
        self.gate, self.decoded = threading.Event(), [np.zeros((0, latent_dim))]
        self.gate.set()

    def decode(self, points: np.ndarray) -> np.ndarray:
        if not self.gate.is_set() and threading.current_thread() is threading.main_thread():
            raise RuntimeError("the window would have to wait")
        self.decoded.append(points)
        self.gate.wait()
        time.sleep(0.01 * len(points))
        return super().decode(points)


class Failing(MadeUp):
    """A decoder that fails where the first number is more than 1."""

    def decode(self, points: np.ndarray) -> np.ndarray:
        if (points[:, 0] > 1).any():
            raise DecoderError("made_up cannot decode that.")
        return super().decode(points)


class SlowlyFailing(Failing):
    """The same, of which is said that it is slow."""

    slow = True


def made_up_codec(shape: Shape = (1, 20, 36), latent_dim: int = 3, parts: type[MadeUp] = MadeUp) -> Codec:
    """A made-up model, with an atlas of three classes."""
    info = {"latent_dim": latent_dim, "data": {"name": "made up", "class_names": ["none", "one"]}}
    data = atlas_bytes(latent_dim, labels=3)
    source = Source(called="made up", sha256="f" * 64, atlas=data, info=info)
    made = parts(shape, latent_dim)
    return Codec(source, made, made, made.slow)


def made_up(shape: Shape = (1, 20, 36), latent_dim: int = 3) -> Space:
    """The space of a made-up model."""
    return Space(made_up_codec(shape, latent_dim))


def idx_file(array: np.ndarray) -> bytes:
    """The bytes of an idx file of unsigned bytes: images (N, h, w) or labels (N,)."""
    words = [0x800 + array.ndim, *array.shape]
    return struct.pack(f">{len(words)}I", *words) + array.astype(np.uint8).tobytes()


def digits(count: int, seed: int = 0) -> tuple[Pixels, Pixels]:
    """Images (N, 28, 28) and labels 0, 1, … 9, 0, …: each class a spot in a place of its own, of any brightness."""
    brightness = np.random.default_rng(seed).integers(100, 256, count)
    images, labels = np.zeros((count, 28, 28), np.uint8), np.arange(count, dtype=np.uint8) % 10
    for image, label, level in zip(images, labels, brightness, strict=True):
        top, left = 2 + 8 * (label // 4), 2 + 6 * (label % 4)
        image[top : top + 8, left : left + 6] = level
    return images, labels


def data_folder(folder: Path, train: int = 60, test: int = 30, seed: int = 0) -> Path:
    """Write a data set in MNIST's four files into a folder; give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in zip(mirrors.OFFICIAL, [*digits(train, seed), *digits(test, seed + 1)], strict=True):
        (folder / name).write_bytes(idx_file(array))
    return folder
