"""Typed tables read by column are what they are when read cell by cell: every cell, message, value, name, fingerprint
and report."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
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
from policydsl.engines.columnar import evidence
from policydsl.inputs import frames
from policydsl.inputs.columns.counted import Counted, Scaled
from policydsl.inputs.columns.recurring import Recurring, recurring
from policydsl.inputs.frames import read_frame
from policydsl.model.rulebook import Rulebook

from .columns_of_frames import NAMES, NUMBERS, RULEBOOK, arrow_tables, as_pandas, as_polars
from .fitting import rulebook

AS_OF = date(2020, 3, 1)
FORMS = {
    "arrow": lambda table: table,
    "pandas": as_pandas,
    "polars": as_polars,
    "records": lambda table: table.to_pylist(),
    "columns": lambda table: table.to_pydict(),
}
BOOK = policydsl.Rulebook(rulebook(RULEBOOK))
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(frame: Any, by_column: bool, book: Rulebook = BOOK.model) -> Any:
    """What is found in a frame: the sheet, what is told, and the rows as a rulebook has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_MANY", 1 if by_column else 10**9)
        patch.setattr(from_sheets, "_MANY", 0 if by_column else 10**9)
        sheet, told = read_frame(frame, "holdings")
        fitted = fit(book, {"holdings": sheet}, AS_OF)
        return sheet, told, fitted, fitted.tables["holdings"]


def report(frame: Any, by_column: bool, engine: Any) -> str:
    """All that is said of a frame."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_MANY", 1 if by_column else 10**9)
        patch.setattr(from_sheets, "_MANY", 0 if by_column else 10**9)
        patch.setattr(evidence, "_MANY", 0 if by_column else 10**9)
        try:
            found = BOOK.check({"holdings": frame}, as_of=AS_OF, engine=engine)
            return found.to_json() + found.to_text() + repr([verdict.rows for verdict in found.verdicts])
        except policydsl.DataError as wrong:
            return repr(wrong.diagnostics)


def exactly(items: Any) -> list[tuple[type, str]]:
    """Items with their types; decimals as they are written."""
    return [(type(item), repr(item)) for item in items]


def assert_same(frame: Any, book: Rulebook = BOOK.model) -> None:
    """That all is the same of a frame."""
    one, told, fitted, data = read(frame, True, book)
    other, told_by_cell, fitted_by_cell, by_cell = read(frame, False, book)
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
@given(arrow_tables(), st.sampled_from([*FORMS]))
def test_cells_messages_and_values_are_the_same(table: Any, form: str) -> None:
    assert_same(FORMS[form](table))


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


WRITTEN = ["1.5", "1.50", "0", "-0.00", "1E+3", "12.345", "-7", "NaN", "sNaN", "Infinity", "1E-60"]
DECIMALS = tuple(map(Decimal, WRITTEN))
BINARY = (0.5, -0.0, 0.1, 1e22, float("nan"), float("inf"))
OBJECTS = (None, True, 0, 1, 2**70, *BINARY, Decimal("1.50"), Fraction(1, 3), "1", "", AS_OF)


@slow
@given(
    st.sampled_from(["issuer", "amount", "plain", "green", "matures"]),
    st.lists(st.sampled_from(DECIMALS[:7]) | st.none(), min_size=1)
    | st.lists(st.sampled_from(DECIMALS) | st.none(), min_size=1)
    | st.lists(st.integers() | st.none(), min_size=1)
    | st.lists(st.floats() | st.none(), min_size=1)
    | st.lists(st.sampled_from(OBJECTS), min_size=1),
)
def test_objects_are_the_same(heading: str, values: list[Any]) -> None:
    assert_same({heading: values})
    assert_same([{heading: value} for value in values])


LINES = "table holdings, each holding\n  issuer text\n  kind text\n  amount money in {}\n  bought date\n"
ROWS = st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.integers(0, 9), st.just(AS_OF))
WORDS = st.sampled_from(["Summa", "Totalt", "Summa a", "a Total", "varav c", "Total", "Sumitomo", "S:a", "Delsumma"])
KINDS = st.sampled_from([pa.int64(), pa.float64(), pa.decimal128(20, 3), pa.string()])


@st.composite
def with_totals(draw: Any) -> pa.Table:
    """Rows with lines among them that add up those above, or nearly."""
    rows: list[tuple[Any, ...]] = []
    for _ in range(draw(st.integers(1, 3))):
        rows += draw(st.lists(ROWS, min_size=1, max_size=4))
        amount = sum(row[2] for row in rows if row[3]) + draw(st.sampled_from([0, 0, 0, 1]))
        rows.append((draw(WORDS), draw(st.none() | st.sampled_from("cd")), amount, None))
    rows += draw(st.lists(ROWS, max_size=2))
    columns = dict(zip(("issuer", "kind", "amount", "bought"), zip(*rows, strict=True), strict=True))
    heading = draw(st.sampled_from(["amount", "amount (tkr)", "Amount MSEK"]))
    amounts = pa.array(columns["amount"]).cast(pa.decimal128(38, 3)).cast(draw(KINDS))
    return pa.table(
        {"issuer": columns["issuer"], "kind": columns["kind"], heading: amounts, "bought": columns["bought"]}
    )


@slow
@given(with_totals(), st.sampled_from(["SEK", "KSEK", "MSEK"]))
def test_lines_that_add_up_others_are_the_same(table: pa.Table, unit: str) -> None:
    also = "".join(f', also "{name}"' for name in table.column_names[2:3] if name != "amount")
    declared = LINES.format(f"{unit}{also}")
    assert_same(table, rulebook(f"  base portfolio\n{declared}define portfolio = sum amount of holdings\n"))
