"""The column under the digit: parts that fold, of which only those that are open and in view are computed."""

from threading import Event, Thread, current_thread

import numpy as np
import pytest
from test_subject import SEVEN

from vae_explorer.gui.views.answers.column import PARTS
from vae_explorer.gui.views.answers.looks_like import percent
from vae_explorer.gui.views.answers.part import CLOSED, OPEN
from vae_explorer.session import offered, subject
from vae_explorer.session.history import Session
from vae_explorer.settings import Settings
from vae_explorer.space import change, places

ALL = Settings(motion=False, unfolded=tuple(PARTS))
NONE = Settings(motion=False, unfolded=())


def parts(opened):
    return opened.app.workspace.picture.answers.parts


def show(opened, name):
    """Scroll a part to the top of the column; give what is below its line."""
    area = opened.app.workspace.picture.answers.widget
    area._canvas.yview_moveto(parts(opened)[name].widget.winfo_y() / area.inner.winfo_height())
    opened.hand.pump()
    return parts(opened)[name].body


def texts(widget):
    """All that labels in a widget say."""
    for child in widget.winfo_children():
        if child.winfo_class() == "TLabel":
            yield str(child.cget("text"))
        yield from texts(child)


# ------------------------------------------------------------------------------------------------------------- folding


@pytest.mark.parametrize("name", ["trick", "nearest"])
def test_what_is_opened_at_the_foot_of_the_column_comes_into_sight(window, name):
    opened = window(6, Settings(motion=False, unfolded=("looks", "place")))
    area, part = opened.app.workspace.picture.answers.widget, parts(opened)[name]
    opened.session.commit(**subject.drawn(opened.session.space, SEVEN))
    opened.hand.pump()
    area._canvas.yview_moveto(1.0)
    opened.hand.pump()
    opened.hand.click(part.head)
    opened.hand.pump()
    (first, last), top = area.seen, part.widget.winfo_y()
    bottom = top + part.widget.winfo_height()
    assert first <= top <= last and (bottom <= last or abs(top - first) <= 1)


def test_what_is_folded_is_not_built(window):
    opened = window(6, NONE)
    assert all(part.body is None and not part.headline for part in parts(opened).values())
    assert [part.head.cget("text") for part in parts(opened).values()] == [
        f"{CLOSED} {row.title}" for row in PARTS.values()
    ]


@pytest.mark.parametrize("how", ["mouse", "space", "Return"])
def test_a_part_is_opened_and_closed_by_mouse_and_keys_and_that_is_remembered(window, how):
    opened = window(6, NONE)
    part = parts(opened)["place"]

    def turn():
        if how == "mouse":
            opened.hand.click(part.head)
        else:
            part.head.focus_set()
            opened.hand.key(how)

    turn()
    assert part.body.widget.winfo_ismapped() and part.head.cget("text").startswith(OPEN)
    assert opened.app.settings.unfolded == ("place",)
    opened.hand.until(lambda: part.headline)
    turn()
    assert part.body is None and not part.headline and opened.app.settings.unfolded == ()


def test_a_window_opens_with_the_parts_that_were_left_open_and_forgets_those_that_there_are_no_more(window):
    opened = window(6, Settings(motion=False, unfolded=("nearest", "of another version", "place")))
    assert [name for name, part in parts(opened).items() if part.opened] == ["place", "nearest"]
    opened.app.change(theme="dark")
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert [name for name, part in parts(opened).items() if part.opened] == ["place", "nearest"]


def test_only_what_is_in_view_is_computed_and_the_rest_when_it_comes_into_view(window):
    opened = window(6, ALL)
    answers = opened.app.workspace.picture.answers
    shown = {name: [] for name in PARTS}
    for name, part in parts(opened).items():
        part.body.show = shown[name].append
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    assert shown["looks"] and not shown["nearest"] and not shown["ledger"]
    answers.widget._canvas.yview_moveto(1)
    opened.hand.until(lambda: shown["nearest"])
    assert shown["nearest"][-1] == opened.session.state and len(shown["looks"]) == 1


def test_the_column_is_made_when_the_digit_has_been_seen(window, monkeypatch):
    from vae_explorer.gui.views.picture import Picture

    frames, begin = [], Picture.begin
    monkeypatch.setattr(Picture, "begin", lambda self: (frames.append(self.digit.frames), begin(self)))
    window(6)
    assert len(frames) == 1 and frames[0] > 0


@pytest.mark.parametrize("name", PARTS)
def test_each_part_says_in_a_sentence_what_it_is(window, name):
    opened = window(6, NONE)
    assert opened.tooltip(parts(opened)[name].head) == PARTS[name].about


