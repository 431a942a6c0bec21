"""The commands that ask something of a place, a drawing or a dimension: what would make it another class, another draw
from its posterior, a better posterior; what it does. No Tk."""

from functools import partial

from vae_explorer.pictures import dimensions
from vae_explorer.pictures.scatter import short
from vae_explorer.session.action import Action, a
from vae_explorer.session.history import Session
from vae_explorer.session.window import App
from vae_explorer.space import change
from vae_explorer.space.space import point

LISTED = 10  # dimensions at most with a command of their own: so many classes have one in the same menu
NO_DRAWING = "it improves mu and sigma of your own digit, and none is encoded here"
EPS = (
    "Draw eps from N(0, I) again, and go to mu + sigma · eps: another point that the same picture could have come from"
)
MU = "Go to mu, the middle of all points that the encoder gives to this picture: eps is 0 there"
REFINE = "Improve mu and sigma for your digit by gradient: the encoder is fast, and so not quite as good as it could be"
OWN = "Call a dimension what you like; F2 in its slider, or a double click on its name, does it, too"
NAME = Action("name", "Name this slider…", "Model", "", lambda app: app.name_dim(), group="card", description=OWN)


def actions(session: Session) -> tuple[Action, ...]:
    """Give the commands for the model of a session, those of each of its classes included."""
    return (*_of_posterior(), *change_actions(session), *card_actions(session), NAME)


def _of_posterior() -> tuple[Action, ...]:
    """Those that need an encoder."""
    return (
        Action("eps", "Another eps", "Model", "", lambda app: app.asking.sample_eps(), no_encoder,
               group="posterior", description=EPS),
        Action("mu", "Back to mu", "Model", "", lambda app: app.asking.back_to_mu(), _at_mu,
               group="posterior", description=MU),
        Action("refine", "Refine mu and sigma", "Model", "", lambda app: app.asking.refine(), _no_refining,
               short="Refine", group="posterior", description=REFINE),
    )  # fmt: skip


def change_actions(session: Session) -> tuple[Action, ...]:
    """Give for each class the command that finds the least change that makes it one of that class."""
    names = session.space.class_names
    labels = short(names)
    return tuple(
        Action(
            f"change-{label}",
            f"What would make it {a(name)}?",
            "Model",
            "",
            partial(_change, label),
            _no_change,
            short=labels[label],
            group="change",
            description=f"Find the least move of z until it looks like {a(name)}, and show it as a path",
        )
        for label, name in names.items()
    )


def card_actions(session: Session) -> tuple[Action, ...]:
    """Give the command that opens the card of a slider, and where there are not too many, one for each dimension."""
    dims = range(session.space.latent_dim if session.space.latent_dim <= LISTED else 0)
    asked = {"card": ("this slider", None)} | {f"card-{dim}": (dimensions.title(dim), dim) for dim in dims}
    return tuple(
        Action(
            name,
            f"What does {title} do?",
            "Model",
            "",
            partial(_show_card, dim),
            group="card",
            description="Tell what the number changes here and over the data, and show the digits at its ends",
        )
        for name, (title, dim) in asked.items()
    )


def no_encoder(session: Session) -> str:
    """Why nothing is known of a posterior, in a few words; "" where it is."""
    return session.space.no_encoder


def _at_mu(session: Session) -> str:
    if why := no_encoder(session):
        return why
    about = session.known(session.state)
    at_mu = about is not None and about.posterior is not None and point(about.posterior.mu) == session.state.z
    return "z is mu already" if at_mu else ""


def _no_refining(session: Session) -> str:
    if why := no_encoder(session):
        return why
    if not session.state.encoded:
        return NO_DRAWING
    return "they are refined already" if session.state.refined else ""


def _change(label: int, app: App) -> None:
    app.asking.change(label)


def _show_card(dim: int | None, app: App) -> None:
    app.show_card(dim)


def _no_change(session: Session) -> str:
    return change.lacks(session.space.classes)
