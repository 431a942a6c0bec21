"""The commands of the window as a table, run on a window that only takes notes and a real session."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories import atlas_bytes, bare_folder, made_up, model_folder

from vae_explorer import settings
from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.datasets.mirrors import OFFICIAL
from vae_explorer.datasets.originals import NOWHERE, UNKNOWN, Originals
from vae_explorer.datasets.split import Split
from vae_explorer.datasets.strokes import Stroke
from vae_explorer.gui.views.tab import TABS
from vae_explorer.pictures.looks import COLOURS, LOOKS
from vae_explorer.session import asked, measuring, offered
from vae_explorer.session.action import written
from vae_explorer.session.actions import ACTIONS
from vae_explorer.session.asked import LISTED
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.history import Session
from vae_explorer.session.layers import LAYERS
from vae_explorer.session.offered import CHOICES, choice_actions, class_actions, source_actions, tab_actions
from vae_explorer.settings import Settings
from vae_explorer.space.sources import SOURCES, About
from vae_explorer.space.space import Space

BY_NAME = {action.name: action for action in ACTIONS}


class Notes:
    """An App, with its documents, clipboard and other parts, that writes down what it is asked for."""

    def __init__(self, session):
        self.session, self.settings, self.asked = session, Settings(), []
        self.documents, self.clipboard, self.data, self.asking, self.panels = (Questions(self.asked) for _ in range(5))

    def go(self, z):
        self.session.commit(z=z)

    def say(self, text):
        self.asked.append(f"say {text}")

    def show_tab(self, name):
        self.asked.append(f"tab {name}")

    def show_card(self, dim):
        self.asked.append(f"card {dim}")

    def switch_layer(self, name):
        self.asked.append(f"layer {name}")

    def change(self, **settings):
        self.asked.append("change")
        self.settings = replace(self.settings, **settings)

    def __getattr__(self, name):
        return lambda: self.asked.append(name)


class Questions:
    """A part of an App that writes down what it is asked for."""

    def __init__(self, asked):
        self._asked = asked

    def __getattr__(self, name):
        return lambda *_: self._asked.append(name)


@pytest.fixture(scope="module", params=["atlas", "bare"])
def source(request, tmp_path_factory):
    data = atlas_bytes(labels=4) if request.param == "atlas" else None
    return opening.load(model_folder(tmp_path_factory.mktemp("models"), atlas=data))


@pytest.fixture
def app(source):
    """Notes on a model that learned from MNIST."""
    session = Session(Space(source), seed=0)
    session.originals = Originals({"data": {"sha256": {name: each.unpacked for name, each in OFFICIAL.items()}}})
    return Notes(session)


@pytest.fixture
def with_atlas(app):
    return app if app.session.space.atlas else pytest.skip("needs the atlas")


def every(session):
    return offered.actions(session, TABS)


def moved(session):
    """Bring a session where everything that can ever run can run."""
    for value in (1, 2, 3):
        session.commit(z=(value, 0))
    session.undo()
    session.commit(drawing=Drawing(strokes=(Stroke(((5.0, 5.0), (9.0, 9.0))),)))
    session.commit(bookmarks=(Bookmark("elsewhere", (9.0, 9.0)),), z=(2.5, 0))
    session.commit(measured=(measuring.measured(session),))
    session.commit(z=(3.5, 0))
    session.undo()


def test_names_labels_and_shortcuts_are_unique(app):
    for key in ("name", "label", "shortcut"):
        counts = Counter(getattr(action, key) for action in every(app.session) if getattr(action, key))
        assert [name for name, count in counts.items() if count > 1] == [], key
    assert {action.menu for action in every(app.session)} == {"File", "Edit", "Go", "View", "Model", "Help"}


def test_shortcuts_are_modifiers_and_one_key(app):
    for action in every(app.session):
        assert re.fullmatch(r"((Ctrl|Shift|Alt)\+)*([A-Z0-9]|F1|Home|Escape|Space)|", action.shortcut), action.name


@pytest.mark.parametrize(
    ("shortcut", "linux", "mac"),
    [
        ("Ctrl+S", "Ctrl+S", "⌘S"), ("Ctrl+Shift+Z", "Ctrl+Shift+Z", "⇧⌘Z"), ("Home", "Home", "Home"),
        ("Escape", "Esc", "Esc"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_shortcut_is_written_as_the_system_does(shortcut, linux, mac):
    assert (written(shortcut, "linux"), written(shortcut, "darwin")) == (linux, mac)
    assert replace(BY_NAME["save"], shortcut=shortcut).keys == written(shortcut)


def test_every_value_that_a_setting_of_the_view_menu_can_have_is_a_choice(app):
    choices = {action.name for action in every(app.session) if action.menu == "View"}
    values = {"theme": settings.THEMES, "look": LOOKS, "colours": COLOURS}
    others = {f"tab-{name}" for name in TABS} | {f"layer-{name}" for name in LAYERS} | {"motion", "shade", "handles"}
    assert choices == {f"{setting}-{value}" for setting, each in values.items() for value in each} | others


@pytest.mark.parametrize("name", TABS)
def test_every_tab_can_be_brought_to_the_front(app, name):
    {each.name: each for each in tab_actions(TABS)}[f"tab-{name}"].run(app)
    assert app.asked == [f"tab {name}"]


def test_what_has_no_reason_against_it_runs_and_does_something(app):
    """And what has one says it in a few words, without an end that a sentence has."""
    for name in [action.name for action in every(app.session)]:
        moved(app.session)
        action = {each.name: each for each in every(app.session)}[name]
        if reason := action.why_not(app.session):
            assert (
                name.startswith(("class-", "change-", "refine", "source-", "layer-", "hold-class"))
                and 5 < len(reason) < 100
            ), name
            continue
        before = app.session.state
        action.run(app)
        assert app.session.state != before or app.asked, name
        app.asked.clear()


@pytest.mark.parametrize(("latent_dim", "count"), [(2, 2), (LISTED, LISTED), (LISTED + 1, 0), (256, 0)])
def test_each_of_few_dimensions_has_a_command_that_tells_what_it_does(model, latent_dim, count):
    app = Notes(Session(Space.open(model(latent_dim)), seed=0))
    actions = {each.name: each for each in asked.card_actions(app.session)}
    assert [*actions] == ["card", *(f"card-{dim}" for dim in range(count))]
    for action in actions.values():
        action.run(app)
    assert app.asked == ["card None", *(f"card {dim}" for dim in range(count))]


ASKED = {
    "open": "open_file", "open-folder": "open_folder", "open-bookmarks": "open_bookmarks", "save": "save_picture",
    "open-digit": "open_digit", "copy": "copy", "paste": "paste", "test-digit": "random",
    "choose-test-digit": "choose", "fetch-data": "fetch",
    "save-view": "save_view", "quit": "quit", "copy-python": "copy_python", "copy-view": "copy_view",
}  # fmt: skip


@pytest.mark.parametrize(("name", "asked"), ASKED.items())
def test_what_is_the_windows_is_asked_of_the_window(app, name, asked):
    assert BY_NAME[name].why_not(app.session) == ""
    BY_NAME[name].run(app)
    assert app.asked == [asked] and app.session.state.z == (0, 0)


def test_test_digits_are_of_data_that_are_known_and_fetched_only_where_they_are_mnist_and_not_here(app, source):
    names = "test-digit", "choose-test-digit", "fetch-data"
    app.session.originals.settle(NOWHERE)
    assert [BY_NAME[name].why_not(app.session) for name in names] == [""] * 3, "they may be here by now"
    app.session.originals.settle(Split(np.zeros((1, 28, 28), np.uint8), np.zeros(1, np.uint8)))
    assert [BY_NAME[name].why_not(app.session) for name in names] == ["", "", "its data set is on this machine already"]
    other = Session(Space(source))
    why = [BY_NAME[name].why_not(other) for name in names]
    assert why == [UNKNOWN, UNKNOWN, "this model is not known to have learned from MNIST"]


def test_what_needs_an_encoder_says_so(tmp_path):
    bare = Session(Space(opening.load(bare_folder(tmp_path))))
    for name in ("open-digit", "test-digit", "choose-test-digit"):
        assert BY_NAME[name].why_not(bare) == "it needs encoder_weights.pt: there is none beside the decoder"
    assert BY_NAME["paste"].why_not(bare) == "", "it takes numbers, too"


def test_bookmarks_are_saved_when_there_are_some(app):
    app.session.bookmark()
    assert BY_NAME["save-bookmarks"].why_not(app.session) == ""
    BY_NAME["save-bookmarks"].run(app)
    assert app.asked == ["save_bookmarks"]


def test_a_place_is_bookmarked_once_and_no_more_places_than_a_file_takes(app):
    action = BY_NAME["bookmark"]
    action.run(app)
    assert [each.z for each in app.session.state.bookmarks] == [(0, 0)]
    assert action.why_not(app.session) == "this place is bookmarked already"
    app.session.commit(z=(1, 0))
    assert action.why_not(app.session) == ""
    app.session.commit(bookmarks=tuple(Bookmark(f"{k}", (9.0, 9.0)) for k in range(1000)))
    assert action.why_not(app.session) == "1000 bookmarks are the most"


def test_at_the_start_there_is_nothing_to_take_back_or_to_reset(app):
    reasons = {action.name: why for action in ACTIONS if (why := action.why_not(app.session))}
    assert reasons == {
        "undo": "nothing to undo",
        "redo": "nothing to redo",
        "reset": "all values are 0 already",
        "save-bookmarks": "there are no bookmarks yet",
        "save-measurements": "nothing was measured yet",
        "clear-pad": "nothing is drawn yet",
        "encode": "nothing is drawn yet",
    }


@pytest.mark.parametrize("name", ["motion", *(action.name for action in choice_actions(CHOICES))])
def test_a_choice_is_on_once_it_was_made_and_the_others_of_its_kind_are_off(app, name):
    choices = {each.name: each for each in every(app.session) if each.checked}
    choices[name].run(app)
    assert choices[name].checked(app.settings) == (name != "motion")  # which is on at first, so it was turned off
    kind = name.split("-")[0]
    assert sum(each.checked(app.settings) for each in choices.values() if each.name.startswith(kind)) <= 1


def test_undo_redo_and_reset_walk_and_each_is_a_step(app):
    session, run = app.session, {name: lambda action=action: action.run(app) for name, action in BY_NAME.items()}
    session.commit(z=(1, -1))
    run["reset"]()
    assert session.state.z == (0, 0) and BY_NAME["reset"].why_not(session)
    run["undo"]()
    assert session.state.z == (1, -1) and not BY_NAME["redo"].why_not(session)
    run["redo"]()
    assert session.state.z == (0, 0) and BY_NAME["redo"].why_not(session)


def test_random_goes_to_the_sessions_next_draw(app):
    same = Session(Space(app.session.space.codec), seed=0)
    expected = same.sample(), same.sample()
    for z in expected:
        BY_NAME["random"].run(app)
        assert app.session.state.z == z
    app.session.undo()
    assert app.session.state.z == expected[0]


@pytest.mark.parametrize("drawn", SOURCES)
def test_random_goes_to_a_draw_of_the_source_that_is_chosen_and_says_which_it_was(with_atlas, drawn):
    app, same = with_atlas, Session(Space(with_atlas.session.space.codec), seed=0)
    app.change(source=drawn, source_label=2, source_radius=0.5)
    BY_NAME["random"].run(app)
    assert app.session.state.z == same.sample(drawn, About((0.0, 0.0), 2, 0.5))
    where = {
        "posterior": "from the aggregated posterior", "prior": "from the prior N(0, I)", "class": "from class 2",
        "around": "within 0.5 of here",
    }  # fmt: skip
    assert app.asked[-1] == f"say Drawn {where[drawn]}: number 1 of seed 0"


def test_without_an_atlas_random_draws_from_the_prior_and_says_why(app):
    if app.session.space.atlas:
        pytest.skip("has an atlas")
    same = Session(Space(app.session.space.codec), seed=0)
    for source in ("posterior", "class", "a source of a later version"):
        app.change(source=source)
        BY_NAME["random"].run(app)
        assert app.session.state.z == same.sample("prior")
        assert "from the prior N(0, I), for there is no atlas.npz: number" in app.asked[-1]


def test_a_source_is_chosen_by_a_command_and_one_that_needs_the_atlas_says_so(app):
    actions = {each.name: each for each in source_actions()}
    for source in SOURCES:
        action = actions[f"source-{source}"]
        if app.session.space.atlas is None and source in ("posterior", "class"):
            assert "atlas.npz" in action.why_not(app.session)
            continue
        action.run(app)
        assert app.settings.source == source and action.checked(app.settings) and not action.why_not(app.session)
        assert sum(each.checked(app.settings) for each in actions.values()) == 1


def test_each_class_of_the_atlas_has_a_preset_with_its_key(with_atlas):
    actions = class_actions(with_atlas.session)
    assert [(each.name, each.label, each.short, each.shortcut) for each in actions] == [
        (f"class-{k}", f"Mean of class {k}", f"{k}", f"{k}") for k in range(4)
    ]
    for label, action in enumerate(actions):
        assert action.why_not(with_atlas.session) == ""
        action.run(with_atlas)
        assert with_atlas.session.state.z == with_atlas.session.space.class_mean(label)
    with_atlas.session.undo()
    assert with_atlas.session.state.z == with_atlas.session.space.class_mean(2)


def test_without_an_atlas_ten_presets_say_that_they_need_it(app):
    if app.session.space.atlas:
        pytest.skip("has an atlas")
    actions = class_actions(app.session)
    reasons = {action.why_not(app.session) for action in actions}
    assert len(actions) == 10
    assert reasons == {"class presets need atlas.npz: there is none beside the decoder"}


def test_classes_from_ten_on_have_no_key(tmp_path):
    session = Session(Space(opening.load(model_folder(tmp_path, atlas=atlas_bytes(labels=12)))))
    assert [action.shortcut for action in class_actions(session)] == [*"0123456789", "", ""]


def test_a_preset_of_another_models_class_says_that_none_is_there(with_atlas, tmp_path):
    larger = Session(Space(opening.load(model_folder(tmp_path, atlas=atlas_bytes(labels=6)))))
    assert class_actions(larger)[5].why_not(with_atlas.session) == "no image of class 5 is in atlas.npz"


def test_what_is_no_digit_is_called_a_picture_in_labels_and_reasons():
    session = Session(made_up((3, 20, 36)))
    told = {each.name: each for each in offered.actions(session, TABS)}
    assert told["test-digit"].label == "A test picture" and told["refine"].description.startswith("Improve mu")
    words = [text for each in told.values() for text in (each.label, each.description, each.why_not(session))]
    assert [text for text in words if "digit" in text.lower()] == [told["open-shipped"].description]
