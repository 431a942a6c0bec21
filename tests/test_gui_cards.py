"""The card of a dimension, opened by a real mouse and real keys."""

import pytest
from factories import ROOT

from vae_explorer.gui.widgets.tooltip import DELAY_MS
from vae_explorer.space import cards, effects
from vae_explorer.space.factors import FACTORS


def sliders(window):
    return window.app.workspace.controls.sliders


def card(window):
    """The card that is open, None where there is none."""
    return window.root.children.get("card")


def name(window, dim):
    """Where on the screen the name of a dimension is."""
    head = sliders(window).rows[dim].head
    return head.winfo_rootx() + 6, head.winfo_rooty() + 6


def filled(window):
    """Wait until the card that is open has been computed; give it."""
    window.hand.until(lambda: card(window) is not None and card(window).filled, "the card was not filled")
    window.hand.pump()
    return card(window)


def click(window, dim):
    window.hand.do("mousemove", *name(window, dim), "click", 1)


def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


def apart(one, other):
    (left, top, right, bottom), (left2, top2, right2, bottom2) = box(one), box(other)
    return right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top


def test_nothing_of_a_card_is_made_before_the_first(window):
    opened = window(6)
    assert card(opened) is None and "ranges" not in vars(opened.session.space)


@pytest.mark.parametrize(("latent_dim", "dim"), [(1, 0), (2, 1), (6, 4)])
def test_a_click_on_the_name_opens_the_card_and_another_closes_it(window, latent_dim, dim):
    opened = window(latent_dim)
    click(opened, dim)
    shown, expected = filled(opened), cards.of(opened.session.space, dim)
    assert shown.sentence.cget("text") == expected.sentence
    assert shown.nats.cget("text") == f"{expected.nats:.1f} nats"
    click(opened, dim)
    assert card(opened) is None


def test_the_pointer_on_a_name_opens_a_card_that_goes_with_it(window):
    opened = window(6)
    opened.hand.move(*name(opened, 2))
    assert card(opened) is None
    opened.hand.move(name(opened, 2)[0] + 2, name(opened, 2)[1])
    filled(opened)
    assert "tooltip" not in opened.root.children
    opened.hand.move(*opened.thumb(2))
    assert card(opened) is None


def test_a_pointer_that_does_not_rest_opens_none(window):
    opened = window(6)
    x, y = name(opened, 2)
    opened.hand.move(x, y)
    opened.hand.move(x + 2, y)
    opened.hand.move(*opened.thumb(2))
    waited = []
    opened.root.after(2 * DELAY_MS, waited.append, True)
    opened.hand.until(lambda: waited)
    assert card(opened) is None


def test_a_card_that_was_clicked_follows_z_while_any_slider_moves(window):
    opened = window(6, size=(1180, 900))
    click(opened, 3)
    shown, space = filled(opened), opened.session.space
    said = set()
    opened.hand.press(*opened.thumb(0))  # which the card, below the row of z3, leaves free
    for value in (1.0, 2.0, -1.5):
        opened.hand.move(*opened.thumb(0, value))
        changes = effects.of(space.codec, opened.z, 3)
        assert effects.told(changes, space.ranges.sd) in shown.here.cget("text")
        said.add(shown.here.cget("text"))
    opened.hand.release()
    assert card(opened) is shown and len(said) > 1
    opened.hand.key("Escape")


def test_the_table_has_what_a_step_does_and_what_is_so_over_the_data(window):
    opened = window(6)
    opened.session.commit(z=(0.5, -0.5, 1, 0, 0, -1))
    click(opened, 1)
    table, space = filled(opened).table.canvas, opened.session.space
    texts = [table.itemcget(item, "text") for item in table.find_all() if table.type(item) == "text"]
    expected = cards.of(space, 1)
    for rank in expected.rank:
        assert f"{rank:+.2f}".replace("-", "−") in texts
    assert {factor.title for factor in FACTORS.values()} <= {*texts}
    grooves = [table.coords(item) for item in table.find_all() if table.type(item) == "rectangle"]
    shares = [
        (bar[2] - bar[0]) / (groove[2] - groove[0]) for groove, bar in zip(grooves[::2], grooves[1::2], strict=True)
    ]
    assert shares == pytest.approx(expected.r2.tolist(), abs=0.05)
    opened.hand.key("Escape")


