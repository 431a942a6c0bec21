"""A call that waits for its time comes once, and never after its widget is gone."""

import tkinter as tk

import pytest

from vae_explorer.gui.widgets.later import Later

LONG_MS = 3_600_000  # longer than any test waits


@pytest.mark.parametrize("after_ms", [None, 1], ids=["idle", "1 ms"])
def test_what_is_asked_for_often_is_called_once_and_not_at_once(plain, after_ms):
    calls = []
    later = Later(plain.entry, lambda: calls.append(later.waiting), after_ms)
    assert not later.waiting
    for _ in range(3):
        later.ask()
    assert later.waiting and calls == [] and len(plain.timers) == 1
    plain.hand.until(lambda: calls)
    plain.hand.pump()
    assert calls == [False] and not later.waiting, "the call has begun, so nothing waits any more"


def test_the_call_may_ask_for_the_next(plain):
    calls = []

    def call():
        calls.append(len(plain.timers))
        if len(calls) < 3:
            later.ask()

    later = Later(plain.entry, call, 1)
    later.ask()
    plain.hand.until(lambda: len(calls) == 3)
    assert calls == [0, 0, 0] and plain.timers == ()


def test_what_is_cancelled_does_not_come_and_may_be_asked_for_again(plain):
    calls = []
    later = Later(plain.entry, lambda: calls.append(1))
    later.cancel()
    later.ask()
    later.cancel()
    plain.hand.pump()
    assert calls == [] and plain.timers == () and not later.waiting
    later.ask()
    plain.hand.pump()
    assert calls == [1]


@pytest.mark.parametrize("after_ms", [None, LONG_MS], ids=["idle", "an hour"])
def test_it_is_cancelled_with_its_widget(plain, after_ms):
    calls, label = [], tk.Label(plain.root)
    later = Later(label, lambda: calls.append(1), after_ms)
    later.ask()
    later.cancel()
    later.ask()
    label.destroy()
    assert plain.timers == () and not later.waiting
    plain.hand.pump()
    assert calls == []


@pytest.mark.parametrize("what", ["widget", "what it is in"])
def test_it_goes_also_where_tk_itself_destroys(plain, what):
    frame = tk.Frame(plain.root)
    label = tk.Label(frame)
    Later(label, print, LONG_MS).ask()
    plain.root.tk.call("destroy", label if what == "widget" else frame)
    assert plain.timers == ()
    frame.destroy()


def test_the_end_of_what_is_in_its_widget_cancels_nothing(plain):
    top = tk.Toplevel(plain.root)
    later = Later(top, print, LONG_MS)
    later.ask()
    tk.Label(top).destroy()
    assert later.waiting
    top.destroy()
    assert plain.timers == ()


def test_other_calls_at_the_end_of_a_widget_stay(plain):
    ends, label = [], tk.Label(plain.root)
    label.bind("<Destroy>", lambda _event: ends.append("bound before"))
    Later(label, print, LONG_MS).ask()
    label.bind("<Destroy>", lambda _event: ends.append("bound after"), add=True)
    label.destroy()
    assert ends == ["bound before", "bound after"] and plain.timers == ()
