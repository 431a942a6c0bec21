"""`python -m vae_explorer.render stats`: what can be said of digits in numbers, as a table with a row for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vae_explorer import cli, files, named, plain, streams
from vae_explorer.cli import option
from vae_explorer.datasets.photos import SUFFIXES
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.pictures import export
from vae_explorer.session import measurements, measuring
from vae_explorer.session.measurements import COLUMNS, MAX_COUNT, Measurement
from vae_explorer.space.space import Space

SUFFIX = ".csv"
STDOUT = Path("-")


@dataclass(frozen=True)
class Options(Telling, Weights):
    """Which pictures are measured, of which model, and where the table goes."""

    out: Path = option(Path("stats" + SUFFIX), "where to, as .csv, or - for standard output", metavar="FILE")
    overwrite: bool = option(False, "replace the file if it is there")
    z: str | None = option(None, "the point whose picture is measured; 0 unless given", metavar="POINT")
    sample: bool = option(False, "draw points from where the data are, instead of --z")
    n: int | None = option(None, "how many are drawn; 1 unless given", minimum=1, maximum=MAX_COUNT)
    seed: int = option(0, "seed of the draws", minimum=0, maximum=2**63)
    input: str | None = option(
        None, "the picture that is measured itself, or a folder of such, instead of --z", metavar="FILE"
    )


def command() -> cli.Command:
    """Give what --help says of the table, from its columns."""
    width = max(len(each.head) for each in COLUMNS)
    rows = "\n".join(f"  {each.head:{width}}  {each.about}" for each in COLUMNS)
    return cli.Command(
        prog="python -m vae_explorer.render stats",
        description=f"Measure what a model decodes, or a picture: a table as CSV with a row for each.\n\n{rows}",
        epilog=(
            f"{named.A_POINT}\n"
            "A picture is a PNG, JPEG, GIF, BMP or WEBP, which is made like the data first.\n"
            "Each row also has the likeliest class, and z; what is not known of a model stays empty."
        ),
    )


def stats(options: Options) -> int:
    """Measure and write; give the exit code. Raises Failure, OSError."""
    path = None if options.out == STDOUT else _named(options.out)
    _check(options, path)
    space = Space(named.model(options.weights, options))
    table = measurements.to_csv([*_rows(space, options)])
    if path is None:
        streams.result("\n".join(table.splitlines()))
    else:
        files.write({path: table.encode()})
        streams.tell(f"Table: {path}")
    return 0


def _named(out: Path) -> Path:
    """The file that is meant by --out. Raises Failure for a folder, and where another suffix tells of no table."""
    suffix = out.suffix.lower()
    if suffix != SUFFIX and export.is_known(suffix):
        raise Failure(f"{out.name}: tables are saved as {SUFFIX}; choose that.")
    return export.named(out, SUFFIX, (SUFFIX,))


def _check(options: Options, path: Path | None) -> None:
    """Raises Failure for options that do not go together, and for a table that is there already."""
    asked = {"--z": options.z is not None, "--sample": options.sample, "--input": options.input is not None}
    given = [flag for flag, is_given in asked.items() if is_given]
    if len(given) > 1:
        raise Failure(f"{given[0]} and {given[1]} name different pictures. Leave one of them out.")
    if options.n is not None and not options.sample:
        raise Failure("--n is how many are drawn by --sample. Leave it out, or draw.")
    if path is not None:
        named.check_result(path, options.overwrite)


def _rows(space: Space, options: Options) -> Iterator[Measurement]:
    if options.input is not None:
        for path in _pictures(cli.path(options.input)):
            brought = named.picture(space, str(path), "--input")
            yield measuring.of_picture(space, brought.drawing, plain.line(path.name))
    elif options.sample:
        generator = np.random.default_rng(options.seed)
        for k in range(options.n or 1):
            yield measuring.of_point(space, space.sample(generator), f"draw {k + 1} of seed {options.seed}")
    else:
        label = (options.z or "").strip()
        is_class = label in space.class_names.values()
        yield measuring.of_point(space, named.point(space, options.z, "--z"), f"mean of {label}" if is_class else "")


def _pictures(path: Path) -> list[Path]:
    """The file of a picture, or those in a folder by their names. Raises Failure where a folder has none."""
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES)
    if not found:
        raise Failure(f"{path} has no pictures in it.")
    if len(found) > MAX_COUNT:
        raise Failure(f"{path} has {len(found):,} pictures in it; {MAX_COUNT:,} are the most.")
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(command(), Options, stats, argv)
