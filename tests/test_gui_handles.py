"""The handles, moved by a real mouse and real keys: z follows, what is held stays, and it is one step of undo."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import STILL, middle
from factories import made_up, python

from vae_explorer.space.factors import FACTORS, HELD, written
from vae_explorer.space.measures import measure
from vae_explorer.space.space import Space
from vae_explorer.storage import checkpoint

HANDLES = replace(STILL, face="handles")
NAMES = [*FACTORS]


def factors(opened, z=None):
    """The factors of what is decoded at z, (D,), or where the session is, by name."""
    measured = measure(opened.session.space.codec.decode([opened.z if z is None else z]))[0]
    return dict(zip(NAMES, measured.tolist(), strict=True))


def rows(opened):
    """The rows of the handles, once they are made."""
    face = opened.app.workspace.controls.faces.handles
    opened.hand.until(lambda: face.rows, "there are no rows")
    opened.hand.pump()
    return face.rows


@pytest.fixture
def shipped(window):
    """The window with the handles of the model that ships, at the mean of the fours, and those rows."""
    opened = window(weights=checkpoint.shipped(), settings=HANDLES, size=(1180, 760))
    opened.session.commit(z=opened.session.space.class_mean(4))
    made = rows(opened)
    opened.hand.until(lambda: opened.app.work.current("handles") is None)
    return opened, made


def thumb(opened, row, value=None):
    """Where on the screen the thumb of a handle is, or would be at a value."""
    scale = row.scale
    x, y = opened.root.tk.splitlist(opened.root.tk.call(scale, "coords", scale.get() if value is None else value))
    return scale.winfo_rootx() + int(x), scale.winfo_rooty() + int(y)


def drag(opened, row, *values):
    """Press a thumb, drag it through values without letting go."""
    opened.hand.press(*thumb(opened, row))
    for value in values:
        opened.hand.move(*thumb(opened, row, value))


# --------------------------------------------------------------------------------------------------- the faces


def test_h_and_the_titles_change_the_face_which_is_remembered(window):
    opened = window(6)
    faces = opened.app.workspace.controls.faces
    assert opened.app.settings.face == "numbers" and faces.numbers.widget.winfo_ismapped()
    assert "handles" not in vars(faces), "they are made before they are seen"
    opened.hand.key("h")
    assert opened.app.settings.face == "handles" and faces.handles.widget.winfo_ismapped()
    assert not faces.numbers.widget.winfo_ismapped() and not faces.numbers.order.winfo_ismapped()
    assert faces.titles.index("current") == 1
    opened.hand.do("mousemove", faces.titles.winfo_rootx() + 30, faces.titles.winfo_rooty() + 15, "click", 1)
    assert opened.app.settings.face == "numbers" and faces.numbers.order.winfo_ismapped()


def test_a_window_without_handles_in_front_imports_nothing_of_them():
    code = """
