"""What a page knows of a model, as JSON: its networks, its atlas, its names. Knows the Space, nothing of HTML.

Weights are float16, as the page's numbers need no more. The atlas is rounded to steps, a sixth of how wide the
posteriors are where they are mixed: it would be half of the file otherwise.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from vae_explorer import __version__
from vae_explorer.codecs.output import OUTPUTS
from vae_explorer.errors import Failure
from vae_explorer.page import arrays
from vae_explorer.pictures.scatter import class_colours, short
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.density import WORK
from vae_explorer.space.latent import Points, Values
from vae_explorer.space.mixture import MAX_ABS_LOGVAR, WIDEN, Mixture
from vae_explorer.space.space import Space
from vae_explorer.storage.chain import ChainEncoder, Layer
from vae_explorer.storage.checkpoint import ATLAS, DECODER, ENCODER, Checkpoint

MU_STEP = 0.7  # standard deviations of a posterior, of which WIDEN makes four
WIDEST = 0.1  # step of mu, or one could see it on the map
LOGVAR_STEP = 0.4
FARTHEST = 32_000  # steps
MOST_NATS = 1e9  # so that a sentence has room for them
PERCENTS = [0, 0.05, 0.1, 0.2, 0.5, *range(1, 101)]  # of the density at the test images, that the page knows


class PageError(Failure):
    """A model that cannot be a web page; the text says why."""


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
    source = space.codec.source
    if not isinstance(source, Checkpoint):
        raise PageError(
            f"This model cannot be a web page: {why_not(space)}. Those are the networks of this program and Linear "
            "layers in files of weights, not ONNX or code of one's own."
        )
    data = _model(space, source) | {
        "version": __version__,
        "title": title or usual_title(space),
        "z": list(z or (0.0,) * space.latent_dim),
        "bookmarks": [{"name": name, "z": list(point)} for name, point in bookmarks],
        "names": {str(dim): name for dim, name in (names or {}).items()},
    }
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _model(space: Space, source: Checkpoint) -> dict[str, Any]:
    atlas, about = space.atlas, source.info
    return {
        "sha256": source.sha256,
        "latent_dim": space.latent_dim,
        "shape": space.shape,
        "decoder": _decoder(source),
        "encoder": _encoder(source) if space.encodes else None,
        "atlas": None if atlas is None else _atlas(space, atlas),
        "kl": None if atlas is None else np.round(atlas.kl_per_dim, 3).tolist(),
        "like_mnist": space.like_mnist,
        "missing": {"drawing": space.no_drawing, "atlas": space.missing.get(ATLAS, "")},
        "about": {
            "data": about.get("data", {}).get("name", ""),
            "test": _measured(about.get("test") or {}),
        },
    }


def why_not(space: Space) -> str:
    """Give the reason, in a few words, why a model cannot be a page; empty where it can."""
    is_file = isinstance(space.codec.source, Checkpoint)
    return "" if is_file else "its decoder is none of the networks that a page can compute"


def _measured(test: Mapping[str, Any]) -> dict[str, Any]:
    """What was measured on test images; nothing where model.json does not have all of it, as numbers."""
    found = {key: test.get(key) for key in ("images", "loss", "recon", "kl")}
    return found if all(map(_can_be_told, found.values())) else {}


def _can_be_told(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST_NATS


def usual_title(space: Space) -> str:
    """Give what a page is called that was given no title."""
    source = space.codec.source
    path = source.path  # a page is handed on, and says no more of where it came from than a name
    place = path.name if path and path.name != DECODER else source.title
    return f"Latent space of {source.info.get('data', {}).get('name') or place}"


def _decoder(source: Checkpoint) -> dict[str, Any]:
    if isinstance(source.decoder, dict):
        return {"kind": "conv", "weights": {key: arrays.floats(value) for key, value in source.decoder.items()}}
    after = OUTPUTS[source.told.output]
    output = {"scale": after.scale, "offset": after.offset, "squashes": after.squashes}
    layers = [_layer(layer) for layer in source.decoder]
    return {"kind": "chain", "hidden": source.told.hidden, "output": output, "layers": layers}


def _encoder(source: Checkpoint) -> dict[str, Any]:
    if not isinstance(source.encoder, ChainEncoder):
        assert source.encoder is not None, f"a model that encodes has {ENCODER}"
        return {"kind": "conv", "weights": {key: arrays.floats(value) for key, value in source.encoder.items()}}
    after, trunk = OUTPUTS[source.told.output], [_layer(layer) for layer in source.encoder.trunk]
    heads = {name: _layer(getattr(source.encoder, name)) for name in ("mu", "logvar")}
    return {"kind": "chain", "hidden": source.told.hidden, "low": after.low, "high": after.high, "trunk": trunk} | heads


def _layer(layer: Layer) -> dict[str, Any]:
    weight, bias = layer
    return {"weight": arrays.floats(weight), "bias": arrays.floats(bias)}


def _atlas(space: Space, atlas: Atlas) -> dict[str, Any]:
    """The encoded test images, those of a class beside each other, and the components of the density."""
    order = np.lexsort((atlas.mu[:, 0], atlas.label))  # their order tells nothing, and so it is the one that packs best
    plane, shown = space.plane(None) if space.latent_dim > 1 else None, short(space.class_names)
    return {
        **_Posteriors.of(atlas.mu[order], atlas.logvar[order]).told(),
        "widen": WIDEN,
        "density": _density(atlas),
        "classes": [
            {
                "label": label,
                "name": space.class_names[label],
                "short": shown[label],
                "colour": "#" + bytes(colour).hex(),
                "count": len(atlas.members(label)),
                "mean": np.round(atlas.class_mean(label).astype(float), 4).tolist(),
            }
            for label, colour in zip(atlas.classes, class_colours(np.array(atlas.classes)), strict=True)
        ],
        "plane": plane and {"mean": np.round(plane.origin, 5).tolist(), "axes": np.round(plane.axes, 5).tolist()},
    }


def _density(atlas: Atlas) -> dict[str, Any] | None:
    """The components of the density, and its logs at the test images by their percentiles; None for an old atlas, which
    has no components beside the test images themselves."""
    if atlas.train_mu is None or atlas.train_logvar is None:
        return None
    order = np.argsort(atlas.train_mu[:, 0])
    known = _Posteriors.of(atlas.train_mu[order], atlas.train_logvar[order])
    mixture, images = Mixture(known.mu, known.logvar, [len(order)]), atlas.mu.astype(float)
    some = images[:: -(-len(images) * len(order) // WORK)]
    logs = np.concatenate([mixture.log_sums(terms)[:, 0] for _, terms in mixture.terms(some)])
    return {**known.told(), "percents": PERCENTS, "logs": np.round(np.percentile(logs, PERCENTS), 3).tolist()}


@dataclass(frozen=True, eq=False)
class _Posteriors:
    """N posteriors as the page knows them: mu and logvar, (N, D), rounded to the steps of their dimensions, (D,)."""

    mu: Points
    logvar: Points
    mu_steps: Values
    logvar_steps: Values

    @classmethod
    def of(cls, mu: ArrayLike, logvar: ArrayLike) -> "_Posteriors":
        mu, logvar = np.asarray(mu, float), np.asarray(logvar, float).clip(-MAX_ABS_LOGVAR, MAX_ABS_LOGVAR)
        wide = MU_STEP * np.exp(0.5 * logvar.mean(0))
        mu_steps = np.maximum(np.minimum(wide, WIDEST), abs(mu).max(0) / FARTHEST)
        logvar_steps = np.full(len(wide), LOGVAR_STEP)
        return cls(arrays.rounded(mu, mu_steps), arrays.rounded(logvar, logvar_steps), mu_steps, logvar_steps)

    def told(self) -> dict[str, Any]:
        """Give what stands for them in the JSON."""
        return {"mu": arrays.steps(self.mu, self.mu_steps), "logvar": arrays.steps(self.logvar, self.logvar_steps)}
