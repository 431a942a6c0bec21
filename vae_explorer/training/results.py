"""What a run leaves in its folder: the model, what the run goes on from, its history and a picture.

All files but the picture are written together or not at all.
"""

import csv
import io
import platform
from dataclasses import asdict
from typing import Any

from vae_explorer.pictures.rc import Figure

import numpy as np
import torch

from vae_explorer import __version__, files
from vae_explorer.datasets.mnist import Dataset
from vae_explorer.errors import Failure, explain
from vae_explorer.images import to_pixels
from vae_explorer.metrics import Quality
from vae_explorer.pictures import export, figures
from vae_explorer.storage import checkpoint, writing
from vae_explorer.training.options import deciding
from vae_explorer.training.trainer import Trainer

CHECKPOINT, HISTORY, PICTURE = "checkpoint.pt", "history.csv", "digits.png"
FILES = (checkpoint.DECODER, checkpoint.ENCODER, checkpoint.ATLAS, checkpoint.INFO, CHECKPOINT, HISTORY, PICTURE)
SHOWN = 16  # digits in a row of the picture


def save(trainer: Trainer, dataset: Dataset, test: Quality | None = None, atlas: bytes | None = None) -> None:
    """Write all files of the run but the picture, model.json last. Raises Failure, and then nothing is left half."""
    out, vae = trainer.options.out, trainer.vae
    parts = {out / CHECKPOINT: trainer.state(dict(dataset.hashes)), out / HISTORY: _csv(trainer.history)}
    facts = info(trainer, dataset, test)
    parts |= writing.contents(out, vae.decoder.state_dict(), vae.encoder.state_dict(), facts, atlas)
    try:
        out.mkdir(parents=True, exist_ok=True)
        files.write(parts)
    except OSError as error:
        unchanged = f"Nothing in {out} has changed since it was saved last."
        mixed = isinstance(error, files.MixedError)
        raise Failure(explain(error) if mixed else f"{explain(error)} {unchanged}") from error


def info(trainer: Trainer, dataset: Dataset, test: Quality | None) -> dict[str, Any]:
    """Give what model.json says of a run, for people and programs; test is how good it is on the test images."""
    return {
        "latent_dim": trainer.options.latent_dim,
        "likelihood": trainer.options.likelihood,
        "data": dataset.facts,
        "options": deciding(trainer.options),
        "device": trainer.device.type,
        "versions": {
            "vae_explorer": __version__,
            "python": platform.python_version(),
            "torch": str(torch.__version__),
            "numpy": np.__version__,
        },
        "history": trainer.history[-1] if trainer.history else None,
        "test": asdict(test) if test else None,
    }


def _csv(history: list[dict[str, float]]) -> bytes:
    text = io.StringIO()
    if history:
        writer = csv.DictWriter(text, list(history[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(history)
    return text.getvalue().encode()


def draw(trainer: Trainer) -> None:
    """Save the picture of the run. Raises whatever matplotlib does."""
    export.save_figure(_picture(trainer), trainer.options.out / PICTURE)


@torch.no_grad()
def _picture(trainer: Trainer) -> Figure:
    """Training images, what the model makes of them, and samples from the prior."""
    x = trainer.x[:SHOWN]
    eps = torch.randn(SHOWN, trainer.options.latent_dim, generator=torch.Generator().manual_seed(0))
    x_hat = trainer.vae.decoder(trainer.vae.encoder(x).mu)
    sampled = trainer.vae.decoder(eps.to(trainer.device))
    return figures.bands(
        {
            f"training images (epoch {len(trainer.history)})": to_pixels(x[:, 0].cpu().numpy()),
            "reconstructions": to_pixels(x_hat[:, 0].cpu().numpy()),
            "samples from the prior": to_pixels(sampled[:, 0].cpu().numpy()),
        }
    )