import sys
import vae_explorer.gui.window.shell
print(*[each for each in sys.modules if "handles" in each or each.endswith(("space.solve", "space.ranges"))])
"""
    assert python(code).stdout.strip() == ""


def test_what_is_hidden_is_not_drawn_and_shows_the_newest_state_when_it_is_seen(window):
    opened = window(6)
    opened.hand.key("h")
    made = rows(opened)
    before = opened.app.workspace.controls.sliders.scales[0].get()
    opened.session.commit(z=(1.5, 0, 0, 0, 0, 0))
    opened.hand.pump()
    assert opened.app.workspace.controls.sliders.scales[0].get() == before
    opened.hand.key("h")
    assert opened.app.workspace.controls.sliders.scales[0].get() == 1.5
    opened.session.commit(z=(-1.5, 0, 0, 0, 0, 0))
    opened.hand.key("h")
    assert {name: row.entry.get() for name, row in made.items()} == {
        name: row._quantity.write(factors(opened)[name]) for name, row in made.items()
    }


@pytest.mark.parametrize("latent_dim", [1, 2, 20])
def test_there_is_a_handle_for_each_factor_whatever_the_dimensions(window, latent_dim):
    opened = window(latent_dim, settings=HANDLES)
    made = rows(opened)
    assert [*made] == NAMES
    opened.session.commit(held=frozenset())
    opened.hand.click(made["slant"].scale)
    opened.hand.key("Right", "Next", "End")
    assert len(opened.z) == latent_dim and any(opened.z)


def test_a_model_without_atlas_says_that_nothing_keeps_z_near_the_data(window, bare):
    opened = window(weights=bare, settings=HANDLES)
    made, face = rows(opened), opened.app.workspace.controls.faces.handles
    assert "there is no atlas.npz" in "".join(str(each.cget("text")) for each in face.widget.grid_slaves(row=0))
    assert not face.keep.winfo_ismapped(), "there are no classes to keep"
    opened.session.commit(held=frozenset())
    opened.hand.click(made["width"].scale)
    opened.hand.key("Right", "Right")
    assert any(opened.z)


def test_a_model_of_other_pictures_says_why_it_has_no_handles_and_the_command_is_off(window, monkeypatch):
    opened = window(6)
    monkeypatch.setattr(Space, "no_factors", "its pictures are in colour")
    opened.app._adopt(made_up())
    action = opened.app.desk.actions["handles"]
    assert action.why_not(opened.app.session) == "its pictures are in colour"
    opened.hand.key("h")
    faces = opened.app.workspace.controls.faces
    assert opened.app.settings.face == "numbers"
    faces.bring("handles")
    text = "".join(str(each.cget("text")) for each in faces.handles.widget.grid_slaves(row=0))
    assert text == "This model has no handles: its pictures are in colour." and not faces.handles.rows


# --------------------------------------------------------------------------------------------------- moving


def test_a_drag_leans_the_digit_at_every_stop_and_keeps_the_rest(shipped):
    opened, made = shipped
    before, sd = factors(opened), opened.session.space.ranges.sd
    drag(opened, made["slant"], before["slant"] + 3, before["slant"] + 6)
    half_way = factors(opened)["slant"]
    opened.hand.move(*thumb(opened, made["slant"], before["slant"] + 10))
    assert before["slant"] + 3 < half_way < factors(opened)["slant"]
    opened.hand.release()
    after = factors(opened)
    assert after["slant"] == pytest.approx(before["slant"] + 10, abs=1)
    for k, name in enumerate(NAMES):
        if name in HELD and name != "slant":
            assert after[name] == pytest.approx(before[name], abs=sd[k] / 4)
    assert made["slant"].entry.get() == written("slant", after["slant"], signed=True)
    assert abs(opened.digit() - opened.expected()).max() <= 1


def test_a_whole_drag_is_one_step_of_undo(shipped):
    opened, made = shipped
    before = opened.z
    drag(opened, made["height"], 17, 16, 18)
    opened.hand.release()
    there = opened.z
    opened.hand.key("ctrl+z")
    assert opened.z == before != there
    opened.hand.key("ctrl+shift+z")
    assert opened.z == there


def test_escape_in_a_drag_puts_back_what_it_began_with_until_the_hand_lets_go(shipped):
    opened, made = shipped
    before, step = opened.z, opened.session.can_redo
    drag(opened, made["slant"], 10, 20)
    assert opened.z != before
    opened.hand.key("Escape")
    assert opened.z == before
    opened.hand.move(*thumb(opened, made["slant"], 25))
    assert opened.z == before
    opened.hand.release()
    assert opened.z == before and opened.session.can_redo == step
    drag(opened, made["slant"], 20)
    assert opened.z != before
    opened.hand.release()


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back(shipped):
    opened, made = shipped
    before = opened.z
    drag(opened, made["slant"], 10, 20)
    opened.hand.key("ctrl+z")
    assert opened.z == before
    opened.hand.move(*thumb(opened, made["slant"], 25))
    opened.hand.release()
    assert opened.z == before


def test_the_thumb_stays_with_the_hand_where_z_cannot_follow_and_lines_say_so(shipped):
    opened, made = shipped
    row, face = made["height"], opened.app.workspace.controls.faces.handles
    places = [(each.winfo_y(), each.winfo_height()) for each in face.told]
    assert [each.whole for each in face.told] == ["", ""]
    drag(opened, row, row.travel.high)
    assert row.scale.get() > factors(opened)["height"] + 0.5
    assert row.strip._spread.mu == pytest.approx(factors(opened)["height"])
    assert face.told[0].whole.startswith("Height ") and face.told[1].whole.startswith("Gave way: ")
    assert [(each.winfo_y(), each.winfo_height()) for each in face.told] == places
    opened.hand.release()
    assert row.scale.get() == pytest.approx(factors(opened)["height"]) and row.strip._spread is None
    assert face.told[0].whole.startswith("Height ")
    opened.hand.key("ctrl+z")
    assert [each.whole for each in face.told] == ["", ""]


def test_the_strips_are_as_wide_and_stand_below_one_another(shipped):
    _, made = shipped
    assert len({(row.strip.canvas.winfo_rootx(), row.strip.canvas.winfo_width()) for row in made.values()}) == 1


def test_keys_the_wheel_and_a_typed_value_move_a_handle(shipped):
    opened, made = shipped
    row, slant = made["slant"], factors(opened)["slant"]
    opened.hand.click(made["width"].scale)
    opened.hand.key("Up", "Right", "Right")
    assert factors(opened)["slant"] == pytest.approx(slant + 2, abs=0.5)
    opened.hand.rest()
    opened.hand.do("mousemove", *middle(row.scale), "click", 5)
    assert factors(opened)["slant"] == pytest.approx(slant + 1, abs=0.5)
    opened.hand.write(row.entry, "12°")
    opened.hand.key("Return")
    assert factors(opened)["slant"] == pytest.approx(12, abs=1)
    opened.hand.write(row.entry, "wide")
    opened.hand.key("Return")
    assert opened.said == "slant: “wide” is no number."
    row.scale.focus_set()
    opened.hand.key("Home")
    k = NAMES.index("slant")
    assert factors(opened)["slant"] == pytest.approx(opened.session.space.ranges.median[k], abs=1)


def test_a_double_click_takes_up_the_whole_of_a_number(shipped):
    opened, made = shipped
    entry = made["slant"].entry
    x = entry.winfo_rootx() + entry.winfo_width() - 14  # on the last character
    opened.hand.do("mousemove", x, middle(entry)[1], "click", "--repeat", 2, "--delay", 20, 1)
    assert entry.selection_get() == entry.get() == written("slant", factors(opened)["slant"], signed=True)
    opened.hand.type("12")
    opened.hand.key("Return")
    assert factors(opened)["slant"] == pytest.approx(12, abs=1)


def test_a_click_on_a_tile_goes_there(shipped):
    opened, made = shipped
    row = made["width"]
    canvas, value = row.strip.canvas, float(row.travel.values[4])
    x = canvas.winfo_rootx() + canvas.winfo_width() * 4.5 / 11
    opened.hand.do("mousemove", round(x), canvas.winfo_rooty() + 8, "click", 1)
    assert factors(opened)["width"] == pytest.approx(value, abs=0.4)
    assert opened.root.focus_get() is row.scale


# --------------------------------------------------------------------------------------------------- the strips


def test_the_strips_are_solved_when_z_rests_and_what_cannot_be_reached_is_pale(shipped):
    opened, made = shipped
    tiling, seen = opened.app.workspace.controls.faces.handles._tiling, []
    show = tiling._show
    tiling._show = lambda leads: (seen.append(leads), show(leads))
    opened.session.commit(z=opened.session.space.class_mean(9))
    opened.hand.until(lambda: len(seen) > 1, "they were never solved")
    first, solved = seen
    assert not first.nearest.any() and solved.nearest.any() and not solved.nearest.all()
    reached = measure(opened.session.space.codec.decode(solved.points.reshape(-1, 6))).reshape(5, 11, 5)
    for k, (row, near) in enumerate(zip(made.values(), solved.nearest, strict=True)):
        apart = np.abs(reached[k, :, k] - row.travel.values)
        assert (apart[~near] <= (row.travel.high - row.travel.low) / 20).all()
    k, tile = np.argwhere(solved.nearest)[0].tolist()
    canvas = [*made.values()][k].strip.canvas
    opened.hand.move(canvas.winfo_rootx() + canvas.winfo_width() * (tile + 0.5) / 11, canvas.winfo_rooty() + 8)
    opened.hand.until(lambda: "tooltip" in opened.root.children, "there is no tooltip")
    assert "\nPale: " in str(next(iter(opened.root.children["tooltip"].children.values())).cget("text"))


# --------------------------------------------------------------------------------------------------- the locks


def test_a_lock_is_turned_by_a_click_or_l_and_is_a_step_of_undo(shipped):
    opened, made = shipped
    opened.hand.click(made["width"].lock)
    assert opened.session.state.held == HELD - {"width"}
    opened.hand.key("ctrl+z")
    assert opened.session.state.held == HELD
    made["mass"].scale.focus_set()
    opened.hand.key("l")
    assert opened.session.state.held == HELD | {"mass"}
    opened.hand.click(opened.app.workspace.controls.faces.handles.keep)
    assert opened.session.state.held == HELD | {"mass", "class"}
    assert "stays" in opened.tooltip(made["mass"].lock)


def test_a_dimension_that_is_held_does_not_move_with_a_handle_but_with_its_slider(shipped):
    opened, made = shipped
    before = opened.z
    opened.app.change(face="numbers")
    opened.hand.pump()
    sliders = opened.app.workspace.controls.sliders
    for dim in (0, 3):
        sliders.scales[dim].focus_set()
        opened.hand.key("l")
    assert {"z0", "z3"} <= opened.session.state.held
    opened.hand.key("h")
    drag(opened, made["slant"], 15)
    opened.hand.release()
    assert (opened.z[0], opened.z[3]) == (before[0], before[3]) and opened.z != before
    opened.hand.key("h")
    sliders.scales[3].focus_set()
    opened.hand.key("Right")
    assert opened.z[3] != before[3]


def test_the_lock_of_a_dimension_is_seen_under_the_pointer_and_while_it_is_held(window):
    opened = window(6)
    row = opened.app.workspace.controls.sliders.rows[2]
    assert row._lock._lock is None
    opened.hand.move(*middle(row.strip.canvas))
    assert row._lock._lock.winfo_ismapped()
    opened.hand.click(row._lock._lock)
    assert "z2" in opened.session.state.held
    opened.hand.move(2, 2)
    assert row._lock._lock.winfo_ismapped()
    opened.session.commit(names=((2, "lean"),))
    assert opened.tooltip(row._lock._lock).startswith("z2 lean stays where it is")
    opened.hand.key("ctrl+z", "ctrl+z")
    assert not row._lock._lock.winfo_ismapped()


def test_commands_hold_all_factors_and_let_them_go(window):
    opened = window(6)
    app, actions = opened.app, opened.app.desk.actions
    opened.session.commit(held=frozenset({"z1", "width"}))
    app.run(actions["hold-all"])
    assert opened.session.state.held == {"z1", *FACTORS}
    assert actions["hold-all"].why_not(opened.session) == "all are held"
    app.run(actions["let-go"])
    assert opened.session.state.held == {"z1"}
    assert actions["let-go"].why_not(opened.session) == "none is held"
    app.run(actions["hold-class"])
    assert opened.session.state.held == {"z1", "class"}


def test_another_theme_in_the_middle_of_it_all_leaves_nothing_behind(shipped):
    opened, made = shipped
    opened.session.commit(z=(0.5,) * 6)
    drag(opened, made["slant"], 10)
    opened.app.change(theme="dark")
    opened.hand.release()
    made = rows(opened)
    assert made["slant"].entry.get() == written("slant", factors(opened)["slant"], signed=True)
