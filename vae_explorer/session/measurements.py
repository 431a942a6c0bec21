"""Measurements: what can be said of a place in numbers, as a row of a table; and the table as text. Knows no models."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vae_explorer.pictures import table
from vae_explorer.space import factors
from vae_explorer.space.factors import FACTORS, HELD

MAX_COUNT = 10_000  # rows
UNKNOWN = "–"


@dataclass(frozen=True)
class Measurement:
    """One row, None where nothing is known. origin: of what it is, in a few words, or ""; z: (D,); factors: in the
    order of FACTORS; length in pixels; recon and kl in nats; label: the name of the likeliest class, or "", and its
    share in percent; percentile: of the density at z, in percent."""

    origin: str
    z: tuple[float, ...]
    factors: tuple[float, ...] | None
    length: float | None
    holes: int | None
    recon: float | None
    kl: float | None
    label: str
    share: float | None
    percentile: float | None


@dataclass(frozen=True)
class Column:
    """A column beside z: its title, its unit or "", how many decimals are shown, what stands in it, None where that is
    not known, and a sentence on it without its full stop."""

    title: str
    unit: str
    decimals: int
    value: Callable[[Measurement], float | None]
    about: str

    @property
    def head(self) -> str:
        """Title and unit."""
        return f"{self.title}, {self.unit}" if self.unit else self.title


def _factor(k: int) -> Callable[[Measurement], float | None]:
    return lambda row: None if row.factors is None else row.factors[k]


COLUMNS = (
    *(
        Column(each.title, each.unit, each.decimals, _factor(k), each.description)
        for k, each in enumerate(FACTORS.values())
    ),
    Column("Length", "px", 1, lambda row: row.length, "How long its lines are"),
    Column("Holes", "", 0, lambda row: row.holes, "How many parts of the ground its lines enclose"),
    Column(
        "Recon",
        "nats",
        1,
        lambda row: row.recon,
        "What the decoder misses of the picture, as a mean over q(z|x)",
    ),
    Column("KL", "nats", 1, lambda row: row.kl, "What z tells of the picture beyond the prior"),
    Column("Share", "%", 0, lambda row: row.share, "How likely the class is at this place"),
    Column("Percentile", "%", 0, lambda row: row.percentile, "Of the encoded images, those that lie in emptier places"),
)


def written(row: Measurement) -> list[str]:
    """Give what is shown of a row: a text for each of COLUMNS, UNKNOWN where nothing is known."""
    return [_written(column, column.value(row)) for column in COLUMNS]


def _written(column: Column, value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:z.{column.decimals}f}".replace("-", "−")


def sentence(row: Measurement) -> str:
    """Say the factors of a row, but for the mass, in a line that fits the status line; "" where they are not known."""
    named = zip(FACTORS, row.factors or (), strict=False)
    values = [f"{name} {factors.written(name, value)}" for name, value in named if name in HELD]
    return ", ".join(values).replace(" px, ", ", ")  # the lengths share one unit


def to_csv(rows: Sequence[Measurement], separator: str = ",") -> str:
    """Give rows as CSV (RFC 4180) with a head, the numbers as they are; empty where nothing is known.

    Texts that a spreadsheet would run as a formula stand behind an apostrophe, as those of bookmarks.
    """
    dims = table.coordinates(len(rows[0].z) if rows else 0)
    head = ["origin", "class", *(column.head for column in COLUMNS), *dims]
    cells = ((row.origin, row.label, *(column.value(row) for column in COLUMNS), *row.z) for row in rows)
    return table.to_csv(head, cells, separator)
