"""Why a model has no picture of a kind: functions of (space, chosen), with the reason in a few words, else nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import Shape
from vae_explorer.pictures.choice import PRINCIPAL
from vae_explorer.pictures.usual import ALL
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.paths import WAYS
from vae_explorer.storage.checkpoint import ATLAS

if TYPE_CHECKING:
    from vae_explorer.space.space import Space


def atlas(space: "Space", _chosen: Mapping[str, Any]) -> str:
    """Why there is nothing to say of the data."""
    return f"it needs {ATLAS}: {space.missing[ATLAS]}" if space.atlas is None else ""


def plane(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why there is no such plane."""
    if space.latent_dim == 1:
        return "one dimension has no plane"
    return atlas(space, chosen) if chosen["dims"] == PRINCIPAL else ""


def encoder(space: "Space", chosen: Mapping[str, Any]) -> str:
    """Why nothing can be said of a picture, or not of this one."""
    if space.no_encoder or chosen["image"] is ...:
        return space.no_encoder
    shape = Drawing.from_text(chosen["image"]).shape
    return "" if shape == space.shape else f"that picture is {_sized(shape)}, this model's are {_sized(space.shape)}"


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
