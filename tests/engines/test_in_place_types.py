"""Columns of each type mean the same whether they are loaded, judged where they stand, or on a board."""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.boards.refusal import NoBoard
from policydsl.engines.sql.in_place.arrow_schema import Noted, noted_in

from . import postgres
from .arrow_types import EVERY, ZONES, in_zone

HEAD = 'rulebook "Types"\n  currency SEK\n  base all\n  within each owner\ntable papers, each paper\n  owner text\n'
RULES = {
    "text": "rule a: per what: share of all <= 40%\n",
    "one of a, b": "rule a: share where what = a <= 40%\n",
    "money in SEK": "rule a: sum what of papers <= 3 SEK\n",
    "share in %": "rule a: each paper: what <= 2%\n",
    "date": "rule a: share where what < 2027-01-02 <= 40%\n",
    "yes/no": "rule a: share where what <= 40%\n",
    "": "rule a: sum value of papers <= 3 SEK\n",
}
"""What a column is to the rulebook, "" if it has none of the name, each with a rule."""
TOLD_ELSEWHERE = {"PD765"}
NUMBERS = count()
"""No table is dropped, since reports may look at it."""
WORST = ("breach", "undetermined", "pass")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, policydsl.Rulebook]:
    """A rulebook for each kind of column."""
    found, folder = {}, tmp_path_factory.mktemp("books")
    for number, (kind, rule) in enumerate(RULES.items()):
        column = f"  what {kind}\n" if kind else ""
        path = folder / f"{number}.policy"
        path.write_text(
            f"{HEAD}{column}  value money in SEK\ndefine all = sum value of papers\n{rule}", encoding="utf-8"
        )
        found[kind] = policydsl.load(path)
    return found


def said(ask: Callable[[], policydsl.Report]) -> Any:
    """The verdicts and what is told, or what is wrong. Of loaded columns that nobody reads it is also told that their
    numbers are binary."""
    try:
        found = ask()
    except policydsl.DataError as refused:
        return sorted({one.code for one in refused.diagnostics if one.is_error})
    unread = {"PD329"} if any(one.code == "PD910" for one in found.diagnostics) else set()
    return list(found.verdicts), {one.code for one in found.diagnostics} - TOLD_ELSEWHERE - unread


def same(books: Mapping[str, policydsl.Rulebook], loaded: Any, there: policydsl.InPlace) -> None:
    """Loaded rows and a table that stands somewhere say the same to every rulebook."""
    for kind, book in books.items():
        meant = said(lambda book=book: book.check({"papers": loaded}, engine="reference"))
        assert said(lambda book=book: book.check({"papers": there})) == meant, kind


def on_a_board(book: policydsl.Rulebook, file: Path) -> Any:
    """The outcome of its rule, or what is wrong; a column that is no board's is left to the check."""
    try:
        (entry,) = book.board(file).entries()
    except policydsl.DataError as refused:
        return sorted({one.code for one in refused.diagnostics if one.is_error})
    except NoBoard:
        return ["PD333"]
    return str(entry.outcome)


def written(folder: Path, column: Any, more: Mapping[str, Any] | None = None) -> Path:
    """A Parquet file with a column."""
    rows = {"owner": ["P"] * 3, "what": column, "value": [1, 2, 3], **(more or {})}
    pq.write_table(pa.table(rows), folder / "papers.parquet")
    return folder / "papers.parquet"


@pytest.mark.parametrize("name", EVERY)
def test_columns_of_files(name: str, books: Mapping[str, policydsl.Rulebook], tmp_path: Path) -> None:
    file = written(tmp_path, EVERY[name])
    same(books, pq.read_table(file), policydsl.InPlace(str(file)))


