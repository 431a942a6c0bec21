"""What a training is asked for, and what of that a run which goes on may still choose. Knows no torch."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from vae_explorer.cli import given, option
from vae_explorer.errors import Failure
from vae_explorer.storage.model_json import MOST_BETA
from vae_explorer.storage.shapes import MAX_LATENT_DIM


@dataclass(frozen=True)
class Options:
    """What a run is asked for. Those of PLACES say where and how; all others decide the weights."""

    epochs: int = option(30, "times that each training image is seen", minimum=1, maximum=1_000_000)
    batch_size: int = option(64, "images a step", minimum=1, maximum=1_000_000)
    lr: float = option(3.5e-3, "learning rate of Adam at its highest", above=0, maximum=1)
    beta1: float = option(0.8, "Adam's decay of the mean of gradients", minimum=0, maximum=0.9999)
    beta2: float = option(0.99, "Adam's decay of the mean of their squares", minimum=0, maximum=0.99999)
    weight_decay: float = option(0.02, "pull of the weights to zero, times lr a step", minimum=0, maximum=10)
    beta: float = option(1.0, "weight of kl in the loss, recon + beta·kl", minimum=0, maximum=MOST_BETA)
    draws: int = option(1, "posterior draws of each image a step", minimum=1, maximum=64)
    likelihood: Literal["gaussian", "bernoulli"] = option(
        "gaussian", "p(x|z): of grey levels, or of black and white, drawn anew in each batch"
    )
    latent_dim: int = option(6, "latent dimensions", minimum=1, maximum=MAX_LATENT_DIM)
    seed: int = option(0, "seed of all that is random", minimum=0, maximum=2**63 - 1)
    threads: int = option(1, "threads of torch; another number gives other bits", minimum=1, maximum=1024)
    validation: int = option(0, "training images kept back and measured each epoch", minimum=0, maximum=1_000_000_000)
    device: Literal["auto", "cpu", "cuda", "mps"] = option("auto", "where to train")
    data: Path | None = option(None, "data set: a folder or a file; MNIST unless given")
    out: Path = option(Path("trained"), "folder of the results")
    overwrite: bool = option(False, "replace the model that lies in --out")
    resume: bool = option(False, "go on with the run that was stopped in --out")
    offline: bool = option(False, "never download")
    given: frozenset[str] = given()


PLACES = ("device", "data", "out", "overwrite", "resume", "offline", "given")


def deciding(options: Options) -> dict[str, Any]:
    """Give the options that decide the weights, without those that only say where things are."""
    return {name: value for name, value in asdict(options).items() if name not in PLACES}


def resumed(asked: Options, recorded: dict[str, Any]) -> Options:
    """Give the options a stopped run was started with. Raises Failure when others were asked for."""
    defaults = asdict(Options())
    for name, value in deciding(asked).items():
        wanted, began = name in asked.given or value != defaults[name], recorded.get(name, defaults[name])
        if wanted and value != began:
            flag = f"--{name.replace('_', '-')}"
            raise Failure(
                f"The run in {asked.out} was started with {flag} {began}, not {value}, and goes on as "
                f"it began. Leave {flag} out, or start anew with --overwrite."
            )
    places = {name: getattr(asked, name) for name in PLACES}
    return Options(**recorded, **places)
