"""How a command line names a model: a file of weights or a decoder of one's own, and what these do not say themselves.

Knows no NumPy before a model is opened: the window's command line is read before that may be imported.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vae_explorer import plain
from vae_explorer.cli import option
from vae_explorer.errors import Failure
from vae_explorer.storage.told import HIDDEN, OUTPUT, Told

if TYPE_CHECKING:
    from vae_explorer.codecs.codec import Codec

GROUP = "the model"  # the heading of its options


def _shape(text: str) -> tuple[int, int, int]:
    found = re.fullmatch(r"(?:(\d{1,5})x)?(\d{1,5})x(\d{1,5})", text.lower())
    if not found:
        raise ValueError(f"{plain.quoted(text)} is no shape, as 28x28 and 3x32x32 are")
    c, h, w = (int(size or 1) for size in found.groups())
    Told(shape=(c, h, w))
    return c, h, w


@dataclass(frozen=True)
class Weights:
    """A model's file."""

    weights: Path | None = option(
        None, "a file of weights, its folder, one of several in a file as FILE#NAME, or an .onnx file; the model that "
        "ships unless given", group=GROUP,
    )  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """A decoder in place of a file, and what is told of a model."""

    decoder: str = option(
        "",
        "a decoder of your own, instead of --weights: its module is imported, and so is run",
        metavar="MODULE:NAME",
        group=GROUP,
    )
    encoder: Path | None = option(
        None, "the encoder of a model that is an .onnx file", metavar="FILE.onnx", group=GROUP
    )
    hidden: str | None = option(
        None,
        "what follows each of a file's Linear layers but the last; relu unless given",
        choices=lambda: HIDDEN,
        group=GROUP,
    )
    pixels: str | None = option(
        None,
        "what follows the last one, or the output of ONNX or --decoder; guessed unless given",
        choices=lambda: OUTPUT,
        group=GROUP,
    )
    shape: tuple[int, int, int] | None = option(
        None,
        "channels, rows and columns of a picture, where a model gives a row of pixels",
        read=_shape,
        metavar="CxHxW",
        group=GROUP,
    )

    @property
    def told(self) -> Told:
        """What is told of a file."""
        return Told("", self.hidden or HIDDEN[0], self.pixels or "", self.shape, self.encoder)

    @property
    def typed(self) -> tuple[str, ...]:
        """What is told of a file, as the words of a command line."""
        shape = self.shape and "x".join(map(str, self.shape))
        told = {"--encoder": self.encoder, "--hidden": self.hidden, "--pixels": self.pixels, "--shape": shape}
        return tuple(str(word) for each in told.items() if each[1] for word in each)


def opened(weights: Path | None, telling: Telling, cancelled: Callable[[], bool] = lambda: False) -> "Codec":
    """Open the model that a command line names. Raises Failure for two at once, CheckpointError, Cancelled."""
    if not telling.decoder:
        from vae_explorer.codecs import opening

        return opening.opened(weights, cancelled, telling.told)
    useless = {"a file of weights": weights, "--encoder": telling.encoder, "--hidden": telling.hidden}
    for what, value in useless.items():
        if value is not None:
            raise Failure(f"--decoder names the whole model, and {what} is of no use beside it. Leave one of them out.")
    from vae_explorer.codecs import own

    return own.opened(telling.decoder, telling.told)
