"""Random: where it draws from is chosen, its seed is shown and typed, and the same seed gives the same draws."""

import numpy as np
import pytest

from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space.sources import SOURCES, About


@pytest.fixture
def asked(window):
    """A function that opens a window, and in it the question where Random draws from."""

    def ask(latent_dim=2, **options):
        opened = window(latent_dim, **options)
        opened.hand.click(opened.app.workspace.controls.arrow)
        return opened, opened.root.nametowidget("draws")

    return ask


def close(opened):
    """Close the question, after which nothing of it is left."""
    opened.hand.key("Escape")
    assert "draws" not in opened.root.children


def same(opened, seed=0):
    """A session on the same model whose draws are those that the window's should be."""
    return Session(opened.session.space, seed=seed)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("latent_dim", [1, 6])
def test_a_source_that_was_chosen_is_drawn_from_by_button_and_key_and_is_remembered(asked, source, latent_dim):
    opened, panel = asked(latent_dim)
    opened.hand.click(panel.choices[source])
    assert panel.about.get().startswith(SOURCES[source].about)
    close(opened)
    reference, z = same(opened), opened.z
    for press in (lambda: opened.hand.click(opened.app.workspace.controls.commands.buttons["random"]),
                  lambda: opened.hand.key("r")):  # fmt: skip
        press()
        z = reference.sample(source, About(z, 0))
        assert opened.z == z
    assert opened.app.settings.source == source and "number 2 of seed 0" in opened.said
    opened.hand.key("ctrl+z", "ctrl+z")
    assert opened.z == (0,) * latent_dim and not opened.session.can_undo


def test_a_source_that_was_chosen_before_is_chosen_and_said(window):
    opened = window(2, Settings(motion=False, source="around", source_radius=0.25), size=(1180, 760))
    assert "within 0.25 of here, seed 0" in opened.app.workspace.controls._note.label.cget("text")
    assert "within 0.25 of here, seed 0" in opened.tooltip(opened.app.workspace.controls.arrow)
    opened.hand.key("r")
    assert 0 < np.linalg.norm(opened.z) <= 0.25


def test_a_command_chooses_a_source_and_the_window_says_it_at_once(window):
    opened = window(2, size=(1180, 760))
    opened.hand.key("ctrl+p")
    opened.hand.type("random from prior")
    opened.hand.key("Return")
    assert opened.app.settings.source == "prior"
    assert opened.app.workspace.controls._note.label.cget("text").startswith("Random: from the prior")


def test_the_class_that_is_chosen_in_the_list_is_drawn_from(asked):
    opened, panel = asked(2)
    panel.classes.focus_set()
    opened.hand.key("Down")  # opens the list
    opened.hand.key(*["Down"] * 3, "Return")
    assert panel.source.get() == "class" and opened.app.settings.source_label == 3
    opened.hand.click(panel.draw)
    assert opened.z == same(opened).sample("class", About((0, 0), 3)) and "from class 3" in opened.said
    close(opened)


@pytest.mark.parametrize(("text", "radius"), [("0.5", 0.5), ("2,5", 2.5), ("20", 20)])
def test_a_radius_that_is_typed_is_taken_and_drawn_from(asked, text, radius):
    opened, panel = asked(2)
    opened.hand.write(panel.radii, text)
    opened.hand.click(panel.draw)
    assert (opened.app.settings.source, opened.app.settings.source_radius) == ("around", radius)
    assert opened.z == same(opened).sample("around", About((0, 0), 0, radius))
    close(opened)


@pytest.mark.parametrize("text", ["", "0", "-1", "21", "nan", "inf", "wide", "1e999"])
def test_a_radius_that_cannot_be_is_put_back_and_said(asked, text):
    opened, panel = asked(2)
    opened.hand.write(panel.radii, text)
    opened.hand.key("Return")
    assert panel.radii.get() == "1" and "radius is more than 0" in panel.said.get()
    assert (opened.app.settings.source, opened.app.settings.source_radius) == ("posterior", 1.0)
    close(opened)


