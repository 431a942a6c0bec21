"""What a page knows of a model, as JSON: its networks, its atlas, its names. Knows the Space, nothing of HTML.

All arrays lie in one body, which is deflated (RFC 1951) and written as base64; in the JSON each is told by where it
lies. Weights are float16, as the page's numbers need no more; what is not within its range stays float32. The atlas is
rounded to steps, far finer than its posteriors are wide: it would be half of the file otherwise.
"""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import __version__
from vae_explorer.codecs.output import OUTPUTS
from vae_explorer.errors import Failure
from vae_explorer.pictures.scatter import class_colours
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.latent import Points
from vae_explorer.space.mixture import MAX_ABS_LOGVAR, WIDEN, Mixture
from vae_explorer.space.space import Space
from vae_explorer.storage.chain import ChainEncoder, Layer
from vae_explorer.storage.checkpoint import ATLAS, ENCODER, Checkpoint

MU_STEP, LOGVAR_STEP = 0.08, 0.6
LARGEST, SMALLEST = 6e4, 6e-5  # what float16 holds with all its digits
FEW = 512  # numbers, which take no room, and of which each touches many pixels
MOST = 127  # of one byte with its sign
PERCENTS = [0, 0.05, 0.1, 0.2, 0.5, *range(1, 101)]  # of the density at the test images, that the page knows


class PageError(Failure):
    """A model that cannot be a web page; the text says why."""


class Body:
    """The arrays of a page, one after the other; `add` gives what stands for each in the JSON."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def floats(self, values: ArrayLike) -> dict[str, Any]:
        """Add weights as float16 where that holds them, else as float32; few as float32 in any case."""
        array = np.ascontiguousarray(values, np.float32)
        sizes = np.abs(array[array != 0])
        holds = array.size > FEW and sizes.size and sizes.max() < LARGEST and np.median(sizes) > SMALLEST
        return self._add(array.astype("<f2" if holds else "<f4"))

    def steps(self, values: ArrayLike, step: float) -> dict[str, Any]:
        """Add numbers (N, D) as multiples of a step, or of a larger one where that reaches not far enough; a dimension
        after the other, as that deflates best."""
        array = np.asarray(values, float)
        step = _step(array, step)
        return self._add(np.ascontiguousarray(np.rint(array / step).T.astype("i1"))) | {"step": step}

    def _add(self, array: np.ndarray[Any, Any]) -> dict[str, Any]:
        data, at = array.tobytes(), self._at
        self._parts.append(data)
        self._at += len(data)
        return {"type": array.dtype.str[1:], "at": at, "count": array.size}

    @property
    def text(self) -> str:
        """All of it, deflated, as base64."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return base64.b64encode(packer.compress(b"".join(self._parts)) + packer.flush()).decode()


def packed(
    space: Space,
    z: Sequence[float] | None = None,
    bookmarks: Sequence[tuple[str, Sequence[float]]] = (),
    names: Mapping[int, str] | None = None,
    title: str = "",
) -> str:
    """Give what a page knows of a model, as JSON in ASCII, which holds nothing that HTML could take for its own.

    z: where it begins; bookmarks: names and points; names: of dimensions. Raises PageError for a model whose networks
    the page cannot compute.
    """
    source, body = space.codec.source, Body()
    if not isinstance(source, Checkpoint):
        raise PageError(
            f"This model cannot be a web page: {why_not(space)}. Those are the networks of this program and Linear "
            "layers in files of weights, not ONNX or code of one's own."
        )
    about = source.info
    data = {
        "version": __version__,
        "title": title or usual_title(space),
        "sha256": source.sha256,
        "latent_dim": space.latent_dim,
        "shape": space.shape,
        "decoder": _decoder(source, body),
        "encoder": None if not space.encodes else _encoder(source, body),
        "atlas": None if space.atlas is None else _atlas(space, space.atlas, body),
        "z": list(z or (0.0,) * space.latent_dim),
        "bookmarks": [{"name": name, "z": list(point)} for name, point in bookmarks],
        "names": {str(dim): name for dim, name in (names or {}).items()},
        "kl": None if space.atlas is None else np.round(space.atlas.kl_per_dim, 3).tolist(),
        "like_mnist": space.like_mnist,
        "missing": {
            "encoder": space.no_encoder,
            "drawing": space.no_drawing,
            "atlas": space.missing.get(ATLAS, ""),
        },
        "about": {
            "data": about.get("data", {}).get("name", ""),
            "likelihood": about.get("likelihood", ""),
            "test": {key: (about.get("test") or {}).get(key) for key in ("images", "loss", "recon", "kl")},
        },
    }
    data["body"] = body.text
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def why_not(space: Space) -> str:
    """Give the reason, in a few words, why a model cannot be a page; empty where it can."""
    is_file = isinstance(space.codec.source, Checkpoint)
    return "" if is_file else "its decoder is none of the networks that a page can compute"


