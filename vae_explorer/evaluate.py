"""`python -m vae_explorer.evaluate`: how good a trained model is on the test images of a data set."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.evaluate())

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vae_explorer.pictures.rc import Figure

import numpy as np
import torch

from vae_explorer import cli, files, metrics, streams
from vae_explorer.cli import option
from vae_explorer.datasets import mnist
from vae_explorer.datasets.split import Split
from vae_explorer.errors import Failure
from vae_explorer.images import to_pixels, to_unit
from vae_explorer.metrics import Quality
from vae_explorer.model import VAE
from vae_explorer.pictures import export, figures
from vae_explorer.storage import checkpoint

COMMAND = cli.Command(
    prog="python -m vae_explorer.evaluate",
    description="Measure a trained model on the test images: its loss, and what it is made of.",
    epilog="All figures are means per image. Do not choose a model by them: that is what --validation is for.",
)
PER_CLASS = 16  # columns of the picture


@dataclass(frozen=True)
class Options:
    """What is measured, on what, and where the results go."""

    path: Path | None = option(
        None, "decoder_weights.pt or its folder; the model that ships unless given", positional=True
    )
    data: Path | None = option(None, "data set: a folder or a file; MNIST unless given")
    beta: float | None = option(
        None, "weight of kl in the loss; what the model was trained with unless given", minimum=0
    )
    threads: int = option(1, "threads of torch", minimum=1, maximum=1024)
    picture: Path | None = option(None, "also draw test images and their reconstructions there", metavar="FILE.png")
    json: bool = option(False, "print JSON, for programs")
    offline: bool = option(False, "never download")


def evaluate(options: Options) -> int:
    """Measure and print; give the exit code. Raises Failure for a model without encoder, bad data, no such picture."""
    picture = options.picture and export.named(options.picture)
    if picture:
        files.check(picture)
    torch.set_num_threads(options.threads)
    source = checkpoint.read(options.path)
    vae = _vae(source)
    dataset = mnist.load(options.data, offline=options.offline)
    x = to_unit(dataset.test.images)[:, None]
    beta = source.info.get("options", {}).get("beta", 1.0) if options.beta is None else options.beta
    quality = metrics.evaluate(vae, torch.from_numpy(x), beta)
    if not math.isfinite(quality.loss):
        raise Failure(f"The loss of {source.path} on {dataset.name} is not finite: these weights are of no use.")
    report = {"weights": str(source.path), "sha256": source.sha256, "data": dataset.name, **asdict(quality)}
    streams.result(json.dumps(report, indent=2) if options.json else _text(report["weights"], dataset.name, quality))
    if picture:
        export.save_figure(_picture(vae, dataset.test), picture)
        streams.tell(f"Picture: {picture}")
    return 0


def _vae(source: checkpoint.Checkpoint) -> VAE:
    """Build the torch model of a checkpoint. Raises Failure when it has no encoder."""
    if source.encoder is None:
        raise Failure(
            f"{source.path} cannot be evaluated: its loss needs {checkpoint.ENCODER}, and of that: "
            f"{source.missing[checkpoint.ENCODER]}. Choose the folder that training saved."
        )
    if not isinstance(source.encoder, dict) or not isinstance(source.decoder, dict):
        raise Failure(f"{source.path} cannot be evaluated: it is a chain of Linear layers.")
    vae = VAE(source.latent_dim)
    for part, state in ((vae.encoder, source.encoder), (vae.decoder, source.decoder)):
        part.load_state_dict({key: torch.from_numpy(value.copy()) for key, value in state.items()})
    return vae.eval()


def _text(weights: str, name: str, quality: Quality) -> str:
    per_dim = "  ".join(f"z{dim} {nats:.2f}" for dim, nats in enumerate(quality.kl_per_dim))
    return "\n".join(
        [
            f"{weights} on {quality.images} test images of {name}, {quality.draws} posterior draws each",
            f"  loss         {quality.loss:8.2f} nats   recon + {quality.beta:g}·kl",
            f"  recon        {quality.recon:8.2f} nats",
            f"  kl           {quality.kl:8.2f} nats   {per_dim}",
            f"  active       {quality.active:5d} of {len(quality.kl_per_dim)} dimensions (variance of mu > 0.01)",
            f"  mse          {quality.mse:8.5f}        per pixel in [0, 1], of decode(mu)",
        ]
    )


@torch.no_grad()
def _picture(vae: VAE, test: Split) -> Figure:
    """The first 16 images of each class in a row, which is white where there are fewer, above their reconstructions."""
    chosen = [np.flatnonzero(test.labels == label)[:PER_CLASS] for label in np.unique(test.labels)]
    places = np.concatenate([PER_CLASS * row + np.arange(len(each)) for row, each in enumerate(chosen)])
    images = test.images[np.concatenate(chosen)]
    x_hat = vae.decoder(vae.encoder(torch.from_numpy(to_unit(images)[:, None])).mu).numpy()
    rows = {"test images": images, "reconstructions, decode(mu)": to_pixels(x_hat[:, 0])}
    for title, digits in rows.items():
        rows[title] = np.full((PER_CLASS * len(chosen), *digits.shape[1:]), 255, np.uint8)
        rows[title][places] = digits
    return figures.bands(rows, PER_CLASS)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(COMMAND, Options, evaluate, argv)
