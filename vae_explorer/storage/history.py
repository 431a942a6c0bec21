"""How a training went, by the `history.csv` that it wrote beside the model, and only where it is that of the model."""

import csv
import itertools
import math
from collections.abc import Mapping

from vae_explorer import files
from vae_explorer.errors import explain
from vae_explorer.storage.source import Source

FILE = "history.csv"
EPOCH = "epoch"
TERMS = ("loss", "recon", "kl", "validation_loss", "validation_recon", "validation_kl")  # in nats
MAX_BYTES, MAX_ROWS = 16 << 20, 100_000
MOST = 1e12  # of a number: no training has larger ones, and no axis

Columns = Mapping[str, list[float]]


class HistoryError(ValueError):
    """There is no history that can be told; the text says why, in a few words."""


def of(source: Source) -> Columns:
    """Give the columns of a model's history by their names: epoch, those of TERMS that it has, and others.

    Its last line has to be that of `model.json`, which is written last: a history that another training left is not
    told. Raises HistoryError.
    """
    if source.path is None:
        raise HistoryError("it is of a training that wrote files, and this model is code")
    last = source.info.get("history")
    if not isinstance(last, Mapping):
        raise HistoryError("its model.json knows of no training")
    path = source.path.parent / FILE
    try:
        with files.opened(path) as file:
            data = file.read(MAX_BYTES + 1)
        columns = _columns(data)
    except FileNotFoundError as error:
        raise HistoryError(
            f"there is no {FILE} beside {source.path.name}; a folder that training saved has one"
        ) from error
    except OSError as error:
        raise HistoryError(f"{FILE} cannot be read: {explain(error).removesuffix('.')}") from error
    except (ValueError, csv.Error) as error:
        raise HistoryError(f"{FILE} is no table of a training: {error}") from error
    if any(last.get(name) != values[-1] for name, values in columns.items()):
        raise HistoryError(f"{FILE} is of another training than model.json")
    return columns


def why_not(source: Source) -> str:
    """Say in a few words why there is no history to tell, else nothing."""
    try:
        of(source)
    except HistoryError as error:
        return str(error)
    return ""


def _columns(data: bytes) -> Columns:
    """Read a history. Raises ValueError, csv.Error."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES >> 20} MiB")
    head, *rows = list(csv.reader(data.decode().splitlines())) or [[]]
    if EPOCH not in head or not {*head} & {*TERMS}:
        raise ValueError(f"its head has no {EPOCH}, or none of {', '.join(TERMS)}")
    if len({*head}) < len(head):
        raise ValueError("two of its columns have the same name")
    if len(rows) > MAX_ROWS:
        raise ValueError(f"it has more than {MAX_ROWS:,} rows")
    if not rows or any(len(row) != len(head) for row in rows):
        raise ValueError("it has no rows, or rows of other lengths than its head")
    columns = {name: [float(row[k]) for row in rows] for k, name in enumerate(head)}
    if not all(map(math.isfinite, columns[EPOCH])):
        raise ValueError("an epoch is no number")
    if any(later <= epoch for epoch, later in itertools.pairwise(columns[EPOCH])):
        raise ValueError("its epochs do not rise")
    if any(math.isfinite(value) and abs(value) > MOST for values in columns.values() for value in values):
        raise ValueError(f"a number in it is beyond ±{MOST:g}")
    return columns
