"""Files of points: arrays of NumPy's, read without pickle and no larger than they say, and texts in any encoding."""

import io

import numpy as np
import pytest

from vae_explorer.session import point_files

Z = (1.5, -0.25)


def npy(array, **options):
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


@pytest.mark.parametrize("dtype", ["f2", "<f4", ">f4", "f8", "g"])
@pytest.mark.parametrize("shape", [(2,), (1, 2)])
def test_a_point_in_an_array_is_read(tmp_path, dtype, shape):
    np.save(tmp_path / "z.npy", np.array(Z, dtype).reshape(shape))
    assert point_files.read(tmp_path / "z.npy", 2).one == Z


@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_of_an_array_are_points(order):
    rows = np.array([[1, 2], [3, 4], [5, 6]], "i2", order=order)
    found = point_files.loads(npy(rows), 2)
    assert found.points == ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0)) and found.names == ("",) * 3


@pytest.mark.parametrize(
    ("array", "why"),
    [
        (np.zeros(3), r"an array of \(3,\) of float64; numbers of \(2,\) or \(N, 2\) are needed"),
        (np.zeros((2, 3)), r"\(2, 3\) of float64"),
        (np.zeros((1, 1, 2)), r"\(1, 1, 2\)"),
        (np.float64(1), r"an array of \(\)"),
        (np.zeros(2, complex), "complex128"),
        (np.zeros(2, bool), "bool"),
        (np.array(["1", "2"]), "<U1"),
        (np.zeros((0, 2)), "no points are in it"),
        (np.array([1, np.nan]), "NaN or infinity"),
        (np.array([1, -np.inf]), "NaN or infinity"),
        (np.zeros((1001, 2)), "it has 1,001 points; 1,000 are the most"),
        (np.array([1, print], object), "its array cannot be read: ValueError: it is of Python's objects"),
    ],
)
def test_an_array_of_something_else_is_refused_with_the_reason(array, why):
    with pytest.raises(ValueError, match=why):
        point_files.loads(npy(array, allow_pickle=True), 2)


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data[:9], lambda data: data + b"x",
                                   lambda data: data.replace(b"(2,)", b"(99999999999999,)")])  # fmt: skip
def test_a_damaged_array_is_refused(spoil):
    with pytest.raises(ValueError, match="its array cannot be read"):
        point_files.loads(spoil(npy(np.array(Z))), 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_is_read_in_any_encoding_that_says_what_it_is(tmp_path, encoding):
    start = "\ufeff" if encoding == "utf-16-le" else ""
    (tmp_path / "z.txt").write_text(f"{start}[1.5, −0.25]", encoding)
    assert point_files.read(tmp_path / "z.txt", 2).one == Z


def test_a_large_file_is_refused_and_read_no_further(monkeypatch, tmp_path):
    monkeypatch.setattr(point_files, "MAX_BYTES", 100)
    (tmp_path / "z.txt").write_text(" " * 1000)
    with pytest.raises(ValueError, match="it is larger than 100 bytes"):
        point_files.read(tmp_path / "z.txt", 2)
