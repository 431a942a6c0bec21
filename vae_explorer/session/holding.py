"""What is held, as names: factors and the class while a handle moves z, dimensions as "z3" also while ink does. Knows
no model.

A person turns a lock; a slider moves its dimension all the same.
"""

from vae_explorer.session.action import Action
from vae_explorer.session.history import Session
from vae_explorer.session.window import App
from vae_explorer.space.factors import CLASS, FACTORS
from vae_explorer.storage.checkpoint import ATLAS

HOLD_ALL = "Hold slant, width, height, thickness and mass: what a handle does to one of them leaves the others alone"
LET_GO = "Let all factors follow as they like when a handle changes one of them"
HOLD_CLASS = "Hold the class of the digit, or let it go, while a handle changes something else"


def turn(session: Session, name: str) -> None:
    """Let go of what is held, or hold it: a step of undo."""
    session.commit(held=session.state.held ^ {name})


def no_class(session: Session) -> str:
    """Why no class can be held, in a few words; "" where one can."""
    return session.space.no_handles or ("" if session.space.classes else f"the classes are in {ATLAS}")


def _hold_all(app: App) -> None:
    app.session.commit(held=app.session.state.held | FACTORS.keys())


def _let_go(app: App) -> None:
    app.session.commit(held=app.session.state.held - FACTORS.keys())


def _turn_class(app: App) -> None:
    turn(app.session, CLASS)


def _all_held(session: Session) -> str:
    return session.space.no_handles or ("all are held" if session.state.held >= FACTORS.keys() else "")


def _none_held(session: Session) -> str:
    return session.space.no_handles or ("" if session.state.held & FACTORS.keys() else "none is held")


ACTIONS = (
    Action("hold-all", "Hold all factors", "Edit", "", _hold_all, _all_held, group="held", description=HOLD_ALL),
    Action("let-go", "Let all factors go", "Edit", "", _let_go, _none_held, group="held", description=LET_GO),
    Action("hold-class", "Hold the class, or let it go", "Edit", "", _turn_class, no_class, group="held",
           description=HOLD_CLASS),
)  # fmt: skip