def test_a_model_with_a_decoder_only_says_what_each_part_needs(window, bare):
    opened = window(weights=bare, settings=ALL)
    for name, part in parts(opened).items():
        told = " ".join(texts(part.body.widget))
        file = "encoder_weights.pt" if name in ("trick", "ledger") else "atlas.npz"
        assert file in told, name
        assert "Training writes it." in told or name == "place"
    assert "from the middle" in " ".join(texts(parts(opened)["place"].body.widget))
    opened.session.commit(z=(1.0,) * 6)
    opened.hand.pump()
    assert opened.app.workspace.ready


# --------------------------------------------------------------------------------------------------------- looks like


def test_the_likeliest_classes_stand_there_with_their_shares(window):
    opened = window(6)
    for z in ((0.0,) * 6, (0.7, -0.2, 0.4, 0.0, 0.1, -1.0)):
        opened.session.commit(z=z)
        opened.hand.pump()
        [shares] = opened.session.space.classes.shares(z)
        best = (-shares).argsort()[:3]
        part = parts(opened)["looks"]
        assert [(each.name, each.number) for each in part.body.bars._shown] == [
            (str(k), percent(shares[k])) for k in best
        ]
        assert part.headline == f"a{'n' if best[0] == 8 else ''} {best[0]}"


def test_a_bar_is_as_long_as_its_share(window):
    opened = window(6, size=(1180, 760))
    bars = parts(opened)["looks"].body.bars
    bars.show([type(bars._shown[0])("a", share, "", "") for share in (0.0, 0.5, 1.0)])
    lengths = []
    for groove, filled, *_ in bars._rows:
        left, _, right, _ = bars.widget.coords(groove)
        lengths.append((bars.widget.coords(filled)[2] - left) / (right - left))
    np.testing.assert_allclose(lengths, [0, 0.5, 1], atol=0.01)


