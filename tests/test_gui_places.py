"""A place to choose, by real keys, in a list that is never stale."""

import tkinter as tk

import pytest

from vae_explorer.gui.widgets.places import PlaceChoice
from vae_explorer.session.bookmarks import Bookmark


@pytest.fixture
def choice(window):
    """A function that puts a choice into a window of its own on a session; give the window, it, and what was chosen."""
    tops = []

    def make(latent_dim=2, **options):
        opened, chosen = window(latent_dim, **options), []
        tops.append(tk.Toplevel(opened.root))
        tops[-1].geometry("300x60+1100+40")
        made = PlaceChoice(tops[-1], opened.session, chosen.append)
        made.pack()
        opened.hand.until(made.winfo_viewable)
        made.focus_force()
        opened.hand.pump()
        return opened, made, chosen

    yield make
    for each in tops:
        each.destroy()


def test_the_list_that_opens_has_the_places_that_there_are_now(choice):
    opened, made, chosen = choice()
    opened.session.commit(z=(1.0, 2.0))
    opened.session.commit(bookmarks=(Bookmark("mine", (0.5, 0.5)),))
    opened.hand.key("Down")
    opened.hand.key("Return")
    assert chosen == [Bookmark("here", (1.0, 2.0))]
    opened.hand.key("Down")
    opened.hand.key("Down", "Down", "Return")
    assert chosen[1] == Bookmark("mine", (0.5, 0.5)) and made.get() == "mine"


def test_of_places_with_one_name_each_can_be_chosen(choice):
    opened, made, chosen = choice()
    twins = Bookmark("twin", (0.5, 0.5)), Bookmark("twin", (1.5, 1.5))
    opened.session.commit(bookmarks=twins)
    made.show(twins[0], opened.session.state)
    opened.hand.key("Down")
    opened.hand.key("Down", "Return")
    assert chosen == [twins[1]]


def test_a_typed_key_chooses_the_next_place_with_a_word_that_begins_so(choice):
    opened, made, chosen = choice()
    opened.hand.key("7")
    assert chosen == [Bookmark("mean of 7", opened.session.space.class_mean(7))] and made.get() == "mean of 7"
    opened.hand.key("m")
    opened.hand.key("M")
    assert [each.name for each in chosen[1:]] == ["mean of 8", "mean of 9"]
    opened.hand.key("m")
    assert chosen[-1].name == "mean of 0", "after the last comes the first"
    assert opened.z == (0, 0)


def test_keys_that_begin_no_place_or_belong_to_a_shortcut_choose_nothing(choice):
    opened, _made, chosen = choice()
    opened.hand.key("x", "Shift_L", "ctrl+7", "alt+7", "space")
    assert chosen == []


def test_what_is_chosen_is_shown_by_name_and_here_only_as_long_as_one_is_there(choice):
    opened, made, _chosen = choice()
    made.show(None, opened.session.state)
    assert made.get() == "choose…"
    here = Bookmark("here", opened.z)
    made.show(here, opened.session.state)
    assert made.get() == "here"
    opened.session.commit(z=(1.0, 1.0))
    made.show(here, opened.session.state)
    assert made.get() == "where you were"
    opened.session.commit(bookmarks=(here,))
    made.show(here, opened.session.state)
    assert made.get() == "here", "a bookmark keeps the name that it was given"


def test_without_an_atlas_there_are_here_and_the_bookmarks(choice, bare):
    opened, made, _chosen = choice(weights=bare)
    opened.session.bookmark()
    opened.hand.key("Down")
    assert [*made.cget("values")] == ["here", "place"]
    opened.hand.key("Escape")


def test_the_list_is_as_wide_as_the_longest_name_and_on_the_screen(choice):
    opened, made, _chosen = choice()
    opened.session.commit(bookmarks=(Bookmark("W" * 60, (0.5, 0.5)),))
    made.winfo_toplevel().geometry("+1800+40")
    opened.hand.pump()
    opened.hand.key("Down")
    popdown = made.tk.call("ttk::combobox::PopdownWindow", made)
    width, left = (int(made.tk.call("winfo", what, popdown)) for what in ("width", "rootx"))
    opened.hand.key("Escape")
    assert width > made.winfo_width() + 200 and left + width <= opened.root.winfo_screenwidth()
