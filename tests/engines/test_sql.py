"""The engine in a database: case pages, generated pairs, and what it hands to others."""

import functools
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from hypothesis import given

import policydsl
from policydsl.data.elsewhere import Unanswered
from policydsl.engines.sql import open_session
from policydsl.engines.sql.database import Field
from policydsl.engines.sql.on_duckdb import DuckDB
from tests.language.pages import Case, cases, pages
from tests.properties.agreement import agree
from tests.properties.cases import Case as Generated
from tests.properties.cases import cases as generated
from tests.properties.counting import Count
from tests.properties.independent import independently

from . import postgres
from .databases import started
from .run_sql import wrong

CASES = [case for page in pages() for case in cases(page)]


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "postgres" and (why := postgres.reason()) is not None:
        pytest.skip(why)
    with started(request.param):
        yield request.param


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case: Case, engine: str) -> None:
    if told := wrong(case, engine):
        pytest.fail("\n".join(told), pytrace=False)


def test_engine_agrees_on_generated_pairs(engine: str) -> None:
    @independently(60, derandomize=True)
    @given(generated())
    def agrees(case: Generated) -> None:
        agree(case, Count(), engine)

    agrees()


BOOK = """\
rulebook "Example"
  currency SEK
  use standard/holdings
table loans, each loan
  loan    text, key
  lender  text
  amount  money in SEK
  rate    share in %
  opened  date
rule big "Large": sum amount of loans where lender = "O'Hara" <= 100 SEK
rule late "Late": sum amount of loans where opened + 18 months <= 2026-01-01 at most 5 SEK
rule top "Top": sum amount of largest 1 loans by amount <= 1 SEK
"""
LOANS = [
    {"loan": "a", "lender": "O'Hara", "amount": "60", "rate": "1", "opened": "2023-01-31"},
    {"loan": "b", "lender": " o'hara ", "amount": "60.5", "rate": "2", "opened": "2025-01-31"},
    {"loan": "c", "lender": "x'); DROP TABLE t0; --", "amount": None, "rate": "2", "opened": None},
]


def checked(
    text: str, rows: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[policydsl.Report, dict[str, str]]:
    """The report from DuckDB, which must be the reference engine's, and why something was not worked out there."""
    path = tmp_path / "example.policy"
    path.write_text(text, encoding="utf-8")
    rulebook = policydsl.load(path)
    sessions = []

    def opened(*asked: Any) -> Any:
        sessions.append(open_session(*asked))
        return sessions[-1]

    monkeypatch.setattr("policydsl.engines.sql.open_session", opened)
    found = rulebook.check({"loans": rows}, engine="duckdb")
    meant = rulebook.check({"loans": rows}, engine="reference")
    assert found == meant
    assert [verdict.rows for verdict in found.verdicts] == [verdict.rows for verdict in meant.verdicts]
    assert found.engine == "duckdb"
    return found, {one.reason: type(one.what).__name__ for session in sessions for one in session.local}


def test_what_the_database_does_not_work_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, local = checked(BOOK, LOANS, tmp_path, monkeypatch)
    assert local == {"it shifts a date by a term": "Compare"}
    assert [verdict.outcome for verdict in report.verdicts if verdict.id == "big"] == ["breach"]


def test_largest_rows_are_a_share_of_what_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = BOOK.partition("rule big")[0] + (
        "define all = sum amount of loans\nrule top: sum amount of largest 1 loans by rate <= 50% of all\n"
    )
    whole = "it takes the largest rows for a share of what is not wholly known"
    assert checked(text, LOANS, tmp_path, monkeypatch)[1] == {whole: "Pair"}
    assert checked(text, LOANS[:2], tmp_path, monkeypatch)[1] == {}


def test_sums_beyond_the_digits_of_a_database_are_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digits = "9" * 38
    rows = [{**LOANS[0], "loan": str(number), "amount": digits} for number in range(3)]
    text = BOOK.partition("rule big")[0] + f"rule big: sum amount of loans <= {3 * int(digits)} SEK\n"
    report, local = checked(text, rows, tmp_path, monkeypatch)
    assert local == {"a sum may have more than 38 digits": "Pair"}
    assert report.verdicts[0].figure.value == 3 * int(digits)
    rows[0]["amount"] = digits + "9"
    _, local = checked(text.replace("<=", ">="), rows, tmp_path, monkeypatch)
    assert local == {"a number has more than 38 digits": "Pair"}


def test_signs_that_a_database_does_not_hold_stay_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [LOANS[0], {**LOANS[1], "lender": "a\ud800b"}, LOANS[2]]
    text = BOOK.partition("rule late")[0]
    _, local = checked(text, rows, tmp_path, monkeypatch)
    assert local == {"a text has signs that no database holds": "Compare"}


def test_table_is_forgotten_only_when_the_next_is_stored() -> None:
    """The collector of garbage forgets tables at any moment, when the connection may be in the middle of a query."""
    database = DuckDB(duckdb.connect(":memory:"))
    database.store("a", [Field("r", "whole", [1])])
    database.drop("a")
    assert database.ask("SELECT r FROM a") == [(1,)]
    database.store("b", [Field("r", "wide", [10**37])])
    with pytest.raises(Unanswered):
        database.ask("SELECT r FROM a")
    assert database.ask("SELECT r FROM b") == [(10**37,)]


def test_tables_go_with_what_was_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a column was refused, in the middle of something that holds on to the session."""
    database = DuckDB(duckdb.connect(":memory:"))
    monkeypatch.setattr("policydsl.engines.sql.on_duckdb.in_memory", lambda: database)
    checked(BOOK.partition("rule late")[0], [{**LOANS[0], "lender": "a\ud800b"}], tmp_path, monkeypatch)
    monkeypatch.undo()
    gc.collect()
    database.store("next", [Field("r", "whole", [1])])
    assert database.ask("SELECT table_name FROM duckdb_tables()") == [("next",)]


@pytest.mark.parametrize(("engine", "extra"), [("duckdb", "sql"), ("spark", "spark")])
def test_package_that_is_not_there_is_told(
    engine: Any, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "example.policy"
    path.write_text(BOOK, encoding="utf-8")
    monkeypatch.setattr("policydsl.engines.sql.packages.find_spec", lambda name: None)
    with pytest.raises(policydsl.DataError, match=rf"PD760.*policydsl\[{extra}\]"):
        policydsl.load(path).check({"loans": LOANS}, engine=engine)


def test_database_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "example.policy"
    path.write_text(BOOK, encoding="utf-8")
    connect = functools.partial(psycopg.connect, f"host={tmp_path}")
    monkeypatch.setattr("policydsl.engines.sql.on_postgres.usual", connect)
    with pytest.raises(policydsl.DataError, match=r"PD761.*No such file"):
        policydsl.load(path).check({"loans": LOANS}, engine="postgres")
