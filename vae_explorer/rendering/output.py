"""Where a result of `render` goes: into a file, or to standard output. Knows its bytes, nothing of what is in them."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vae_explorer import files, named, streams
from vae_explorer.cli import option
from vae_explorer.errors import Failure
from vae_explorer.pictures import suffixes
from vae_explorer.pictures.suffixes import TABLE

GROUP = "where it goes"
STDOUT = Path("-")


@dataclass(frozen=True)
class Output:
    """Options that say where a result goes."""

    out: Path | None = option(
        None, "a file, or - for standard output; one called after WHAT unless given", metavar="FILE", group=GROUP
    )
    overwrite: bool = option(False, "replace the file if it is there", group=GROUP)


@dataclass(frozen=True)
class Target:
    """A file, or None for standard output; the suffix that says the format, in small letters; and what is written, as
    in "picture"."""

    path: Path | None
    suffix: str
    what: str


def target(
    options: Output, usual: str, formats: Sequence[str], form: str | None = None, what: str = "picture"
) -> Target:
    """Give where a result goes, checked as far as one sees before it is made. usual: the name of the file unless one is
    named; formats: the suffixes of those that there are, the usual one first; form: the one that was asked for.

    Raises Failure for a format that there is not, a terminal, and a file that is there already; OSError.
    """
    suffix = f".{form}" if form else formats[0]
    if options.out == STDOUT:
        return _standard_output(suffix, what)
    asked = options.out or Path(usual + suffix)
    if (other := asked.suffix.lower()) not in formats and suffixes.is_known(other):
        choose = "that" if len(formats) == 1 else "one of these"
        raise Failure(f"{asked.name}: {what}s are saved as {', '.join(formats)}; choose {choose}.")
    path = suffixes.named(asked, suffix, tuple(formats))
    if form and path.suffix.lower() != suffix:
        raise Failure(f"--out {path} and --format {form} name different formats. Leave one of them out.")
    named.check_result(path, options.overwrite)
    return Target(path, path.suffix.lower(), what)


def _standard_output(suffix: str, what: str) -> Target:
    if suffix != TABLE and sys.stdout.isatty():
        raise Failure(
            f"Standard output is a terminal, and this {what} is not for reading. Send it into a file, as in "
            f"--out - > {what}{suffix}, or into another program, as in --out - | PROGRAM."
        )
    return Target(None, suffix, what)


def write(to: Target, data: bytes, more: str = "") -> None:
    """Write a result whole, and tell on stderr where it is, and more of it; nothing but the result goes to standard
    output. Raises OSError."""
    if to.path is not None:
        files.write({to.path: data})
        what = "table" if to.suffix == TABLE else to.what
        streams.tell(f"{what.capitalize()}: {to.path}{more}")
    elif to.suffix == TABLE:  # the one format that is lines to read
        streams.result("\n".join(data.decode().splitlines()))
    else:
        streams.binary(data)
