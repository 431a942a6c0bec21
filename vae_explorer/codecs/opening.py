"""Opening a model: from what its files hold, or what somebody's code gives, to a Codec. Knows no window.

What a file of Linear layers does not say is told or guessed here, and said.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from vae_explorer import files
from vae_explorer.codecs.chain import ChainDecoder, ChainEncoder, guessed
from vae_explorer.codecs.codec import SLOW_MS, Codec, Decoder, Encoder
from vae_explorer.codecs.conv import ConvDecoder, ConvEncoder
from vae_explorer.images import Shape
from vae_explorer.storage import annex, chain, checkpoint
from vae_explorer.storage.checkpoint import Checkpoint
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import HIDDEN, OUTPUT, Told


def load(
    path: str | Path | None = None,
    *,
    name: str = "",
    hidden: str = HIDDEN[0],
    output: str = "",
    shape: Shape | None = None,
    encoder: str | Path | None = None,
) -> Codec:
    """Open a trained model from its folder or its file; without a path, the one that ships.

    The rest says of a file what it does not say itself, as `storage.told.Told` has it: which of several models in it
    is meant, and of Linear layers what follows each but the last, what follows the last, and (C, H, W) of an image;
    encoder: the file of the encoder of an ONNX model.
    Raises CheckpointError, whose text names the file and says what is wrong with it; ValueError for other words.
    """
    told = Told(name, hidden, output, shape, None if encoder is None else Path(encoder))
    return opened(None if path is None else Path(path), told=told)


def opened(path: Path | None, cancelled: Callable[[], bool] = lambda: False, told: Told | None = None) -> Codec:
    """Open a model as `load` does, but Cancelled is raised soon after cancelled() has turned true, where reading takes
    long."""
    if path is not None and path.suffix.lower() == ".onnx":
        from vae_explorer.codecs import onnx  # which is seldom asked for

        return timed(*onnx.load(path, told or Told()))
    if told is not None and told.encoder is not None:
        raise checkpoint.CheckpointError(f"{path or checkpoint.DECODER} is no .onnx file; leave {told.encoder} out.")
    return of(checkpoint.read(path, cancelled, told))


def is_slow(decoder: Decoder) -> bool:
    """Whether to decode one point takes more than SLOW_MS, by the least of three times."""
    z, taken = np.zeros((1, decoder.latent_dim), np.float32), []
    for _ in range(3):
        began = time.perf_counter()
        decoder.decode(z)
        taken.append(time.perf_counter() - began)
    return 1e3 * min(taken) > SLOW_MS


def timed(source: Source, decoder: Decoder, encoder: Encoder | None) -> Codec:
    """Make a Codec of parts whose speed is not known."""
    return Codec(source, decoder, encoder, is_slow(decoder))


def of(source: Checkpoint) -> Codec:
    """Make a Codec of weights that have been read."""
    if isinstance(source.decoder, dict):
        if replace(source.told, name="") != Told():
            why = "it is the network of this program, of which all is known"
            raise checkpoint.CheckpointError(
                f"{source.path}: {why}; leave out what is told of layers, pixels and shape."
            )
        return Codec(annex.matched(source), ConvDecoder(source.decoder), _encoder(source))
    layers = source.decoder
    source = _completed(source, layers)
    decoder = ChainDecoder(layers, source.shape, source.told.hidden, source.told.output)
    return timed(annex.matched(source), decoder, _encoder(source))


def _encoder(source: Checkpoint) -> Encoder | None:
    if isinstance(source.encoder, chain.ChainEncoder):
        return ChainEncoder(source.encoder, source.told.hidden, source.told.output)
    return None if source.encoder is None else ConvEncoder(source.encoder)


def _completed(source: Checkpoint, layers: chain.Chain) -> Checkpoint:
    """Guess what a chain's file does not say where nobody told it, and say so.

    Another function of the same numbers is another model, so that no recipe or name of one is taken for the other's.
    """
    told = source.told
    encoder = source.encoder if isinstance(source.encoder, chain.ChainEncoder) else None
    guess = guessed(layers, encoder, told.hidden)
    known = replace(told, output=told.output or guess)
    sizes = " → ".join(str(size) for size in (source.latent_dim, *(len(bias) for _, bias in layers)))
    how = f"{source.opened} Linear layers {sizes}, {known.hidden} between".lstrip()
    after = f"{how}; pixels {OUTPUT[known.output]}{'' if told.output else ' (guessed)'}."
    usual = (known.hidden, known.output) == (HIDDEN[0], guess)
    digest = source.sha256 if usual else files.sha256(f"{source.sha256} {known.hidden} {known.output}".encode())
    return replace(source, told=known, sha256=digest, opened=after)
