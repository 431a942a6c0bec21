"""What `vx.explorer` gives: one that lives where it can, else a picture and the reason."""

import sys

import numpy as np
import pytest
from factories import made_up

import vae_explorer as vx
from vae_explorer.notebook.live import Live
from vae_explorer.notebook.still import Still
from vae_explorer.space.space import Space


@pytest.fixture(scope="module")
def space(model):
    return Space.open(model(2))


def test_it_lives_where_there_is_anywidget_and_begins_where_it_is_told(space, capsys):
    assert isinstance(vx.explorer(space), Live) and vx.explorer(space).z == (0, 0)
    assert vx.explorer(space, np.array([1, 2])).z == vx.explorer(space.codec, (1, 2)).z == (1, 2)
    assert capsys.readouterr().err == ""


def test_without_anywidget_it_is_a_picture_and_says_what_would_make_it_live(space, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "vae_explorer.notebook.live")
    explorer = vx.explorer(space, (1, 2))
    assert isinstance(explorer, Still) and explorer.z == (1, 2)
    [said] = capsys.readouterr().err.splitlines()
    assert "pip install 'vae-explorer[notebook]'" in said


def test_a_decoder_that_no_page_can_hold_is_a_picture_and_the_reason_is_told(capsys):
    explorer = vx.explorer(made_up())
    assert isinstance(explorer, Still) and explorer.z == (0, 0, 0)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_point_of_no_such_space_is_refused(space):
    with pytest.raises(ValueError, match="latent dimensions"):
        vx.explorer(space, (1, 2, 3))