@pytest.mark.parametrize("name", EVERY)
def test_columns_on_boards(name: str, books: Mapping[str, policydsl.Rulebook], tmp_path: Path) -> None:
    file = written(tmp_path, EVERY[name])
    for kind, book in books.items():
        loaded = said(lambda book=book: book.check({"papers": pq.read_table(file)}))
        if isinstance(loaded, tuple):
            loaded = next(each for each in WORST if each in [verdict.outcome for verdict in loaded[0]])
        assert on_a_board(book, file) == loaded, kind


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_of_a_moment_is_that_of_its_zone(
    zone: str, books: Mapping[str, policydsl.Rulebook], tmp_path: Path
) -> None:
    for days, outcome in ((0, "breach"), (1, "pass")):  # 4 of 6 SEK before 2027-01-02, or none of them
        file = written(tmp_path, in_zone(zone, later=timedelta(days)))
        report = books["date"].check({"papers": policydsl.InPlace(str(file))})
        assert report.verdicts.outcomes == (outcome,)


def test_files_with_moments_of_two_zones_are_refused(books: Mapping[str, policydsl.Rulebook], tmp_path: Path) -> None:
    for number, column in enumerate((in_zone("UTC"), in_zone("Europe/Stockholm"), pa.nulls(3))):
        (tmp_path / str(number)).mkdir()
        written(tmp_path / str(number), column)
    assert said(lambda: books["date"].check({"papers": policydsl.InPlace(str(tmp_path))})) == ["PD962"]
    written(tmp_path / "1", in_zone("UTC"))
    there = books["date"].check({"papers": policydsl.InPlace(str(tmp_path))})
    assert there.verdicts.outcomes == ("breach",)


@pytest.mark.parametrize("first", [pa.float64(), pa.decimal256(60, 2)])
def test_decimals_that_would_be_rounded_are_refused(
    first: Any, books: Mapping[str, policydsl.Rulebook], tmp_path: Path
) -> None:
    for number, kind in enumerate((first, pa.decimal256(60, 2))):
        (tmp_path / str(number)).mkdir()
        column = pa.array([1.0] * 3) if kind == pa.float64() else pa.array([Decimal(1)] * 3, kind)
        written(tmp_path / str(number), column)
    several = ["PD987"] if first != pa.float64() else ["PD962"]
    book = books["money in SEK"]
    assert said(lambda: book.check({"papers": policydsl.InPlace(str(tmp_path))})) == several
    assert said(lambda: book.check({"papers": policydsl.InPlace(str(tmp_path / "1"))})) == ["PD987"]
    assert said(lambda: books[""].check({"papers": policydsl.InPlace(str(tmp_path / "1"))}))[0]


# --- tables of databases ----------------------------------------------------------------------------------------------

IN_DUCKDB = {
    "TINYINT": "1", "UTINYINT": "1", "BIGINT": "1", "HUGEINT": "1", "UHUGEINT": "1", "DECIMAL(38, 10)": "1.25",
    "FLOAT": "0.1", "DOUBLE": "0.1", "DOUBLE ": "'nan'", "FLOAT ": "'nan'", "DOUBLE  ": "'inf'", "BOOLEAN": "true",
    "VARCHAR": "'a'", "BLOB": "'a'", "BIT": "'101'", "UUID": "'00000000-0000-0000-0000-000000000001'",
    "DATE": "'2027-01-01'", "DATE ": "'infinity'", "DATE  ": "'12345-01-01'", "DATE   ": "'0044-03-15 (BC)'",
    "TIME": "'01:00'", "TIMETZ": "'01:00:00+01'", "TIMESTAMP": "'2027-01-01'", "TIMESTAMP ": "'infinity'",
    "TIMESTAMP  ": "'2027-01-01 12:00'", "TIMESTAMP   ": "'12345-01-01'", "TIMESTAMP_S": "'2027-01-01'",
    "TIMESTAMP_MS": "'2027-01-01'", "TIMESTAMP_NS": "'2027-01-01'", "INTERVAL": "INTERVAL 1 YEAR", "INTEGER[]": "[1]",
    "INTEGER[1]": "[1]", "STRUCT(a INTEGER)": "{'a': 1}", "MAP(VARCHAR, INTEGER)": "MAP {'a': 1}",
    "UNION(a INTEGER, b VARCHAR)": "1", "JSON": "'1'", "JSON ": "'\"a\"'", "ENUM('a', 'b')": "'a'",
    "DOUBLE   ": "1e300", "FLOAT  ": "3e38", "DOUBLE    ": "-1e16", "DOUBLE     ": "1e-300",
}  # fmt: skip
"""A value of each type."""


