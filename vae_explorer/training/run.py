"""A whole run, from its options to the files that it leaves, as a generator of events. Prints nothing itself.

The command prints the events; a window can show them as well, and a test needs no terminal. Only a download of MNIST
says on stderr that it is under way.
"""

import math
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import torch
from torch import Tensor

from vae_explorer import lock, metrics, plain
from vae_explorer.codecs import opening
from vae_explorer.datasets import known, mnist
from vae_explorer.datasets.split import Split
from vae_explorer.errors import Failure
from vae_explorer.images import to_unit
from vae_explorer.space import atlas, survey
from vae_explorer.storage import checkpoint
from vae_explorer.training import results, resume
from vae_explorer.training.events import End, Epoch, Event, Saved, Start, Stopped, Trouble
from vae_explorer.training.options import Options, resumed
from vae_explorer.training.trainer import DivergedError, Trainer

LOCK = ".training.lock"
PICTURE_EVERY = 5  # epochs


def events(options: Options, heeded: AbstractContextManager[Sequence[int]]) -> Generator[Event, None, None]:
    """Train from the first or the saved step to the end; yield each event when it has happened.

    Start comes first; then each epoch gives a Progress for each batch, Epoch and Saved; End comes last. A run that is
    asked to stop finishes its batch, and ends with Saved and Stopped.
    heeded is entered before Start and left after the last epoch, and gives the numbers of the signals that have asked
    so far, as `stops.heeded` does. Before and after these a signal ends the program at once, as nothing is lost then.
    Raises Failure for a run that cannot begin, a disk that is full, and DivergedError for a loss that is not finite;
    what was saved last stays as it is. The folder is locked until the generator ends or is closed.
    """
    if options.resume and options.overwrite:
        raise Failure(
            f"--resume goes on with the run in {options.out}, --overwrite replaces it: leave one of them out."
        )
    with _alone(options) as locked:
        if not locked:
            yield Trouble(f"{options.out} lies on a disk without locks: start no second training there.")
        trainer, dataset = _begun(options)
        with heeded as asked:
            yield _start(trainer, dataset)
            yield from _epochs(trainer, dataset, asked)
            if asked:
                yield Stopped(trainer.step, asked[0])
                return
        yield from _finish(trainer, dataset)


@contextmanager
def _alone(options: Options) -> Iterator[bool]:
    """Keep other trainings out of the folder meanwhile, which is made unless it should be there; give whether its disk
    has locks. That nothing can be written there shows here, not after an epoch."""
    out, path = options.out, options.out / results.CHECKPOINT
    new = [each for each in (out, *out.parents) if not each.exists()]
    if not options.resume:
        out.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise Failure(f"There is no {path}, so there is no run to go on with. Leave --resume out to start one.")
    try:
        with lock.held(out / LOCK) as locked:
            yield locked
    except lock.HeldError as error:
        who = f"another training, process {error.pid}," if error.pid else "another training"
        raise Failure(f"In {out} {who} is running. Wait until it has ended, or choose another folder.") from error
    finally:
        for each in new:
            with suppress(OSError):  # something was saved in it
                each.rmdir()


def _begun(options: Options) -> tuple[Trainer, mnist.Dataset]:
    """Give the run at its first or its saved step, with its data."""
    saved = _saved_run(options)
    if saved:
        options = resumed(options, saved["options"])
    dataset = mnist.load(options.data, offline=options.offline)
    if saved and saved["data"] != dataset.hashes:
        raise Failure(f"The run in {options.out} had other data than {dataset.folder}; name them with --data.")
    known.keep(options.data, dataset.hashes)
    trainer = Trainer(options, _tensor(dataset.train))
    if saved:
        resume.fit(trainer, saved, options.out / results.CHECKPOINT)
        trainer.restore(saved)
    return trainer, dataset


def _saved_run(options: Options) -> dict[str, Any] | None:
    """Read the run to resume; without --resume, make sure that nothing is overwritten unasked."""
    path = options.out / results.CHECKPOINT
    if not options.resume:
        there = [name for name in results.FILES if (options.out / name).exists()]
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


def _start(trainer: Trainer, dataset: mnist.Dataset) -> Start:
    options = trainer.options
    return Start(
        data=dataset.name,
        folder=dataset.folder,
        images=len(trainer.x),
        validation=options.validation,
        epochs=options.epochs,
        seen=trainer.seen,
        likelihood=options.likelihood,
        latent_dim=options.latent_dim,
        weights=sum(each.numel() for each in trainer.vae.parameters()),
        device=str(trainer.device),
        threads=options.threads,
        out=options.out,
    )


def _epochs(trainer: Trainer, dataset: mnist.Dataset, asked: Sequence[int]) -> Iterator[Event]:
    """Train what is left; save after each epoch, and after the batch in which the run is asked to stop."""
    started, before = time.perf_counter(), trainer.seen
    while not trainer.finished:
        for progress in trainer.epoch():
            yield progress
            if asked:
                break
        if progress.images == len(trainer.x):
            pace = (time.perf_counter() - started) / (trainer.seen - before)
            yield _epoch(trainer, pace)
        results.save(trainer, dataset)
        yield Saved(trainer.options.out)
        if asked:
            return
        if len(trainer.history) % PICTURE_EVERY == 0 and not trainer.finished:
            yield from _draw(trainer)


def _epoch(trainer: Trainer, pace: float) -> Epoch:
    """Give the event of the epoch that has just ended; pace is in seconds an image."""
    line, left = trainer.history[-1], trainer.options.epochs * len(trainer.x) - trainer.seen
    terms = line["loss"], line["recon"], line["kl"]
    return Epoch(len(trainer.history), *terms, line.get("validation_loss"), pace * left)


def _draw(trainer: Trainer) -> Iterator[Trouble]:
    """Draw the picture of the run; whatever is wrong with that is only a Trouble, for the model matters more."""
    try:
        results.draw(trainer)
    except Exception as error:  # matplotlib raises anything
        path = trainer.options.out / results.PICTURE
        yield Trouble(f"{path} was not drawn ({plain.reason(error)}); the training goes on without it.")


def _finish(trainer: Trainer, dataset: mnist.Dataset) -> Iterator[Event]:
    """Look at the test images, once: measure the model on them, and encode the atlas."""
    out = trainer.options.out
    x = _tensor(dataset.test)
    test = metrics.evaluate(trainer.vae, x, trainer.options.beta, likelihood=trainer.likelihood)
    if not math.isfinite(test.loss):
        raise DivergedError("The loss of the test images is not finite. Try a smaller --lr, with --overwrite.")
    results.save(trainer, dataset, test)
    yield Saved(out)
    yield from _draw(trainer)
    reference = survey.build(opening.load(out), dataset.test, dataset.train)
    results.save(trainer, dataset, test, atlas.dumps(reference))
    yield Saved(out)
    yield End(test.loss, test.recon, test.kl, test.active, out)


def _tensor(split: Split) -> Tensor:
    """The images of a split as x, (N, C, H, W) in [-1, 1]."""
    return torch.from_numpy(to_unit(split.images)[:, None])
