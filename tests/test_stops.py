"""The signals that ask a program to end, raised in this process; in programs of their own they are in test_program."""

import signal

import pytest

from vae_explorer import stops


def test_what_is_heeded_ends_in_its_own_time_and_a_second_ctrl_c_at_once():
    before = [signal.getsignal(each) for each in stops.SIGNALS]
    with stops.heeded() as came:
        assert came == []
        others = [each for each in stops.SIGNALS if each != signal.SIGINT]
        for each in 2 * others:  # a closed terminal sends its signal twice
            signal.raise_signal(each)
        assert came == 2 * others
    with pytest.raises(KeyboardInterrupt), stops.heeded() as came:
        signal.raise_signal(signal.SIGINT)
        assert came == [signal.SIGINT]
        signal.raise_signal(signal.SIGINT)
    assert [signal.getsignal(each) for each in stops.SIGNALS] == before
