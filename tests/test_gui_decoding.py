"""Decoders that take longer than a frame, and such that fail: the hand never waits, and the window lives."""

from threading import Timer, current_thread, main_thread
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import middle
from factories import Failing, MadeUp, Slow, SlowlyFailing, made_up_codec

from vae_explorer.codecs import opening
from vae_explorer.datasets.drawing import Drawing
from vae_explorer.gui.views.sign import FAILED, WAITING
from vae_explorer.session.bookmarks import Bookmark
from vae_explorer.session.state import Path
from vae_explorer.settings import Settings


@pytest.fixture
def show(window, monkeypatch):
    """A function that opens the window on a made-up model of some parts."""

    def show(parts, shape=(1, 20, 36), latent_dim=3, **options):
        made = made_up_codec(shape, latent_dim, parts)
        monkeypatch.setattr(opening, "opened", lambda *_, **__: made)
        opened = window(size=(1180, 760), **options)
        return opened, made._decoder

    return show


def rests(opened):
    opened.hand.until(lambda: not opened.app.desk.decoding.waiting, "it was not decoded")
    opened.hand.pump()


def decoded(opened, z):
    """What is decoded at z, by a decoder that is quick."""
    return made_up_codec(opened.session.space.shape, len(z)).pixels(z)[0]


def is_shown(opened, z=None):
    return abs(opened.digit() - decoded(opened, opened.z if z is None else z).astype(int)).max() <= 1


def frames(opened, monkeypatch):
    """The pictures that are shown from now on, in their order."""
    digit, seen = opened.app.workspace.picture.digit, []
    show = digit.show
    monkeypatch.setattr(digit, "show", lambda pixels: (seen.append(pixels), show(pixels)))
    return seen


def strips(opened):
    """The first two: the frame on the third moves with it."""
    return [opened.look(opened.app.workspace.controls.sliders.strips[dim].canvas)[:8] for dim in range(2)]


def test_the_thumb_follows_the_hand_at_once_and_the_picture_comes_later_and_ends_at_the_last_z(show, monkeypatch):
    opened, decoder = show(Slow)
    before, shown = opened.z, frames(opened, monkeypatch)
    decoder.gate.clear()
    opened.hand.press(*opened.thumb(0))
    seen = []
    for value in (0.5, 1.0, 1.5, 2.0, 2.5):
        opened.hand.move(*opened.thumb(0, value))
        assert opened.z[0] == pytest.approx(value, abs=0.1)
        assert opened.app.workspace.controls.sliders.scales[0].get() == pytest.approx(opened.z[0])
        seen.append(opened.z)
        assert is_shown(opened, before), "the last picture stays until the next one comes"
    opened.hand.release()
    decoder.gate.set()
    rests(opened)
    assert len({*seen}) == 5 and is_shown(opened)
    for picture, z in zip(shown, (seen[0], seen[-1]), strict=True):  # the one that was under way, and the newest
        np.testing.assert_array_equal(picture, decoded(opened, z))


def test_the_time_of_a_decode_is_that_of_the_picture_which_came(show, monkeypatch):
    opened, decoder = show(Slow)
    picture, now, took = opened.app.workspace.picture, [0.0], []
    monkeypatch.setattr("vae_explorer.gui.views.picture.time", SimpleNamespace(perf_counter=lambda: now[0]))
    monkeypatch.setattr(picture.digit, "show", lambda _pixels: took.append(picture.decode_s))
    decoder.gate.clear()
    for x, then in ((1.0, 5.0), (2.0, 7.0)):
        opened.session.commit(z=(x, 0.0, 0.0))
        opened.hand.pump()
        now[0] = then
    decoder.gate.set()
    rests(opened)
    assert took == [7.0, 2.0], "the first was asked for at 0, the second at 5"


