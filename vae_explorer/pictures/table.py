"""Numbers behind a picture as a table, and any table as CSV. Knows numbers and texts only."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae_explorer import plain

Cell = float | str | None


@dataclass(frozen=True, eq=False)
class Table:
    """head: what stands in each column, with its unit; rows: as many cells each, None where nothing is known."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def coordinates(latent_dim: int) -> list[str]:
    """The heads of the columns of a point."""
    return [f"z{dim}" for dim in range(latent_dim)]


def beside(*columns: Sequence[Cell] | NDArray[np.generic]) -> list[list[Cell]]:
    """Make rows of columns that are as long: of texts, or of numbers, (N,), or of several at once, (N, K)."""
    parts = [_cells(column) for column in columns]
    return [[cell for part in row for cell in part] for row in zip(*parts, strict=True)]


def to_csv(head: Iterable[str], rows: Iterable[Iterable[Cell]], separator: str = ",") -> str:
    """Give a table as CSV (RFC 4180) with a head. Numbers stand as they are, so that they read back bit for bit; a cell
    is empty where nothing is known, as for NaN.

    Texts that a spreadsheet would run as a formula stand behind an apostrophe, as `plain.cell` has it.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    for row in (head, *rows):
        writer.writerow([_written(cell) for cell in row])
    return text.getvalue()


def _cells(column: Sequence[Cell] | NDArray[np.generic]) -> list[list[Cell]]:
    values = column.tolist() if isinstance(column, np.ndarray) else list(column)
    return [value if isinstance(value, list) else [value] for value in values]


def _written(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return plain.cell(cell)
    return "" if cell is None or cell != cell else cell
