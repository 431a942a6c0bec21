"""The commands that say how a model's last numbers become pixels."""

from dataclasses import replace
from pathlib import Path

import pytest
from factories import made_up

from vae_explorer.session import outputs
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.storage.told import OUTPUT, Told


def actions(**source):
    space = made_up()
    space.codec.source = replace(space.codec.source, **source)
    return outputs.actions(Session(space))


@pytest.mark.parametrize("word", OUTPUT)
def test_each_way_is_a_command_and_that_of_now_is_ticked(word):
    listed = actions(path=Path("some.pt"), told=Told(output=word))
    assert [each.name for each in listed] == [f"output-{name}" for name in outputs.WORDS]
    [now] = [each.name for each in listed if each.checked(Settings())]
    assert now == f"output-{'sigmoid' if word == 'logits' else word}"


def test_there_are_none_where_it_is_known_or_code():
    assert actions(path=Path("some.pt")) == actions(called="toy:decode", told=Told(output="tanh")) == ()
