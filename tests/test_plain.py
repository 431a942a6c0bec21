"""Text of strangers, made fit to be shown."""

import pytest

from vae_explorer import plain

MARKS = "\x00\x1b[2J\u202e\u2066\u200b\ud800\udfff\ue000\x7f\x9b"  # orders, marks of direction, halves of pairs


@pytest.mark.parametrize("text", [MARKS, "a\r\nb\u2028c\td\xa0e", "x" * 10**6, MARKS * 10**5, "\u0301" * 300, ""])
def test_a_line_is_short_and_every_character_of_it_can_be_printed_and_encoded(text):
    line = plain.line(text)
    assert len(line) <= plain.MOST and line.isprintable()
    assert line.encode().decode() == line


@pytest.mark.parametrize("text", ["decoder_weights.pt", "Größe 4 → 9", "手書き", "😀", "a  b"])
def test_a_text_that_can_be_shown_stays_as_it_is(text):
    assert plain.line(text) == text


def test_what_is_too_long_keeps_its_beginning_and_its_end():
    assert plain.line("/home/anna/models/large/decoder.pt", 15) == "/home/a…oder.pt"
    assert plain.line("abcd", 4) == "abcd" and plain.line("abcde", 4) == "ab…e"
    assert plain.ends("abcde", 0) == "…"


def test_white_space_is_a_space_and_what_cannot_be_shown_a_question_mark():
    assert plain.line("a\tb\nc\x1bd\u202ee") == "a b c?d?e"


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("mnist", "'mnist'"),
        ("x" * 10**6, f"'{'x' * 30}…{'x' * 29}'"),
        (-3, "-3"),
        (10**18, "a huge number"),
        (-(10**5000), "a huge number"),
        (1.5, "1.5"),
        (True, "True"),
        (None, "None"),
        ([1], "a list"),
        ({}, "a dict"),
        (b"x", "a bytes"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_value_is_quoted_in_a_few_characters(value, quoted):
    assert plain.quoted(value) == quoted


def nested():
    inner: list = []
    for _ in range(60):
        inner = [inner, inner]
    return inner


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("not so."), "ValueError: not so"),
        (KeyError("a"), "KeyError: 'a'"),
        (ValueError(), "ValueError"),
        (ValueError("a\n" + "b" * 10**6), f"ValueError: a {'b' * 148}…{'b' * 149}"),
        (KeyError(nested()), "KeyError"),
        (ValueError(10**5000), "ValueError"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_the_reason_of_an_error_quotes_text_and_numbers_only(error, said):
    assert plain.reason(error).startswith(said)


def test_lists_that_contain_each_other_are_quoted_at_once():
    assert plain.quoted(nested()) == "a list"


def test_of_many_names_the_first_are_told():
    assert plain.some(["a", "b"]) == "a, b" and plain.some([]) == ""
    assert plain.some([*"abcdef", "\x1b" * 10**6]) == "a, b, c, d … (7 in all)"
    assert plain.some([0, "x\ny"]) == "0, x y"
