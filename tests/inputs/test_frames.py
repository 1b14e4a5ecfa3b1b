"""Frames of other libraries as sheets."""

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from policydsl.inputs.frames import read_frame
from policydsl.inputs.sheet import Wrong

from .sheets import codes

FRAMES = {
    "pandas": pd.DataFrame({"a": ["x", "NA"], "b": [1, 2]}),
    "pandas nullable": pd.DataFrame({"a": ["x", "NA"], "b": [1, 2]}).convert_dtypes(),
    "pandas categories": pd.DataFrame({"a": pd.Categorical(["x", "NA"]), "b": [1, 2]}, index=[7, 9]),
    "arrow": pa.table({"a": ["x", "NA"], "b": [1, 2]}),
    "arrow batch": pa.record_batch({"a": ["x", "NA"], "b": [1, 2]}),
    "records": [{"a": "x", "b": 1}, {"b": 2, "a": "NA"}],
    "columns": {"a": ["x", "NA"], "b": (1, 2)},
    "arrays": {"a": np.array(["x", "NA"]), "b": np.array([1, 2])},
    "series": {"a": pd.Series(["x", "NA"]), "b": pd.Series([1, 2])},
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_every_kind_of_frame(frame):
    sheet, told = read_frame(frame, "holdings")
    assert (sheet.headings, sheet.cells, sheet.rows, told) == (("a", "b"), (("x", "NA"), (1, 2)), (1, 2), ())
    assert sheet.kind == "frame"
    assert [type(cell) for column in sheet.cells for cell in column] == [str, str, int, int]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.datetime64("NaT"), None),
        (Decimal("NaN"), None),
        (Decimal("sNaN"), None),
        (Decimal("-sNaN12"), None),
        ("", None),
        (" ", None),
        (0.1, Decimal("0.1")),
        (np.float64(0.1), Decimal("0.1")),
        (np.float32(0.1), Decimal("0.1")),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (Decimal("0.10"), Decimal("0.10")),
        (Fraction(1, 3), Fraction(1, 3)),
        (pd.Timestamp("2015-01-31"), date(2015, 1, 31)),
        (np.datetime64("2015-01-31"), date(2015, 1, 31)),
        (datetime(2015, 1, 31), date(2015, 1, 31)),
        (date(2015, 1, 31), date(2015, 1, 31)),
        (float("inf"), Wrong("PD330", (("cell", "inf"),))),
        (Decimal("-Infinity"), Wrong("PD330", (("cell", "-Infinity"),))),
        (np.float32("inf"), Wrong("PD330", (("cell", "inf"),))),
        (datetime(2015, 1, 31, 14, 30), Wrong("PD334", (("cell", "2015-01-31 14:30:00"),))),
        (pd.Timedelta("1D"), Wrong("PD333", (("cell", "1 days 00:00:00"),))),
        (b"x", Wrong("PD333", (("cell", "b'x'"),))),
        ([1], Wrong("PD333", (("cell", "[1]"),))),
    ],
)
def test_cells(value, cell):
    found = read_frame([{"a": value}], "holdings")[0].cells[0][0]
    assert (type(found), found) == (type(cell), cell)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [0.1, None]}),
        pd.DataFrame({"a": [0.1, None]}, dtype="float32"),
        pa.table({"a": pa.array([0.1, None], pa.float32())}),
        {"a": np.array([0.1, np.nan], "float32")},
        {"a": [0.1, None]},
    ],
)
def test_floats_are_read_as_they_print_and_noted_once(frame):
    sheet, told = read_frame(frame, "holdings")
    assert sheet.cells == ((Decimal("0.1"), None),)
    assert [(one.code, one.where.column) for one in told] == [("PD329", "a")]


def test_arrow_decimals_and_dates_are_exact():
    table = pa.table({"a": pa.array([Decimal("1.10")], pa.decimal128(38, 6)), "d": [date(2015, 1, 31)]})
    sheet, told = read_frame(table, "holdings")
    assert (sheet.cells, told) == (((Decimal("1.1"),), (date(2015, 1, 31),)), ())


def test_headings_and_lengths_are_checked():
    twins = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert codes(read_frame(twins, "holdings")[1]) == ["PD308"]
    assert codes(read_frame({"a": [1, 2], "b": [1]}, "holdings")[1]) == ["PD332"]
    assert read_frame([{"a": 1}, {"b": 2}], "holdings")[0].cells == ((1, None), (None, 2))


@pytest.mark.parametrize("frame", [7, "a,b", None, [1, 2], {"a": "text"}, {"a": 1}])
def test_no_frame_is_a_mistake_of_the_program(frame):
    with pytest.raises(TypeError, match="table"):
        read_frame(frame, "holdings")


def test_nothing_heavy_is_imported():
    script = (
        "import sys, policydsl.inputs.read, policydsl.inputs.convert, policydsl.inputs.frames as f;"
        "f.read_frame([{'a': 1}], 't');"
        "print([name for name in ('pandas', 'numpy', 'pyarrow', 'openpyxl') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "[]"


def test_what_comes_without_names_of_tables_says_how_tables_come(tmp_path):
    import policydsl

    rulebook = policydsl.load("rulebooks/borlange")
    for given in (tmp_path, "holdings.csv", [{"instrument": "a"}]):
        for check in (rulebook.check, rulebook.loaded, rulebook.session):
            with pytest.raises(TypeError, match="tables come with their names"):
                check(given)
