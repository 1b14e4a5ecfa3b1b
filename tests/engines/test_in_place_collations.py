"""No collation of a database decides which texts are equal, and no transaction hides what is judged."""

from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

import policydsl

from . import postgres

BOOK = """\
rulebook "Collations"
  currency SEK
  base all
table papers, each paper
  name   text, key
  issuer text
  grade  one of A, B
  value  money in SEK
define all = sum value of papers
rule one: share where issuer = "abank" <= 10%
rule each: per issuer: share <= 30%
rule many: distinct issuer of papers <= 3
rule in: share where issuer in ("abank", "b") <= 40%
rule like: share where issuer contains "åb" <= 40%
"""
ISSUERS = ("Åbank", "Abank", "åbank", "b")
ROWS = [{"name": f"n{at}", "issuer": each, "grade": "A", "value": 10} for at, each in enumerate(ISSUERS)]


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "collations.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "collations.policy")


def filled(connection: Any, collation: str = "") -> policydsl.InPlace:
    """The rows in a table of DuckDB."""
    text = f"VARCHAR{collation}"
    connection.execute(f"CREATE TABLE papers (name {text}, issuer {text}, grade {text}, value INTEGER)")
    connection.executemany("INSERT INTO papers VALUES (?, ?, ?, ?)", [list(row.values()) for row in ROWS])
    return policydsl.InPlace("papers", connection)


@pytest.mark.parametrize("collation", ["NOACCENT", "NOCASE", "NOCASE.NOACCENT", "NFC", "sv"])
@pytest.mark.parametrize("by", ["column", "default", "both", "view"])
def test_collations_of_duckdb(collation: str, by: str, book: policydsl.Rulebook) -> None:
    with duckdb.connect() as connection:
        if collation == "sv":
            try:
                connection.execute("SELECT 'a' COLLATE sv")
            except duckdb.Error:
                pytest.skip("DuckDB's ICU is not there")
        there = filled(connection, f" COLLATE {collation}" if by in ("column", "both") else "")
        if by in ("default", "both"):
            connection.execute(f"SET default_collation = '{collation}'")
        if by == "view":
            issuer = f"issuer COLLATE {collation} AS issuer"
            connection.execute(f"CREATE VIEW seen AS SELECT name, {issuer}, grade, value FROM papers")
            there = policydsl.InPlace("seen", connection)
        report = book.check({"papers": there})
        assert list(report.verdicts) == list(book.check({"papers": ROWS}, engine="reference").verdicts)
        assert {each.id: each.outcome for each in report.verdicts if each.id != "each"} == {
            "one": "breach",
            "many": "pass",
            "in": "breach",
            "like": "breach",
        }
        expected = collation if by in ("default", "both") else ""
        assert connection.execute("SELECT current_setting('default_collation')").fetchall() == [(expected,)]


def test_a_default_collation_that_can_not_be_changed(book: policydsl.Rulebook) -> None:
    with duckdb.connect() as connection:
        there = filled(connection)
        connection.execute("SET default_collation = 'NOACCENT'")
        connection.execute("SET lock_configuration = true")
        with pytest.raises(policydsl.DataError) as refused:
            book.check({"papers": there})
        assert {one.code for one in refused.value.diagnostics if one.is_error} == {"PD767"}


def errors(book: policydsl.Rulebook, there: policydsl.InPlace) -> list[str]:
    with pytest.raises(policydsl.DataError) as refused:
        book.check({"papers": there})
    return [one.code for one in refused.value.diagnostics if one.is_error]


def test_a_transaction_of_duckdb_that_has_not_ended(book: policydsl.Rulebook) -> None:
    with duckdb.connect() as connection:
        connection.execute("BEGIN")
        there = filled(connection)
        assert errors(book, there) == ["PD959"]
        connection.execute("COMMIT")
        assert book.check({"papers": there}).verdicts[0].outcome == "breach"
        connection.execute("BEGIN")
        connection.execute("DELETE FROM papers")
        assert errors(book, there) == ["PD959"]
        connection.execute("ROLLBACK")
        assert book.check({"papers": there}).verdicts[0].outcome == "breach"


def test_a_transaction_of_postgres_that_has_not_ended(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server) as connection:
        connection.execute("CREATE TABLE papers (name text, issuer text, grade text, value int)")
        for row in ROWS:
            connection.execute("INSERT INTO papers VALUES (%s, %s, %s, %s)", list(row.values()))
        there = policydsl.InPlace("papers", connection)
        assert errors(book, there) == ["PD959"]
        assert connection.execute("SELECT COUNT(*) FROM papers").fetchall() == [(4,)]
        connection.commit()
        assert book.check({"papers": there}).verdicts[0].outcome == "breach"
        connection.execute("SELECT COUNT(*) FROM papers")
        assert book.check({"papers": there}).verdicts[0].outcome == "breach"
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT nothing FROM papers")
        assert errors(book, there) == ["PD959"]
        connection.rollback()
        with connection.transaction():
            connection.execute("DELETE FROM papers")
            assert errors(book, there) == ["PD959"]
        assert connection.execute("SELECT COUNT(*) FROM papers").fetchall() == [(0,)]
