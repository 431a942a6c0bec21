"""What a session shows, measured."""

import numpy as np
import pytest

from vae_explorer.session import measuring, subject
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.space import ledger, measures
from vae_explorer.space.space import Space


@pytest.fixture
def session():
    space = Space.open()
    return Session(space, space.class_mean(4))


def test_a_row_tells_of_the_decoded_digit(session):
    space, z = session.space, session.state.z
    row = measuring.measured(session)
    x_hat = space.codec.decode(z)
    assert row.z == z and row.origin == "" and row.label == "4" and row.share > 50
    assert np.allclose(row.factors, measures.measure(x_hat)[0]) and row.holes == measures.holes(x_hat)[0]
    about = session.subject(session.state)
    cost = ledger.of(space.codec, about.x, about.posterior)
    assert (row.recon, row.kl) == (cost.recon, cost.kl.sum())
    assert row.percentile == space.density.percentile(z)[0]


def test_a_row_says_where_it_comes_from(session):
    z = session.state.z
    session.commit(bookmarks=(Bookmark("a good four", z),))
    assert measuring.measured(session).origin == "a good four"
    ground = np.zeros((28, 28), np.uint8)
    ground[5:23, 12:16] = 255
    drawing = type(session.state.drawing)(ground=ground.tobytes())
    session.commit(**subject.drawn(session.space, drawing))
    assert measuring.measured(session).origin == measuring.YOURS


def test_a_decoder_alone_gives_what_is_known(bare):
    row = measuring.measured(Session(Space.open(bare)))
    assert row.factors is not None and row.length is not None
    assert (row.recon, row.kl, row.label, row.share, row.percentile) == (None, None, "", None, None)
