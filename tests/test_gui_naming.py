"""Names of dimensions, typed by real keys: over the slider, by a double click, F2, a command or the card."""

import pytest
from test_gui_cards import card, click, filled, name, sliders

from vae_explorer.session import names


def entry(window, dim):
    return sliders(window).rows[dim].naming.entry


def head(window, dim):
    """What stands in the head of a row."""
    canvas = sliders(window).rows[dim].head
    return canvas.itemcget(canvas.find_all()[0], "text")


def opened_by(window, way, dim):
    if way == "double click":
        window.hand.do("mousemove", *name(window, dim), "click", "--repeat", 2, "--delay", 20, 1)
    elif way == "card":
        click(window, dim)
        window.hand.click(filled(window).buttons["Name…"])
    else:
        sliders(window).scales[dim].focus_set()
        window.hand.pump()
        window.hand.key("F2") if way == "F2" else window.app.run(window.app.desk.actions["name"])
        window.hand.pump()


@pytest.mark.parametrize("way", ["double click", "F2", "command", "card"])
def test_a_typed_name_stands_at_the_slider_and_is_one_step_of_undo(window, way):
    opened = window(6)
    opened_by(opened, way, 4)
    assert opened.root.focus_get() is entry(opened, 4) and card(opened) is None
    opened.hand.type("leans")
    opened.hand.key("Return")
    assert opened.session.state.names == ((4, "leans"),) and entry(opened, 4) is None
    assert head(opened, 4) == "leans" and head(opened, 3) == "z3"
    assert opened.root.focus_get() is sliders(opened).scales[4], "the keys go on moving z"
    opened.hand.key("ctrl+z")
    assert opened.session.state.names == () and head(opened, 4) == "z4" and not opened.session.can_undo


def test_esc_leaves_the_name_and_an_empty_one_takes_it_away(window):
    opened = window(2)
    opened.session.commit(names=((1, "wide"),))
    opened.hand.pump()
    opened_by(opened, "F2", 1)
    assert entry(opened, 1).get() == "wide"
    opened.hand.type("no")
    opened.hand.key("Escape")
    assert opened.session.state.names == ((1, "wide"),) and entry(opened, 1) is None
    opened_by(opened, "F2", 1)
    opened.hand.key("BackSpace", "Return")
    assert opened.session.state.names == () and head(opened, 1) == "z1"


def test_a_name_stands_on_the_map_on_the_plane_and_on_the_card(window):
    opened = window(6)
    opened.session.commit(names=((1, "wide"), (4, "leans")), map_dims=(4, 1))
    opened.session.commit(plane=type(opened.session.state.plane)((1, 4)))
    opened.hand.pump()
    tabs = opened.app.workspace.tabs
    for tab, texts in (("map", ["z4 leans", "z1 wide"]), ("plane", ["z1 wide", "z4 leans"])):
        opened.app.show_tab(tab)
        boxes = tabs.view(tab).axes.boxes
        opened.hand.until(lambda boxes=boxes, texts=texts: [box.get() for box in boxes] == texts, tab)
    click(opened, 4)
    assert filled(opened).title.cget("text") == "z4 leans"
    opened.session.undo()
    opened.hand.key("Escape")


def test_a_name_is_kept_for_the_next_time_that_its_model_is_open(window):
    opened = window(20)
    sha256 = opened.session.space.codec.source.sha256
    opened_by(opened, "F2", 7)
    opened.hand.type("an own name that is rather long")
    opened.hand.key("Return")
    kept = opened.session.state.names
    assert names.read(sha256, 20) == kept and len(kept[0][1]) == 24
    opened.app.documents.open(opened.session.space.codec.source.path)
    opened.hand.until(lambda: not opened.app.work.running)
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert opened.app.session is not opened.session and opened.app.session.state.names == kept
    assert head(opened, 7).startswith("an") and "…" in head(opened, 7)
    opened.app.session.commit(names=())
    opened.hand.pump()
    assert names.read(sha256, 20) == ()


def test_a_name_that_undo_brings_back_is_kept_also_while_the_handles_are_in_front(window):
    opened = window(6)
    sha256 = opened.session.space.codec.source.sha256
    opened.session.commit(names=((0, "a"),))
    opened.hand.pump()
    opened.hand.key("h", "ctrl+z")
    assert names.read(sha256, 6) == ()
    opened.hand.key("h")
    opened.hand.pump()
    assert head(opened, 0) == "z0"


def test_another_theme_leaves_the_names(window):
    opened = window(2)
    opened.session.commit(names=((0, "x"),))
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert head(opened, 0) == "x"
    opened.session.undo()
    opened.hand.pump()
    assert head(opened, 0) == "z0"