@pytest.mark.parametrize("way", ["escape", "digit", "button"])
def test_it_closes_by_esc_by_a_click_elsewhere_and_by_its_button(window, way):
    opened = window(6)
    click(opened, 0)
    shown = filled(opened)
    if way == "escape":
        opened.hand.key("Escape")
    else:
        opened.hand.click(shown.buttons["×"] if way == "button" else opened.app.workspace.picture.digit.widget)
    assert card(opened) is None


def test_a_click_on_the_card_or_on_a_slider_leaves_it_open(window):
    opened = window(6)
    click(opened, 0)
    shown = filled(opened)
    opened.hand.click(shown.sentence)
    opened.hand.click(sliders(opened).entries[0])
    assert card(opened) is shown
    click(opened, 0)


def test_a_click_on_another_name_opens_that_card_instead(window):
    opened = window(2, size=(1180, 900))
    click(opened, 1)
    filled(opened)
    click(opened, 0)
    assert filled(opened).dim == 0
    opened.hand.key("Escape")


def test_return_on_a_slider_opens_its_card_and_the_keys_go_on_moving_z(window):
    opened = window(6)
    sliders(opened).scales[5].focus_set()
    opened.hand.pump()
    opened.hand.key("Return")
    shown = filled(opened)
    assert shown.dim == 5
    opened.hand.key("Right")
    assert opened.z[5] == 0.1 and card(opened) is shown
    opened.hand.key("Return")
    assert card(opened) is None


@pytest.mark.parametrize("size", [(960, 600), (1180, 760)])
@pytest.mark.parametrize(("latent_dim", "dims"), [(None, range(6)), (6, range(6)), (20, (0, 9, 19))])
def test_it_covers_neither_its_row_nor_the_digit(window, size, latent_dim, dims):
    """None: of the model that ships, which has the longest sentences."""
    opened = window(size=size, **({"weights": ROOT / "weights"} if latent_dim is None else {"latent_dim": latent_dim}))
    for dim in dims:
        opened.app.show_card(dim)
        shown = filled(opened)
        assert apart(shown, sliders(opened).rows[dim]) and apart(shown, opened.app.workspace.picture.digit.widget)
        outer, inner = box(opened.root), box(shown)
        assert outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
    opened.hand.key("Escape")


def test_the_command_of_a_dimension_brings_its_slider_into_view(window):
    opened = window(20)
    opened.app.run(opened.app.desk.actions["card"])
    assert filled(opened).dim == 0
    sliders(opened).scales[17].focus_set()
    opened.app.run(opened.app.desk.actions["card"])
    assert filled(opened).dim == 17
    assert [each for each in opened.app.desk.actions if each.startswith("card-")] == []
    opened.hand.key("Escape")
    opened = window(6)
    opened.hand.key("ctrl+p")
    opened.hand.type("does z4")
    opened.hand.key("Return")
    assert filled(opened).dim == 4
    opened.hand.key("Escape")


def test_a_model_without_an_atlas_has_cards_too(window, bare):
    opened = window(weights=bare)
    click(opened, 3)
    shown = filled(opened)
    assert shown.nats.cget("text") == "" and shown.sentence.cget("text")
    opened.hand.key("Escape")


def test_a_card_goes_with_the_sliders_and_its_command_brings_them_back(window):
    opened = window(6)
    click(opened, 0)
    filled(opened)
    opened.hand.key("h")
    assert card(opened) is None
    opened.app.run(opened.app.desk.actions["card-2"])
    assert filled(opened).dim == 2 and sliders(opened).widget.winfo_viewable()
    opened.hand.key("h")
    opened.app.run(opened.app.desk.actions["name"])
    opened.hand.pump()
    assert sliders(opened).widget.winfo_viewable() and opened.root.focus_get() is sliders(opened).rows[0].naming.entry
    opened.hand.key("Escape")


def test_another_theme_closes_it(window):
    opened = window(6)
    click(opened, 0)
    filled(opened)
    opened.app.change(theme="dark")
    assert card(opened) is None
    opened.hand.until(lambda: opened.app.workspace.ready)
    click(opened, 0)
    filled(opened)
    opened.hand.key("Escape")