def test_a_seed_that_is_typed_begins_with_its_first_draw_and_its_draws_come_again(asked):
    opened, panel = asked(2)
    opened.hand.click(panel.draw)
    opened.hand.write(panel.entry, "123")
    opened.hand.key("Return")
    assert opened.session.seed == 123 and "number 1 of" in panel.counted.get()
    drawn = []
    for _ in range(2):
        for _ in range(3):
            opened.hand.click(panel.draw)
            drawn.append(opened.z)
        assert "number 4 of" in panel.counted.get()
        opened.hand.click(panel.again)
    reference = same(opened, 123)
    assert drawn[:3] == drawn[3:] == [reference.sample() for _ in range(3)]
    close(opened)


@pytest.mark.parametrize("text", ["-1", "1.5", "seed", "", "9" * 19])
def test_a_text_that_is_no_seed_is_put_back_and_said(asked, text):
    opened, panel = asked(2)
    opened.hand.write(panel.entry, text)
    opened.hand.key("Return")
    assert opened.session.seed == 0 and panel.seed.get() == "0" and "whole number" in panel.said.get()
    close(opened)


def test_a_window_without_a_seed_shows_the_one_that_it_chose_and_copies_it(asked):
    opened, panel = asked(2, seed=None)
    assert panel.seed.get() == str(opened.session.seed)
    opened.hand.click(panel.copy)
    assert opened.root.clipboard_get() == panel.seed.get()
    opened.hand.click(panel.draw)
    assert opened.z == same(opened, int(panel.seed.get())).sample()
    close(opened)


def test_a_long_seed_of_the_command_line_is_shown_and_stays(asked):
    opened, panel = asked(2, seed=2**100)
    opened.hand.click(panel.entry)
    opened.hand.key("Return")
    assert panel.seed.get() == str(2**100) == str(opened.session.seed) and not panel.said.get()
    close(opened)


def test_without_an_atlas_the_prior_is_drawn_from_and_what_is_off_says_why(asked, bare):
    opened, panel = asked(weights=bare, size=(1180, 760))
    assert panel.source.get() == "prior" and [
        name for name, each in panel.choices.items() if each.instate(["disabled"])
    ] == [
        "posterior",
        "class",
    ]
    opened.hand.click(panel.choices["posterior"])
    assert panel.source.get() == "prior" and opened.app.settings.source == "posterior"
    opened.hand.click(panel.draw)
    assert opened.z == same(opened).sample("prior") and "there is no atlas.npz" in opened.said
    close(opened)


@pytest.mark.parametrize(("size", "scale"), [((960, 600), 1.0), ((1180, 760), 1.0), ((1440, 900), 1.5)])
@pytest.mark.parametrize("atlas", [True, False])
def test_the_question_is_whole_and_leaves_the_digit_in_sight(asked, bare, size, scale, atlas):
    opened, panel = asked(6, weights=None if atlas else bare, size=size, scale=scale)
    assert panel.winfo_width() >= panel.winfo_reqwidth() and panel.winfo_height() >= panel.winfo_reqheight()
    digit = opened.app.workspace.picture.digit.widget
    assert panel.winfo_rootx() + panel.winfo_width() <= digit.winfo_rootx()
    assert panel.winfo_rooty() >= opened.root.winfo_rooty()
    assert panel.winfo_rooty() + panel.winfo_height() <= opened.app.desk.status.widget.winfo_rooty()
    close(opened)


def test_r_draws_while_the_question_is_open_but_where_one_types(asked):
    opened, panel = asked()
    reference = same(opened)
    opened.hand.key("r")
    drawn = opened.z
    assert drawn == reference.sample("posterior", About(drawn, 0))
    panel.entry.focus_force()
    opened.hand.key("r", "BackSpace")
    assert opened.z == drawn
    close(opened)


def test_keys_alone_choose_a_source_and_draw(window):
    opened = window(2)
    random = opened.app.workspace.controls.commands.buttons["random"]
    random.focus_set()
    opened.hand.key("Tab", "space")
    panel = opened.root.nametowidget("draws")
    assert opened.root.focus_get() is panel.choices["posterior"]
    opened.hand.key("Down", "space")
    assert opened.app.settings.source == "prior"
    panel.draw.focus_set()
    opened.hand.key("Return")
    assert opened.z == same(opened).sample("prior")
    close(opened)
    assert opened.root.focus_get() is opened.app.workspace.controls.arrow


def test_the_question_comes_back_in_the_colours_of_another_theme(asked):
    opened = asked(2)[0]
    opened.app.change(theme="dark")
    opened.hand.pump()
    assert opened.root.nametowidget("draws").theme.name == "dark"
    close(opened)
