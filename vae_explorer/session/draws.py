"""Random: from where it draws, as the settings say and as far as a model has it, and what is said of a draw. No Tk."""

from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space import sources
from vae_explorer.space.sources import MAX_RADIUS, SOURCES, About
from vae_explorer.space.space import Space
from vae_explorer.storage.checkpoint import ATLAS

PRIOR = "prior"  # of a model without an atlas all that there is


def source(space: Space, settings: Settings) -> str:
    """Give the name in SOURCES of where points are drawn from: what was chosen, or what stands for it here."""
    wanted = settings.source if settings.source in SOURCES else next(iter(SOURCES))
    return PRIOR if sources.lacks(wanted, space) else wanted


def label(space: Space, settings: Settings) -> int | None:
    """Give the class that was chosen, the first where the model has none of that label; None where it has no class."""
    names = space.class_names
    return settings.source_label if settings.source_label in names else next(iter(names), None)


def radius(settings: Settings) -> float:
    """Give how far around here a point may lie."""
    return min(settings.source_radius, MAX_RADIUS)


def draw(session: Session, settings: Settings) -> tuple[float, ...]:
    """Draw the next point of the session's seed."""
    about = About(session.state.z, label(session.space, settings), radius(settings))
    return session.sample(source(session.space, settings), about)


def sentence(session: Session, settings: Settings) -> str:
    """Say of the last draw where it is from, and how it comes again."""
    return f"Drawn {where(session.space, settings)}: number {session.drawn} of seed {session.seed}"


def where(space: Space, settings: Settings) -> str:
    """Say from where points are drawn, in the words that follow “drawn”."""
    name = source(space, settings)
    if name == "around":
        return f"within {radius(settings):g} of here"
    if name == "class" and (chosen := label(space, settings)) is not None:
        return f"from class {space.class_names[chosen]}"
    title = SOURCES[name].title
    return f"from the {title[:1].lower()}{title[1:]}" + ("" if space.atlas else f", for there is no {ATLAS}")
