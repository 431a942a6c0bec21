"""The question what becomes of unsaved bookmarks."""

import pytest

from vae_explorer.gui.panels import leaving


@pytest.fixture
def question(plain):
    """The question about two bookmarks; the test answers it."""
    asked = leaving.Question(plain.root, plain.theme, "bookmark", 2)
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == str(asked.save))
    return asked


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["Return"], leaving.SAVE), (["space"], leaving.SAVE), (["Escape"], leaving.STAY),
        (["shift+Tab", "Return"], leaving.STAY), (["shift+Tab", "shift+Tab", "Return"], leaving.DROP),
    ],
)  # fmt: skip
def test_keys_answer_it(plain, question, keys, expected):
    plain.hand.key(*keys)
    assert question.answer == expected and plain.tops == [] and plain.focus == str(plain.entry)


@pytest.mark.parametrize("name", ["save", "drop", "cancel"])
def test_its_buttons_answer_it(plain, question, name):
    button = getattr(question, name)
    assert button.winfo_width() >= button.winfo_reqwidth() and button.winfo_height() >= 24
    plain.hand.click(button)
    assert question.answer == {"save": leaving.SAVE, "drop": leaving.DROP, "cancel": leaving.STAY}[name]


def test_closed_by_the_window_manager_it_lets_nothing_go(plain, question):
    plain.root.tk.eval(question.protocol("WM_DELETE_WINDOW"))
    assert question.answer == leaving.STAY and plain.tops == []


def test_whoever_is_being_asked_is_not_asked_again(plain, question):
    assert leaving.ask(plain.root, plain.theme, "bookmark", 2) == leaving.STAY and plain.tops == [str(question)]
    plain.hand.key("Escape")


# ------------------------------------------------------------------------------------------------------------ waiting


@pytest.fixture
def waiting(plain):
    """The word that a picture is waited for; the test ends it."""
    made = leaving.Waiting(plain.root, plain.theme, "Saving a.png…")
    plain.hand.until(lambda: plain.hand.pump() or plain.focus == str(made.stay))
    return made


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(["Return"], leaving.STAY), (["Escape"], leaving.STAY), (["shift+Tab", "Return"], leaving.DROP)],
)
def test_keys_end_the_wait(plain, waiting, keys, expected):
    plain.hand.key(*keys)
    assert waiting.answer == expected and plain.tops == [] and plain.focus == str(plain.entry)


@pytest.mark.parametrize("answer", [leaving.DONE, leaving.STAY])
def test_whoever_hears_of_the_end_ends_the_wait(plain, waiting, answer):
    leaving.waited(plain.root, answer)
    assert waiting.answer == answer and plain.tops == [] and plain.focus == str(plain.entry)
    leaving.waited(plain.root, answer)


def test_whoever_waits_is_not_asked_to_wait_again(plain, waiting):
    assert leaving.wait(plain.root, plain.theme, "Saving a.png…") == leaving.STAY and plain.tops == [str(waiting)]
    plain.hand.key("Escape")


def test_a_long_name_is_told_in_part(plain):
    waiting = leaving.Waiting(plain.root, plain.theme, f"Saving {'long_' * 60}.png…")
    plain.hand.pump()
    assert waiting.winfo_width() < plain.root.winfo_width()
    plain.hand.key("Escape")
