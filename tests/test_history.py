"""The history beside a model: read where it is that of the model, and else why not."""

import shutil

import pytest
from factories import HISTORY, LAST, bare_folder, made_up_codec, vivid_folder

from vae_explorer.codecs import opening
from vae_explorer.storage import history

WHOLE = HISTORY.encode()


@pytest.fixture
def source(tmp_path):
    """A function that gives the source of a model with such a history beside it."""

    def source(data=WHOLE, last=LAST):
        folder = tmp_path / "model"
        shutil.rmtree(folder, ignore_errors=True)
        vivid_folder(folder, 2, **({} if last is None else {"history": last}))
        if data is not None:
            (folder / history.FILE).write_bytes(data)
        return opening.load(folder).source

    return source


def test_a_history_is_read_by_its_columns(source):
    found = history.of(source())
    assert found["epoch"] == [1, 2] and found["recon"] == [140.0, 88.0] and history.why_not(source()) == ""


BAD = {
    "nothing": (b"", "its head has no epoch"),
    "no epochs": (b"loss,recon\n1,2\n", "its head has no epoch"),
    "no rows": (HISTORY.encode().splitlines()[0], "it has no rows"),
    "a short row": (HISTORY.encode() + b"3,1\n", "rows of other lengths"),
    "words": (HISTORY.encode().replace(b"88.0", b"many"), "could not convert"),
    "no UTF-8": (b"\xff\xfe" + HISTORY.encode(), "can't decode"),
    "an epoch that is none": (HISTORY.encode().replace(b"\n2,", b"\nnan,"), "an epoch is no number"),
    "epochs that go back": (HISTORY.encode().replace(b"\n2,", b"\n1,"), "its epochs do not rise"),
    "more rows than one trains": (
        b"epoch,loss\n" + b"".join(b"%d,1\n" % k for k in range(history.MAX_ROWS + 1)),
        "it has more than 100,000 rows",
    ),
    "a column twice": (HISTORY.encode().replace(b"recon", b"loss"), "two of its columns have the same name"),
    "no term of the loss": (b"epoch,other\n1,2\n", "its head has no epoch, or none of loss, recon"),
    "a number that no axis has": (HISTORY.encode().replace(b"88.0", b"-1e308"), "a number in it is beyond ±1e+12"),
    "an epoch that no axis has": (HISTORY.encode().replace(b"\n2,", b"\n1e308,"), "a number in it is beyond"),
    "too much": (b"epoch,loss\n" + b"1,2\n" * (4 << 20), "larger than 16 MiB"),
    "that of another training": (HISTORY.encode().replace(b"88.0", b"88.5"), "is of another training than model.json"),
}


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD)
def test_what_is_no_history_of_this_model_is_not_told(source, data, why):
    found = source(data)
    assert why in history.why_not(found)
    with pytest.raises(history.HistoryError):
        history.of(found)


def test_why_there_is_no_history_is_said(source, tmp_path):
    assert (
        history.why_not(source(None))
        == "there is no history.csv beside decoder_weights.pt; a folder that training saved has one"
    )
    assert history.why_not(source(last=None)) == "its model.json knows of no training"
    assert "knows of no training" in history.why_not(opening.load(bare_folder(tmp_path / "bare")).source)
    assert "this model is code" in history.why_not(made_up_codec().source)
