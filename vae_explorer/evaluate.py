"""`python -m vae_explorer.evaluate`: how good a model is on the test images of a data set, by the rules of a protocol,
and where they lie."""

if __name__ == "__main__":  # before what takes long to import
    from vae_explorer import program

    raise SystemExit(program.evaluate())

import json
import math
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from vae_explorer.pictures.rc import Figure

import numpy as np
import torch

from vae_explorer import cli, files, metrics, named, protocols, streams
from vae_explorer.as_torch import AsTorch, Batches
from vae_explorer.cli import option
from vae_explorer.codecs.codec import Codec
from vae_explorer.datasets import home, known, mnist
from vae_explorer.datasets.mnist import Dataset
from vae_explorer.datasets.split import Split
from vae_explorer.errors import Failure
from vae_explorer.images import from_pixels
from vae_explorer.model import VAE
from vae_explorer.models import Telling
from vae_explorer.pictures import export, figures, suffixes
from vae_explorer.pictures.tiles import shrunk
from vae_explorer.protocols import PROTOCOLS
from vae_explorer.space import atlas, survey
from vae_explorer.storage import annex, model_json
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, Checkpoint
from vae_explorer.storage.statedict import StateDict

COMMAND = cli.Command(
    prog="python -m vae_explorer.evaluate",
    description="Measure a trained model on the test images: its loss, and what it is made of.",
    epilog="All figures are means per image. Do not choose a model by them: that is what --validation is for.\n"
    "The command is installed as vae-explorer-evaluate, too.",
    place=home.told,
)
PER_CLASS = 16  # columns of the picture
WIDTH = 80  # of a line of the rules


@dataclass(frozen=True)
class Options(Telling):
    """What is measured, on what, and where the results go."""

    path: Path | None = option(
        None, "a file of weights, its folder, or an .onnx file; the model that ships unless given", positional=True
    )
    data: Path | None = option(None, "data set: a folder or a file; MNIST unless given")
    protocol: Literal["mse-kl", "binarised"] | None = option(
        None, "rules of the measurement, printed beside it; those of the model's likelihood unless given"
    )
    images: int | None = option(None, "test images, at even steps; all unless given", minimum=2)
    beta: float | None = option(
        None,
        "weight of kl in the loss of mse-kl; what the model was trained with unless given",
        minimum=0,
        maximum=model_json.MOST_BETA,
    )
    threads: int = option(1, "threads of torch", minimum=1, maximum=1024)
    picture: Path | None = option(None, "also draw test images and their reconstructions there", metavar="FILE.png")
    atlas: bool = option(False, "also encode images of the data, and write them beside the weights for the window")
    overwrite: bool = option(False, "replace the picture and the atlas that lie there")
    json: bool = option(False, "print JSON, for programs")
    offline: bool = option(False, "never download")


def evaluate(options: Options) -> int:
    """Measure and print; give the exit code. Raises Failure for a model without encoder, bad data, no such picture."""
    picture = options.picture and suffixes.named(options.picture)
    if picture:
        named.check_result(picture, options.overwrite, "--picture")
    torch.set_num_threads(options.threads)
    model = named.model(options.path, options)
    vae, protocol = _torch(model), _protocol(model, options)
    if options.atlas:
        annex.check(model.source, options.overwrite)
    dataset = mnist.load(options.data, shape=model.shape, offline=options.offline)
    found = _measured(model, vae, dataset, protocol, options)
    facts = {"weights": model.source.place, "sha256": model.source.sha256, "data": dataset.name, "protocol": protocol}
    streams.result(json.dumps(facts | asdict(found), indent=2) if options.json else _text(facts, found))
    if picture:
        export.save_figure(_picture(model, dataset.test), picture)
        streams.tell(f"Picture: {picture}")
    if options.atlas:
        known.keep(options.data, dataset.hashes)
        _give_atlas(model, dataset, found)
        streams.tell(f"  {cli.typed('python', 'gui.py', '--weights', model.source.path, *options.typed)}")
    return 0


def _torch(model: Codec) -> metrics.Model:
    """Build what `metrics` measures: our own network in torch, or any other as it is. Raises Failure for no encoder."""
    source = model.source
    if not model.encodes:
        what, then = (ENCODER, " Choose the folder that training saved.") if source.ours else ("an encoder", "")
        raise Failure(
            f"{source.place} cannot be evaluated: its loss needs {what}, and of that: "
            f"{source.missing.get(ENCODER, 'there is none')}.{then}"
        )
    if isinstance(source, Checkpoint) and isinstance(source.decoder, dict) and isinstance(source.encoder, dict):
        return _vae(source.encoder, source.decoder)
    return AsTorch(model)


