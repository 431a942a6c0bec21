"""Pictures of a model by their recipes: the one place that makes them, for the window, the commands and scripts.

Knows models, figures and files; no Tk. The same recipe and weights give the same bytes, whatever matplotlib's own
settings on a machine are. `save` may be called in a thread.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer import files
from vae_explorer.errors import Cancelled, Failure
from vae_explorer.images import Pixels
from vae_explorer.pictures import export, figures, kinds, maps, recipe
from vae_explorer.pictures.export import ExportError
from vae_explorer.pictures.figures import DrawnWay
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.space import geodesic, latent, paths
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.codec import Codec
from vae_explorer.space.latent import Plane, Points
from vae_explorer.space.space import Space, within
from vae_explorer.storage.checkpoint import ATLAS

Cancel = Callable[[], bool]


def _never() -> bool:
    return False


class PictureError(Failure):
    """A picture that a recipe asks for cannot be made of this model."""


def check(picture: str, kind: str, path: Path) -> None:
    """Raises ExportError when a picture, or a path of that kind, cannot be saved under such a name."""
    if export.checked_suffix(path, kinds.formats(picture)) == ".gif" and kind == kinds.ALL:
        raise ExportError(f"{path.name}: a moving picture goes one way; choose {', '.join(paths.WAYS)}.")


def save(model: Space | Codec, made: Recipe, path: str | Path, cancelled: Cancel = _never) -> None:
    """Make the picture of a recipe and write it, in the format of the suffix: PNG, SVG, PDF; a path also as GIF.

    Raises PictureError when the recipe is of other weights or needs what this model does not have, ExportError for
    another suffix, OSError; Cancelled when cancelled() has turned true before it was written, and then nothing is.
    """
    path = Path(path)
    chosen = kinds.complete(made.picture, made.options, len(made.z))
    check(made.picture, chosen.get("kind", ""), path)
    space = _space(model, made)
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / f"picture{path.suffix}"
        if made.picture == "digit":
            export.save_digit(space.codec.decode(made.z)[0, 0], aside, **chosen, made=made)
        elif path.suffix.lower() == ".gif":
            shown = {name: chosen[name] for name in ("side", "look", "colours", "ms")}
            export.save_gif(_frames(space, chosen, cancelled), aside, **shown, made=made)
        else:
            export.save_figure(_figure(space, made, chosen, cancelled), aside, made)
        if cancelled():
            raise Cancelled
        files.write({path: aside.read_bytes()})


def made_by(path: Path) -> Recipe:
    """Read the recipe that a saved PNG or GIF carries. Raises RecipeError, OSError."""
    return recipe.from_gif(path) if path.suffix.lower() == ".gif" else recipe.from_png(path)


def figure(model: Space | Codec, made: Recipe, cancelled: Cancel = _never) -> Figure:
    """Make the picture of a recipe as a Figure; a digit as a tile without anything around it.

    Raises PictureError when the recipe is of other weights or needs what this model does not have; Cancelled soon
    after cancelled() has turned true, where it takes long.
    """
    space = _space(model, made)
    return _figure(space, made, kinds.complete(made.picture, made.options, len(made.z)), cancelled)


def _figure(space: Space, made: Recipe, chosen: dict[str, Any], cancelled: Cancel) -> Figure:
    if made.picture == "path":
        return _path(space, chosen, cancelled)
    return _FIGURES[made.picture](space, made, chosen)


def _frames(space: Space, chosen: dict[str, Any], cancelled: Cancel) -> Pixels:
    """The digits of a path there and back, so that it can be shown again and again: (2n − 2, 28, 28)."""
    there = space.codec.pixels(_points(space, chosen["kind"], chosen, cancelled))
    return np.concatenate([there, there[-2:0:-1]])


def _digit(space: Space, made: Recipe, _chosen: dict[str, Any]) -> Figure:
    return figures.bands({"": space.codec.pixels(np.array([made.z]))}, columns=1)


def _traverse(space: Space, made: Recipe, chosen: dict[str, Any]) -> Figure:
    values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    z = np.concatenate([latent.traverse(made.z, dim, values) for dim in chosen["dims"]])
    kl = None if space.atlas is None else space.atlas.kl_per_dim.tolist()
    return figures.traversal(space.codec.pixels(z), values.tolist(), chosen["dims"], made.z, kl)


def _map(space: Space, made: Recipe, chosen: dict[str, Any]) -> Figure:
    digits, names, dims = _atlas(space), space.class_names, chosen["dims"]
    if len(dims) == 1:
        [dim] = dims
        return maps.line(digits.mu[:, dim].astype(float), digits.label, names, made.z[dim], (f"z{dim}", "digits"))
    plane, axes = _plane(space, dims)
    return maps.plane(plane.project(digits.mu), digits.label, names, plane.project(made.z)[0], axes)


def _manifold(space: Space, made: Recipe, chosen: dict[str, Any]) -> Figure:
    plane, axes = _plane(space, chosen["dims"])
    if chosen["spacing"] == "quantiles":
        values = latent.quantiles(chosen["n"])
    else:
        values = np.linspace(-chosen["span"], chosen["span"], chosen["n"])
    tiles = space.codec.pixels(within(plane.grid(values, made.z)))
    return figures.manifold(tiles, values.tolist(), values[::-1].tolist(), axes)


def _path(space: Space, chosen: dict[str, Any], cancelled: Cancel) -> Figure:
    codec, rows = space.codec, {}
    for way in paths.WAYS if chosen["kind"] == kinds.ALL else [chosen["kind"]]:
        z = _points(space, way, chosen, cancelled)
        places = None if space.density is None else space.density.percentile(z)
        rows[paths.WAYS[way].title] = DrawnWay(codec.pixels(z), geodesic.speed(codec, z), places)
    return figures.ways(rows)


def _points(space: Space, way: str, chosen: dict[str, Any], cancelled: Cancel) -> Points:
    """The points of a way from a to b, as far as the window goes: (n, D)."""
    return within(paths.find(way, space.codec, chosen["a"], chosen["b"], chosen["n"], cancelled))


def _arithmetic(space: Space, _made: Recipe, chosen: dict[str, Any]) -> Figure:
    terms = chosen["a"], chosen["b"], chosen["c"]
    z = within([*terms, latent.analogy(*terms)])
    told = "" if space.density is None else f"density {space.density.percentile(z[-1])[0]:.0f} %"
    return figures.equation(space.codec.pixels(z), ("A", "B", "C", "A − B + C"), ("−", "+", "="), told)


_FIGURES = {"digit": _digit, "traverse": _traverse, "map": _map, "manifold": _manifold, "arithmetic": _arithmetic}


def _plane(space: Space, dims: str | tuple[int, int]) -> tuple[Plane, tuple[str, str]]:
    """A plane and the names of its axes. Raises PictureError where it is of the atlas, and there is none."""
    if isinstance(dims, str):
        _atlas(space)
        return space.plane(None)
    return space.plane(dims)


def _atlas(space: Space) -> Atlas:
    """The atlas of a space. Raises PictureError with the reason when there is none."""
    if space.atlas is None:
        raise PictureError(f"The picture cannot be made without {ATLAS}: {space.missing[ATLAS].removesuffix('.')}.")
    return space.atlas


def _space(model: Space | Codec, made: Recipe) -> Space:
    """The space of a model, where it is that of the recipe. Raises PictureError for other weights, or a point where
    the window does not go."""
    space = model if isinstance(model, Space) else Space(model)
    try:
        space.checked(made.z)
    except ValueError as error:
        raise PictureError(f"The picture cannot be made: {error}.") from error
    source = space.codec.source
    if made.weights != source.sha256:
        raise PictureError(f"The picture was made with other weights than {source.path}; open those.")
    return space
