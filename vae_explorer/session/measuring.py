"""What a session shows, measured: a row of the table of measurements. No Tk."""

from vae_explorer.session.history import Session
from vae_explorer.session.measurements import Measurement
from vae_explorer.space import factors, ledger

YOURS = "your digit"  # the origin of a row whose z came from a drawing


def measured(session: Session) -> Measurement:
    """Measure what a session shows: the factors of what is decoded at z; recon and kl of the drawing that z came from,
    or else of what is decoded; the likeliest class and the percentile of the density at z."""
    state, space = session.state, session.space
    x_hat = space.codec.decode(state.z)
    drawn = session.subject(state)
    cost = None if drawn.posterior is None else ledger.of(space.codec, drawn.x, drawn.posterior)
    name, share = _class(session)
    percentile = None if space.density is None else float(space.density.percentile(state.z)[0])
    known = not space.no_handles
    return Measurement(
        origin=_origin(session),
        z=state.z,
        factors=tuple(factors.measure(x_hat)[0].tolist()) if known else None,
        length=float(factors.length(x_hat)[0]) if known else None,
        holes=int(factors.holes(x_hat)[0]) if known else None,
        recon=None if cost is None else cost.recon,
        kl=None if cost is None else float(cost.kl.sum()),
        label=name,
        share=share,
        percentile=percentile,
    )


def _class(session: Session) -> tuple[str, float | None]:
    """The likeliest class at z and its share in percent; "" and None where there are none."""
    classes = session.space.classes
    if classes is None:
        return "", None
    [shares] = classes.shares(session.state.z)
    k = int(shares.argmax())
    return session.space.class_names[classes.atlas.classes[k]], 100 * float(shares[k])


def _origin(session: Session) -> str:
    """Where a row comes from: the drawing, a bookmark at the same place, or ""."""
    state = session.state
    if state.encoded:
        return YOURS
    return next((each.name for each in state.bookmarks if each.z == state.z), "")
