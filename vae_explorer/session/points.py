"""Points of latent space as people have them in text: typed, printed by Python, NumPy or torch, or rows of a table. The
text is searched, and nothing of it is executed. Knows how many numbers a point has, and no models.

That number tells decimal commas from commas between numbers, and a point over several lines from several points.
"""

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from vae_explorer import plain

MAX_COUNT = 1000  # points
ROW, NUMBER = 500, 30  # characters, in which a row of a table of ours fits, and each number of it
MAX_QUOTED, MAX_NAME = 40, 200  # characters

_AROUND = " \t\r\n,;[](){}"  # what may stand around rows and numbers
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?")
_NO_PLACE = re.compile(r"[-+]?(?:nan|inf|infinity)", re.IGNORECASE)
# What is printed around numbers: types, keywords of NumPy and torch, how IPython begins; then np.float64(1.2) is (1.2).
_TYPES = re.compile(
    r"\b(?:\w{1,20}\.){0,3}(?:array|matrix|tensor|Tensor|Array|Parameter|list|tuple|dict|float\d*|double|half|int\d*)"
    r"\s*(?=\()"
)
_KEYWORDS = re.compile(
    r"\b(?:dtype|device|grad_fn|requires_grad|shape|size|layout)\s*=\s*(?:<[^<>]*>|'[^']*'|\([^()]*\)|[\w.]+)"
    r"|Parameter containing:|\bOut\[\d+\]:"
)
_ALONE = re.compile(r"\(\s*([-+.\w]+)\s*\)")
_GROUP = re.compile(r"[\[(]([^\[\](){}]*)[\])]")  # the innermost brackets, which hold a row
_NAME = re.compile(r"""(?:"([^"]*)"|'([^']*)'|(\w[^"':=]*))[:=]""")
_HEAD = re.compile(r'([,;\t]?) {0,9}"?\bz0\b"? {0,9}(?:([,;\t])|$)')
_DIM = re.compile(r"""["']?\bz([0-9]{1,3})["']?\s*[:=]""")
# The name at the beginning of a line.
_LINE = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|(?!(?:nan|inf|infinity)\b)([^\W\d][^,;\t=:]*))\s*[,;\t]', re.IGNORECASE)
DECIMAL, BETWEEN = "decimal commas", "commas between numbers"


@dataclass(frozen=True)
class Points:
    """What was read: points, (D,) each and finite; the name of each, or ""; and as what commas were read where that had
    to be decided, or ""."""

    points: tuple[tuple[float, ...], ...]
    names: tuple[str, ...]
    commas: str = ""

    @property
    def one(self) -> tuple[float, ...]:
        """The point, where there is only one. Raises ValueError."""
        if len(self.points) > 1:
            raise ValueError(f"{len(self.points)} points were read, and one is needed")
        return self.points[0]


def read(text: str, latent_dim: int) -> Points:
    """Read a point of D numbers, or several. Raises ValueError, which says what was understood and what is needed."""
    try:
        if len(text) > (most := MAX_COUNT * (ROW + NUMBER * latent_dim)):
            raise ValueError(f"it is longer than {most:,} characters")
        text = text.removeprefix("\ufeff").replace("−", "-")
        if found := _HEAD.search(text.strip().split("\n", 1)[0]):
            return _of_table(text, found[2] or found[1] or ",", latent_dim)
        text = _ALONE.sub(r"\1", _TYPES.sub("", _KEYWORDS.sub("", text)))
        return (_of_rows if "[" in text or not _DIM.search(text) else _of_dims)(text, latent_dim)
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{error}; a point has {_counted(latent_dim)}") from error


def made(rows: Sequence[Sequence[float]], names: Sequence[str], commas: str = "") -> Points:
    """Give points with the names of them, if these are finite and not too many. Raises ValueError."""
    if len(rows) > MAX_COUNT:
        raise ValueError(f"it has {len(rows):,} points; {MAX_COUNT:,} are the most")
    if not rows or not all(map(math.isfinite, chain(*rows))):
        raise ValueError("NaN or infinity is in it, and there is no such place" if rows else "no points are in it")
    return Points(tuple(map(tuple, rows)), tuple(names), commas)


def _of_table(text: str, separator: str, latent_dim: int) -> Points:
    """Read a table whose head has z0, z1, …, as ours of bookmarks and of measurements."""
    head, *rows = csv.reader(text.strip().splitlines(), delimiter=separator)
    dims = [k for k, title in enumerate(head) if re.fullmatch("z[0-9]+", title.strip())]
    if [head[k].strip() for k in dims] != [f"z{dim}" for dim in range(latent_dim)]:
        raise ValueError(f"a table with {_counted(len(dims))} in a row was read")
    name = next((head.index(title) for title in ("name", "origin") if title in head), None)
    if any(len(row) != len(head) for row in rows):
        raise ValueError("a row of the table is not as long as its head")
    found = [[_number(row[k].strip()) for k in dims] for row in rows]
    return made(found, ["" if name is None else plain.uncelled(row[name]) for row in rows])