def test_the_strips_come_one_by_one_after_the_picture_and_are_those_of_the_last_z(show):
    opened, decoder = show(Slow)
    decoder.gate.clear()
    before = strips(opened)
    opened.session.commit(z=(0.0, 0.0, 1.0))
    opened.hand.pump()
    assert all((old == new).all() for old, new in zip(before, strips(opened), strict=True))
    decoder.decoded.clear()
    decoder.gate.set()
    rests(opened)
    after = strips(opened)
    assert not (before[0] == after[0]).all() and not (before[1] == after[1]).all()
    decoder.gate.clear()
    opened.session.commit(z=(0.0, 0.5, 1.0))
    opened.session.commit(z=(0.0, 0.0, 1.0))
    decoder.gate.set()
    opened.hand.pump()
    rests(opened)
    assert all((old == new).all() for old, new in zip(after, strips(opened), strict=True))


def test_a_sign_says_that_a_picture_is_being_computed_only_where_that_takes_a_while(show):
    opened, decoder = show(Slow)
    sign = opened.app.workspace.picture._sign
    opened.session.commit(z=(1.0, 0.0, 0.0))
    rests(opened)
    assert sign.text == ""
    decoder.gate.clear()
    opened.session.commit(z=(0.0, 0.0, 0.0))
    opened.hand.until(lambda: sign.text == WAITING)
    decoder.gate.set()
    rests(opened)
    assert sign.text == ""


@pytest.mark.parametrize("parts", [Failing, SlowlyFailing])
def test_where_a_decoder_fails_a_sentence_says_so_and_the_last_picture_stays_marked(show, parts):
    opened, _ = show(parts)
    before, sign = opened.z, opened.app.workspace.picture._sign
    opened.session.commit(z=(1.5, 0.0, 0.0))
    opened.hand.pump()
    rests(opened)
    assert opened.said == "made_up cannot decode that." and sign.text == FAILED
    assert is_shown(opened, before)
    opened.session.undo()
    opened.hand.pump()
    rests(opened)
    assert sign.text == "" and is_shown(opened)


def test_nothing_is_computed_for_what_is_not_seen_until_it_is(show):
    opened, decoder = show(Slow)
    rests(opened)
    opened.root.withdraw()
    opened.hand.pump()
    decoder.decoded.clear()
    opened.session.commit(z=(1.0, 0.5, 0.0))
    opened.hand.pump()
    assert not opened.app.desk.decoding.waiting and not decoder.decoded
    opened.root.deiconify()
    opened.hand.until(lambda: decoder.decoded)
    rests(opened)
    assert is_shown(opened)


def test_with_another_theme_amid_a_decode_the_new_views_are_answered(show):
    opened, decoder = show(Slow)
    decoder.gate.clear()
    opened.session.commit(z=(1.0, 0.5, 0.0))
    opened.hand.pump()
    opened.app.change(theme="dark")
    opened.hand.pump()
    decoder.gate.set()
    rests(opened)
    assert is_shown(opened)


def test_a_window_that_is_closed_amid_a_decode_leaves_nothing(show):
    opened, decoder = show(Slow)
    decoder.gate.clear()
    opened.session.commit(z=(1.0, 0.5, 0.0))
    opened.hand.pump()
    assert opened.app.desk.decoding.waiting
    release = Timer(0.1, decoder.gate.set)
    release.start()
    opened.app.close()
    release.join()


def test_a_click_on_a_strip_goes_there_before_anything_is_decoded(show):
    opened, decoder = show(Slow)
    rests(opened)
    decoder.gate.clear()
    strip = opened.app.workspace.controls.sliders.strips[1].canvas
    opened.hand.press(middle(strip)[0] + 60, strip.winfo_rooty() + 5)
    assert opened.z[1] > 0.3
    opened.hand.release()
    decoder.gate.set()
    rests(opened)
    assert is_shown(opened)


def by_keys(*keys):
    return lambda opened: opened.hand.key(*keys)


def unfold_all(opened):
    answers = opened.app.workspace.picture.answers
    for part in answers.parts.values():
        if not part.opened:
            part.head.invoke()
        answers.widget.reveal(part.widget)
        opened.hand.pump()


def choose_ends(opened):
    opened.app.workspace.tabs.select("path")
    opened.session.commit(path=Path(Bookmark("a", (1.0, 0.0, -1.0)), Bookmark("b", (-1.0, 1.0, 0.5)), way="straight"))


def try_example(opened):
    opened.app.workspace.tabs.select("arithmetic")
    opened.hand.pump()
    opened.hand.click(opened.app.workspace.tabs.view("arithmetic").buttons.buttons["example"])


