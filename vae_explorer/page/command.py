"""`python -m vae_explorer.render page`: one HTML file in which anybody can move through a model, without Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vae_explorer import cli, models, named
from vae_explorer.cli import option
from vae_explorer.errors import Failure
from vae_explorer.models import Telling, Weights
from vae_explorer.page import made
from vae_explorer.pictures import dimensions
from vae_explorer.pictures.dimensions import Names
from vae_explorer.rendering import output, place
from vae_explorer.rendering.options import beside
from vae_explorer.rendering.output import Output
from vae_explorer.rendering.place import PlaceOrPicture, Z
from vae_explorer.session import shelves
from vae_explorer.space.space import Space

NAME = "page"
GROUP = "what is in it"
EXAMPLES = ("--out latent.html", "--label 4 --names 4=lean --title 'Digits that lean'", "--weights trained")


@dataclass(frozen=True)
class Options(PlaceOrPicture, Output, Telling, Weights):
    """Where the page begins, what is in it, of which model, and where it goes."""

    bookmarks: Path | None = option(None, "bookmarks that were saved, or points", metavar="FILE", group=GROUP)
    names: Names = option(
        (), "what you call dimensions, as in 3=lean,4=wide", read=dimensions.typed, metavar="A=NAME,…", group=GROUP
    )
    title: str = option("", "what stands over it; after its data unless given", group=GROUP)


def command() -> cli.Command:
    """Give what --help says of the page."""
    return beside(
        NAME,
        "Write a web page in which anybody can move through a model: one file that needs no Python,\n"
        "opens by a double click and asks for nothing from anywhere.",
        EXAMPLES,
        "It is for networks as they are trained here, and for files of Linear layers.",
        (GROUP, place.GROUP, output.GROUP, models.GROUP),
    )


def page(options: Options) -> int:
    """Write the page; give the exit code. Raises Failure, OSError."""
    to = output.target(options, NAME, made.SUFFIXES, what=NAME)
    place.given(options)
    space = Space(named.model(options.weights, options))
    if other := [dim for dim, _ in options.names if dim >= space.latent_dim]:
        raise Failure(f"--names: there is no dimension {other[0]}; this model has 0 to {space.latent_dim - 1}.")
    begins, marks = place.of(space, options), _bookmarks(space, options.bookmarks)
    output.write(to, made.page(space, begins, marks, dict(options.names), options.title))
    return 0


def _bookmarks(space: Space, path: Path | None) -> list[tuple[str, Z]]:
    """The names and points of a file of bookmarks. Raises Failure, OSError."""
    if path is None:
        return []
    try:
        return [(each.name, space.checked(each.z)) for each in shelves.read(path, space.latent_dim).bookmarks]
    except ValueError as error:
        raise Failure(f"{path.name}: {error}.") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    return cli.run(command(), Options, page, argv)
