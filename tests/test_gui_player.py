"""What is played is where the clock says, one way or to and fro."""

import numpy as np
import pytest

from vae_explorer.gui.views.path.player import WHOLE_MS, Player

WAY = np.array([[0.0, 0], [1, 0], [1, 1]])


class Clock:
    """A Motion whose clock is moved by the test."""

    def __init__(self):
        self.over = lambda: None

    def follow(self, place, over):
        self.stop()
        self.place, self.over = place, over

    def stop(self):
        self.over()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ended():
    return []


@pytest.fixture
def player(clock, ended):
    return Player(clock, lambda: ended.append(True))


def at(clock, share):
    """Where it is when so much of the time that the whole way takes has gone by."""
    return clock.place(share * WHOLE_MS)


def test_time_is_a_share_of_the_way_and_the_end_is_the_last(player, clock):
    player.play(WAY, 0)
    assert at(clock, 0.25) == ((0.5, 0), False)
    assert at(clock, 0.75) == ((1, 0.5), False)
    assert at(clock, 1.3) == ((1, 1), True)


def test_it_goes_on_from_where_one_is_and_from_the_end_to_the_start(player, clock):
    player.play(WAY, 0.5)
    assert at(clock, 0.25)[0] == (1, 0.5) and at(clock, 0.5) == ((1, 1), True)
    player.play(WAY, 1)
    assert at(clock, 0.25) == ((0.5, 0), False)


def test_a_loop_goes_there_and_back_for_ever(player, clock):
    player.loop = True
    player.play(WAY, 0)
    told = [at(clock, share) for share in (0.75, 1.25, 1.75, 2.25, 7.5)]
    assert [z for z, _ in told] == [(1, 0.5), (1, 0.5), (0.5, 0), (0.5, 0), (1, 0)] and not any(
        last for _, last in told
    )


def test_a_loop_that_is_ended_on_the_way_back_ends_at_the_start(player, clock):
    player.loop = True
    player.play(WAY, 0)
    at(clock, 1.5)
    player.loop = False
    assert at(clock, 1.75) == ((0.5, 0), False)
    assert at(clock, 2.1) == ((0, 0), True)


def test_the_way_may_be_another_before_it_is_over(player, clock):
    player.play(WAY, 0)
    at(clock, 0.4)
    player.points = WAY[:, ::-1]
    assert at(clock, 0.75)[0] == (0.5, 1)


def test_it_plays_until_it_is_paused_which_is_told(player, ended):
    player.pause()
    assert ended == [] and not player.playing
    player.play(WAY, 0)
    assert player.playing
    player.pause()
    assert ended == [True] and not player.playing


def test_what_is_played_anew_plays(player):
    player.play(WAY, 0)
    player.play(WAY, 0.5)
    assert player.playing