def hover(opened):
    canvas = opened.app.workspace.tabs.view("map").widget
    opened.hand.move(*middle(canvas))
    opened.hand.move(middle(canvas)[0] + 20, middle(canvas)[1])


def bring(opened):
    opened.app.show_tab("yours")
    opened.app.documents.digits.take(Drawing.of(decoded(opened, (1.0, 0.0, 0.5))), "")


DONE = {
    "plane": by_keys("ctrl+2"), "random": by_keys("r", "r", "r"), "bookmark": by_keys("b", "r", "b"),
    "undo": by_keys("r", "ctrl+z", "ctrl+shift+z"), "card": by_keys("ctrl+d"), "measure": by_keys("ctrl+m"),
    "answers": unfold_all, "path": choose_ends, "arithmetic": try_example, "hover": hover, "picture": bring,
}  # fmt: skip


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize("does", [*DONE])
def test_whatever_a_person_does_nothing_waits_for_the_decoder(show, does, moves):
    opened, decoder = show(Slow, settings=Settings(motion=moves))
    decoder.gate.clear()
    DONE[does](opened)  # an error would be logged
    opened.hand.pump()
    decoder.gate.set()
    opened.hand.until(lambda: not opened.app.desk.motion.moving and not opened.app.work.running)
    rests(opened)
    assert is_shown(opened)


@pytest.mark.parametrize("parts", [Failing, SlowlyFailing])
@pytest.mark.parametrize("does", [*DONE])
def test_whatever_a_person_does_a_decoder_that_fails_ends_nothing(show, does, parts):
    opened, _ = show(parts)
    opened.session.commit(z=(1.5, 0.0, 0.0))
    rests(opened)
    DONE[does](opened)
    opened.hand.until(lambda: not opened.app.work.running)
    rests(opened)
    opened.session.commit(z=(0.0, 0.5, 0.0))
    opened.hand.pump()
    rests(opened)
    assert is_shown(opened) and opened.app.workspace.picture._sign.text == ""


def test_the_rows_of_a_plane_come_one_by_one_on_the_ground_of_the_window(show, monkeypatch):
    opened, _ = show(Slow)
    view, seen = opened.app.workspace.tabs.view("plane"), []
    shown = view.tiles.show
    monkeypatch.setattr(view.tiles, "show", lambda digits, axes: (seen.append(digits.copy()), shown(digits, axes)))
    opened.app.show_tab("plane")
    opened.hand.pump()
    rests(opened)
    points = [(x, y, 0.0) for y in view._values[::-1] for x in view._values]
    wanted = made_up_codec((1, 20, 36), 3).pixels(points)
    assert len(seen) == 12
    for count, digits in enumerate(seen, 1):
        np.testing.assert_allclose(digits[: 12 * count].astype(int), wanted[: 12 * count], atol=1)
        assert (digits[12 * count :] == 0xF4).all()


def test_the_pen_is_ahead_of_a_slow_encoder_and_what_is_drawn_is_one_step(show):
    opened, decoder = show(Slow, shape=(1, 28, 28))
    encoder, encode = opened.session.space.codec._encoder, MadeUp.encode
    opened.app.show_tab("yours")
    opened.hand.pump()
    decoder.gate.clear()
    gated = []

    def read(images):
        gated.append(current_thread())
        decoder.gate.wait()
        return encode(encoder, images)

    encoder.encode = read
    pad = opened.app.workspace.tabs.yours.pad
    x, y = middle(pad.widget)
    opened.hand.press(x, y)
    for step in (10, 20, 30):
        opened.hand.move(x + step, y + step)
    opened.hand.release()
    assert pad.drawing.strokes and not opened.session.state.encoded
    drawn = pad.drawing
    decoder.gate.set()
    opened.hand.until(lambda: opened.session.state.encoded and opened.session.state.drawing == drawn)
    rests(opened)
    assert pad.drawing == drawn and main_thread() not in gated[:1]
    opened.session.undo()
    opened.hand.pump()
    assert opened.session.state.drawing.empty and pad.drawing.empty
    rests(opened)
