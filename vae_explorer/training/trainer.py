"""The training loop: options in, progress out, its whole state in one checkpoint. Prints nothing.

Adam (Kingma and Ba 2014) with decoupled weight decay (Loshchilov and Hutter 2017) on recon + beta·kl of
`model`, its rate warmed up linearly and then brought to zero along a cosine. All
randomness of step n is a function of (seed, n), so a resumed run needs no state of a random generator and
gives the weights of an uninterrupted one, bit for bit on one machine with the same number of threads.
"""

import io
import math
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from vae_explorer import metrics
from vae_explorer.errors import Failure
from vae_explorer.model import LIKELIHOODS, VAE, kl, reparameterize
from vae_explorer.training.events import Progress
from vae_explorer.training.options import Options, deciding

WARM_UP_EPOCHS = 0.5
SCHEMA = 1  # of checkpoint.pt; files without a number, of the first versions, are of this form too

# What a random generator is for: no two uses share a stream.
_INIT, _ORDER, _NOISE, _SPLIT, _PIXELS = range(5)


class DivergedError(Failure):
    """The loss is not finite. The weights of the last whole epoch stay as they were saved."""

    exit_code = 3


class Trainer:
    """One run: model, optimizer, step, history. `state` and `restore` are what `--resume` needs."""

    def __init__(self, options: Options, x: Tensor) -> None:
        """x: the training images, (N, C, H, W) in [-1, 1]; --validation takes from them."""
        if options.validation >= len(x):
            raise Failure(f"--validation {options.validation} leaves no image of {len(x)} to train on.")
        torch.set_num_threads(options.threads)
        self.options = options
        self.device = device(options.device)
        shuffled = torch.randperm(len(x), generator=_generator(0, _SPLIT)) if options.validation else None
        held = options.validation
        self.validation = x if shuffled is None else x[shuffled[:held]]
        self.x = (x if shuffled is None else x[shuffled[held:]]).to(self.device)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(_seed(options.seed, _INIT))
            self.vae = VAE(options.latent_dim).to(self.device)
        self.likelihood = LIKELIHOODS[options.likelihood]
        betas = (options.beta1, options.beta2)
        self.optimizer = torch.optim.AdamW(
            self.vae.parameters(), lr=options.lr, betas=betas, weight_decay=options.weight_decay
        )
        self.step = 0
        self.sums = torch.zeros(3, dtype=torch.float64)  # loss, recon, kl over this epoch's images
        self.history: list[dict[str, float]] = []

    @property
    def steps_per_epoch(self) -> int:
        """Batches an epoch, the last of which may be smaller."""
        return -(-len(self.x) // self.options.batch_size)

    @property
    def seen(self) -> int:
        """Images trained on so far, over all epochs."""
        epochs, batches = divmod(self.step, self.steps_per_epoch)
        return epochs * len(self.x) + batches * self.options.batch_size  # a smaller batch ends its epoch

    @property
    def finished(self) -> bool:
        """Whether every epoch is done."""
        return len(self.history) == self.options.epochs

    def epoch(self) -> Iterator[Progress]:
        """Train to the end of the epoch that was begun, a batch an item; then history has its line.

        The caller may stop between two items: `state` goes on from there. Raises DivergedError.
        """
        started, size = time.perf_counter(), self.options.batch_size
        epoch, first = divmod(self.step, self.steps_per_epoch)
        if first == 0:
            self.sums.zero_()
        order = torch.randperm(len(self.x), generator=_generator(self.options.seed, _ORDER, epoch))
        for k in range(first, self.steps_per_epoch):
            chosen = order[k * size : (k + 1) * size]
            self.sums += self._batch(self.x[chosen.to(self.device)])
            self.step += 1
            if k + 1 == self.steps_per_epoch:
                self._close_epoch(len(self.x) - first * size, time.perf_counter() - started)
            seen = min((k + 1) * size, len(self.x))
            yield Progress(epoch + 1, seen, *(self.sums / seen).tolist())

    def _batch(self, x: Tensor) -> Tensor:
        """Take one step; give the sums of loss, recon and kl over the batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.options.lr * schedule(self.step, self.steps_per_epoch, self.options.epochs)
        draws = self.options.draws
        generator = _generator(self.options.seed, _NOISE, self.step)
        eps = torch.randn(draws, len(x), self.options.latent_dim, generator=generator).to(self.device)
        x = self.likelihood.drawn(x, _generator(self.options.seed, _PIXELS, self.step))
        posterior = self.vae.encoder(x)
        a = self.vae.decoder.preactivation(reparameterize(posterior, eps).flatten(0, 1))  # (draws·B, C, H, W)
        recon = self.likelihood.recon(x.expand(draws, *x.shape).flatten(0, 1), a).sum() / draws
        nats = kl(posterior).sum()
        loss = recon + self.options.beta * nats
        sums = torch.stack([loss, recon, nats]).detach().cpu().double()  # Apple's GPU has no float64
        self._require_finite(sums)
        self.optimizer.zero_grad()
        (loss / len(x)).backward()
        self.optimizer.step()
        return sums

    def _close_epoch(self, images: int, seconds: float) -> None:
        """Add the epoch's line to the history: means over its images, and of the validation images."""
        for value in self.vae.parameters():
            self._require_finite(value)
        loss, recon, kl = (self.sums / len(self.x)).tolist()
        line = {"epoch": len(self.history) + 1, "loss": loss, "recon": recon, "kl": kl}
        if self.options.validation:
            held = metrics.evaluate(self.vae, self.validation, self.options.beta, likelihood=self.likelihood)
            line["validation_loss"] = held.loss
            self._require_finite(torch.tensor(line["validation_loss"]))
        self.history.append({**line, "images_per_second": round(images / seconds)})

    def _require_finite(self, values: Tensor) -> None:
        if not torch.isfinite(values).all():
            raise DivergedError(
                f"Loss or weights are no longer finite (step {self.step + 1}), so training stopped. What was saved "
                f"before is kept. Try a smaller --lr than {self.options.lr:g}."
            )

    def state(self, data_hashes: dict[str, str]) -> bytes:
        """Give the bytes of checkpoint.pt: tensors, numbers, strings, lists and dicts only."""
        state = {
            "schema": SCHEMA,
            "options": deciding(self.options),
            "data": data_hashes,
            "vae": self.vae.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "sums": self.sums.tolist(),
            "history": self.history,
        }
        buffer = io.BytesIO()
        torch.save(state, buffer)
        return buffer.getvalue()

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what `state` gave; the options must be the same."""
        self.vae.load_state_dict(state["vae"])
        groups = self.optimizer.state_dict()["param_groups"]  # as the options have it, whatever a file says
        self.optimizer.load_state_dict({"state": state["optimizer"]["state"], "param_groups": groups})
        self.step = state["step"]
        self.sums = torch.tensor(state["sums"], dtype=torch.float64)
        self.history = state["history"]


def schedule(step: int, steps_per_epoch: int, epochs: int) -> float:
    """Give the factor on the learning rate at a step: half an epoch of linear warm-up, then a cosine to zero."""
    warm_up = min(1.0, (step + 1) / (WARM_UP_EPOCHS * steps_per_epoch))
    return warm_up * 0.5 * (1 + math.cos(math.pi * step / (steps_per_epoch * epochs)))


def device(name: str) -> torch.device:
    """Give the device of that name; auto is CUDA, then Apple's MPS, then the CPU. Raises Failure."""
    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        name = next(each for each, there in here.items() if there)
    if not here[name]:
        there = ", ".join(each for each, there in here.items() if there)
        raise Failure(f"--device {name}: torch finds no such device here. It can use: {there}, or auto.")
    return torch.device(name)


def _seed(*key: int) -> int:
    """Mix a key into 63 bits, so that neighbouring seeds and steps have nothing in common."""
    return int(np.random.SeedSequence(key).generate_state(1, np.uint64)[0] >> np.uint64(1))


def _generator(seed: int, use: int, number: int = 0) -> torch.Generator:
    """Give the generator of one use at one step or epoch, always on the CPU so that devices agree."""
    return torch.Generator().manual_seed(_seed(seed, use, number))
