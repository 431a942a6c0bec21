"""The model that a window opens with, and a line that describes a model."""

from vae_explorer.errors import Failure
from vae_explorer.gui.options import Options
from vae_explorer.session.history import Session
from vae_explorer.space.codec import Codec
from vae_explorer.space.space import Space


def describe(model: Codec) -> str:
    """Describe a model in one line: data, dimensions, test loss, as far as model.json knows them."""
    info = model.source.info
    dims = f"{model.latent_dim} dimension{'s' if model.latent_dim > 1 else ''}"
    if not info:
        return f"{model.source.path.name}, {dims}, nothing known of its training"
    test = info.get("test") or {}
    loss = f"test loss {test['loss']:.1f} nats" if "loss" in test else "not measured yet"
    return f"{info.get('data', {}).get('name', 'unknown data')}, {dims}, {loss}"


def begin(options: Options, order: str) -> Session:
    """Read the model that the options name; order: of the sliders. Raises Failure for a bad one, or a bad --z."""
    space = Space.open(options.weights)
    try:
        return Session(space, options.z, options.seed, order)
    except ValueError as error:
        raise Failure(f"--z: {error}.") from error
