"""What a run goes on from, its checkpoint.pt: read as a stranger's file, and believed after it is checked.

It holds float32 tensors, numbers, texts, lists and dicts only, so the reader of weights reads it, and torch.load, which
raises anything, is not asked.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch

from vae_explorer import bounds, files, plain
from vae_explorer.errors import Failure
from vae_explorer.plain import quoted
from vae_explorer.storage import statedict
from vae_explorer.storage.pickled import StateDictError
from vae_explorer.training.options import Options
from vae_explorer.training.trainer import SCHEMA, Trainer

MAX_INDEX_BYTES = 16 << 20  # of the history, a line an epoch, most
MAX_ARRAY_BYTES = 32 << 20  # of 256 latent dimensions 15 MB
PARTS = {"options": dict, "data": dict, "vae": dict, "optimizer": dict, "step": int, "sums": list, "history": list}
MOMENTS = {"step", "exp_avg", "exp_avg_sq"}  # what Adam keeps of each parameter
TERMS = {"epoch", "loss", "recon", "kl", "images_per_second"}  # of a line of the history


def read(path: Path) -> dict[str, Any]:
    """Read a saved run, as `Trainer.state` gave it; whether it fits a trainer is for `fit` to see.

    Raises Failure, which says what is wrong with it, OSError.
    """
    with files.opened(path) as file:
        data = file.read(MAX_INDEX_BYTES + MAX_ARRAY_BYTES)
    try:
        state = statedict.contents(data, MAX_INDEX_BYTES, MAX_ARRAY_BYTES)
        _check_schema(state, path)
        _check_parts(state)
    except KeyError as error:
        raise Failure(
            f"{path} was written by another version of this program: it has an option {quoted(error.args[0])}, which "
            f"this version does not know. Go on with that version, or start anew with --overwrite."
        ) from error
    except (StateDictError, ValueError) as error:
        raise _damaged(path, error) from error
    return {name: _tensors(value) for name, value in state.items()}


def fit(trainer: Trainer, state: dict[str, Any], path: Path) -> None:
    """Make sure that a saved run fits a trainer of its options and data. Raises Failure."""
    try:
        _check_steps(state, trainer)
        _check_weights(state, trainer)
    except ValueError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> Failure:
    why = str(error).removesuffix(".")
    return Failure(f"{path} is damaged, or no run of this program: {why}. Start anew with --overwrite.")


def _check_schema(state: Any, path: Path) -> None:
    """Check that this version knows the form of a file. Raises ValueError for none, Failure for a newer one."""
    if not isinstance(state, dict):
        raise ValueError(f"it holds {quoted(state)}")
    schema = state.get("schema", 1)  # the first versions wrote no number
    if type(schema) is not int or schema < 1:
        raise ValueError(f"its schema is {quoted(schema)}")
    if schema > SCHEMA:
        raise Failure(
            f"{path} was written by a newer version of this program: it is of schema {quoted(schema)}, and this "
            f"version reads {SCHEMA}. Go on with that version, or start anew with --overwrite."
        )


def _check_parts(state: dict[str, Any]) -> None:
    """Check what needs no trainer. Raises ValueError for parts of another kind, KeyError for an unknown option."""
    for name, kind in PARTS.items():
        if type(state.get(name)) is not kind:
            raise ValueError(f"its {name} is {quoted(state.get(name))}")
    state["options"] = bounds.checked(Options, state["options"])
    if not all(isinstance(each, str) for pair in state["data"].items() for each in pair):
        raise ValueError("its data are not the hashes of files")
    if len(state["sums"]) != 3 or not all(map(_is_finite, state["sums"])):
        raise ValueError("its sums are not three numbers")
    terms = TERMS | {"validation_loss"} if state["options"].get("validation") else TERMS
    for number, line in enumerate(state["history"], 1):
        if not isinstance(line, dict) or line.keys() != terms or not all(map(_is_finite, line.values())):
            raise ValueError(f"line {number} of its history is no line of numbers")
        if line["epoch"] != number:
            raise ValueError(f"line {number} of its history is of epoch {quoted(line['epoch'])}")


def _check_steps(state: dict[str, Any], trainer: Trainer) -> None:
    epochs, most = len(state["history"]), trainer.options.epochs * trainer.steps_per_epoch
    if not 0 <= state["step"] <= most or state["step"] // trainer.steps_per_epoch != epochs:
        raise ValueError(f"its step {quoted(state['step'])} is none of a run of {epochs} whole epochs")


def _check_weights(state: dict[str, Any], trainer: Trainer) -> None:
    """Compare names and shapes with the trainer's. Raises ValueError."""
    _check_tensors("vae", state["vae"], {name: value.shape for name, value in trainer.vae.state_dict().items()})
    kept = state["optimizer"].get("state")
    parameters = [*trainer.vae.parameters()] if state["step"] else []
    if not isinstance(kept, dict) or [*kept] != [*range(len(parameters))]:
        raise ValueError("its optimizer is not of so many weights")
    for number, value in enumerate(parameters):
        of = {name: torch.Size() if name == "step" else value.shape for name in MOMENTS}
        _check_tensors("optimizer", kept[number], of)
        if kept[number]["step"] != state["step"] or (kept[number]["exp_avg_sq"] < 0).any():
            raise ValueError("its optimizer is of another step")


def _check_tensors(part: str, found: Any, shapes: dict[str, torch.Size]) -> None:
    if not isinstance(found, dict) or found.keys() != shapes.keys():
        raise ValueError(f"its {part} has other names than this program's")
    for name, shape in shapes.items():
        value = found[name]
        if not isinstance(value, torch.Tensor) or value.shape != shape or not torch.isfinite(value).all():
            raise ValueError(f"{plain.line(name)} of its {part} is not {tuple(shape)} finite numbers")


def _is_finite(value: object) -> bool:
    """Whether a value is a number, and one that a float can be."""
    return type(value) in (int, float) and abs(value) < 1e300 and math.isfinite(value)  # type: ignore[arg-type]


def _tensors(value: Any) -> Any:
    """The same tree with tensors for arrays."""
    if isinstance(value, dict):
        return {name: _tensors(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_tensors(each) for each in value]
    return torch.from_numpy(value) if isinstance(value, np.ndarray) else value
