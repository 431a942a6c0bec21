"""A decoder of one's own, in Python: a function, an object or a torch module, behind the codec's interfaces.

It is tried once, at points that are always the same, and what it gives tells its shape and its range where nobody does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import plain
from vae_explorer.codecs import by_name, foreign, opening, traits
from vae_explorer.codecs.called import Called, line
from vae_explorer.codecs.codec import Codec
from vae_explorer.codecs.foreign import DecoderError, ForeignDecoder, ForeignEncoder, Pull, Reader
from vae_explorer.codecs.identity import identity, source_of, written
from vae_explorer.images import Floats, Shape
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, INFO, CheckpointError
from vae_explorer.storage.source import Source
from vae_explorer.storage.told import Told

TRIAL_S = 60  # a first decode that takes longer is not waited for
NONE = "a decoder of one's own has none"  # of the files beside weights
Range = tuple[float, float]
T = TypeVar("T")


class Decoder(Protocol):
    """What a decoder of one's own has. A function that decodes may have the rest as attributes, and a torch module is
    called itself where it has no `decode`.

    Further it may have `shape`, (C, H, W); `range`, the numbers that mean black and white; encode(x) → mu, logvar,
    where x is as `decode` gives it; and vjp(z, gradient), which takes a gradient with respect to what `decode` gives to
    one with respect to z. All of them take and give arrays of NumPy, or tensors where they are of a torch module.
    """

    latent_dim: int

    def decode(self, z: Any) -> Any:
        """z (B, D) → pictures (B, C, H, W), (B, H, W, C), (B, H, W), or rows of pixels (B, P)."""


def open(
    decode: Decoder | Callable[..., Any] | str,
    *,
    latent_dim: int | None = None,
    shape: Shape | None = None,
    encode: Callable[..., Any] | None = None,
    range: Range | None = None,
    name: str = "",
) -> Codec:
    """Open a decoder of one's own: a `Decoder`, a function, or the name of one as `module:function`, which is imported.

    What is given here goes before what the decoder has. name: what it is called. What the same name of the same source
    file gives is the same model, and of a torch module with the same weights; what is made in a notebook, by what it
    decodes. Raises DecoderError, which names the decoder and says what is wrong with it.
    """
    try:
        told = Told(shape=shape)
    except ValueError as error:
        raise DecoderError(f"This decoder cannot be opened: {error}.") from error
    return opened(decode, told, latent_dim=latent_dim, encode=encode, range=range, name=name)


def opened(
    decoder: Any,
    told: Told,
    *,
    latent_dim: int | None = None,
    encode: Callable[..., Any] | None = None,
    range: Range | None = None,
    name: str = "",
) -> Codec:
    """Open a decoder as `open` does. told: its shape and its output, as far as they are told."""
    with _heard(decoder if isinstance(decoder, str) else name or type(decoder).__name__):
        return _opened(decoder, told, latent_dim, encode, range, name)


@contextmanager
def _heard(called: str) -> Iterator[None]:
    """Whatever a person's code raises arrives as a DecoderError: an attribute may be code, too."""
    try:
        yield
    except (KeyboardInterrupt, CheckpointError):
        raise
    except Exception as error:
        raise DecoderError(f"{plain.line(called)} cannot be used: {line(error)}.") from error


def _opened(
    decoder: Any,
    told: Told,
    latent_dim: int | None,
    encode: Callable[..., Any] | None,
    range: Range | None,
    name: str,
) -> Codec:
    decoder, called, written = _meant(decoder, name)
    calls, function = Called(called, decoder), traits.function(decoder, called)
    dims = traits.dims(called, getattr(decoder, "latent_dim", None) if latent_dim is None else latent_dim)
    reader, x_hat = _tried(calls, function, decoder, dims, told, range)
    pull = _pull(calls, function, decoder, reader, dims)
    encodes = encode or getattr(decoder, "encode", None)
    encoder = _encoder(calls, encodes, dims, reader, x_hat[:2]) if encodes else None
    missing = {ATLAS: NONE, INFO: NONE} | ({} if encoder else {ENCODER: "the decoder has no encode"})
    source = Source(
        called=called,
        sha256=identity(calls.module, written, (told, range, latent_dim), x_hat),
        missing=missing,
        opened=f"A decoder of your own: its pixels go from {reader.output.span}, black to white.",
        shape=reader.layout.shape,
        told=told,
    )
    return opening.timed(source, ForeignDecoder(partial(calls.numbers, function), dims, reader, pull), encoder)


