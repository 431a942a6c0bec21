"""Tables as CSV: cells that read back, and no formula among them."""

import csv
import io

import numpy as np

from vae_explorer.pictures import table


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_numbers_read_back_bit_for_bit():
    values = [0.1 + 0.2, -1e-300, 1 / 3, float(np.float32(0.1))]
    [_, row] = read(table.to_csv(["a", "b", "c", "d"], [values]))
    assert [float(cell) for cell in row] == values


def test_what_is_not_known_is_an_empty_cell():
    assert table.to_csv(["a", "b", "c"], [[None, float("nan"), 0]]) == "a,b,c\r\n,,0\r\n"


def test_a_text_is_never_a_formula_and_keeps_what_parts_cells():
    names = ["=1+1", "+x", "@y", "-z", 'a "b", c', "two\nlines", "日"]
    rows = read(table.to_csv(["=head"], [[name] for name in names]))
    assert rows == [["'=head"], *[["'" + name] for name in names[:4]], *[[name] for name in names[4:]]]


def test_columns_of_texts_numbers_and_points_become_rows():
    made = table.beside(["a", "b"], np.array([1, 2]), np.array([[0.5, 1.5], [2.5, 3.5]]), [None, 4.0])
    assert made == [["a", 1, 0.5, 1.5, None], ["b", 2, 2.5, 3.5, 4.0]]
    assert all(type(cell) in (str, int, float, type(None)) for row in made for cell in row), "no number of NumPy's"
