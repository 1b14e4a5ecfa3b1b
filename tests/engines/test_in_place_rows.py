"""Which rows a place means, and that each of them is told apart from the others: against the reference engine."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow
import pytest
from pyarrow import parquet

import policydsl

from . import postgres
from .test_in_place import BOOK, LARGEST, LOANS, agree, filled, stored, told

ROWS = [{**LOANS[0], "loan": f"x{number}", "amount": str(amount)} for number, amount in enumerate((5, 100, 1, 2, 90))]
SMALL = [{**row, "amount": "1"} for row in ROWS]


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    path = tmp_path / "example.policy"
    path.write_text(BOOK + LARGEST, encoding="utf-8")
    return policydsl.load(path)


def made(connection: Any, name: str, rows: list[dict[str, Any]], besides: str = "") -> policydsl.InPlace:
    """A table of a name, with columns besides those of the loans."""
    loans = stored(connection, rows)
    sort = "TEMP TABLE" if name.startswith("temp.") else "TABLE"
    connection.execute(f"CREATE {sort} {name} AS SELECT *{besides} FROM {loans.table}")
    connection.execute(f"DROP TABLE {loans.table}")
    return policydsl.InPlace(name, connection)


# --- what tells rows apart --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["1 AS rowid", "NULL AS rowid", "'x' AS RowID", "1 AS rowid, 7 AS policydsl_row"])
def test_column_that_hides_the_rows_of_duckdb(column: str, book: policydsl.Rulebook) -> None:
    report = agree(book, ROWS, made(duckdb.connect(), "loans", ROWS, f", {column}"))
    assert [verdict.outcome for verdict in report.verdicts if verdict.id == "top"] == ["breach"]


@pytest.mark.parametrize("column", ["file_row_number", "File_Row_Number", "file_index"])
@pytest.mark.parametrize("several", [False, True])
def test_column_that_hides_the_rows_of_files(
    column: str, several: bool, book: policydsl.Rulebook, tmp_path: Path
) -> None:
    parts = [ROWS[:3], ROWS[3:]] if several else [ROWS]
    for number, rows in enumerate(parts):
        table = pyarrow.Table.from_pylist([{**row, column: 1} for row in filled(rows)])
        parquet.write_table(table, tmp_path / f"{number}.parquet")
    agree(book, ROWS, policydsl.InPlace(tmp_path))


def test_tables_that_inherit_from_one_in_postgres(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server, autocommit=True) as one:
        parent, child = stored(one, ROWS[:3]), stored(one, ROWS[3:])
        one.execute(f"ALTER TABLE {child.table} INHERIT {parent.table}")
        agree(book, ROWS, parent)


# --- which table a name means -----------------------------------------------------------------------------------------


def test_table_of_the_schema_in_use(book: policydsl.Rulebook) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA archive")
    made(connection, "archive.loans", SMALL)
    ((code, message, _),) = told(book, policydsl.InPlace("loans", connection))
    assert (code, "did you mean `memory.archive.loans`" in message) == ("PD763", True)
    made(connection, "main.loans", ROWS)
    agree(book, ROWS, policydsl.InPlace("loans", connection))
    agree(book, SMALL, policydsl.InPlace("archive.loans", connection))
    connection.execute("SET schema = 'archive'")
    agree(book, SMALL, policydsl.InPlace("loans", connection))


def test_table_of_the_database_in_use(book: policydsl.Rulebook, tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{tmp_path / 'archive.db'}' AS archive")
    made(connection, "archive.main.loans", SMALL)
    made(connection, "main.loans", ROWS)
    agree(book, ROWS, policydsl.InPlace("loans", connection))
    agree(book, ROWS, policydsl.InPlace("main.loans", connection))
    agree(book, SMALL, policydsl.InPlace("archive.loans", connection))
    connection.execute("CREATE SCHEMA memory.archive")
    made(connection, "memory.archive.loans", ROWS)
    assert [code for code, _, _ in told(book, policydsl.InPlace("archive.loans", connection))] == ["PD961"]


def test_temporary_table_before_one_that_stays(book: policydsl.Rulebook) -> None:
    connection = duckdb.connect()
    made(connection, "main.loans", SMALL)
    made(connection, "temp.main.loans", ROWS)
    for name in ("loans", "main.loans"):
        assert [code for code, _, _ in told(book, policydsl.InPlace(name, connection))] == ["PD960"]
    agree(book, SMALL, policydsl.InPlace("memory.main.loans", connection))


# --- files of several types, and folders with names -------------------------------------------------------------------


def of_type(path: Path, rows: list[dict[str, Any]], type: pyarrow.DataType) -> None:
    """Loans in a Parquet file, their amounts of a type."""
    amounts = [Decimal(row["amount"]) for row in rows]
    whole = [int(each) for each in amounts] if pyarrow.types.is_integer(type) else amounts
    cells = [float(each) for each in amounts] if pyarrow.types.is_floating(type) else whole
    table = pyarrow.Table.from_pylist(filled(rows))
    at = table.column_names.index("amount")
    parquet.write_table(table.set_column(at, "amount", pyarrow.array(cells, type)), path)


@pytest.mark.parametrize(
    ("one", "other", "held"),
    [
        (pyarrow.decimal128(38, 0), pyarrow.decimal128(38, 10), False),
        (pyarrow.int64(), pyarrow.float64(), False),
        (pyarrow.float32(), pyarrow.int32(), False),
        (pyarrow.float32(), pyarrow.float64(), False),
        (pyarrow.decimal128(18, 2), pyarrow.float64(), False),
        (pyarrow.decimal128(18, 2), pyarrow.decimal128(38, 10), True),
        (pyarrow.int64(), pyarrow.decimal128(38, 10), True),
        (pyarrow.int32(), pyarrow.int64(), True),
        (pyarrow.int32(), pyarrow.float64(), True),
    ],
)
def test_files_of_several_types(
    one: pyarrow.DataType, other: pyarrow.DataType, held: bool, book: policydsl.Rulebook, tmp_path: Path
) -> None:
    tenths = not pyarrow.types.is_integer(other)
    rows = [*ROWS[:2], *({**row, "amount": "0.5" if tenths else "7"} for row in ROWS[2:])]
    of_type(tmp_path / "0.parquet", rows[:2], one)
    of_type(tmp_path / "1.parquet", rows[2:], other)
    if held:
        agree(book, rows, policydsl.InPlace(tmp_path))
    else:
        ((code, message, _),) = told(book, policydsl.InPlace(tmp_path))
        assert (code, "0.parquet and" in message, "1.parquet, and" in message) == ("PD962", True, True)


def test_names_of_folders_are_no_cells(book: policydsl.Rulebook, tmp_path: Path) -> None:
    folder = tmp_path / "loans" / "amount=1"
    folder.mkdir(parents=True)
    of_type(folder / "loans.parquet", ROWS, pyarrow.decimal128(18, 2))
    agree(book, ROWS, policydsl.InPlace(folder / "loans.parquet"))
    agree(book, ROWS, policydsl.InPlace(tmp_path / "loans"))


# --- cells that nothing here holds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 (BC)", "20240-03-15"])
def test_dates_beyond_the_calendar(day: str, book: policydsl.Rulebook) -> None:
    connection = duckdb.connect()
    for type in ("DATE", "TIMESTAMP"):
        odd = f"CREATE OR REPLACE TABLE odd AS SELECT 'a' AS loan, 1 AS amount, CAST('{day}' AS {type}) AS opened"
        connection.execute(odd)
        codes = {code for code, _, _ in told(book, policydsl.InPlace("odd", connection))}
        assert codes & ({"PD963"} if type == "DATE" else {"PD963", "PD324", "PD334"})


def test_decimal_without_end(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server, autocommit=True) as one:
        one.execute("CREATE TABLE endless AS SELECT 'a' AS loan, CAST('-Infinity' AS NUMERIC) AS amount")
        assert "PD330" in {code for code, _, _ in told(book, policydsl.InPlace("endless", one))}
