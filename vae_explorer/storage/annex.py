"""The atlas of a model that came without one: written beside its weights, with a model.json that says so.

What another model has in that folder is never touched. Knows files, and not what an atlas holds.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from vae_explorer import files
from vae_explorer.errors import Failure
from vae_explorer.storage import model_json, places
from vae_explorer.storage.checkpoint import ATLAS, DECODER, INFO
from vae_explorer.storage.source import Source

S = TypeVar("S", bound=Source)
OWN = ("schema", "files")  # of model.json, which are written anew


def matched(source: S) -> S:
    """Leave out an atlas that was made of the same file read in another way, since that is another model."""
    if source.atlas is None or source.info.get("identity", source.sha256) == source.sha256:
        return source
    missing = {**source.missing, ATLAS: "it is of this file read in another way"}
    return replace(source, atlas=None, missing=missing)


def check(source: Source, overwrite: bool) -> None:
    """Check, before anything is computed, that a model may get an atlas beside its weights.

    overwrite: whether an atlas that is there may be replaced. Raises Failure.
    """
    if source.path is None:
        raise Failure(f"{source.place} is code, so there is no folder for its {ATLAS}.")
    folder = source.path.parent
    if (folder / INFO).exists() and not source.info:
        why = source.missing.get(INFO, "it is of another model")
        raise Failure(
            f"{folder / INFO} is there, and of that: {why}. It stays; put the weights into a folder of their own."
        )
    if (folder / ATLAS).exists() and not overwrite:
        raise Failure(f"{folder / ATLAS} is there already. Replace it with --overwrite.")
    if not os.access(folder, os.W_OK):
        raise Failure(f"Nothing can be written to {folder}. Put the weights into a folder of your own.")


def contents(source: Source, atlas: bytes, data: Mapping[str, Any], test: Mapping[str, Any]) -> dict[Path, bytes]:
    """Give the files for `files.write`, model.json last: what it says already stays.

    data: of which data set the atlas is, as `Dataset.facts`. test: how good the model is on its test images.
    Raises Failure where model.json tells of other data, by whose names and places the atlas would be read.
    """
    assert source.path is not None, "checked before"
    said = {name: value for name, value in source.info.items() if name not in OWN}
    known = said.get("data", {}).get("sha256")
    if known and known != data["sha256"]:
        raise Failure(
            f"{source.path.with_name(INFO)} says that the model learned from other data than {data['name']}, and an "
            "atlas of these would be taken for one of those. Put a copy of the weights alone into a folder of its own."
        )
    facts = {"data": dict(data), "test": dict(test), **said, "identity": source.sha256}
    weights, _ = places.of_weights(source.path, DECODER, ())
    with files.opened(weights) as file:
        digest = files.sha256(file.read())
    hashes = {**source.info.get("files", {}), DECODER: digest, ATLAS: files.sha256(atlas)}
    return {source.path.with_name(ATLAS): atlas, source.path.with_name(INFO): model_json.dumps(facts, hashes)}
