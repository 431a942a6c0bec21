"""One more row in the table of pictures, and one in that of tabs: each is seen wherever the others are."""

import tkinter as tk
from tkinter import ttk

import numpy as np
import pytest
from factories import python
from PIL import Image

from vae_explorer import render
from vae_explorer.codecs import opening
from vae_explorer.gui.panels import keys
from vae_explorer.gui.panels.palette import matches
from vae_explorer.gui.views.tab import TABS, Tab
from vae_explorer.pictures import choice, figures, make, recipe
from vae_explorer.pictures.as_python import as_python
from vae_explorer.pictures.kind import Kind, Moving
from vae_explorer.pictures.kinds import KINDS
from vae_explorer.pictures.recipe import Recipe
from vae_explorer.session import offered, recipes
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space.space import Space


def row_of_digits(space, made, chosen, _cancelled):
    """A row of the same digit."""
    return figures.bands({"again": frames(space, made, chosen, _cancelled)}, columns=chosen["copies"])


def frames(space, made, chosen, _cancelled):
    return np.repeat(space.codec.pixels(np.array([made.z])), chosen["copies"], 0)


class EchoView:
    """A view that keeps what it is shown."""

    def __init__(self, parent, *_given):
        self.widget, self.shown = ttk.Frame(parent), []
        tk.Label(self.widget, text="echo").grid()

    def show(self, state):
        self.shown.append(state.z)

    def destroy(self):
        pass


HERE = "test_one_more_kind:"
ECHO = Kind(
    "Echo",
    "The same digit, some times",
    {"copies": choice.whole("how many times", 1, 9, 2), "tone": choice.one_of("how it sounds", lambda: "hl", "h")}
    | {name: KINDS["path"].choices[name] for name in ("side", "look", "colours", "ms")},
    f"{HERE}row_of_digits",
    lambda space, _chosen: "seven dimensions are too many" if space.latent_dim == 7 else "",
    Moving(f"{HERE}frames", {"copies": 3}, lambda chosen: "one is too few" if chosen["copies"] == 1 else ""),
)
TAB = Tab("Echo", "Hears what it is told", f"{HERE}EchoView", lambda state: state.order, "echo")


@pytest.fixture(autouse=True)
def _one_more(monkeypatch):
    monkeypatch.setitem(KINDS, "echo", ECHO)
    monkeypatch.setitem(TABS, "echo", TAB)


@pytest.fixture
def session(model):
    return Session(Space(opening.load(model(2))), (0.5, -1.0), 3)


# ------------------------------------------------------------------------------------------------------------ pictures


def test_a_recipe_can_be_of_it_and_its_choices_are_checked():
    made = Recipe((0.5, -1.0), "a" * 64, picture="echo", options={"copies": 4, "tone": "l"})
    assert recipe.loads(recipe.dumps(made)) == made
    for options, why in [
        ({"copies": 10}, "copies 10 is no whole number from 1 to 9"),
        ({"n": 1}, "no option 'n' of echo"),
    ]:
        with pytest.raises(ValueError, match=why):
            Recipe((0.5, -1.0), "a" * 64, picture="echo", options=options)
    with pytest.raises(ValueError, match=r"picture is none of digit, .*, echo$"):
        Recipe((0.5, -1.0), "a" * 64, picture="film")


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "gif"])
def test_it_is_made_and_saved_in_all_its_formats(session, tmp_path, suffix):
    made = recipes.recipe(session, "echo", copies=3, side=28)
    make.save(session.space, made, tmp_path / f"a.{suffix}")
    if suffix == "gif":
        with Image.open(tmp_path / "a.gif") as picture:
            assert picture.size == (28, 28)
    if suffix in ("png", "gif"):
        assert recipe.made_by(tmp_path / f"a.{suffix}") == made
    assert make.figure(session.space, made).axes[0].get_title(loc="left") == "again"


def test_what_it_needs_of_a_model_or_a_moving_picture_is_said(model, session, tmp_path):
    other = Session(Space(opening.load(model(7))))
    assert recipes.why_not(other, "echo") == "seven dimensions are too many" and recipes.why_not(session, "echo") == ""
    with pytest.raises(make.PictureError, match="cannot be made: seven dimensions are too many"):
        make.save(other.space, Recipe((0.0,) * 7, other.space.codec.source.sha256, picture="echo"), tmp_path / "a.png")
    with pytest.raises(Exception, match=r"a\.gif: one is too few"):
        make.save(session.space, recipes.recipe(session, "echo", copies=1), tmp_path / "a.gif")


def test_a_moving_one_has_the_look_of_the_window_and_what_is_usual_of_it(session):
    mine = Settings(colours="magma")
    assert recipes.recipe(session, "echo", mine).options == {}
    assert recipes.recipe(session, "echo", mine, suffix=".gif").options == {"copies": 3, "colours": "magma"}


def test_copy_as_python_gives_lines_that_name_it(session):
    text = as_python(recipes.recipe(session, "echo", copies=4))
    assert "picture='echo'" in text and "options = {'copies': 4}" in text and "vx.save(vae, made, 'echo.png')" in text


# ------------------------------------------------------------------------------------------------------------- command


