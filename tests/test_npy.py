"""Arrays of NumPy from strangers: of their real size, and never pickled."""

import io

import numpy as np
import pytest

from vae_explorer.storage import npy


def written(array, **options):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("version", [(1, 0), (2, 0)])
@pytest.mark.parametrize(
    "array", [np.arange(6.0).reshape(2, 3), np.arange(6, dtype=">i2").reshape(2, 3).T, np.float32(3)]
)
def test_an_array_is_read_as_numpy_reads_it(array, version):
    np.testing.assert_array_equal(npy.read(written(np.asarray(array), version=version)), array)


@pytest.mark.filterwarnings("ignore:Stored array in format")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (written(np.array([{"a": 1}], object)), "pickled; to read them could run anything"),
        (written(np.zeros(3))[:-1], "not what its header says"),
        (written(np.zeros(3)) + b"\0", "not what its header says"),
        (written(np.zeros(3)).replace(b"(3,)", b"(9,)"), "not what its header says"),
        (written(np.zeros(3)).replace(b"(3,)", b"(-1)"), "shape|not what"),
        (written(np.zeros(3), version=(3, 0)), r"in format \(3, 0\)"),
        (b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 65535, "larg|format|header|parse|too"),
        (b"\x93NUMPY", "magic|read"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(data, why):
    with pytest.raises(ValueError, match=why):
        npy.read(data)
