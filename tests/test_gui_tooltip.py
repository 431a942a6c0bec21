"""Tooltips under a resting pointer."""

from tkinter import ttk

import pytest

from vae_explorer.gui.widgets.tooltip import Tooltip, overlap


def rest_on(plain, widget, off=0):
    plain.hand.move(widget.winfo_rootx() + 6 + off, widget.winfo_rooty() + 6)


def shown(plain):
    """The tooltip on the screen, if there is one."""
    tip = plain.root.children.get("tooltip")
    return tip if tip is not None and tip.winfo_viewable() else None


def words(tip):
    return next(iter(tip.children.values())).cget("text")


def test_a_resting_pointer_is_told_what_is_under_it_until_it_leaves(plain):
    Tooltip(plain.button, lambda: "What it does.", plain.theme)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: shown(plain))
    tip = shown(plain)
    assert words(tip) == "What it does."
    assert tip.winfo_rooty() >= plain.button.winfo_rooty() + plain.button.winfo_height()
    rest_on(plain, plain.button, 2)
    assert shown(plain) is tip  # it does not flicker under a small movement
    plain.hand.move(2, 2)
    assert plain.tops == []


@pytest.mark.parametrize("text", ["x " * 50_000, "x\n" * 50_000, "\u202e\x1b" * 50_000], ids=["long", "high", "odd"])
def test_a_strangers_text_is_no_larger_than_a_screen(plain, text):
    Tooltip(plain.button, lambda: text, plain.theme)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: shown(plain))
    assert shown(plain).winfo_height() < plain.root.winfo_screenheight()
    assert words(shown(plain)).replace("\n", "").isprintable()
    plain.hand.move(2, 2)


def test_a_moving_pointer_begins_the_wait_anew(plain):
    Tooltip(plain.button, lambda: "What it does.", plain.theme)
    rest_on(plain, plain.button)
    first = plain.timers
    rest_on(plain, plain.button, 3)
    assert len(first) == len(plain.timers) == 1 and first != plain.timers
    plain.hand.move(2, 2)
    assert plain.timers == ()


def test_a_window_that_opens_under_the_pointer_tells_nothing(plain):
    plain.hand.move(plain.root.winfo_rootx() + 300, plain.root.winfo_rooty() + 300)
    under = ttk.Button(plain.root, text="Under it")
    Tooltip(under, lambda: "What it does.", plain.theme)
    under.place(x=280, y=280)
    plain.hand.until(under.winfo_viewable)
    plain.hand.pump()
    assert under.instate(["active"]) and plain.timers == ()
    plain.hand.move(plain.root.winfo_rootx() + 302, plain.root.winfo_rooty() + 300)
    assert len(plain.timers) == 1
    plain.hand.move(2, 2)


def test_a_disabled_button_says_why(plain):
    plain.button.state(["disabled"])
    Tooltip(plain.button, lambda: "Nothing to undo.", plain.theme)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: shown(plain))
    plain.hand.move(2, 2)


def test_an_empty_text_shows_nothing_and_the_text_is_asked_for_each_time(plain):
    texts = ["", "Now there is something."]
    Tooltip(plain.button, lambda: texts.pop(0), plain.theme)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: len(texts) == 1)
    plain.hand.pump()
    assert plain.tops == []
    plain.hand.move(2, 2)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: shown(plain))
    plain.hand.move(2, 2)


@pytest.mark.parametrize("waited", [False, True], ids=["waiting", "shown"])
@pytest.mark.parametrize("words", [("click", 1), ("click", 4), ("key", "Left"), ("key", "x")], ids=lambda each: each[1])
def test_clicks_wheel_and_keys_hide_it_though_the_widget_has_bindings_that_break(plain, words, waited):
    for sequence in ("<Button-1>", "<Button-4>", "<Left>", "<Key>"):
        plain.button.bind(sequence, lambda _event: "break")
    Tooltip(plain.button, lambda: "What it does.", plain.theme)
    plain.button.focus_set()
    rest_on(plain, plain.button)
    if waited:
        plain.hand.until(lambda: shown(plain))
    plain.hand.do(*words)
    rest_on(plain, plain.button, 3)  # nor does it come back while the pointer stays
    assert (plain.tops, plain.timers) == ([], ())


