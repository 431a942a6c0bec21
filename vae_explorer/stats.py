"""`python -m vae_explorer.render stats`: what can be said of digits in numbers, as a table with a row for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vae_explorer import cli, models, named, plain
from vae_explorer.cli import option
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.pictures.suffixes import TABLE
from vae_explorer.rendering import output, place
from vae_explorer.rendering.options import beside
from vae_explorer.rendering.output import Output
from vae_explorer.rendering.place import Place
from vae_explorer.session import measurements, measuring
from vae_explorer.session.measurements import COLUMNS, MAX_COUNT, Measurement
from vae_explorer.space.space import Space

NAME = "stats"  # of the file, unless one is named
EXAMPLES = ("--label 4", "--sample --n 100 --seed 1 --out draws.csv", "--image seven.jpg --out -")


@dataclass(frozen=True)
class Options(Place, Output, Telling, Weights):
    """Which pictures are measured, of which model, and where the table goes."""

    n: int | None = option(None, "how many are drawn; 1 unless given", minimum=1, maximum=MAX_COUNT, group=place.GROUP)
    image: tuple[str, ...] = option(
        (),
        "pictures that are measured themselves, not what is decoded, and folders of such",
        metavar="FILE",
        old=("input",),
        group=place.GROUP,
    )


def command() -> cli.Command:
    """Give what --help says of the table, from its columns."""
    width = max(len(each.head) for each in COLUMNS)
    rows = "\n".join(f"  {each.head:{width}}  {each.about}" for each in COLUMNS)
    return beside(
        NAME,
        f"Measure what a model decodes, or a picture: a table as CSV with a row for each.\n\ncolumns:\n{rows}",
        EXAMPLES,
        "A picture is a PNG, JPEG, GIF, BMP or WEBP, which is made like the data first.\n"
        "Each row also has the likeliest class, and z; what is not known of a model stays empty.",
        (place.GROUP, output.GROUP, models.GROUP),
    )


def stats(options: Options) -> int:
    """Measure and write; give the exit code. Raises Failure, OSError."""
    to = output.target(options, NAME, (TABLE,), what="table")
    place.given(options)
    if options.n is not None and not options.draws:
        raise Failure("--n is how many are drawn, by --sample or --seed. Leave it out, or draw.")
    space = Space(named.model(options.weights, options))
    output.write(to, measurements.to_csv([*_rows(space, options)]).encode())
    return 0


def _rows(space: Space, options: Options) -> Iterator[Measurement]:
    if options.image:
        for path in named.pictures(options.image, MAX_COUNT):
            brought = named.picture(space, path, "--image")
            yield measuring.of_picture(space, brought.drawing, plain.line(path.name))
    elif options.draws:
        generator, seed = place.generator(options), options.seed or 0
        for k in range(options.n or 1):
            yield measuring.of_point(space, space.sample(generator), f"draw {k + 1} of seed {seed}")
    else:
        label = named.class_of(space, options.label or options.z or "")
        origin = "" if label is None else f"mean of {space.class_names[label]}"
        yield measuring.of_point(space, place.of(space, options), origin)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(command(), Options, stats, argv)
