"""The tabs: by mouse and keys, and that only the one that is seen is drawn."""

from dataclasses import replace

import pytest

from vae_explorer.gui.views.tab import TABS
from vae_explorer.settings import Settings


def watched(opened):
    """A list that notes which tabs are shown a state from now on."""
    shown = []
    for name, view in opened.app.workspace.tabs._views.items():
        view.show = lambda state, name=name, show=view.show: (shown.append((name, state.z)), show(state))
    return shown


def selected(opened):
    return opened.app.workspace.tabs.selected


def test_only_the_tab_that_is_seen_is_drawn_and_another_when_it_comes_to_the_front(window):
    opened = window()
    shown = watched(opened)
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.pump()
    assert shown == [("map", (1, 1))]
    opened.app.show_tab("path")
    opened.hand.pump()
    opened.session.commit(z=(2.0, 1.0))
    opened.hand.pump()
    assert shown == [("map", (1, 1)), ("path", (1, 1)), ("path", (2, 1))]


@pytest.mark.parametrize(("k", "name"), [*enumerate(TABS, 1)])
def test_a_key_with_control_brings_a_tab_to_the_front(window, k, name):
    opened = window(settings=Settings(motion=False, tab=[*TABS][k % 4]))
    assert selected(opened) == [*TABS][k % 4] != name
    opened.hand.key(f"ctrl+{k}")
    assert selected(opened) == name and opened.z == (0, 0)


def test_a_click_brings_a_tab_to_the_front(window):
    opened = window()
    book = opened.app.workspace.tabs.widget
    x = next(x for x in range(book.winfo_width()) if book.tk.call(book, "identify", "tab", x, 15) == 2)
    opened.hand.do("mousemove", book.winfo_rootx() + x + 9, book.winfo_rooty() + 15, "click", 1)
    assert selected(opened) == "path"


def test_with_the_focus_the_arrows_go_through_the_tabs(window):
    opened = window()
    opened.app.workspace.tabs.widget.focus_set()
    opened.hand.key("Right", "Right")
    assert selected(opened) == "path" and opened.z == (0, 0)
    opened.hand.key("Left")
    assert selected(opened) == "plane"


def test_the_tab_in_front_is_remembered_over_a_change_of_theme_and_to_the_next_start(window):
    opened = window()
    opened.hand.key("ctrl+3")
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert selected(opened) == opened.app.settings.tab == "path"
    opened.close()
    assert selected(window(settings=opened.app.settings)) == "path"


def test_what_is_undone_comes_to_the_front(window):
    opened = window(6)
    opened.session.commit(plane=replace(opened.session.state.plane, count=20))
    opened.hand.pump()
    assert opened.app.workspace.tabs.selected == "plane"
    opened.app.show_tab("map")
    opened.hand.key("ctrl+z")
    assert opened.app.workspace.tabs.selected == "plane" and opened.session.state.plane.count == 12
    opened.app.show_tab("map")
    opened.hand.key("4")
    assert opened.app.workspace.tabs.selected == "map"


@pytest.mark.parametrize("tab", ["map", "path"])
def test_at_the_start_only_the_view_in_front_is_made(window, tab):
    assert window(settings=Settings(motion=False, tab=tab)).made_at_first == {tab}


def test_a_model_without_a_map_begins_with_the_plane_and_the_map_stays_the_one_remembered(window, bare):
    opened = window(weights=bare)
    assert selected(opened) == "plane" != opened.app.settings.tab
    opened.app.show_tab("path")
    opened.hand.pump()
    opened.app.show_tab("plane")
    opened.hand.pump()
    assert opened.app.settings.tab == "plane"