def test_a_key_typed_elsewhere_in_the_window_hides_it(plain):
    Tooltip(plain.button, lambda: "What it does.", plain.theme)
    rest_on(plain, plain.button)
    plain.hand.until(lambda: shown(plain))
    plain.hand.type("7")
    assert plain.tops == [] and plain.entry.get() == "7"


@pytest.mark.parametrize("waited", [False, True], ids=["waiting", "shown"])
def test_it_goes_with_its_widget(plain, waited):
    Tooltip(plain.button, lambda: "What it does.", plain.theme)
    rest_on(plain, plain.button)
    if waited:
        plain.hand.until(lambda: shown(plain))
    plain.button.destroy()
    assert (plain.tops, plain.timers) == ([], ())


def test_in_the_corner_of_the_screen_it_stays_on_the_screen_and_off_its_widget(plain):
    root, button = plain.root, plain.button
    width, height = root.winfo_screenwidth(), root.winfo_screenheight()
    root.geometry(f"300x200+{width - 300}+{height - 200}")
    button.place(relx=1, rely=1, anchor="se")
    plain.hand.until(lambda: button.winfo_rootx() + button.winfo_width() == width)
    Tooltip(button, lambda: "A sentence that is much wider than its button. " * 3, plain.theme)
    rest_on(plain, button)
    plain.hand.until(lambda: shown(plain))
    tip = shown(plain)
    assert tip.winfo_rootx() + tip.winfo_width() <= width
    assert tip.winfo_rooty() + tip.winfo_height() <= button.winfo_rooty()
    plain.hand.move(2, 2)


def box(widget):
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return left, top, left + widget.winfo_width(), top + widget.winfo_height()


def rows(plain, kind, **options):
    """Five controls right below each other, 300 pixels wide, with a wide empty place on the right of them."""
    made = [kind(plain.root, **options) for _ in range(5)]
    for k, each in enumerate(made):
        each.place(x=20, y=200 + 30 * k, width=300, height=28)
    plain.hand.until(made[-1].winfo_viewable)
    return made


@pytest.mark.parametrize("k", range(5))
def test_it_hides_none_of_the_controls_around_its_own(plain, k):
    made = rows(plain, ttk.Scale)
    Tooltip(made[k], lambda: "A sentence that is about as long as such sentences are.", plain.theme)
    rest_on(plain, made[k])
    plain.hand.until(lambda: shown(plain))
    assert [overlap(box(shown(plain)), box(each)) for each in made] == [0] * 5
    plain.hand.move(2, 2)


def test_where_it_has_to_hide_something_it_hides_the_least(plain):
    plain.root.geometry("340x600")
    made = rows(plain, ttk.Scale)
    beside = ttk.Entry(plain.root)
    beside.place(x=322, y=260, width=18, height=28)
    plain.hand.until(beside.winfo_viewable)
    Tooltip(made[2], lambda: "A sentence that is about as long as such sentences are.", plain.theme)
    rest_on(plain, made[2])
    plain.hand.until(lambda: shown(plain))
    assert overlap(box(shown(plain)), box(beside)) > 0
    assert [overlap(box(shown(plain)), box(each)) for each in made] == [0] * 5
    plain.hand.move(2, 2)


def test_what_only_shows_something_may_be_hidden(plain):
    made = rows(plain, ttk.Label, text="words")
    Tooltip(made[0], lambda: "What it says.", plain.theme)
    rest_on(plain, made[0])
    plain.hand.until(lambda: shown(plain))
    assert overlap(box(shown(plain)), box(made[1])) > 0, "it stands below"
    plain.hand.move(2, 2)


@pytest.mark.parametrize(
    ("other", "pixels"), [((5, 5, 20, 20), 25), ((2, 3, 4, 5), 4), ((10, 0, 20, 10), 0), ((20, 20, 30, 30), 0)]
)
def test_what_two_rectangles_have_in_common(other, pixels):
    assert overlap((0, 0, 10, 10), other) == overlap(other, (0, 0, 10, 10)) == pixels


def test_only_one_is_open_when_the_pointer_goes_from_widget_to_widget(plain):
    plain.entry.grid(pady=0)
    plain.hand.pump()
    for widget in (plain.entry, plain.button):
        Tooltip(widget, lambda widget=widget: widget.winfo_class(), plain.theme)
        rest_on(plain, widget)
        plain.hand.until(lambda widget=widget: shown(plain) and words(shown(plain)) == widget.winfo_class())
        assert len(plain.tops) == 1
    plain.hand.move(2, 2)
