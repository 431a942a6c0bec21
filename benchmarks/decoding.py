"""One latent vector, and 400, to pixels: the NumPy codec beside torch in inference mode."""

import numpy as np
import torch

from benchmarks.ratios import rounds, table
from vae_explorer.model import Decoder
from vae_explorer.space import codec

ROUNDS = 7
TORCH, OURS = "torch, inference mode", "codec"


def report() -> str:
    """Measure and lay out both tables."""
    torch.set_num_threads(1)
    model = codec.load()
    decoder = Decoder(model.latent_dim)
    decoder.load_state_dict({key: torch.tensor(value) for key, value in model.source.decoder.items()})
    points = np.random.default_rng(0).standard_normal((400, model.latent_dim), np.float32)
    return "\n".join(_table(model, decoder, points[:n], repeats) for n, repeats in ((1, 200), (400, 3)))


def _table(model: codec.Codec, decoder: Decoder, z: np.ndarray, repeats: int) -> str:
    tensor = torch.from_numpy(z)

    def in_torch() -> torch.Tensor:
        with torch.inference_mode():
            return decoder(tensor)

    worst = np.abs(in_torch().numpy() - model.decode(z)).max()
    taken = rounds({TORCH: in_torch, OURS: lambda: model.decode(z)}, ROUNDS, repeats)
    title = f"decode {len(z)} points (largest difference {worst:.1e})"
    return table(title, taken, {(TORCH, OURS): "times as fast"})
