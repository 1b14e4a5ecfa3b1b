"""Rows that a database hides from its user: what is judged lacks them, which is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import policydsl

from . import postgres

BOOK = """\
rulebook "Rights"
  currency SEK
table papers, each paper
  name  text, key
  value money in SEK
rule sum: sum value of papers <= 25 SEK
"""


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    (tmp_path / "rights.policy").write_text(BOOK, encoding="utf-8")
    return policydsl.load(tmp_path / "rights.policy")


@pytest.fixture(scope="module")
def users() -> Iterator[tuple[Any, Any, str]]:
    """The owner of some tables, a user who is shown some of their rows only, and that user's address."""
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as place, psycopg.connect(place, autocommit=True) as owner:
        for command in (
            "CREATE TABLE plain AS SELECT 'n' || n AS name, 10 AS value FROM generate_series(1, 3) AS n",
            "CREATE TABLE papers AS SELECT * FROM plain",
            "CREATE VIEW asked WITH (security_invoker = true) AS SELECT * FROM papers",
            "CREATE VIEW owned AS SELECT * FROM papers",
            "ALTER TABLE papers ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY own ON papers USING (name = 'n1')",
            "CREATE ROLE bob LOGIN",
            "GRANT SELECT ON plain, papers, asked, owned TO bob",
        ):
            owner.execute(command)
        with psycopg.connect(place.replace("user=policydsl", "user=bob"), autocommit=True) as bob:
            yield owner, bob, f"postgresql://bob@/postgres?host={place.split()[0].removeprefix('host=')}"


def told(report: policydsl.Report) -> list[str]:
    return [one.message for one in report.diagnostics if one.code == "PD972"]


@pytest.mark.parametrize("table", ["papers", "public.papers", "asked"])
def test_rows_that_are_hidden_are_told_of(table: str, book: policydsl.Rulebook, users: Any) -> None:
    owner, bob, address = users
    if table == "asked" and owner.info.server_version < 150000:
        pytest.skip("views have no rights of who asks")
    for there in (policydsl.InPlace(table, bob), f"{address}#{table}"):
        report = book.check({"papers": there})
        assert report.verdicts.outcomes == ("pass",)
        assert told(report) == [
            f"the database shows `bob` only some rows of `{table}`, by row-level security: the others are not judged"
        ]


@pytest.mark.parametrize("table", ["plain", "owned", "papers"])
def test_nothing_is_told_where_nothing_is_hidden(table: str, book: policydsl.Rulebook, users: Any) -> None:
    owner, bob, address = users
    of_owner = address.replace("bob", "policydsl")
    own = [policydsl.InPlace(table, owner), f"{of_owner}#{table}"]
    for there in own if table == "papers" else [*own, policydsl.InPlace(table, bob), f"{address}#{table}"]:
        report = book.check({"papers": there})
        assert (report.verdicts.outcomes, told(report)) == (("breach",), [])
