"""Images a second of training on one thread: ours beside a DataLoader that opens each image with PIL.

Both train the same model with Adam, batches of 128, one posterior draw. The images are made up, since how
fast a step is does not depend on what is on them.
"""

from statistics import median

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

from benchmarks.ratios import rounds, table
from vae_explorer.images import Pixels, to_unit
from vae_explorer.model import VAE, kl
from vae_explorer.training.options import Options
from vae_explorer.training.trainer import Trainer

IMAGES, BATCH = 2560, 128
ROUNDS = 7
USUAL, OURS = "DataLoader, PIL, plain model", "ours: tensors in memory, folded decoder"


class PilImages(Dataset[torch.Tensor]):
    """The usual data set: an array to a PIL image, to a float tensor, normalised, one at a time."""

    def __init__(self, images: Pixels) -> None:
        self.images = images

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> torch.Tensor:
        picture = Image.fromarray(self.images[index])
        x = torch.from_numpy(np.array(picture, np.float32)).div(255)[None]
        return (x - 0.5) / 0.5


def report() -> str:
    """Measure an epoch of each and lay the table out; the rate is in images a second."""
    torch.set_num_threads(1)
    images = np.random.default_rng(0).integers(0, 256, (IMAGES, 28, 28), np.uint8)
    trainer = Trainer(Options(epochs=1000, batch_size=BATCH), torch.from_numpy(to_unit(images)[:, None]))
    loader = DataLoader(PilImages(images), BATCH, shuffle=True, num_workers=0)
    vae = VAE()
    optimizer = torch.optim.Adam(vae.parameters())

    def usual() -> None:
        for x in loader:
            x_hat, posterior = vae(x, torch.randn(len(x), vae.latent_dim))
            optimizer.zero_grad()
            (((x_hat - x).square().sum() + kl(posterior).sum()) / len(x)).backward()
            optimizer.step()

    def ours() -> None:
        for _ in trainer.epoch():
            pass

    taken = rounds({USUAL: usual, OURS: ours}, ROUNDS)
    rates = ", ".join(f"{IMAGES / median(values):,.0f}" for values in taken.values())
    title = f"train on {IMAGES} images, batches of {BATCH} ({rates} images/s)"
    return table(title, taken, {(USUAL, OURS): "times as fast"})
