"""Why a model has no picture of a kind: functions of (space, chosen), with the reason in a few words, else nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import Shape
from vae_explorer.pictures.choice import NO_CLASS, texts
from vae_explorer.pictures.choosing_dims import PRINCIPAL
from vae_explorer.pictures.usual import ALL
from vae_explorer.space import missing, sources
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.paths import WAYS
from vae_explorer.storage import history
from vae_explorer.storage.checkpoint import ATLAS

if TYPE_CHECKING:
    from vae_explorer.space.space import Space


def atlas(space: "Space", _chosen: Mapping[str, Any]) -> str:
    """Why there is nothing to say of the data."""
    if space.atlas is not None:
        return ""
    then = missing.remedy(space, ATLAS)
    return f"it needs {ATLAS}: {space.missing[ATLAS]}" + (f"; {then[0].lower()}{then[1:-1]}" if then else "")


def plane(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why there is no such plane."""
    if space.latent_dim == 1:
        return "one dimension has no plane"
    return atlas(space, chosen) if chosen["dims"] == PRINCIPAL else ""


def source(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why nothing is drawn from there."""
    if chosen["label"] == NO_CLASS:
        why = sources.lacks(chosen["source"], space)
        return f"{why}; the prior needs none" if why else ""
    if chosen["source"] == "prior":
        return "the prior has no classes"
    return sources.lacks("class", space) or ("" if chosen["label"] in space.class_names else "there is no such class")


def training(space: "Space", _chosen: Mapping[str, Any]) -> str:
    """Why it is not known how the training went."""
    return history.why_not(space.codec.source)


def strips(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why strips do not go from such a picture, or not in such an order."""
    if chosen["order"] == "kl" and (why := atlas(space, chosen)):
        return why
    return encoder(space, chosen) if chosen["image"] else ""


def encoder(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why nothing can be said of a picture, or not of this one."""
    if space.no_encoder or chosen["image"] is ...:
        return space.no_encoder
    shapes = [Drawing.from_text(text).shape for text in texts(chosen["image"])]
    other = next((shape for shape in shapes if shape != space.shape), None)
    return f"that picture is {_sized(other)}, this model's are {_sized(space.shape)}" if other else ""


def _sized(shape: Shape) -> str:
    channels, h, w = shape
    return f"{w} × {h} pixels in {'colour' if channels > 1 else 'grey'}"


def handles(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why no factor changes."""
    if space.no_factors:
        return space.no_factors
    return "" if any(chosen[name] for name in FACTORS) else f"nothing is to be changed of {', '.join(FACTORS)}"


def one_way(chosen: Mapping[str, Any]) -> str:
    """Why a path is not shown in motion."""
    return f"a moving picture goes one way; choose {', '.join(WAYS)}" if chosen["way"] == ALL else ""
