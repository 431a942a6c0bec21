"""A decoder, and an encoder, as ONNX files behind the codec's interfaces. Knows what they take and give, not what runs
them."""

from dataclasses import replace
from pathlib import Path

from vae_explorer import files
from vae_explorer.codecs import foreign, output
from vae_explorer.codecs.foreign import DecoderError, ForeignDecoder, ForeignEncoder, Layout, Reader
from vae_explorer.codecs.network import Network
from vae_explorer.codecs.output import OUTPUTS
from vae_explorer.images import Shape
from vae_explorer.storage import annex, checkpoint
from vae_explorer.storage.checkpoint import ENCODER
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import HIDDEN, OUTPUT, Told


def load(path: Path, told: Told) -> tuple[Source, ForeignDecoder, ForeignEncoder | None]:
    """Read a decoder's file, and the encoder's that is told. Raises DecoderError, whose text names the file."""
    if told.hidden != HIDDEN[0]:
        raise DecoderError(f"{path} is an ONNX file, which says itself what its layers are; leave {told.hidden} out.")
    network = Network(path)
    latent_dim = network.latent_dim
    given = network.tried(foreign.trial(latent_dim))
    layout = foreign.layout(given.shape[1:], told.shape, network.name)
    seen = output.seen(given)
    word = told.output or seen
    reader = Reader(network.name, given.shape[1:], layout, OUTPUTS[word])
    decoder = ForeignDecoder(network.run, latent_dim, reader)
    encoder, how = (None, "") if told.encoder is None else _encoder(told.encoder, decoder, reader)
    info, atlas, missing = checkpoint.beside(path, network.sha256)
    missing |= {} if encoder else {ENCODER: "no --encoder was named with the ONNX model"}
    source = Source(
        path=path,
        called=path.name,
        sha256=network.sha256 if word == seen else files.sha256(f"{network.sha256} {word}".encode()),
        info=info,
        atlas=atlas,
        missing=missing,
        opened=f"ONNX, by onnxruntime; pixels {OUTPUT[word]}{'' if told.output else ' (guessed)'}.{how}",
        shape=layout.shape,
        told=replace(told, output=word),
    )
    return annex.matched(source), decoder, encoder


def _encoder(path: Path, decoder: ForeignDecoder, reader: Reader) -> tuple[ForeignEncoder, str]:
    """The encoder of a file, tried with what the decoder gives, and a sentence where it gives no logvar."""
    network = Network(path)
    layout = _taken(network, decoder.shape)
    as_given = _sizes(layout, len(network.shape) - 1)
    mine = Reader(network.name, as_given, layout, reader.output)
    order = _order(network)
    encoder = ForeignEncoder(lambda x: [network.all(x)[k] for k in order], decoder.latent_dim, mine)
    network.tried(layout.back(reader.output.pixels(decoder.decode(foreign.trial(decoder.latent_dim))), as_given))
    encoder.encode(decoder.decode(foreign.trial(decoder.latent_dim)[:2]))
    alone = f" {network.name} gives mu alone, so sigma counts as 0." if len(order) == 1 else ""
    return encoder, alone


def _taken(network: Network, shape: Shape) -> Layout:
    """How an encoder takes images of a shape. Raises DecoderError where it takes none of them."""
    wanted = network.shape[1:]
    for last in (False, True):
        layout = Layout(shape, last)
        sizes = _sizes(layout, len(wanted))
        if sizes and all(not isinstance(size, int) or size == mine for size, mine in zip(wanted, sizes, strict=True)):
            return layout
    raise DecoderError(f"{network.name} takes no images of the shape {shape}, which the decoder gives.")


def _sizes(layout: Layout, dims: int) -> tuple[int, ...]:
    """The sizes of an image in so many dimensions; none where it cannot be."""
    c, h, w = layout.shape
    if dims == 3:
        return (h, w, c) if layout.last else (c, h, w)
    if dims == 2 and c == 1:
        return h, w
    return (c * h * w,) if dims == 1 else ()


def _order(network: Network) -> list[int]:
    """Which outputs are mu and logvar: by their names, else the first two."""
    names = [name.lower().replace("_", "") for name in network.outputs]
    logvar = [k for k, name in enumerate(names) if "logvar" in name]
    mu = [k for k, name in enumerate(names) if name.endswith(("mu", "mean"))]
    return [mu[0], logvar[0]] if mu and logvar else [*range(min(2, len(names)))]