def test_the_command_draws_it_and_tells_of_it_and_its_choices(model, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        render.main(["--help"])
    words = " ".join(capsys.readouterr().out.split())
    assert "echo The same digit, some times" in words
    with pytest.raises(SystemExit):
        render.main(["echo", "--help"])
    words = " ".join(capsys.readouterr().out.split())
    assert "The same digit, some times. examples: python -m vae_explorer.render echo what" in words
    assert "--copies N how many times (default: 2, as GIF 3)" in words
    assert "--tone {h,l} how it sounds (default: h)" in words and "longer side (of a GIF; default: 280)" in words
    assert render.main(["echo", "--copies", "4", "--weights", str(model(2))]) == 0
    assert recipe.made_by(tmp_path / "echo.png").options == {"copies": 4}
    assert render.main(["echo", "--side", "28", "--out", "a.gif", "--weights", str(model(2))]) == 0
    assert recipe.made_by(tmp_path / "a.gif").options == {"copies": 3, "side": 28}


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        ("echo --dims 0,1", "echo has no --dims. Leave it out."),
        ("map --copies 2", "map has no --copies. Leave it out."),
        ("echo --ms 40", "--ms is for echo as .gif, not as .png. Leave it out."),
        ("echo --copies 10", "copies 10 is no whole number from 1 to 9"),
    ],
)
def test_the_command_refuses_what_is_not_of_it(model, tmp_path, monkeypatch, capsys, argv, why):
    monkeypatch.chdir(tmp_path)
    assert render.main([*argv.split(), "--weights", str(model(2))]) == 2
    assert why in capsys.readouterr().err and list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------------------------------------------------- window


def test_the_keys_the_palette_and_the_menu_list_its_tab(session):
    actions = offered.actions(session, TABS)
    [shown] = [each for each in actions if each.name == "tab-echo"]
    assert (shown.label, shown.menu, shown.shortcut) == ("Show echo", "View", "Ctrl+6")
    assert shown.description == "Hears what it is told"
    assert matches("show ec", actions)[0] is shown
    assert ("Ctrl+6", "Show echo") in dict(keys.groups(actions))["View"]


def test_the_window_has_its_tab_its_key_and_its_place_in_the_menu(window):
    opened = window(2)
    book = opened.app.workspace.tabs.widget
    assert [book.tab(each, "text") for each in book.tabs()] == [
        "Map",
        "Plane",
        "Path",
        "Arithmetic",
        "Your digit",
        "Echo",
    ]
    menu = opened.root.nametowidget(opened.app.menu.bar.entrycget("View", "menu"))
    labels = [menu.entrycget(n, "label") for n in range(menu.index("end") + 1) if menu.type(n) != "separator"]
    shown = ["Show map", "Show plane", "Show path", "Show arithmetic", "Show your digit", "Show echo"]
    assert labels[:6] == shown
    opened.hand.key("ctrl+6")
    opened.session.commit(z=(1.0, 1.0))
    opened.hand.pump()
    assert opened.app.workspace.tabs.selected == "echo" and opened.app.workspace.tabs.view("echo").shown[-1] == (1, 1)
    opened.app.show_tab("map")
    opened.session.commit(order="kl")  # the part of the state that is its own
    opened.hand.pump()
    assert opened.app.workspace.tabs.selected == "echo"


def test_its_view_is_saved_copied_and_opened_again(window, tmp_path):
    opened, seen = window(2, Settings(motion=False, tab="echo", folder=str(tmp_path)), z=(0.5, -1.0)), []

    def answer(dialog):
        seen.extend([dialog.what.get(), dialog.description.get(), dialog.formats["values"], dialog.whats["values"][-1]])
        opened.hand.do("key", "Return")

    opened.dialog(".saving", lambda path: answer(opened.root.nametowidget(path)))
    opened.hand.key("ctrl+shift+s")
    opened.hand.until(lambda: opened.said.startswith("Saved") and not opened.app.work.running)
    assert seen == ["Echo", "The same digit, some times", ("PNG", "SVG", "PDF", "GIF"), "Echo"]
    assert recipe.made_by(tmp_path / "echo.png") == recipes.recipe(opened.session, "echo")
    opened.app.documents.copy_view()
    assert "picture='echo'" in opened.root.clipboard_get()
    opened.app.show_tab("map")
    opened.session.commit(z=(0.0, 0.0))
    opened.app.documents.open(tmp_path / "echo.png")
    opened.hand.pump()
    assert opened.app.workspace.tabs.selected == "echo" and opened.z == (0.5, -1.0)


def test_a_tab_that_was_remembered_and_is_gone_means_the_first(window, monkeypatch):
    monkeypatch.delitem(TABS, "echo")
    opened = window(2, Settings(motion=False, tab="echo"))
    assert opened.app.workspace.tabs.selected == "map"


# --------------------------------------------------------------------------------------------------------------- table


def test_every_row_names_a_maker_and_a_view_that_there_are():
    from pkgutil import resolve_name

    for kind in KINDS.values():
        assert callable(resolve_name(kind.maker)) and (
            kind.moving is None or callable(resolve_name(kind.moving.frames))
        )
    for tab in TABS.values():
        assert callable(resolve_name(tab.view)) and tab.picture in KINDS


def test_a_recipe_is_read_without_matplotlib():
    done = python(
        "import sys, vae_explorer.pictures.recipe; print({'matplotlib', 'tkinter', 'torch'} & set(sys.modules))"
    )
    assert done.stdout == "set()\n", done.stderr