@pytest.mark.parametrize("type", IN_DUCKDB)
def test_columns_of_duckdb(type: str, books: Mapping[str, policydsl.Rulebook]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE papers (owner VARCHAR, what {type}, value INTEGER)")
        connection.execute(f"INSERT INTO papers VALUES ('P', CAST({IN_DUCKDB[type]} AS {type}), 1), ('P', NULL, 2)")
        rows = connection.sql("SELECT * FROM papers").to_arrow_table()
        same(books, rows, policydsl.InPlace("papers", connection))


def test_moments_of_no_zone_are_refused(books: Mapping[str, policydsl.Rulebook], place: Any) -> None:
    with_zone = "TIMESTAMP WITH TIME ZONE"
    place.execute(f"CREATE TABLE moments AS SELECT 'P' AS owner, CAST('2027-01-01' AS {with_zone}) AS what, 1 AS value")
    there = {"papers": policydsl.InPlace("moments", place)}
    assert said(lambda: books["date"].check(there)) == ["PD856"]
    assert said(lambda: books["text"].check(there)) == ["PD856"]
    assert said(lambda: books[""].check(there))[0][0].outcome == "pass"


IN_POSTGRES = {
    "int2": "1", "int4": "1", "int8": "1", "numeric": "1.25", "numeric ": "'NaN'", "numeric  ": "'Infinity'",
    "numeric(10, 2)": "1.25", "numeric(50, 2)": "1.25", "float4": "0.1", "float8": "0.1", "float4 ": "'NaN'",
    "float8 ": "'NaN'", "float8  ": "'Infinity'", "bool": "true", "text": "'a'", "varchar(5)": "'a'",
    "bpchar(5)": "'a'", "name": "'a'", '"char"': "'a'", "bytea": "'a'", "bit(3)": "B'101'",
    "date": "'2027-01-01'", "time": "'01:00'",
    "timetz": "'01:00+01'", "timestamp": "'2027-01-01'", "timestamp ": "'2027-01-01 12:00'", "interval": "'1 year'",
    "timestamptz": "'2027-01-01'", "int4[]": "'{1}'", "json": "'1'", "json ": "'\"a\"'", "json  ": "'{\"a\": 1}'",
    "jsonb": "'1'", "money": "'1.00'", "oid": "1", "inet": "'1.2.3.4'", "macaddr": "'08:00:2b:01:02:03'",
    "xml": "'<a/>'", "point": "'(1, 2)'", "int4range": "'[1, 2)'", "uuid": "'00000000-0000-0000-0000-000000000001'",
    "tsvector": "'a'", "varbit(3)": "B'101'", "tid": "'(0,1)'", "pair": "ROW(1, 2)", "pair[]": "ARRAY[ROW(1, 2)]",
    "letter": "'a'", "letter[]": "'{a}'", "small": "1", "float8   ": "1e300", "float8    ": "-1e16", "float4  ": "3e38",
    "float8     ": "1e-300", "float8      ": "9007199254740993",
}  # fmt: skip


@pytest.mark.parametrize("type", IN_POSTGRES)
def test_columns_of_postgres(type: str, books: Mapping[str, policydsl.Rulebook], server: Any) -> None:
    address, connection = server
    name = f"papers_{next(NUMBERS)}"
    connection.execute(f"CREATE TABLE {name} (owner text, what {type}, value int4)")
    connection.execute(f"INSERT INTO {name} VALUES ('P', CAST({IN_POSTGRES[type]} AS {type}), 1), ('P', NULL, 2)")
    same(books, f"{address}#{name}", policydsl.InPlace(name, connection))


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 BC", "12345-01-01"])
@pytest.mark.parametrize("type", ["date", "timestamp", "timestamptz"])
def test_days_of_postgres_beyond_the_calendar(
    type: str, day: str, books: Mapping[str, policydsl.Rulebook], server: Any
) -> None:
    _, connection = server
    name = f"far_{next(NUMBERS)}"
    connection.execute(f"CREATE TABLE {name} AS SELECT 'P' AS owner, CAST('{day}' AS {type}) AS what, 1 AS value")
    there = {"papers": policydsl.InPlace(name, connection)}
    for kind in ("date", "text", "money in SEK"):
        assert "PD963" in said(lambda kind=kind: books[kind].check(there))
    assert said(lambda: books[""].check(there))[0]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Any]]:
    """A server of PostgreSQL: its address, and a connection to it."""
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as place, psycopg.connect(place, autocommit=True) as connection:
        for made in ("TYPE pair AS (a int, b int)", "TYPE letter AS ENUM ('a', 'b')", "DOMAIN small AS int2"):
            connection.execute(f"CREATE {made}")
        yield f"postgresql://policydsl@/postgres?host={place.split()[0].removeprefix('host=')}", connection