def usual_title(space: Space) -> str:
    """Give what a page is called that was given no title."""
    source = space.codec.source
    return f"Latent space of {source.info.get('data', {}).get('name', source.place)}"


def _decoder(source: Checkpoint, body: Body) -> dict[str, Any]:
    if isinstance(source.decoder, dict):
        return {"kind": "conv", "weights": {key: body.floats(value) for key, value in source.decoder.items()}}
    after = OUTPUTS[source.told.output]
    output = {"scale": after.scale, "offset": after.offset, "squashes": after.squashes}
    layers = [_layer(layer, body) for layer in source.decoder]
    return {"kind": "chain", "hidden": source.told.hidden, "output": output, "layers": layers}


def _encoder(source: Checkpoint, body: Body) -> dict[str, Any]:
    if not isinstance(source.encoder, ChainEncoder):
        assert source.encoder is not None, f"a model that encodes has {ENCODER}"
        return {"kind": "conv", "weights": {key: body.floats(value) for key, value in source.encoder.items()}}
    after, trunk = OUTPUTS[source.told.output], [_layer(layer, body) for layer in source.encoder.trunk]
    heads = {name: _layer(getattr(source.encoder, name), body) for name in ("mu", "logvar")}
    return {"kind": "chain", "hidden": source.told.hidden, "low": after.low, "high": after.high, "trunk": trunk} | heads


def _layer(layer: Layer, body: Body) -> dict[str, Any]:
    weight, bias = layer
    return {"weight": body.floats(weight), "bias": body.floats(bias)}


def _atlas(space: Space, atlas: Atlas, body: Body) -> dict[str, Any]:
    """The encoded test images, those of a class beside each other, and the components of the density."""
    order = np.lexsort((atlas.mu[:, 0], atlas.label))  # their order tells nothing, and so it is the one that packs best
    plane = space.plane(None) if space.latent_dim > 1 else None
    return {
        "mu": body.steps(atlas.mu[order], MU_STEP),
        "logvar": body.steps(_clipped(atlas.logvar[order]), LOGVAR_STEP),
        "widen": WIDEN,
        "density": _density(atlas, body),
        "classes": [
            {
                "label": label,
                "name": space.class_names[label],
                "colour": "#" + bytes(colour).hex(),
                "count": len(atlas.members(label)),
                "mean": np.round(atlas.class_mean(label).astype(float), 4).tolist(),
            }
            for label, colour in zip(atlas.classes, class_colours(np.array(atlas.classes)), strict=True)
        ],
        "plane": plane and {"mean": np.round(plane.origin, 5).tolist(), "axes": np.round(plane.axes, 5).tolist()},
    }


def _density(atlas: Atlas, body: Body) -> dict[str, Any] | None:
    """The components of the density, and its logs at the test images by their percentiles; None for an old atlas, which
    has no components beside the test images themselves."""
    if atlas.train_mu is None or atlas.train_logvar is None:
        return None
    order = np.argsort(atlas.train_mu[:, 0])
    mu, logvar = atlas.train_mu[order], _clipped(atlas.train_logvar[order])
    mixture = Mixture(_rounded(mu, MU_STEP), _rounded(logvar, LOGVAR_STEP), [len(mu)])
    logs = np.concatenate([mixture.log_sums(terms)[:, 0] for _, terms in mixture.terms(atlas.mu.astype(float))])
    return {
        "mu": body.steps(mu, MU_STEP),
        "logvar": body.steps(logvar, LOGVAR_STEP),
        "percents": PERCENTS,
        "logs": np.round(np.percentile(logs, PERCENTS), 3).tolist(),
    }


def _step(values: Points, step: float) -> float:
    return max(step, float(np.abs(values).max(initial=0)) / MOST)


def _rounded(values: ArrayLike, step: float) -> Points:
    """What the page reads of numbers that were packed in steps."""
    array = np.asarray(values, float)
    step = _step(array, step)
    return np.asarray(np.rint(array / step) * step)


def _clipped(logvar: ArrayLike) -> Any:
    return np.asarray(logvar, float).clip(-MAX_ABS_LOGVAR, MAX_ABS_LOGVAR)
