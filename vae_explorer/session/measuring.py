"""What a session shows, or a place or a picture by itself, measured: a row of the table of measurements. No Tk."""

from vae_explorer.datasets.drawing import Drawing
from vae_explorer.images import Floats
from vae_explorer.session.history import Session
from vae_explorer.session.measurements import Measurement
from vae_explorer.session.state import State
from vae_explorer.session.subject import Subject
from vae_explorer.space import ledger, measures, posterior
from vae_explorer.space.space import Space, point

YOURS = "your digit"  # the origin of a row whose z came from a drawing


def measured(session: Session, state: State | None = None) -> Measurement:
    """Measure what a session shows, or has shown in a state: the factors of what is decoded at z; recon and kl of the
    drawing that z came from, or else of what is decoded; the likeliest class and the percentile of the density at z."""
    state, space = state or session.state, session.space
    return _row(space, state.z, space.codec.decode(state.z), session.subject(state), _origin(space, state))


def of_point(space: Space, z: tuple[float, ...], origin: str = "") -> Measurement:
    """Measure what is decoded at z, (D,)."""
    x_hat = space.codec.decode(z)
    q = posterior.of(space.codec, x_hat) if space.encodes else None
    return _row(space, z, x_hat, Subject(x_hat, False, q), origin)


def of_picture(space: Space, drawing: Drawing, origin: str = "") -> Measurement:
    """Measure a picture itself, not what is decoded at its z. Raises MissingEncoderError for a decoder alone."""
    q = posterior.of(space.codec, drawing.x)
    return _row(space, point(q.mu), drawing.x, Subject(drawing.x, True, q), origin)


def _row(space: Space, z: tuple[float, ...], x: Floats, about: Subject, origin: str) -> Measurement:
    """The factors of a picture x, (1, C, H, W), what the model pays for what it is about, and what is known of z."""
    cost = None if about.posterior is None else ledger.of(space.codec, about.x, about.posterior)
    name, share = space.likeliest(z) or ("", None)
    percentile = None if space.density is None else float(space.density.percentile(z)[0])
    known = not space.no_factors
    return Measurement(
        origin=origin,
        z=z,
        factors=tuple(measures.measure(x)[0].tolist()) if known else None,
        length=float(measures.length(x)[0]) if known else None,
        holes=int(measures.holes(x)[0]) if known else None,
        recon=None if cost is None else cost.recon,
        kl=None if cost is None else float(cost.kl.sum()),
        label=name,
        share=None if share is None else 100 * share,
        percentile=percentile,
    )


def _origin(space: Space, state: State) -> str:
    """Where a row comes from: the drawing, a bookmark at the same place, or ""."""
    if state.encoded:
        return space.worded(YOURS)
    return next((each.name for each in state.bookmarks if each.z == state.z), "")
