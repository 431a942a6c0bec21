"""Models that do not say all themselves, and decoders of one's own, in the window."""

import sys
from pathlib import Path

import pytest
from export_onnx import FOLDER

from vae_explorer.gui.panels.about import model_facts
from vae_explorer.session import tellings

DECODER = FOLDER / "decoder.onnx"


def ended(opened):
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    opened.hand.pump()


def source(opened):
    return opened.app.session.space.codec.source


def ticked(opened):
    return [each.name for each in opened.app.actions if each.name.startswith("output-") and each.checked(None)]


def test_what_was_guessed_is_said_and_switched_where_one_is(window):
    opened = window(weights=DECODER, z=(0.5, -1.0))
    assert "(guessed)" in opened.app.desk.status.said and ticked(opened) == ["output-linear"]
    assert ("Opened", source(opened).opened) in model_facts(source(opened), 2)
    opened.hand.key("ctrl+p")
    opened.hand.type("as they come, in [−1")
    opened.hand.key("Return")
    ended(opened)
    assert ticked(opened) == ["output-signed"] and opened.app.session.state.z == (0.5, -1.0)
    assert source(opened).told.output == "signed" and "[−1, 1]" in opened.app.desk.status.said


def test_a_switch_is_remembered_for_the_file_and_the_word_of_a_command_line_goes_before_it(window):
    first = window(weights=DECODER)
    first.app.documents.tell_output("signed")
    ended(first)
    assert tellings.read(DECODER).output == "signed"
    assert source(window(weights=DECODER)).told.output == "signed"
    assert source(window(weights=DECODER, pixels="tanh")).told.output == "tanh"
    third = window(2)
    third.app.documents.open(DECODER)
    ended(third)
    assert source(third).told.output == "tanh"


def test_an_encoder_that_a_command_line_named_is_remembered_with_the_decoder(window):
    assert source(window(weights=DECODER, encoder=FOLDER / "encoder.onnx")).told.encoder
    opened = window(2)
    opened.app.documents.open(DECODER)
    ended(opened)
    assert opened.app.session.space.encodes


def test_of_our_own_model_nothing_is_to_be_told(window):
    assert ticked(window(2)) == []


TOY = """
import numpy as np

def decode(z):
    if BAD and abs(z).max() > 2:
        raise ValueError("too far")
    return np.tanh(z[:, :1, None, None] + np.linspace(-1, 1, 108).reshape(1, 1, 9, 12))

decode.latent_dim = 2
BAD = []
"""


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """A window on a decoder of one's own can be opened here; gives its module's name."""
    monkeypatch.chdir(tmp_path)
    Path("toy_of_window.py").write_text(TOY)
    yield "toy_of_window"
    sys.modules.pop("toy_of_window", None)


def test_a_decoder_of_ones_own_opens_by_its_name_and_is_not_listed(window, toy):
    opened = window(decoder=f"{toy}:decode")
    assert opened.root.title() == f"{toy}:decode – VAE explorer" and opened.app.settings.recent == ()
    assert opened.app.session.space.shape == (1, 9, 12) and opened.app.workspace.ready
    opened.hand.key("b")
    opened.app.documents.copy_python()
    assert f"vae = vx.open('{toy}:decode')" in opened.root.clipboard_get()


def test_a_decoder_that_fails_later_is_told_and_the_window_goes_on(window, toy):
    opened = window(decoder=f"{toy}:decode")
    sys.modules[toy].BAD.append(1)
    opened.app.session.commit(z=(3.0, 0.0))
    opened.hand.pump()
    said = opened.app.desk.status.said
    assert f"{toy}:decode failed: {toy}.py, line 6: ValueError: too far." in said
    opened.hand.key("ctrl+z")
    assert opened.app.session.state.z == (0.0, 0.0)
    sys.modules[toy].BAD.clear()
    opened.hand.key("r")
    assert any(opened.app.session.state.z) and opened.alive
