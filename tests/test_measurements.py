"""Rows of measurements as text for people and for other programs."""

import csv
import io
from dataclasses import replace

from vae_explorer.session import measurements
from vae_explorer.session.measurements import COLUMNS, Measurement

ROW = Measurement("your digit", (0.5, -1.25), (4.21, 11.3, 19.0, 2.5, 95.0), 38.0, 1, 30.25, 14.5, "9", 91.2, 45.0)
BARE = Measurement("", (0.0, 1.0), None, None, None, None, None, "", None, None)


def read(text, separator=","):
    return [*csv.reader(io.StringIO(text), delimiter=separator)]


def test_csv_has_a_head_with_units_and_a_row_each_with_whole_numbers():
    head, one, other = read(measurements.to_csv([ROW, BARE]))
    assert head[:4] == ["origin", "class", "Slant, °", "Width, px"] and head[-2:] == ["z0", "z1"]
    named = dict(zip(head, one, strict=True))
    assert named["origin"] == "your digit" and named["class"] == "9" and named["Slant, °"] == "4.21"
    assert named["Recon, nats"] == "30.25" and named["Holes"] == "1" and named["z1"] == "-1.25"
    assert other == ["", "", *[""] * len(COLUMNS), "0.0", "1.0"]


def test_no_rows_are_a_head_alone():
    [head] = read(measurements.to_csv([]))
    assert len(head) == 2 + len(COLUMNS)


def test_what_a_spreadsheet_would_run_is_text():
    evil = replace(ROW, origin="=1+2", label="@SUM(A1)")
    _, row = read(measurements.to_csv([evil], "\t"), "\t")
    assert row[:2] == ["'=1+2", "'@SUM(A1)"]


def test_what_is_shown_has_a_true_minus_and_a_dash_for_the_unknown():
    shown = dict(zip((each.title for each in COLUMNS), measurements.written(replace(ROW, recon=-2.04)), strict=True))
    assert shown["Slant"] == "4.2" and shown["Recon"] == "−2.0" and shown["Percentile"] == "45"
    assert {*measurements.written(BARE)} == {"–"}


def test_a_sentence_names_the_factors_but_for_the_mass_which_follows():
    assert measurements.sentence(ROW) == "slant 4.2°, width 11.3, height 19.0, thickness 2.50 px"
    assert measurements.sentence(BARE) == ""
