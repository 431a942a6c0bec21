"""One thing to choose of a picture: what it can be, what it is unless chosen, how a person types it. Draws nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.pictures.carried import MAX_TEXT
from vae_explorer.space.factors import CLASS, FACTORS, HELD, holdable

MAX_ABS = 10.0  # of a coordinate, as in the window
NO_CLASS, MAX_LABEL = -1, 255
MAX_PICTURES = 60
MAX_LEVELS = MAX_TEXT - 20_000  # characters of all pictures of a recipe, which has more to say
POINT, FILE, CLASS_NAME = (
    "POINT",
    "FILE",
    "NAME",
)  # what a person types where only a model can tell what it means: `metavar` says which

Sane = Callable[[Any, int], bool]


@dataclass(frozen=True)
class Choice:
    """One thing to choose, of a model of D latent dimensions.

    help: what it is, in a few words. sane(value, D) is whether a value can be chosen; words(D) end the sentence
    "… is no" of one that cannot. default is a value or a function of D, and `...` where a value has to be chosen. read
    turns what a person types into a value or raises ValueError; it is None for a POINT, since only a model knows the
    classes that may name one, and for the FILE of a picture, since it depends on the model how that is prepared.
    names: the texts that it can be, where these are few. formats: the suffixes of those that it is of, all unless
    named. several: it may be typed as more than one.
    """

    help: str
    sane: Sane
    words: Callable[[int], str]
    default: Any | Callable[[int], Any]
    read: Callable[[str], Any] | None
    metavar: str | None = None
    names: Callable[[], Iterable[str]] | None = None
    formats: tuple[str, ...] = ()
    several: bool = False

    def counts(self, suffix: str) -> bool:
        """Whether it is a choice of a picture in such a format."""
        return not self.formats or suffix in self.formats


def one_of(help: str, names: Callable[[], Iterable[str]], default: str) -> Choice:
    """One of a few texts, asked for anew each time."""
    return Choice(
        help,
        lambda value, _: isinstance(value, str) and value in names(),
        lambda _: f"choice of {', '.join(names())}",
        default,
        str,
        names=names,
    )


def whole(help: str, least: int, most: int, default: int) -> Choice:
    """A whole number; a truth value, which Python takes for one, is none."""
    words = f"whole number from {least} to {most}"
    return Choice(
        help, lambda value, _: type(value) is int and least <= value <= most, lambda _: words, default, int, "N"
    )


def above_0(help: str, most: float, default: float) -> Choice:
    """A number above 0."""
    words = f"number above 0, to {most:g}"
    return Choice(help, lambda value, _: _within(value, most) and value > 0, lambda _: words, default, float, "X")


def millimetres(help: str, least: float, most: float) -> Choice:
    """A length on paper, or 0 for none, which is usual."""
    words = f"number from {least:g} to {most:g}, or 0"

    def _sane(value: object, _latent_dim: int) -> bool:
        return _within(value, most) and (value == 0 or value >= least)  # type: ignore[operator]

    return Choice(help, _sane, lambda _: words, 0.0, float, "MM")


def change(help: str, most: float) -> Choice:
    """A change of so much at most in either direction; none unless chosen."""
    words = f"number from −{most:g} to {most:g}"
    return Choice(help, lambda value, _: _within(value, most), lambda _: words, 0.0, float, "±X")


def locks(help: str) -> Choice:
    """What is held while factors change: names of factors, of dimensions, and "class"."""

    def _sane(value: object, latent_dim: int) -> bool:
        known = holdable(latent_dim)
        names = value if isinstance(value, tuple) else (None,)
        return all(isinstance(each, str) and each in known for each in names) and len(set(names)) == len(names)

    words = f"list of {', '.join(FACTORS)}, {CLASS}, or of z0 to z{{}}"
    usual = tuple(name for name in FACTORS if name in HELD)
    return Choice(help, _sane, lambda latent_dim: words.format(latent_dim - 1), usual, _held, "NAMES")


def point(help: str) -> Choice:
    """A point of latent space, which has to be chosen."""
    return Choice(help, _is_point, lambda latent_dim: f"point of {latent_dim} numbers", ..., None, POINT)


def label(help: str) -> Choice:
    """The label of a class, NO_CLASS for none, which is usual; a person names it."""
    words = f"label of a class, 0 to {MAX_LABEL}"
    return Choice(
        help,
        lambda value, _: type(value) is int and NO_CLASS <= value <= MAX_LABEL,
        lambda _: words,
        NO_CLASS,
        None,
        CLASS_NAME,
    )


def levels(help: str) -> Choice:
    """The grey levels of a prepared picture as text, which have to be chosen."""
    return Choice(help, _are_levels, lambda _: "text of a picture's grey levels in base64", ..., None, FILE)


def levels_or_none(help: str) -> Choice:
    """The grey levels of a prepared picture as text, or "" for none, which is usual."""

    def _sane(value: object, latent_dim: int) -> bool:
        return isinstance(value, str) and (not value or _are_levels(value, latent_dim))

    return replace(levels(help), sane=_sane, default="")


def levels_of_some(help: str) -> Choice:
    """The grey levels of a prepared picture as text, or those of several as a tuple, which have to be chosen."""
    words = f"text of a picture's grey levels in base64, nor 1 to {MAX_PICTURES} such, {MAX_LEVELS:,} characters in all"

    def _sane(value: object, latent_dim: int) -> bool:
        several = texts(value)
        fit = 1 <= len(several) <= MAX_PICTURES and all(_are_levels(each, latent_dim) for each in several)
        return fit and sum(map(len, several)) <= MAX_LEVELS

    return replace(levels(help), sane=_sane, words=lambda _: words, several=True)


def texts(value: Any) -> tuple[Any, ...]:
    """Give the pictures of a choice, each as text, whether they are one or several."""
    return value if isinstance(value, tuple) else (value,)


def _held(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _within(value: object, bound: float) -> bool:
    """Whether a value is a number so near to 0; NaN is not."""
    return type(value) in (int, float) and -bound <= value <= bound  # type: ignore[operator]


def _is_point(value: object, latent_dim: int) -> bool:
    return isinstance(value, tuple) and len(value) == latent_dim and all(_within(each, MAX_ABS) for each in value)


def _are_levels(value: object, _latent_dim: int) -> bool:
    if not isinstance(value, str):
        return False
    try:
        Drawing.from_text(value)
    except ValueError:
        return False
    return True
