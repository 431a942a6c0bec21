"""Any model that can be asked, as `metrics` measures one in torch: its codec's encoder and decoder. Knows no files."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from vae_explorer.codecs.codec import Codec
from vae_explorer.images import Pixels, Shape, from_pixels
from vae_explorer.model import Posterior

EDGE = math.atanh(1 - 2**-24)  # of the float32 next to 1


@dataclass(frozen=True, eq=False)
class Batches:
    """Pixels, (N, H, W) or in colour (N, H, W, 3), as tensors of images, a few at a time: all would take four times the
    memory."""

    pixels: Pixels
    shape: Shape

    def __len__(self) -> int:
        return len(self.pixels)

    def __getitem__(self, rows: slice) -> Tensor:
        """Images x, (B, C, H, W) in [-1, 1]."""
        return torch.from_numpy(np.ascontiguousarray(from_pixels(self.pixels[rows], self.shape)))


class AsTorch:
    """A Codec with tensors in and out, on the CPU and without gradients."""

    device = torch.device("cpu")

    def __init__(self, codec: Codec) -> None:
        self.latent_dim, self._codec = codec.latent_dim, codec

    def encoder(self, x: Tensor) -> Posterior:
        """Map images x, (B, C, H, W) in [-1, 1], to their posteriors."""
        return Posterior(*(torch.from_numpy(np.asarray(part, np.float32)) for part in self._codec.encode(x.numpy())))

    def preactivation(self, z: Tensor) -> Tensor:
        """Map latent points z, (B, D), to a, (B, C, H, W), of which images are the tanh, as far as float32 tells: up to
        EDGE. All NaN where a point is not finite.
        """
        if not torch.isfinite(z).all():
            return torch.full((len(z), *self._codec.shape), np.nan)
        return torch.from_numpy(self._codec.decode(z.numpy())).atanh().clamp(-EDGE, EDGE)
