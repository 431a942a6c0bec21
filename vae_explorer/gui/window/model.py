"""The model that a window opens with, and a line that describes a model."""

from pathlib import Path

from vae_explorer import models, named, plain
from vae_explorer.codecs import opening
from vae_explorer.codecs.codec import Codec
from vae_explorer.errors import Failure
from vae_explorer.gui.options import Options
from vae_explorer.pictures import recipe
from vae_explorer.pictures.dimensions import Names
from vae_explorer.pictures.recipe import NoRecipeError
from vae_explorer.session import names, photos, recipes, subject, tellings
from vae_explorer.session.history import Session
from vae_explorer.space.space import Space
from vae_explorer.storage.told import Told


def describe(model: Codec) -> str:
    """Describe a model in one line: data, dimensions, test loss, as far as model.json knows them."""
    info = model.source.info
    dims = f"{model.latent_dim} dimension{'s' if model.latent_dim > 1 else ''}"
    if not info:
        named = model.source.path.name if model.source.path else model.source.called
        return f"{plain.line(named)}, {dims}, nothing known of its training"
    test = info.get("test") or {}
    loss = f"test loss {test['loss']:.1f} nats" if "loss" in test else "not measured yet"
    return f"{info.get('data', {}).get('name', 'unknown data')}, {dims}, {loss}"


def begin(options: Options, order: str) -> tuple[Session, str]:
    """Read the model that the options name, and the picture, if any; give the walk, and the kind of that picture.

    order: of the sliders. Raises Failure for a bad one of these or a bad --z, OSError for a file that cannot be read.
    """
    if options.picture and options.z is not None:
        raise Failure(f"{options.picture.name} says where to begin. Leave --z out.")
    space = Space(_model(options))
    z = named.point(space, options.z, "--z")
    session = Session(space, z, options.seed, order, names_of(space))
    return session, _opened(session, options.picture) if options.picture else ""


def _model(options: Options) -> Codec:
    """Open the model that the options name, told what they tell, or else what was told of its file before."""
    if not options.decoder and options.told == Told():
        return opening.opened(options.weights, told=tellings.read(options.weights))
    model = models.opened(options.weights, options)
    if model.source.path is not None:
        tellings.write(model.source.path, options.told)
    return model


def names_of(space: Space) -> Names:
    """What the dimensions of a model were called when it was last open."""
    return names.read(space.codec.source.sha256, space.latent_dim)


def _opened(session: Session, path: Path) -> str:
    """Go to where a saved picture was made, or encode any other; give its kind. Raises Failure, OSError."""
    try:
        made = recipe.made_by(path)
        session.commit(**recipes.changes(session, made))
    except NoRecipeError:
        return _encoded(session, path)
    except ValueError as error:
        raise Failure(f"{path.name}: {error}.") from error
    return made.picture


def _encoded(session: Session, path: Path) -> str:
    from vae_explorer.datasets.photos import opened

    if why := session.space.no_encoder:
        raise Failure(f"{path.name} carries no recipe, and no picture can be encoded: {why}.")
    brought = photos.brought(session.space, opened(path))
    session.photos.keep(brought)
    session.commit(**subject.drawn(session.space, session.state.drawing.taking(brought.drawing)))
    return "reconstruct"