def _vae(encoder: StateDict, decoder: StateDict) -> VAE:
    vae = VAE(int(decoder["linear.weight"].shape[1]))
    for part, state in ((vae.encoder, encoder), (vae.decoder, decoder)):
        part.load_state_dict({key: torch.from_numpy(value.copy()) for key, value in state.items()})
    return vae.eval()


def _protocol(model: Codec, options: Options) -> str:
    """Name the protocol by which a model is measured. Raises Failure where it makes no sense of this model."""
    name = options.protocol or protocols.usual(model)
    if why := PROTOCOLS[name].refused(model):
        raise Failure(
            f"{model.source.place} cannot be measured by the protocol {name}: {why}. Train a model with --likelihood "
            f"bernoulli, or choose --protocol {protocols.USUAL}."
        )
    if name != protocols.USUAL and options.beta is not None:
        raise Failure(
            f"--beta weighs the kl in the loss of {protocols.USUAL}; {name} has no such weight. Leave it out."
        )
    return name


def _measured(model: Codec, vae: metrics.Model, dataset: Dataset, protocol: str, options: Options) -> Any:
    """Measure on the test images. Raises Failure where that comes to nothing."""
    beta = model.source.info.get("options", {}).get("beta", 1.0) if options.beta is None else options.beta
    images = dataset.test.images
    count = min(len(images), options.images or len(images))
    if count < 2:
        raise Failure(f"{dataset.name} has one test image, and a measurement takes two. Choose another data set.")
    x = Batches(images[np.arange(count) * len(images) // count], model.shape)
    with _bar("measuring") as came:
        found = PROTOCOLS[protocol].measure(vae, x, beta, model.at_once, came)
    if not math.isfinite(found.loss):
        place = model.source.place
        raise Failure(f"The loss of {place} on {dataset.name} is not finite: these weights are of no use.")
    return found


def _give_atlas(model: Codec, dataset: Dataset, test: Any) -> None:
    """Write the atlas of a model beside its weights, whole or not at all. Raises Failure, OSError."""
    with _bar("encoding") as came:
        reference = survey.build(model, dataset.test, dataset.train, came)
    files.write(annex.contents(model.source, atlas.dumps(reference), dataset.facts, asdict(test)))
    assert model.source.path is not None, "checked before"
    streams.tell(f"Atlas: {model.source.path.with_name(ATLAS)}. To explore it:")


@contextmanager
def _bar(title: str) -> Iterator[Callable[[float], None]]:
    """Give what shows on a terminal how much of something is done, 0 to 1."""
    from tqdm import tqdm

    form = "{desc}, {remaining} left |{bar}|"
    # nrows: tqdm would ask the terminal, and hide the bar of one that does not know its size
    with tqdm(total=1, desc=title, bar_format=form, nrows=24, leave=False, disable=None) as bar:
        yield lambda share: bar.update(share - bar.n) and None


def _text(facts: Mapping[str, str], found: Any) -> str:
    """Say what was found, and by what rules."""
    protocol = PROTOCOLS[facts["protocol"]]
    head = f"{facts['weights']} on {found.images} test images of {facts['data']}, by the protocol {facts['protocol']}"
    rules = textwrap.wrap(protocol.rules, WIDTH, initial_indent="  ", subsequent_indent="  ")
    return "\n".join([head, *protocol.lines(found), *rules])


def _picture(model: Codec, test: Split) -> Figure:
    """The first 16 images of each class in a row, which is white where there are fewer, above their reconstructions."""
    chosen = [np.flatnonzero(test.labels == label)[:PER_CLASS] for label in np.unique(test.labels)]
    places = np.concatenate([PER_CLASS * row + np.arange(len(each)) for row, each in enumerate(chosen)])
    images = test.images[np.concatenate(chosen)]
    x_hat = model.pixels(model.encode(from_pixels(images, model.shape))[0])
    both = {"test images": images, "reconstructions, decode(mu)": x_hat}
    rows = {title: shrunk(pictures, len(images)) for title, pictures in both.items()}
    for title, digits in rows.items():
        rows[title] = np.full((PER_CLASS * len(chosen), *digits.shape[1:]), 255, np.uint8)
        rows[title][places] = digits
    return figures.bands(rows, PER_CLASS)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(COMMAND, Options, evaluate, argv)
