"""`python -m vae_explorer.train`: fit a VAE on MNIST and save its files, with progress, stop and resume."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.train())

import csv
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from vae_explorer.pictures.rc import Figure

import torch
from torch import Tensor
from tqdm import tqdm

from vae_explorer import cli, errors, files, lock, metrics, plain, resume, stops, streams
from vae_explorer.datasets import mnist
from vae_explorer.errors import Failure
from vae_explorer.images import to_pixels, to_unit
from vae_explorer.pictures import export, figures
from vae_explorer.space import atlas, codec
from vae_explorer.storage import checkpoint
from vae_explorer.training import CHECKPOINT, DivergedError, Options, Progress, Trainer, resumed, told

COMMAND = cli.Command(
    prog="python -m vae_explorer.train",
    description="Fit a convolutional VAE on MNIST and save it for the explorer.",
    epilog="Ctrl-C or SIGTERM saves the run and stops it, --resume goes on. The test images are looked at once, last.",
)
HISTORY, PICTURE, LOCK = "history.csv", "digits.png", ".training.lock"
FILES = (checkpoint.DECODER, checkpoint.ENCODER, checkpoint.ATLAS, checkpoint.INFO, CHECKPOINT, HISTORY, PICTURE)
PICTURE_EVERY = 5  # epochs
SHOWN = 16  # digits in a row of the picture


def train(options: Options) -> int:
    """Run a training from the first or the saved step to the end; give the exit code."""
    if options.resume and options.overwrite:
        raise Failure(
            f"--resume goes on with the run in {options.out}, --overwrite replaces it: leave one of them out."
        )
    with _alone(options):
        return _train(options)


def _train(options: Options) -> int:
    saved = _saved_run(options)
    if saved:
        options = resumed(options, saved["options"])
    dataset = mnist.load(options.data, offline=options.offline)
    if saved and saved["data"] != dataset.hashes:
        raise Failure(f"The run in {options.out} had other data than {dataset.folder}; name them with --data.")
    trainer = Trainer(options, _tensor(dataset.train))
    if saved:
        resume.fit(trainer, saved, options.out / CHECKPOINT)
        trainer.restore(saved)
    with stops.heeded() as asked:
        _greet(trainer, dataset)
        for _ in _epochs(trainer, dataset):
            if asked:
                _stop(trainer, dataset)
                return 128 + asked[0]
    _finish(trainer, dataset)
    return 0


@contextmanager
def _alone(options: Options) -> Iterator[None]:
    """Keep other trainings out of the folder meanwhile, which is made unless it should be there. That nothing can be
    written there shows here, not after an epoch."""
    out, path = options.out, options.out / CHECKPOINT
    if not options.resume:
        out.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise Failure(f"There is no {path}, so there is no run to go on with. Leave --resume out to start one.")
    try:
        with lock.held(out / LOCK) as locked:
            if not locked:
                streams.tell(f"{out} lies on a disk without locks: start no second training there.")
            yield
    except lock.HeldError as error:
        who = f"another training, process {error.pid}," if error.pid else "another training"
        raise Failure(f"In {out} {who} is running. Wait until it has ended, or choose another folder.") from error


def _saved_run(options: Options) -> dict[str, Any] | None:
    """Read the run to resume; without --resume, make sure that nothing is overwritten unasked."""
    path = options.out / CHECKPOINT
    if not options.resume:
        there = [name for name in FILES if (options.out / name).exists()]
        if there and not options.overwrite:
            what = "a model" if checkpoint.DECODER in there else ", ".join(there)
            raise Failure(
                f"{options.out} holds {what} already. Choose another folder with --out, go on with its run "
                "with --resume, or replace it with --overwrite."
            )
        return None
    state = resume.read(path)
    done = len(state["history"]) == Options(**state["options"]).epochs and state["data"]
    if done and checkpoint.read(options.out).atlas:  # which comes last; an older model's does not count
        raise Failure(f"The run in {options.out} is finished. Start another in its place with --overwrite.")
    return state


def _greet(trainer: Trainer, dataset: mnist.Dataset) -> None:
    options, n = trainer.options, sum(each.numel() for each in trainer.vae.parameters())
    kept = f", {options.validation} kept for validation" if options.validation else ""
    streams.say(
        f"{dataset.name} from {dataset.folder}: {len(trainer.x)} training images{kept}.",
        f"{options.latent_dim} latent dimensions, {n:,} weights, {trainer.device}, {options.threads} thread(s).",
        f"Results go to {options.out}. Ctrl-C saves and stops.",
    )


def _epochs(trainer: Trainer, dataset: mnist.Dataset) -> Iterator[Progress]:
    """Train what is left, saving after every epoch; an item a batch. One bar, or without a terminal one
    line an epoch."""
    options, size = trainer.options, len(trainer.x)
    bar = tqdm(total=options.epochs * size, unit=" images", unit_scale=True, disable=None, dynamic_ncols=True)
    bar.initial = bar.n = len(trainer.history) * size
    with bar:
        while not trainer.finished:
            before = bar.n
            for progress in trainer.epoch():
                bar.set_description(f"epoch {progress.epoch}/{options.epochs}", refresh=False)
                bar.set_postfix_str(_terms(progress.loss, progress.recon, progress.kl), refresh=False)
                bar.update(before + progress.images - bar.n)
                yield progress
            before = bar.n
            _save(trainer, dataset)
            if len(trainer.history) % PICTURE_EVERY == 0 and not trainer.finished:
                _draw(trainer)
            if bar.disable:
                streams.say(_line(trainer))


def _terms(loss: float, recon: float, kl: float) -> str:
    return f"loss {loss:.2f} = recon {recon:.2f} + kl {kl:.2f}"


def _line(trainer: Trainer) -> str:
    line = trainer.history[-1]
    left = (trainer.options.epochs - line["epoch"]) * len(trainer.x) / line["images_per_second"]
    held = f", validation {line['validation_loss']:.2f}" if "validation_loss" in line else ""
    rate = f"{line['images_per_second']} images/s, {math.ceil(left / 60)} min left"
    terms = _terms(line["loss"], line["recon"], line["kl"])
    return f"epoch {line['epoch']}/{trainer.options.epochs}: {terms}{held}, {rate}"


def _save(
    trainer: Trainer,
    dataset: mnist.Dataset,
    test: metrics.Quality | None = None,
    reference: bytes | None = None,
) -> None:
    """Write all files of the run, model.json last. Nothing is left half."""
    out, vae = trainer.options.out, trainer.vae
    told_of_data = {"name": dataset.name, "class_names": list(dataset.class_names), "sha256": dict(dataset.hashes)}
    info = told(trainer, told_of_data, asdict(test) if test else None)
    parts = {out / CHECKPOINT: trainer.state(dict(dataset.hashes)), out / HISTORY: _csv(trainer.history)}
    parts |= checkpoint.contents(out, vae.decoder.state_dict(), vae.encoder.state_dict(), info, reference)
    try:
        out.mkdir(parents=True, exist_ok=True)
        files.write(parts)
    except OSError as error:
        unchanged = f"Nothing in {out} has changed since it was saved last."
        why = errors.explain(error) if isinstance(error, files.MixedError) else f"{errors.explain(error)} {unchanged}"
        raise Failure(why) from error


def _csv(history: list[dict[str, float]]) -> bytes:
    text = io.StringIO()
    if history:
        writer = csv.DictWriter(text, list(history[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(history)
    return text.getvalue().encode()


def _draw(trainer: Trainer) -> None:
    """Save the picture of the run; whatever is wrong with that is only told, for the model matters more."""
    path = trainer.options.out / PICTURE
    try:
        export.save_figure(_picture(trainer), path)
    except Exception as error:  # matplotlib raises anything
        streams.tell(f"{path} was not drawn ({plain.reason(error)}); the training goes on without it.")


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


def _stop(trainer: Trainer, dataset: mnist.Dataset) -> None:
    _save(trainer, dataset)
    options = trainer.options
    places = {"--device": options.device, "--data": options.data, "--out": options.out}
    usual = (Options.device, Options.data, Options.out)
    given = [part for pair, was in zip(places.items(), usual, strict=True) if pair[1] != was for part in pair]
    hint = cli.typed("--resume", *given)
    streams.say("", f"Stopped after {trainer.step} steps and saved. To go on:", f"  {COMMAND.prog} {hint}")


def _finish(trainer: Trainer, dataset: mnist.Dataset) -> None:
    """Look at the test images, once: measure the model on them, encode the atlas, say where all is."""
    options = trainer.options
    quality = metrics.evaluate(trainer.vae, _tensor(dataset.test), options.beta)
    if not math.isfinite(quality.loss):
        raise DivergedError("The loss of the test images is not finite. Try a smaller --lr, with --overwrite.")
    _save(trainer, dataset, quality)
    _draw(trainer)
    reference = atlas.build(codec.load(options.out), dataset.test, dataset.train)
    _save(trainer, dataset, quality, atlas.dumps(reference))
    streams.say(
        f"test {_terms(quality.loss, quality.recon, quality.kl)}; active dimensions: {quality.active}",
        f"Model, history and picture are in {options.out}. To explore it:",
        f"  {cli.typed('python', 'gui.py', '--weights', options.out)}",
    )


def _tensor(split: mnist.Split) -> Tensor:
    """The images of a split as x, (N, 1, 28, 28) in [-1, 1]."""
    return torch.from_numpy(to_unit(split.images)[:, None])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(COMMAND, Options, train, argv)
