"""The arrays of a page are read again as they were, or as near as it says."""

import numpy as np
import pytest
from packed import array

from vae_explorer.page import arrays


def test_weights_are_read_to_half_precision_and_few_of_them_as_they_were():
    values = np.random.default_rng(0).standard_normal(arrays.FEW + 1).astype(np.float32)
    assert arrays.floats(values)["type"] == "f2" and array(arrays.floats(values)) == pytest.approx(values, rel=2**-11)
    assert arrays.floats(values[1:])["type"] == "f4" and (array(arrays.floats(values[1:])) == values[1:]).all()


def test_weights_that_are_all_zero_are_read_so():
    assert not array(arrays.floats(np.zeros(arrays.FEW + 1, np.float32))).any()


@pytest.mark.parametrize("factor", [1e6, 1e-9, 1e-40])
def test_weights_beyond_half_precision_stay_as_they_are(factor):
    values = (np.linspace(1, 2, 1000) * factor).astype(np.float32)
    told = arrays.floats(values)
    assert told["type"] == "f4" and (array(told) == values).all()


@pytest.mark.parametrize(("reach", "kind"), [(1.0, "i1"), (1000.0, "i2")])
def test_numbers_in_steps_are_half_a_step_off_at_most_also_where_they_reach_far(reach, kind):
    values, by = np.random.default_rng(0).uniform(-reach, reach, (50, 3)), np.array([0.06, 0.1, 1])
    told = arrays.steps(values, by)
    found = array(told).reshape(3, 50).T * told["steps"]
    assert told["type"] == kind and (abs(found - values) <= by / 2 + 1e-9).all()
    assert found == pytest.approx(arrays.rounded(values, by))
