"""What a person may say of a file."""

import pytest

from vae_explorer.storage.told import HIDDEN, OUTPUT, Told


@pytest.mark.parametrize("words", [{"hidden": h} for h in HIDDEN] + [{"output": o} for o in OUTPUT], ids=str)
def test_each_word_of_the_tables_can_be_said(words):
    assert vars(Told(**words)).items() >= words.items()


@pytest.mark.parametrize("shape", [None, (1, 28, 28), (3, 8, 256), (1, 9, 200)])
def test_an_image_has_one_channel_or_three_and_sides_of_8_to_256_pixels(shape):
    assert Told(shape=shape).shape == shape


BAD = [{"hidden": "swish"}, {"hidden": ""}, {"output": "softmax"}, {"output": 3}]
BAD += [
    {"shape": shape} for shape in [(2, 28, 28), (1, 7, 28), (1, 28, 257), (28, 28), (1, 28.0, 28), [1, 28, 28], "a"]
]


@pytest.mark.parametrize("words", BAD, ids=str)
def test_other_words_are_refused_with_those_that_there_are(words):
    with pytest.raises(ValueError, match=r"is one of|is \(C, H, W\)"):
        Told(**words)
