"""Makers of what is known of a model: what each dimension tells, the card of one, and how its training went."""

from vae_explorer.pictures.rc import Figure

import numpy as np

from vae_explorer.images import Pixels
from vae_explorer.pictures import charts, dimensions, facts
from vae_explorer.pictures.facts import Going
from vae_explorer.pictures.makers.tiling import Cancel, Chosen, tiles
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.pictures.table import Table, beside
from vae_explorer.pictures.tiles import inches
from vae_explorer.space import cards, effects, factors, latent
from vae_explorer.space.atlas import Atlas
from vae_explorer.space.cards import Card, End
from vae_explorer.space.factors import FACTORS
from vae_explorer.space.latent import Values
from vae_explorer.space.space import Space, within
from vae_explorer.storage import history

TILES, LONG = 11, 6.5  # of the strip of a card, of which wide ones are fewer; inches
LETTERS = 0.66  # of a sentence, on a millimetre of paper


def kl(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Figure:
    """A bar for each dimension with what it tells of the data, the longest first."""
    atlas, names = _atlas(space), dimensions.read(chosen["names"])
    order, active = list(atlas.dims_by_kl), atlas.active
    count = f"{int(active.sum())} of {len(active)} dimensions active"
    title = f"{atlas.kl_per_dim.sum():.1f} nats a picture, {count}"
    titles = [dimensions.title(dim, names) for dim in order]
    return charts.bars(atlas.kl_per_dim[order], titles, active[order].tolist(), "kl, nats", title)


def kl_table(space: Space, _made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each dimension, in the order of the bars. It is active where the variance of mu is above 0.01."""
    atlas, names = _atlas(space), dimensions.read(chosen["names"])
    order = list(atlas.dims_by_kl)
    titles = [dimensions.title(dim, names) for dim in order]
    head = ["dimension", "name", "kl, nats", "variance of mu", "active"]
    shown = atlas.kl_per_dim[order], atlas.variances[order], atlas.active[order].astype(int)
    return Table(head, beside(order, titles, *shown))


def curves(space: Space, _made: Recipe, _chosen: Chosen, _cancelled: Cancel) -> Figure:
    """Loss, recon and kl over the epochs of its training."""
    columns = history.of(space.codec.source)
    lines = {name: np.array(values) for name, values in columns.items() if name in history.TERMS}
    shown = {name.replace("_", " "): values for name, values in lines.items()}
    return charts.curves(np.array(columns[history.EPOCH]), shown, ("epoch", "nats a picture"))


def curves_table(space: Space, _made: Recipe, _chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each epoch."""
    columns = history.of(space.codec.source)
    names = [name for name in columns if name == history.EPOCH or name in history.TERMS]
    head = [name if name == history.EPOCH else f"{name.replace('_', ' ')}, nats" for name in names]
    return Table(head, beside(*(columns[name] for name in names)))


def card(space: Space, made: Recipe, chosen: Chosen, cancelled: Cancel) -> Figure:
    """The card of a dimension: what +1 does from z, how closely the factors go with it, and digits at its ends."""
    dim = chosen["dim"]
    found = cards.of(space, dim)
    nats = "" if found.nats is None else f", {found.nats:.1f} nats"
    title = dimensions.title(dim, dimensions.read(chosen["names"])) + nats
    [one] = tiles(space, within([found.low.z]))
    count = max(3, min(TILES, int(LONG / inches(one[None], one.shape[1]))))
    values = np.linspace(found.low.value, found.high.value, count)
    strip = tiles(space, within(latent.strip(made.z, dim, values)), cancelled)
    ends = [_encoded(space, end, count // 2) for end in (found.low, found.high)] if space.atlas else []
    said, goings = space.worded(found.sentence), _goings(space, made, found)
    letters = min(facts.LETTERS, int(LETTERS * chosen["mm"])) if chosen["mm"] else facts.LETTERS
    return facts.card(title, said, strip, values.tolist(), ends, goings, letters)


def card_table(space: Space, made: Recipe, chosen: Chosen, _cancelled: Cancel) -> Table:
    """A row for each factor: what +1 does from z, its rank correlation with the dimension, and R²."""
    found = cards.of(space, chosen["dim"])
    units = [factor.unit for factor in FACTORS.values()]
    head = ["factor", "unit", "change by +1", "rank correlation", "R²"]
    return Table(head, beside(list(FACTORS), units, _step(space, made, found), found.rank, found.r2))


def _goings(space: Space, made: Recipe, found: Card) -> list[Going]:
    """How each factor goes with the dimension; none for pictures without factors."""
    if space.no_factors:
        return []
    steps = _step(space, made, found)
    return [
        Going(factor.title, factors.written(name, float(step), signed=True), float(rank), float(r2))
        for (name, factor), step, rank, r2 in zip(FACTORS.items(), steps, found.rank, found.r2, strict=True)
    ]


def _encoded(space: Space, end: End, most: int) -> Pixels:
    """What is decoded at the means of the digits that lie furthest out at one end, at most so many."""
    return tiles(space, within(_atlas(space).mu[list(end.rows[:most])]))


def _step(space: Space, made: Recipe, found: Card) -> Values:
    return effects.of(space.codec, made.z, found.dim)


def _atlas(space: Space) -> Atlas:
    assert space.atlas is not None, "the table says that it is needed"
    return space.atlas