def _of_dims(text: str, latent_dim: int) -> Points:
    """Read z0=1.2, z1=…, or a dict of such."""
    before, *parts = _DIM.split(text)
    dims, values = [int(dim) for dim in parts[::2]], [value.strip(_AROUND) for value in parts[1::2]]
    row = dict(zip(dims, map(_number, values), strict=True))
    if before.strip(_AROUND) or len(row) != len(dims) or sorted(row) != [*range(latent_dim)]:
        raise ValueError(f"{plain.some(f'z{dim}' for dim in dims)} {'was' if len(dims) == 1 else 'were'} read")
    return made([[row[dim] for dim in range(latent_dim)]], [""], DECIMAL * any("," in value for value in values))


def _of_rows(text: str, latent_dim: int) -> Points:
    """Read rows in brackets, or in lines; a semicolon may part them, too, or numbers."""
    if "..." in text:
        raise ValueError("“...” is in it, where numbers were left out when it was printed")
    if sum(1 for _ in re.finditer(r"[^,;\s\[\]()]+", text)) > (most := MAX_COUNT * latent_dim):
        raise ValueError(f"more than {most:,} numbers are in it")
    in_brackets = re.search(r"[\[(]", text)
    names, rows = _grouped(text) if in_brackets else _lined(text)
    if any(re.search(r"[,;]\s*[,;]", row) for row in rows):
        raise ValueError("a number is missing between two commas")
    may_be_one = not in_brackets or all(not re.search(r"[,;\s]", row.strip()) for row in rows)  # as lines, or a column
    ways = [(rows, names)] + [([" ".join(rows)], names[:1])] * may_be_one
    parted = [row for each in rows for row in each.split(";")]
    for way, called, decimal in [
        *((*way, decimal) for decimal in (False, True) for way in ways), (parted, [""] * len(parted), False)
    ]:  # fmt: skip
        found = _numbers(way, decimal)
        if found and all(len(row) == latent_dim for row in found):
            return made(found, called, "" if in_brackets and not decimal else _commas(way, decimal))
    raise ValueError(_understood(rows))


def _grouped(text: str) -> tuple[list[str], list[str]]:
    """What stands in the innermost brackets, each with the name before it, or ""."""
    if sum(map(text.count, "[({")) != sum(map(text.count, "])}")):
        raise ValueError("a bracket is not closed, or not opened")
    *around, end = (each.strip(_AROUND) for each in _GROUP.split(text)[::2])
    names = [_NAME.fullmatch(each) if len(each) <= MAX_NAME else None for each in around]
    for each, name in zip((*around, end), (*names, None), strict=True):
        if each and not name:
            raise ValueError(_no_number(each))
    return [next(filter(None, name.groups()), "").strip() if name else "" for name in names], _GROUP.split(text)[1::2]


def _lined(text: str) -> tuple[list[str], list[str]]:
    """The lines that are not empty, each with the name at its beginning, in quotes or of letters first, or ""."""
    named = [_named(line.strip()) for line in text.splitlines() if line.strip()]
    return [name for name, _ in named], [row for _, row in named]


def _named(line: str) -> tuple[str, str]:
    if named := _LINE.match(line):
        return plain.uncelled((named[1] or named[2] or "").replace('""', '"')).strip(), line[named.end() :]
    return "", line


def _numbers(rows: Sequence[str], decimal: bool) -> list[list[float]] | None:
    """Read the numbers of rows, whose commas are decimal ones or part them; None where one is no number so."""
    if not decimal and any(";" in row and "," in row for row in rows):
        return None
    try:
        if decimal:
            return [[_number(part.rstrip(",")) for part in re.split(r"[;\s]+", row) if part] for row in rows]
        return [[_number(part) for part in re.split(r"[,;\s]+", row) if part] for row in rows]
    except ValueError:
        return None


def _commas(rows: Sequence[str], decimal: bool) -> str:
    """As what commas were read, where they can be read as something else, too."""
    if decimal:
        return DECIMAL * any(re.search(",[0-9]", row) for row in rows)
    other = _numbers(rows, True)
    return BETWEEN * (other is not None and sum(map(len, other)) > 1 and other != _numbers(rows, False))


def _number(text: str) -> float:
    """Read a number, also with a decimal comma; NaN for what is none of finite size. Raises ValueError."""
    if _NO_PLACE.fullmatch(text):
        return math.nan
    if not _NUMBER.fullmatch(text):
        raise ValueError(_no_number(text))
    return float(text.replace(",", "."))


def _understood(rows: Sequence[str]) -> str:
    """Say what was read of rows that are no points. Raises ValueError for what is no number."""
    apart = [[_number(part) for part in re.split(r"[,;\s]+", row) if part] for row in rows]
    found = _numbers(rows, False) or _numbers(rows, True) or apart
    counts = sorted({len(row) for row in found} - {0})
    if not counts:
        return _no_number("")
    if len(found) > 1:
        each = _counted(counts[0]) if len(counts) == 1 else f"{counts[0]} to {_counted(counts[-1])}"
        return f"{len(found)} rows of {each} were read"
    some = ", ".join(f"{number:g}" for number in found[0][:4]) + "…" * (counts[0] > 4)
    return f"{_counted(counts[0])} {'was' if counts == [1] else 'were'} read ({some})"


def _no_number(text: str) -> str:
    return f"“{plain.line(text.strip(), MAX_QUOTED)}” is no number" if text.strip() else "no numbers are in it"


def _counted(numbers: int) -> str:
    return f"{numbers} number{'s' * (numbers != 1)}"