def _meant(decoder: Any, name: str) -> tuple[Any, str, bytes]:
    """The decoder itself, what it is called, and what its source file and the name in it are, or nothing."""
    if not isinstance(decoder, str):
        called = getattr(decoder, "__qualname__", type(decoder).__name__)
        return decoder, plain.line(name or called), source_of(decoder)
    meant, file = by_name.found(decoder)
    return meant, plain.line(name or decoder), written(file, decoder.partition(":")[2])


def _tried(
    calls: Called, function: Callable[..., Any], decoder: Any, dims: int, told: Told, range: Range | None
) -> tuple[Reader, Floats]:
    """Decode a few points: how what comes out is read as images, and these images."""
    points = foreign.trial(dims)
    given = _in_time(calls.name, lambda: calls.numbers(function, points))
    if given.shape[:1] != (len(points),) or not given.size:
        raise DecoderError(f"{calls.name} gave numbers of the shape {given.shape} for {len(points)} points.")
    said = getattr(decoder, "range", None) if range is None else range
    after = traits.after(calls.name, given, told.output, said)
    layout = foreign.layout(given.shape[1:], told.shape or traits.shape(calls.name, decoder), calls.name)
    reader = Reader(calls.name, given.shape[1:], layout, after)
    return reader, reader.images(given, len(points))


def _encoder(calls: Called, encode: Callable[..., Any], dims: int, reader: Reader, x_hat: Floats) -> ForeignEncoder:
    """The encoder, which has been tried with a few images."""
    encoder = ForeignEncoder(partial(calls.several, encode), dims, reader)
    _in_time(calls.name, partial(encoder.encode, x_hat))
    return encoder


def _pull(calls: Called, function: Callable[..., Any], decoder: Any, reader: Reader, dims: int) -> Pull | None:
    """The exact gradient, where the decoder has one or torch finds it."""
    vjp = getattr(decoder, "vjp", None)
    if vjp is None and calls.module is None:
        return None

    def _exact(points: Floats, x_hat: Floats, gradient: ArrayLike) -> Floats:
        given = reader.back(x_hat, gradient)
        found = calls.numbers(vjp, points, given) if vjp else calls.gradient(function, points, given)
        if found.shape != points.shape or not np.isfinite(found).all():
            raise DecoderError(f"The gradient of {calls.name} has the shape {found.shape}, or is not finite.")
        return found.astype(np.float32)

    try:
        grey = np.zeros((2, *reader.layout.shape), np.float32)
        _in_time(calls.name, lambda: _exact(foreign.trial(dims)[:2], grey, np.ones_like(grey)))
    except DecoderError:
        if vjp:
            raise
        return None  # a module that breaks the chain of torch's autograd
    return _exact


def _in_time(called: str, work: Callable[[], T]) -> T:
    """Do work that may never end. Raises DecoderError after TRIAL_S; its thread is left behind then."""
    ended: list[tuple[T | None, BaseException | None]] = []

    def _work() -> None:
        try:
            ended.append((work(), None))
        except BaseException as error:
            ended.append((None, error))

    thread = threading.Thread(target=_work, name=f"trial of {called}", daemon=True)
    thread.start()
    thread.join(TRIAL_S)
    if not ended:
        raise DecoderError(f"{called} has given nothing within {TRIAL_S} s.")
    value, error = ended[0]
    if error is not None:
        raise error
    return value  # type: ignore[return-value]
