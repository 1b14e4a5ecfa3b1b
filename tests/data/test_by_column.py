"""Typed tables read by column are what they are when read cell by cell: every cell, message, value, name, fingerprint
and report."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.data import from_sheets
from policydsl.data.from_sheets import fit
from policydsl.data.hashing import data_hash
from policydsl.data.total_names import is_called_part, is_called_total, may_be_called
from policydsl.inputs import frames
from policydsl.inputs.columns.counted import Counted, Scaled
from policydsl.inputs.columns.recurring import Recurring, recurring
from policydsl.inputs.frames import read_frame

from .columns_of_frames import NAMES, NUMBERS, RULEBOOK, arrow_tables, as_pandas, as_polars
from .fitting import rulebook

AS_OF = date(2020, 3, 1)
FORMS = {"arrow": lambda table: table, "pandas": as_pandas, "polars": as_polars}
BOOK = policydsl.Rulebook(rulebook(RULEBOOK))
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(frame: Any, by_column: bool) -> Any:
    """What is found in a frame: the sheet, what is told, and the rows as a rulebook has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_MANY", 1 if by_column else 10**9)
        patch.setattr(from_sheets, "_MANY", 0 if by_column else 10**9)
        sheet, told = read_frame(frame, "holdings")
        fitted = fit(BOOK.model, {"holdings": sheet}, AS_OF)
        return sheet, told, fitted, fitted.tables["holdings"]


def report(frame: Any, by_column: bool, engine: Any) -> str:
    """All that is said of a frame."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_MANY", 1 if by_column else 10**9)
        patch.setattr(from_sheets, "_MANY", 0 if by_column else 10**9)
        try:
            return BOOK.check({"holdings": frame}, as_of=AS_OF, engine=engine).to_json()
        except policydsl.DataError as wrong:
            return repr(wrong.diagnostics)


def exactly(items: Any) -> list[tuple[type, str]]:
    """Items with their types; decimals as they are written."""
    return [(type(item), repr(item)) for item in items]


@slow
@given(arrow_tables(), st.sampled_from([*FORMS]))
def test_cells_messages_and_values_are_the_same(table: Any, form: str) -> None:
    frame = FORMS[form](table)
    one, told, fitted, data = read(frame, True)
    other, told_by_cell, fitted_by_cell, by_cell = read(frame, False)
    assert one.headings == other.headings and one.rows == other.rows and told == told_by_cell
    for cells, wanted in zip(one.cells, other.cells, strict=True):
        assert exactly(cells) == exactly(wanted)
        assert exactly(cells[at] for at in range(len(cells))) == exactly(wanted)
    assert fitted.diagnostics == fitted_by_cell.diagnostics
    assert fitted.as_of == fitted_by_cell.as_of and data.dated == by_cell.dated and data.absent == by_cell.absent
    for name, values in data.columns.items():
        assert exactly(values) == exactly(by_cell.columns[name]), name
        assert exactly(values[at] for at in range(len(values))) == exactly(by_cell.columns[name])
    assert tuple(data.names) == by_cell.names and tuple(data.rows) == by_cell.rows
    assert data_hash({"holdings": data}) == data_hash({"holdings": by_cell})


@slow
@given(arrow_tables(), st.sampled_from(["columnar", "light", "reference"]))
def test_reports_are_the_same(table: Any, engine: str) -> None:
    assert report(table, True, engine) == report(table, False, engine)


def test_most_columns_are_not_read_cell_by_cell() -> None:
    count = 50
    table = pa.table({
        "id": [f"h{number}" for number in range(count)],
        "day": pa.array([AS_OF] * count),
        "kind": pa.array(["bond"] * count).dictionary_encode(),
        "amount": pa.array([number / 4 for number in range(count)]),
        "paid": pa.array([Decimal(number) for number in range(count)], pa.decimal128(10, 2)),
        "plain": pa.array(range(count)),
        "green": pa.array([True, None] * (count // 2)),
    })  # fmt: skip
    for made in FORMS.values():
        sheet, _, _, data = read(made(table), True)
        kinds = dict(zip(sheet.headings, map(type, sheet.cells), strict=True))
        assert [kinds[name] for name in ("id", "kind")] == [Recurring] * 2
        assert kinds["amount"] is Counted and isinstance(data.columns["amount"], Scaled)
    kinds = {name: type(cells) for name, cells in zip(sheet.headings, read(table, True)[0].cells, strict=True)}
    assert set(kinds.values()) == {Recurring, Counted}


def test_few_rows_are_read_cell_by_cell() -> None:
    assert type(read_frame(pa.table({"a": [1.5] * 999}), "t")[0].cells[0]) is tuple
    assert type(read_frame(pa.table({"a": [1.5] * 1000}), "t")[0].cells[0]) is Counted


def test_what_changes_later_is_not_read_again() -> None:
    import pandas

    frame = pandas.DataFrame({"a": [1.5] * 1000, "b": [1] * 1000})
    cells = read_frame(frame, "t")[0].cells
    frame.loc[:, "a"], frame.loc[:, "b"] = 2.5, 2
    assert {str(cell) for cell in cells[0]} == {"1.5"} and {*cells[1]} == {1}


@given(
    st.lists(st.sampled_from("abc"), min_size=1), st.lists(st.sampled_from("abcd"), min_size=4, max_size=4, unique=True)
)
def test_items_stand_in_the_order_of_rows(rows: list[str], words: list[str]) -> None:
    import numpy as np

    found = recurring(words, np.array([words.index(row) for row in rows]))
    assert list(found) == rows and found.items == tuple(dict.fromkeys(rows))
    assert found.firsts == tuple(rows.index(item) for item in found.items)
    assert found.rows("a".__eq__) == [at for at, row in enumerate(rows) if row == "a"]
    assert list(found.taken([0])) == rows[:1] and found.taken([0]).items == (rows[0],)


@given(st.lists(st.sampled_from([*NAMES, *NUMBERS]) | st.text(alphabet="summavrTOt:.å Σ\n\r1_", max_size=12)))
def test_no_name_of_a_total_is_passed_by(texts: list[str]) -> None:
    called = {text for text in texts if is_called_total(text) or is_called_part(text)}
    assert called <= may_be_called({*texts}) <= {*texts}
