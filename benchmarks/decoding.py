"""Latent vectors to pixels: the NumPy codec beside torch in inference mode, of our network and of Linear layers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.ratios import rounds, table
from vae_explorer.codecs import opening
from vae_explorer.codecs.codec import Codec
from vae_explorer.model import Decoder
from vae_explorer.storage.checkpoint import Checkpoint
from vae_explorer.storage.told import Told

ROUNDS = 7
TORCH, OURS = "torch, inference mode", "codec"
REPEATS = {1: 200, 64: 20, 400: 3}  # by how many points are decoded
LINEAR = 20, 400, 784  # as most small VAEs of MNIST are


def report() -> str:
    """Measure and lay out the tables."""
    torch.set_num_threads(1)
    ours = opening.load()
    decoder = Decoder(ours.latent_dim)
    decoder.load_state_dict({key: torch.tensor(value) for key, value in ours.source.decoder.items()})
    tables = [_table("decode", ours, decoder, count) for count in (1, 400)]
    return "\n".join(tables + [_table("Linear layers, decode", *_linear(), count) for count in REPEATS])


def _linear() -> tuple[Codec, nn.Module]:
    """A chain of Linear layers with ReLU between and a sigmoid at its end, of random weights, for both."""
    dims, hidden, pixels = LINEAR
    torch.manual_seed(0)
    layers = nn.Linear(dims, hidden), nn.Linear(hidden, pixels)
    arrays = tuple((each.weight.detach().numpy(), each.bias.detach().numpy()) for each in layers)
    source = Checkpoint(
        path=Path("linear.pt"), sha256="0" * 64, decoder=arrays, encoder=None, told=Told(output="sigmoid")
    )
    return opening.of(source), nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.Sigmoid())


def _table(title: str, model: Codec, decoder: Callable[[torch.Tensor], torch.Tensor], count: int) -> str:
    z = np.random.default_rng(0).standard_normal((count, model.latent_dim), np.float32)
    tensor = torch.from_numpy(z)

    def in_torch() -> torch.Tensor:
        with torch.inference_mode():
            return decoder(tensor)

    x = in_torch().numpy().reshape(count, *model.shape)
    worst = np.abs((2 * x - 1 if model.source.told.output == "sigmoid" else x) - model.decode(z)).max()
    taken = rounds({TORCH: in_torch, OURS: lambda: model.decode(z)}, ROUNDS, REPEATS[count])
    return table(f"{title} {count} points (largest difference {worst:.1e})", taken, {(TORCH, OURS): "times as fast"})
