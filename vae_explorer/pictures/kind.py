"""What a kind of picture is: a row of the table `kinds`. Draws nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vae_explorer.pictures.choice import Choice
from vae_explorer.pictures.suffixes import GIF, STILL, TABLE

if TYPE_CHECKING:
    from vae_explorer.space.space import Space


@dataclass(frozen=True)
class Moving:
    """A kind of picture in motion, as GIF.

    frames: what makes its digits, (N, h, w, …) of uint8, as "module:function" of (space, recipe, chosen, cancelled).
    usual: what is chosen of it unless a person says otherwise. why_not(chosen) says why there is none, else nothing.
    """

    frames: str
    usual: Mapping[str, Any]
    why_not: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Kind:
    """A kind of picture: its title on the screen, a sentence on it without its full stop, and what can be chosen.

    table: what gives the numbers behind it as a Table, named and called as its maker; "" where there are none.
    around_z: whether it is made around the point z of its recipe, so that another z gives another picture of it.
    examples: what a person may type after its name on a command line, the plainest first.
    maker: what makes its Figure, as "module:function" of (space, recipe, chosen, cancelled), where chosen are all the
    choices by name. missing(space, chosen) says in a few words why a model has no such picture, else nothing.
    """

    title: str
    description: str
    choices: Mapping[str, Choice]
    maker: str
    missing: "Callable[[Space, Mapping[str, Any]], str]" = lambda _space, _chosen: ""
    moving: Moving | None = None
    table: str = ""
    around_z: bool = True
    examples: tuple[str, ...] = ("",)

    @property
    def formats(self) -> tuple[str, ...]:
        """The suffixes of the formats that it can be saved in, the usual one first."""
        return (*STILL, *[GIF] * bool(self.moving), *[TABLE] * bool(self.table))