def test_each_bar_says_what_its_number_is(window):
    opened = window(6)
    bars = parts(opened)["looks"].body.bars
    assert opened.tooltip(bars.widget) == bars._shown[0].about
    x, y = bars.widget.winfo_rootx() + 6, bars.widget.winfo_rooty() + 18 + 6
    opened.hand.move(x, y)
    opened.hand.until(lambda: "tooltip" in opened.root.children)
    [label] = opened.root.children["tooltip"].children.values()
    assert label.cget("text") == bars._shown[1].about != bars._shown[0].about


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.004, "<1 %"), (0.006, "1 %"), (0.5, "50 %"), (0.996, ">99 %"), (1.0, "100 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_all(share, text):
    assert percent(share) == text


def elsewhere(classes, z, label):
    """Stands for the search of the least change: a point that is told from others."""
    assert label in classes.atlas.classes
    return np.asarray(z) + 0.5 + label / 10


def test_what_would_make_it_another_class_is_shown_as_a_path_and_is_one_step_of_undo(window, monkeypatch):
    monkeypatch.setattr(change, "least", elsewhere)
    opened = window(6)
    opened.session.commit(z=(0.25,) * 6)
    before = opened.session.state
    looks = parts(opened)["looks"].body
    looks.question.focus_set()
    opened.hand.key("space", "Down", "Down", "Down", "Down", "Return")
    opened.hand.until(lambda: opened.session.state.path.end)
    path = opened.session.state.path
    assert (path.start.z, path.way) == (before.z, "straight") and path.end.name == "least change to a 3"
    np.testing.assert_allclose(path.end.z, 0.25 + 0.5 + 0.3)
    assert opened.app.workspace.tabs.selected == "path" and opened.z == before.z, "it is shown, not gone"
    assert f"a move of {np.sqrt(6) * 0.8:.2f}" in opened.said
    opened.hand.key("ctrl+z")
    assert opened.session.state == before


def test_a_click_on_a_bar_asks_for_its_class_unless_it_is_that_already(window, monkeypatch):
    monkeypatch.setattr(change, "least", elsewhere)
    opened = window(6)
    bars = parts(opened)["looks"].body.bars
    x, y = bars.widget.winfo_rootx() + 20, bars.widget.winfo_rooty()
    opened.hand.press(x, y + 9)
    opened.hand.release()
    assert not opened.app.work.running and not opened.session.state.path.end
    opened.hand.press(x, y + 18 + 9)
    opened.hand.release()
    opened.hand.until(lambda: opened.session.state.path.end)
    assert opened.session.state.path.end.name == f"least change to a {bars._shown[1].name}"
    opened.hand.key("ctrl+z")  # or the tab goes on to search for ways


def test_what_is_of_a_class_already_stays_and_that_is_said(window, monkeypatch):
    monkeypatch.setattr(change, "least", lambda _classes, z, _label: np.asarray(z))
    opened = window(6)
    before = opened.session.state
    opened.app.run(opened.app.desk.actions["change-8"])
    opened.hand.until(lambda: "already" in opened.said)
    assert opened.said == "It looks like an 8 already" and opened.session.state == before


def test_a_class_that_cannot_be_come_to_is_told_in_the_status_line(window, monkeypatch):
    def nowhere(_classes, _z, _label):
        raise ValueError("nowhere is it the likeliest")

    monkeypatch.setattr(change, "least", nowhere)
    opened = window(6)
    opened.app.run(opened.app.desk.actions["change-8"])
    opened.hand.until(lambda: opened.said)
    assert opened.said == "Nothing was found: ValueError: nowhere is it the likeliest"


def test_the_palette_has_the_change_to_each_class_and_says_why_it_is_off_without_an_atlas(window):
    opened = window(6)
    labels = [each.label for each in opened.app.actions if each.group == "change"]
    assert labels[7:9] == ["What would make it a 7?", "What would make it an 8?"] and len(labels) == 10
    session = Session(opened.session.space)
    session.space.classes, kept = None, session.space.classes
    off = [each.why_not(session) for each in offered.actions(session, {}) if each.group == "change"]
    session.space.classes = kept
    assert len(off) == 10 and all("atlas.npz" in each for each in off)


# --------------------------------------------------------------------------------------------------------------- place


def test_the_place_is_told_in_words_and_explained_under_the_pointer(window):
    opened, words = window(), set()
    part = parts(opened)["place"]
    for z in ((0.0, 0.0), (1.0, 0.8), (9.0, 9.0)):
        opened.session.commit(z=z)
        opened.hand.pump()
        found, far = places.place(opened.session.space, z), places.radius(z)
        assert (part.headline, part.body.data.cget("text")) == (found.word, found.sentence)
        assert part.body.radius.cget("text").startswith(f"{far.length:.2f} from the middle")
        words.add(part.headline)
    assert len(words) > 1 and "never seen" in words
    show(opened, "place")
    assert "Of 100 encoded test digits" in opened.tooltip(part.body.data)
    assert opened.tooltip(part.body.radius) == places.radius((9.0, 9.0)).sentence


def test_of_a_drawing_the_place_says_how_well_it_is_rebuilt_among_the_encoded_digits(window):
    opened = window()
    space, part = opened.session.space, parts(opened)["place"]
    assert not part.body.rebuilt.winfo_ismapped()
    opened.session.commit(**subject.drawn(space, SEVEN))
    opened.hand.pump()
    error = float(np.square(space.codec.decode(opened.z) - opened.session.subject(opened.session.state).x).sum())
    share = 100 * np.mean(space.atlas.recon < error)
    assert part.body.rebuilt.cget("text") == f"{share:.0f} of 100 are rebuilt better."
    show(opened, "place")
    assert "squared error" in opened.tooltip(part.body.rebuilt)
    opened.session.commit(z=(1.0, 1.0), encoded=False)
    opened.hand.pump()
    assert not part.body.rebuilt.winfo_ismapped()


class Slow:
    """A density that is prepared when the test says so, and notes by whom, and how many frames were there then."""

    def __init__(self, opened):
        self.opened, self.may, self.by, self.frames = opened, Event(), None, 0
        self.thread = None

    def prepare(self):
        self.by, self.frames = current_thread(), self.opened.app.workspace.picture.digit.frames
        assert self.may.wait(20)

    def preparing(self):
        if self.thread is None:
            self.thread = Thread(target=self.prepare)
            self.thread.start()
        return self.thread

    def percentile(self, _z):
        assert self.may.is_set(), "the window would have waited"
        return np.array([50.0])


def test_how_much_data_there_is_is_told_when_the_digit_stands_there_and_nothing_waits_for_it(window):
    opened = window()
    opened.session.space.density = slow = Slow(opened)
    opened.app.change(look="smooth")
    assert not opened.app.workspace.ready
    opened.hand.until(lambda: slow.by)
    opened.session.commit(z=(1.0, 0.5))
    opened.hand.pump()
    part = parts(opened)["place"]
    assert slow.by is not current_thread() and slow.frames > 0
    assert opened.app.workspace.picture.digit.frames > slow.frames
    assert not part.headline and not opened.app.workspace.ready
    slow.may.set()
    opened.hand.until(lambda: opened.app.workspace.ready)
    assert part.headline == "usual" and part.body.data.cget("text").startswith("50 of 100")


@pytest.mark.parametrize("how", ["window", "part"])
def test_what_is_closed_before_that_is_told_leaves_nothing_waiting(window, how):
    opened = window()
    opened.session.space.density = slow = Slow(opened)
    opened.app.change(look="smooth")
    opened.hand.until(lambda: slow.by)
    if how == "window":
        opened.app.close()  # a timer that is left fails the test
    else:
        parts(opened)["place"].head.invoke()
        opened.hand.pump()
    slow.may.set()
    slow.by.join(20)
