"""Text from files, made fit to be shown: one line, of bounded length, of characters that a screen can show.

A name, a path or a word that an error quotes may be a stranger's: 100,000 characters wide, with orders to a terminal,
with marks that turn the direction of reading, with halves of characters. Knows text only.
"""

import re
from collections.abc import Iterable

MOST = 200  # characters
MAX_QUOTED = 60
MAX_REASON = 300

_PICTURE = {"digit": "picture", "Digit": "Picture"}
_DIGIT = re.compile(r"(?<!MNIST's )\b[Dd]igit(?=s?\b)")
_FORMULA = tuple("=+-@＝＋－＠")  # what a spreadsheet takes for the beginning of one


def line(text: str, most: int = MOST) -> str:
    """Give a text as one line of at most so many characters; what is too much is left out of its middle.

    White space of any kind becomes a space, and what no screen shows (control characters, marks of direction, halves
    of pairs) a question mark.
    """
    kept = text if len(text) <= most else ends(text, most - 1)
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in kept)


def ends(text: str, count: int) -> str:
    """Give the first and the last of a text's characters, `count` together, and … for what is between."""
    return f"{text[: (count + 1) // 2]}…{text[len(text) - count // 2 :]}" if count > 0 else "…"


def some(names: Iterable[object]) -> str:
    """Give the first four of the names in a file, and how many there are."""
    listed = [*names]
    more = f" … ({len(listed)} in all)" if len(listed) > 4 else ""
    return ", ".join(line(each, MAX_QUOTED) if isinstance(each, str) else quoted(each) for each in listed[:4]) + more


def of_pictures(text: str) -> str:
    """Give a text about digits as one about pictures; MNIST's stay digits."""
    return _DIGIT.sub(lambda found: _PICTURE[found[0]], text)


def cell(text: str) -> str:
    """Give a text for a cell of a table: behind an apostrophe where a spreadsheet would run it as a formula, as OWASP
    advises (CSV Injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def uncelled(text: str) -> str:
    """Give the text of which `cell` made that of a cell."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _is_short(value: object) -> bool:
    return isinstance(value, int) and abs(value) < 10**18


def quoted(value: object) -> str:
    """Give a value from a file as an error quotes it: short text in quotes, or a number.

    Of anything else only its type is told: to format lists that contain each other would never end.
    """
    if isinstance(value, str):
        return f"'{line(value, MAX_QUOTED)}'"
    if value is None or isinstance(value, bool | float) or _is_short(value):
        return str(value)
    return "a huge number" if isinstance(value, int) else f"a {type(value).__name__}"


def reason(error: BaseException) -> str:
    """Give what an error says that was raised over a file, or where it quotes more than text, only its type."""
    kind = type(error).__name__
    simple = all(isinstance(each, str | bytes) or _is_short(each) for each in error.args)
    said = line(str(error), MAX_REASON).removesuffix(".") if simple else ""
    return f"{kind}: {said}" if said else kind
