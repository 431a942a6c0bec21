"""The three columns: where their dividers can stand, by the mouse and from one window to the next."""

import pytest

from vae_explorer.gui.widgets.panes import divided
from vae_explorer.gui.window.workspace import LEAST
from vae_explorer.settings import Settings

SASH = 6  # pixels of a divider at scale 1


@pytest.mark.parametrize(
    ("width", "shares", "places"),
    [
        (1000, (0.3, 0.6), [300, 600]),
        (1000, (0.05, 0.6), [100, 600]),
        (1000, (0.3, 0.31), [300, 410]),
        (1000, (0.3, 0.95), [300, 690]),
        (1000, (0.9, 0.95), [580, 690]),
        (520, (0.3, 0.6), [100, 210]),
        (300, (0.3, 0.6), [100, 210]),
    ],
    ids=["free", "left", "middle", "right", "middle and right", "just enough", "not enough"],
)
def test_each_column_has_what_it_needs_and_those_on_the_left_have_it_first(width, shares, places):
    assert divided(width, (100, 100, 300), shares, 10) == places


def test_the_least_of_all_columns_and_their_dividers_fit_into_the_window_that_is_promised():
    assert sum(LEAST) + 2 * SASH <= 960
    assert sum(LEAST[:2]) + 2 * SASH <= 640, "in the smallest there is no place for the tabs"


def places(opened):
    panes = opened.app.workspace.panes.widget
    return [panes.sashpos(k) for k in (0, 1)]


def drag(opened, k, x):
    """Take a divider by its middle and let it go so far from the left of the window."""
    panes = opened.app.workspace.panes.widget
    left, y = panes.winfo_rootx(), panes.winfo_rooty() + 200
    opened.hand.press(left + panes.sashpos(k) + SASH // 2, y)
    opened.hand.move(left + x, y)
    opened.hand.release()


@pytest.mark.parametrize(("k", "x"), [(0, 440), (0, 400), (1, 820), (1, 740)])
def test_a_divider_follows_the_mouse(window, k, x):
    opened = window(size=(1180, 760))
    other = places(opened)[1 - k]
    drag(opened, k, x)
    assert places(opened)[k] == x - SASH // 2 and places(opened)[1 - k] == other
    assert opened.app.workspace.panes.shares == pytest.approx([place / 1180 for place in places(opened)])


@pytest.mark.parametrize(("k", "x"), [(0, 0), (0, 1500), (1, 0), (1, 1500)])
def test_a_divider_stops_where_a_column_would_be_cut(window, k, x):
    opened = window(size=(1180, 760))
    drag(opened, k, x)
    widths = [column.winfo_width() for column in opened.app.workspace.panes.columns]
    assert all(width >= least for width, least in zip(widths, LEAST, strict=True)), widths


def test_a_double_click_brings_a_divider_back_to_where_it_stands_at_first(window):
    opened = window(size=(1180, 760))
    first = places(opened)
    drag(opened, 0, 440)
    drag(opened, 1, 820)
    moved = places(opened)
    panes = opened.app.workspace.panes.widget
    for k, expected in ((1, [moved[0], first[1]]), (0, first)):
        x, y = panes.winfo_rootx() + places(opened)[k] + SASH // 2, panes.winfo_rooty() + 200
        opened.hand.do("mousemove", x, y, "click", "--repeat", 2, "--delay", 40, 1)
        assert places(opened) == expected


def test_a_press_beside_the_dividers_moves_none(window):
    opened = window(size=(1180, 760))
    before = places(opened)
    panes = opened.app.workspace.panes.widget
    opened.hand.press(panes.winfo_rootx() + before[0] - 30, panes.winfo_rooty() + 500)
    opened.hand.move(panes.winfo_rootx() + 600, panes.winfo_rooty() + 500)
    opened.hand.release()
    assert places(opened) == before


def test_the_columns_keep_their_shares_of_a_window_that_is_resized(window):
    opened = window(size=(1180, 760))
    drag(opened, 1, 780)
    before = places(opened)
    for width in (1900, 640, 1180):
        opened.root.geometry(f"{width}x760")
        opened.hand.until(lambda width=width: opened.app.workspace.panes.widget.winfo_width() == width)
        opened.hand.pump()
        if width == 1900:
            assert places(opened) == pytest.approx([place * 1900 / 1180 for place in before], abs=1)
    assert places(opened) == before


def test_the_dividers_stand_where_they_were_left_after_a_change_of_theme_and_at_the_next_start(window):
    opened = window(size=(1180, 760))
    drag(opened, 0, 420)
    drag(opened, 1, 800)
    before = places(opened)
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert places(opened) == before
    opened.close()
    assert places(window(size=(1180, 760), settings=opened.app.settings)) == before


def test_where_there_is_not_enough_for_all_a_drag_is_remembered_by_nobody(window):
    opened = window(size=(640, 480))
    drag(opened, 0, 100)
    drag(opened, 0, 630)
    assert opened.app.workspace.panes.shares == Settings().shares