@pytest.mark.parametrize("type", ["bit(4)", "varbit(4)", "pair", "tid", "letter[]"])
def test_what_reads_as_another_number_is_refused(
    type: str, books: Mapping[str, policydsl.Rulebook], server: Any
) -> None:
    address, connection = server
    name, value = f"odd_{next(NUMBERS)}", {"p": "ROW(1, 2)", "t": "'(1,2)'", "l": "'{a}'"}.get(type[0], "B'1010'")
    connection.execute(f"CREATE TABLE {name} AS SELECT 'P' AS owner, CAST({value} AS {type}) AS what, 1 AS value")
    for there in (f"{address}#{name}", policydsl.InPlace(name, connection)):
        for kind in ("text", "money in SEK", "share in %"):
            assert said(lambda kind=kind, there=there: books[kind].check({"papers": there})) == ["PD333"]
        assert said(lambda there=there: books[""].check({"papers": there}))[0][0].outcome == "pass"


# --- what Arrow notes in a file ---------------------------------------------------------------------------------------


def test_what_arrow_has_noted() -> None:
    schema = pa.schema([(name, column.type) for name, column in EVERY.items()], {"more": "metadata"})
    note = base64.b64encode(schema.serialize().to_pybytes())
    meant = {}
    for field in schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if pa.types.is_duration(kind):
            meant[field.name] = Noted(unit=kind.unit)
        elif pa.types.is_timestamp(kind) and kind.tz is not None:
            meant[field.name] = Noted(zone=kind.tz)
        elif isinstance(kind, pa.Bool8Type):
            meant[field.name] = Noted(truths=True)
    assert noted_in(note) == meant
    assert len(meant) == 4 + 5 * len(ZONES) + 3


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_note_is_refused_or_read(data: Any) -> None:
    note = bytearray(pa.schema([("a", pa.duration("us")), ("b", pa.timestamp("us", "UTC"))]).serialize().to_pybytes())
    for _ in range(data.draw(st.integers(1, 4))):
        note[data.draw(st.integers(0, len(note) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        noted_in(base64.b64encode(bytes(note[: data.draw(st.integers(0, len(note)))])))


def test_a_file_with_a_damaged_note_is_refused(books: Mapping[str, policydsl.Rulebook], tmp_path: Path) -> None:
    file = written(tmp_path, pa.array([1, 2, 3]))
    held = file.read_bytes()
    at = held.index(b"ARROW:schema") + 20
    file.write_bytes(held[:at] + b"!" + held[at + 1 :])
    assert said(lambda: books["money in SEK"].check({"papers": policydsl.InPlace(str(file))})) == ["PD767"]
