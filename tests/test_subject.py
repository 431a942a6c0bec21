"""What the answers are about: the drawing while z comes from it, else what is decoded at z."""

import numpy as np
import pytest
from factories import bare_folder, made_up

from vae_explorer.codecs.codec import MissingEncoderError
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.images import to_unit
from vae_explorer.session import subject
from vae_explorer.session.history import Session
from vae_explorer.space.space import Space

SEVEN = Drawing(strokes=(Stroke(((8.0, 8.0), (20.0, 8.0), (12.0, 22.0))),))


@pytest.fixture
def session():
    """A session on the model that ships."""
    return Session(Space.open(), seed=0)


def test_of_a_place_it_is_what_is_decoded_there(session):
    asked = session.subject(session.state)
    assert not asked.own and (asked.x == session.space.codec.decode(session.state.z)).all()


def test_who_draws_goes_to_the_drawings_mu(session):
    session.commit(**subject.drawn(session.space, SEVEN))
    asked = session.subject(session.state)
    assert asked.own and (asked.x[0, 0] == to_unit(SEVEN.levels)).all()
    assert asked.posterior.mu == pytest.approx(np.array(session.state.z))
    assert asked.posterior.distance(session.state.z) < 1e-5
    session.undo()
    assert session.state.drawing.empty and not session.state.encoded and not any(session.state.z)


def test_it_stays_the_drawing_while_sliders_move_and_is_not_encoded_again(session):
    session.commit(**subject.drawn(session.space, SEVEN))
    before = session.subject(session.state)
    session.preview(z=(1.0,) * 6)
    assert session.subject(session.state) is before
    session.commit(encoded=False)
    assert not session.subject(session.state).own


def test_a_refined_posterior_takes_the_place_of_the_encoders(session):
    session.commit(**subject.drawn(session.space, SEVEN))
    session.commit(refined=((0.5,) * 6, (-3.0,) * 6))
    refined = session.subject(session.state).posterior
    assert (refined.mu == 0.5).all() and (refined.logvar == -3.0).all()
    session.commit(**subject.drawn(session.space, Drawing(strokes=SEVEN.strokes, size=False)))
    assert session.state.refined is None


def test_of_an_empty_drawing_nothing_comes(session):
    session.commit(z=(1.0,) * 6)
    session.commit(**subject.drawn(session.space, Drawing()))
    assert session.state.z == (1.0,) * 6 and not session.state.encoded


def test_a_space_says_whether_a_drawing_can_be_handed_to_it(tmp_path):
    bare = Space.open(bare_folder(tmp_path / "bare"))
    assert "encoder_weights.pt" in bare.no_drawing and not bare.encodes
    assert Session(bare).subject(Session(bare).state).posterior is None
    with pytest.raises(MissingEncoderError):
        subject.drawn(bare, SEVEN)
    assert Space.open().no_drawing == "" and Space.open().like_mnist
    assert made_up((1, 20, 36)).no_drawing


def test_digits_are_made_like_mnist_only_where_the_model_may_have_learned_from_it(tmp_path):
    space = Space.open(bare_folder(tmp_path / "bare"))
    assert space.like_mnist  # nobody knows
    space.codec.source.info["data"] = {"name": "fashion (not MNIST)"}
    assert not space.like_mnist
