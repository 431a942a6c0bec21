"""Markdown, as far as model cards use it, as blocks of text with styles. Knows text only; draws nothing.

Headings, lists, tables, code, bold and italics; a link is its text and, where that leads anywhere, its address. What is
not understood is shown as it is. A card is a stranger's file: each character is looked at a few times, no more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

PLAIN, BOLD, ITALIC, CODE = "", "bold", "italic", "code"
Span = tuple[str, str]  # a text and its style
MAX_CELLS = 12  # of a row

_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>[^*]+)\*\*|\b__(?P<strong_>[^_]+)__\b"
    r"|\*(?P<stress>[^*\s][^*]*)\*|\b_(?P<stress_>[^_\s][^_]*)_\b"
    r"|!?\[(?P<link>[^\[\]]*)\]\((?P<address>[^()\s]*)\)"
)
_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,9}[.)]))\s+(.*)")
_RULE = re.compile(r"[\s|:*_=-]*")  # below the head of a table, or across the page


@dataclass(frozen=True)
class Block:
    """A part of a page: `heading`, `text`, `item` of a list, `code`, whose line breaks stay, or `table`. rows are the
    lines of a table, each a list of cells; of the others, one row of one cell. A cell is a list of spans."""

    kind: str
    rows: list[list[list[Span]]]


def blocks(text: str) -> Iterator[Block]:
    """Give the blocks of a text; a head of YAML, as some cards have, is left out."""
    text = re.sub(r"\A---\n.*?\n---(\n|\Z)", "", text, count=1, flags=re.DOTALL)
    for k, part in enumerate(re.split(r"^[ \t]*```.*$", text, flags=re.MULTILINE)):
        if k % 2:
            yield Block("code", [[[(part.strip("\n"), CODE)]]])
        else:
            yield from _outside_code(part)


def _outside_code(text: str) -> Iterator[Block]:
    lines = [(_kind(line), line) for line in text.split("\n")]
    for kind, group in groupby(_continued(lines), key=lambda pair: pair[0]):
        if kind == "table":
            rows = [_cells(line) for _, line in group if not _RULE.fullmatch(line)]
            yield Block(kind, rows)
        elif kind:
            for _, line in group:
                yield Block(kind, [[spans(line)]])


def _kind(line: str) -> str:
    """What a line begins; nothing for one that is empty or only parts others."""
    if _RULE.fullmatch(line) and not line.lstrip().startswith("|"):
        return ""
    if _HEADING.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    return "item" if _ITEM.match(line) else "text"


def _continued(lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join the lines of a paragraph or of an item of a list, and take the marks off."""
    before, parts = "", list[str]()
    for kind, line in [*lines, ("", "")]:
        if kind == "text" and before in ("text", "item"):
            parts.append(line.strip(" >"))
            continue
        if before:
            yield before, " ".join(parts)
        before, parts = kind, [_bare(kind, line)]
        if not kind:
            yield "", ""


def _bare(kind: str, line: str) -> str:
    if kind == "heading":
        return line.strip("# \t")
    if kind == "item" and (found := _ITEM.match(line)):
        return f"{found[1] or '•'} {found[2]}"
    return line if kind == "table" else line.strip(" >")


def _cells(line: str) -> list[list[Span]]:
    return [spans(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))[:MAX_CELLS]]


def spans(text: str) -> list[Span]:
    """Give a text in pieces, each of one style; in bold or italics no other style is looked for."""
    found: list[Span] = []
    end = 0
    for match in _INLINE.finditer(text):
        found.append((text[end : match.start()], PLAIN))
        end = match.end()
        if match["link"] is not None:
            shown = f"{match['link']} ({match['address']})" if "://" in match["address"] else match["link"]
            found.append((shown, PLAIN))
        else:
            kind = str(match.lastgroup)
            style = {"code": CODE, "strong": BOLD, "stress": ITALIC}.get(kind.rstrip("_"), PLAIN)
            found.append((match[kind], style))
    found.append((text[end:], PLAIN))
    return [each for each in found if each[0]]
