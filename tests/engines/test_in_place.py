"""Tables that stay where they are: case pages, what is told, what is refused, and the command line."""

import gc
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow
import pytest
from attrs import evolve
from pyarrow import parquet

import policydsl
from policydsl.cli import run
from policydsl.engines.sql.in_place import fetched
from policydsl.engines.sql.reached import Reached
from policydsl.verdicts.later import now
from tests.language.pages import Case, cases, pages

from . import postgres
from .in_place import as_texts, written
from .run_in_place import wrong

STEP = 8


def some_cases(first: int) -> list[Case]:
    """Every eighth case of each chapter, at least one of each; run_in_place takes all of them."""
    chapters: dict[str, list[Case]] = {}
    for page in pages():
        chapters.setdefault(page.parent.name, []).extend(cases(page))
    return [case for own in chapters.values() for case in own[first % len(own) :: STEP]]


CASES = [
    pytest.param(case, typed, id=f"{case.name}-{form}")
    for typed, form, first in ((True, "typed", 0), (False, "texts", STEP // 2))
    for case in some_cases(first)
]
BOOK = """\
rulebook "Example"
  currency SEK
  base all
table loans, each loan
  loan    text, key
  lender  text, also "långivare"
  amount  money in KSEK, not negative
  rate    share in %
  grade   one of good, poor
  opened  date, blank means none
  real    yes/no, blank means no
define all = sum amount of loans
rule most "One lender": per lender: share <= 50%
rule rated "Rated": each loan: grade = good
rule rates "Rates": average rate weighted by amount of loans <= 3%
"""
LOANS = [
    {
        "loan": "a",
        "Långivare": "Ålands Bank",
        "amount": "60.5",
        "rate": "1.25",
        "grade": "good",
        "opened": "2023-01-31",
    },
    {"loan": "b", "Långivare": " ÅLANDS bank ", "amount": "40", "rate": "2", "grade": "Good", "real": "ja"},
    {"loan": "c", "Långivare": "O'Hara", "amount": "100", "rate": None, "grade": "poor", "opened": "2024-02-29"},
]
ODD = "ﬁrma STRAẞE"
NATIVE = (
    'SELECT loan, "Långivare", CAST(amount AS DECIMAL(18, 2)) AS amount, CAST(rate AS DOUBLE PRECISION) AS rate,'
    " grade, CAST(opened AS DATE) AS opened, real FROM "
)


@pytest.fixture
def book(tmp_path: Path) -> policydsl.Rulebook:
    path = tmp_path / "example.policy"
    path.write_text(BOOK, encoding="utf-8")
    return policydsl.load(path)


def filled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: row.get(name) for name in ("loan", "Långivare", "amount", "rate", "grade", "opened", "real")}
        for row in rows
    ]


def stored(connection: Any, rows: list[dict[str, Any]]) -> policydsl.InPlace:
    """Loans as texts in a table of a database."""
    columns = {name: [row[name] for row in filled(rows)] for name in filled(rows)[0]}
    return policydsl.InPlace(written(connection, as_texts(columns)), connection)


def view(connection: Any, name: str, query: str) -> policydsl.InPlace:
    """A view in a database."""
    if type(connection).__module__.startswith("pyspark"):
        own = query.replace('"', "`").replace("DOUBLE PRECISION", "DOUBLE")
        connection.sql(f"CREATE TEMPORARY VIEW {name} AS {own}")
    else:
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return policydsl.InPlace(name, connection)


def agree(book: policydsl.Rulebook, rows: list[dict[str, Any]], there: policydsl.InPlace) -> policydsl.Report:
    """The report on a standing table, which must be that on loaded rows."""
    meant, found = book.check({"loans": filled(rows)}, engine="reference"), book.check({"loans": there})
    assert [(each, each.rows, each.unsettled) for each in found.verdicts] == [
        (each, each.rows, each.unsettled) for each in meant.verdicts
    ]
    same: dict[str, Any] = {"hashed": now(""), "diagnostics": ()}
    assert evolve(found, **same) == evolve(meant, **same)
    return found


def told(book: policydsl.Rulebook, table: object) -> list[tuple[str, str, int | None]]:
    """What is wrong with a table."""
    with pytest.raises(policydsl.DataError) as refused:
        book.check({"loans": table})
    return sorted((one.code, one.message, getattr(one.where, "row", None)) for one in refused.value.diagnostics)


@pytest.mark.parametrize(("case", "typed"), CASES)
def test_page(case: Case, typed: bool, place: Any) -> None:
    if found := wrong(case, place, typed):
        pytest.fail("\n".join(found), pytrace=False)


def test_texts_are_read_as_cells_of_a_file_are(book: policydsl.Rulebook, place: Any) -> None:
    report = agree(book, LOANS, stored(place, LOANS))
    assert [verdict.outcome for verdict in report.verdicts if verdict.id == "most"] == ["pass", "breach"]


def test_few_questions_are_asked(book: policydsl.Rulebook, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = stored(place, LOANS)
    typed = view(place, "few_questions", f"{NATIVE}{texts.table}")
    ask, asked = Reached.ask, []

    def counted(self: Reached, query: str) -> list[tuple[Any, ...]]:
        asked.append(query)
        return ask(self, query)

    monkeypatch.setattr(Reached, "ask", counted)
    for there in (texts, typed):
        asked.clear()
        book.check({"loans": there})
        assert len(asked) <= 13
        assert len([query for query in asked if "UNION ALL" in query]) == 1


def test_unusual_signs_are_compared_as_they_are_everywhere(book: policydsl.Rulebook, place: Any) -> None:
    rows = [
        *LOANS,
        {**LOANS[0], "loan": "d", "Långivare": ODD},
        {**LOANS[0], "loan": "e", "Långivare": "firma strasse"},
    ]
    agree(book, rows, stored(place, rows))


def test_numbers_dates_and_floats_of_a_view(book: policydsl.Rulebook, place: Any) -> None:
    loans = stored(place, LOANS)
    report = agree(book, LOANS, view(place, "native", f"{NATIVE}{loans.table}"))
    assert "PD329" in [one.code for one in report.diagnostics]


def test_what_is_wrong_is_told_as_of_loaded_rows(book: policydsl.Rulebook, place: Any) -> None:
    rows = [
        {**LOANS[0], "grade": "god", "amount": "-1"},
        {**LOANS[1], "loan": "A ", "rate": "1.5 kr"},
        {**LOANS[2], "loan": None, "opened": "2024-02-30", "real": "maybe"},
        *({**LOANS[2], "loan": f"x{number}", "grade": "bad"} for number in range(60)),
    ]
    found = told(book, stored(place, rows))
    assert found == told(book, filled(rows))
    codes = {"PD323", "PD324", "PD325", "PD326", "PD331", "PD356", "PD357", "PD358"}
    assert {code for code, _, _ in found} == codes


@pytest.mark.parametrize(
    "row",
    [
        {"loan": "Summa", "amount": "200.5"},
        {"loan": "S:a", "amount": "7"},
        {"loan": "PORTFÖLJVÄRDE", "amount": "7", "opened": None},
        {"loan": "Summa bra", "amount": "100.5", "grade": "Good"},
        {"loan": "Total", "Långivare": "o'hara", "amount": "100"},
        {"loan": None, "Långivare": "Ålands Bank Total", "amount": "100"},
        {"loan": "varav grönt", "amount": "7"},
    ],
)
def test_a_total_is_refused_where_it_would_count(row: dict[str, Any], book: policydsl.Rulebook, place: Any) -> None:
    found = told(book, stored(place, [*LOANS, row]))
    assert "PD942" in [code for code, _, _ in found]


def test_names_that_begin_as_a_total_does_are_rows(book: policydsl.Rulebook, place: Any) -> None:
    names = ["Totalförsvarets lån", "Samtrygg", "Belfius S.A.", "Portföljbolaget"]
    rows = [*LOANS, *({"loan": name, "amount": "7"} for name in names)]
    rows.append({"loan": "Total Capital", "Långivare": "TotalEnergies", "amount": "7"})
    rows.append({"loan": "d", "Långivare": "Summa Equity", "amount": "7"})
    agree(book, rows, stored(place, rows))


def test_another_currency_in_a_column_that_is_not_read(book: policydsl.Rulebook, place: Any) -> None:
    loans = stored(place, LOANS)
    foreign = (
        f"{NATIVE.removesuffix(' FROM ')}, CASE loan WHEN 'b' THEN 'EUR' ELSE 'SEK' END AS valuta FROM {loans.table}"
    )
    rows = [{**row, "valuta": "EUR" if row["loan"] == "b" else "SEK"} for row in LOANS]
    for there in (view(place, "foreign_loans", foreign), rows):
        assert [one[:2] for one in told(book, there) if one[0] in ("PD910", "PD911")] == [
            ("PD910", "not read, since loans has no such column: `valuta`"),
            (
                "PD911",
                "names EUR beside `amount` of loans, whose numbers would all count as SEK: convert them; or say in a"
                " mapping that they are in SEK, or declare this column in the rulebook",
            ),
        ]


def test_binary_numbers_without_end_are_refused(book: policydsl.Rulebook, place: Any) -> None:
    loans = stored(place, LOANS)
    endless = f"SELECT loan, CAST('Infinity' AS DOUBLE PRECISION) AS rate FROM {loans.table}"
    assert [one for one in told(book, view(place, "endless", endless)) if one[0] == "PD330"]


def test_table_that_is_not_there(book: policydsl.Rulebook, place: Any) -> None:
    name = stored(place, LOANS).table
    ((code, message, _), *_) = told(book, policydsl.InPlace(f"{name}x", place))
    assert (code, "did you mean `table_" in message) == ("PD763", True)


def test_nothing_is_left_behind(book: policydsl.Rulebook, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "own.db")) as connection:
        there = stored(connection, LOANS)
        agree(book, LOANS, there)
        connection.execute("CHECKPOINT")
        every = "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'own'"
        assert connection.execute(every).fetchall() == [(there.table,)]


def test_rows_are_told_of_as_they_stood_when_they_were_judged(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server, autocommit=True) as one, psycopg.connect(server) as other:
        there = stored(one, LOANS)
        report = book.check({"loans": there})
        other.execute(f"DELETE FROM {there.table}")
        other.commit()
        rated = next(verdict for verdict in report.verdicts if verdict.id == "rated")
        assert [row.name for row in rated.rows] == ["c"]


def test_connections_are_closed_with_their_reports(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server, autocommit=True) as connection:
        there = stored(connection, LOANS)
        gc.collect()
        gc.disable()  # so that what refers to itself would stay
        try:
            for _ in range(3):
                book.check({"loans": there}).to_text()
        finally:
            gc.enable()
        others = "SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        for _ in range(100):  # the server takes a moment to notice
            if (found := connection.execute(others).fetchone()) == (1,):
                break
            time.sleep(0.05)
        assert found == (1,)


def test_connection_is_left_as_it_is(book: policydsl.Rulebook) -> None:
    if (why := postgres.reason()) is not None:
        pytest.skip(why)
    with postgres.server() as server, psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA finance")
        connection.execute("SET search_path = finance")
        there = stored(connection, LOANS)
        first = book.check({"loans": there})
        connection.execute(f"DELETE FROM {there.table} WHERE loan = 'a'")
        second = book.check({"loans": there})
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        rows = [
            [row.name for each in report.verdicts if each.id == "most" for row in each.rows]
            for report in (first, second)
        ]
        assert rows == [["c", "a", "b"], ["c", "b"]]


# --- what is not done there -------------------------------------------------------------------------------------------

LONG = 'rule long "Long": sum amount of loans where opened + 18 months <= 2026-01-01 at most 500 KSEK\n'


def test_what_the_database_does_not_work_out_is_told(tmp_path: Path, place: Any) -> None:
    path = tmp_path / "long.policy"
    path.write_text(BOOK + LONG, encoding="utf-8")
    report = agree(policydsl.load(path), LOANS, stored(place, LOANS))
    (note,) = [one for one in report.diagnostics if one.code == "PD765"]
    assert "opened + 18 months" in note.message
    assert "3 rows" in note.message


def test_large_table_is_not_fetched_instead(tmp_path: Path, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.policy"
    path.write_text(BOOK + LONG, encoding="utf-8")
    monkeypatch.setattr(fetched, "MOST_HERE", 20)
    rows = [{**LOANS[0], "loan": f"x{number}"} for number in range(30)]
    ((code, message, _),) = told(policydsl.load(path), stored(place, rows))
    assert code == "PD764"
    assert "it shifts a date by a term" in message


LARGEST = """\
rule top "Top": per lender: sum amount of largest 3 loans by amount <= 41 KSEK
rule longest "Longest": max rate of largest 4 loans by amount <= 3%
rule poor "Poor": count of largest 4 loans by amount where grade = poor <= 1
"""
SHARE = 'rule few "Few": sum amount of largest 2 loans by rate <= 30% of all\n'


@pytest.mark.parametrize("known", [True, False])
def test_largest_rows_of_a_large_table_are_found_there(
    known: bool, tmp_path: Path, place: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "largest.policy"
    path.write_text(BOOK + LARGEST + (SHARE if known else ""), encoding="utf-8")
    monkeypatch.setattr(fetched, "MOST_HERE", 20)
    monkeypatch.setattr("policydsl.engines.sql.cells.MOST_HERE", 20)
    rows = [
        {**LOANS[number % 3], "loan": f"x{number:02}", "amount": str(number // 4), "rate": str(number % 7)}
        for number in range(60)
    ]
    rows[17] = {**rows[17], "amount": "4" if known else None}
    report = agree(policydsl.load(path), rows, stored(place, rows))
    outcomes = [verdict.outcome for verdict in report.verdicts if verdict.id == "top"]
    assert outcomes == ["pass" if known else "undetermined", "pass"]


def test_only_rows_that_are_told_are_fetched(
    book: policydsl.Rulebook, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 2)
    rows = [{**LOANS[2], "loan": f"x{number:02}", "amount": str(number)} for number in range(30)]
    report = book.check({"loans": stored(place, rows)})
    most = next(verdict for verdict in report.verdicts if verdict.id == "most")
    assert [row.name for row in most.rows] == ["x29", "x28"]
    assert (most.count, most.behind().more) == (30, 28)
    assert "25 more" in report.to_text() or "28 more" in report.to_text()


def test_first_failing_rows_by_key_are_told_with_their_numbers(
    book: policydsl.Rulebook, place: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policydsl.engines.sql.rows_told.MOST_TOLD", 3)
    rows = [{**LOANS[2], "loan": f"x{(number * 7) % 30:02}"} for number in range(30)]
    report = book.check({"loans": stored(place, rows)})
    rated = next(verdict for verdict in report.verdicts if verdict.id == "rated")
    assert [(row.name, row.number) for row in rated.rows] == [("x00", 1), ("x01", 14), ("x02", 27)]
    assert rated.behind().more == 27


def test_engine_that_does_not_work_there(book: policydsl.Rulebook) -> None:
    connection = duckdb.connect()
    there = stored(connection, LOANS)
    with pytest.raises(policydsl.DataError, match="PD762"):
        book.check({"loans": there}, engine="columnar")
    with pytest.raises(policydsl.DataError, match="PD769"):
        book.session({"loans": there})


# --- files, and the command line --------------------------------------------------------------------------------------


def in_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    """Loans in a Parquet file."""
    amounts = [Decimal(row["amount"]) for row in rows]
    table = pyarrow.Table.from_pylist(filled(rows))
    at = table.column_names.index("amount")
    path.parent.mkdir(exist_ok=True)
    parquet.write_table(table.set_column(at, "amount", pyarrow.array(amounts, pyarrow.decimal128(12, 1))), path)


def test_parquet_in_one_file_and_in_several(book: policydsl.Rulebook, tmp_path: Path) -> None:
    in_parquet(tmp_path / "loans.parquet", LOANS)
    agree(book, LOANS, policydsl.InPlace(tmp_path / "loans.parquet"))
    for number, row in enumerate(LOANS):
        in_parquet(tmp_path / "loans" / f"{number}.parquet", [row])
    agree(book, LOANS, policydsl.InPlace(tmp_path / "loans"))
    agree(book, LOANS, policydsl.InPlace(f"{tmp_path}/loans/*.parquet"))
    twice = [*LOANS, LOANS[0]]
    in_parquet(tmp_path / "loans" / "3.parquet", [LOANS[0]])
    assert told(book, policydsl.InPlace(tmp_path / "loans")) == told(book, filled(twice))


def test_places_on_the_command_line(
    book: policydsl.Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    in_parquet(tmp_path / "loans.parquet", LOANS)
    with duckdb.connect("own.db") as connection:
        name = stored(connection, LOANS).table
    printed = set()
    in_duckdb = ["--engine", "duckdb"]
    files = (["loans.parquet"], ["loans.parquet", *in_duckdb], ["loans=loans.parquet", *in_duckdb], ["loans=*.parquet"])
    for place in (*files, ["loans=loans.parquet"], [f"loans=duckdb:own.db#{name}"]):
        assert run(["check", "example.policy", *place]) == 1
        printed.add(capsys.readouterr().out.partition("Notes")[0].partition("data ")[0])
    assert len(printed) == 1


def test_a_small_parquet_file_is_read_and_what_is_doubtful_in_it_is_told(
    book: policydsl.Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    in_parquet(tmp_path / "small.parquet", LOANS)
    assert run(["check", "example.policy", "loans=small.parquet", "--record", "runs.db", "--as-of", "2026-01-31"]) == 1
    assert "engine light" in capsys.readouterr().out
    monkeypatch.setattr("policydsl.engines.handed._READ", 100)
    assert run(["check", "example.policy", "loans=small.parquet"]) == 1
    assert "engine duckdb" in capsys.readouterr().out
    for engine in ("reference", "light", "columnar"):
        assert run(["check", "example.policy", "loans=small.parquet", "--engine", engine]) == 1
        assert f"engine {engine}" in capsys.readouterr().out
    (tmp_path / "mapping.toml").write_text('[loans.columns]\n"amount" = "amount"\n', encoding="utf-8")
    assert run(["check", "example.policy", "loans=small.parquet", "--map", "mapping.toml"]) == 1
    assert "engine light" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("loans=duckdb:own.db", "PD768"),
        ("loans=loans.csv", "PD300"),
        ("loans=loans.txt", "PD768"),
        ("loans=duckdb:no.db#loans", "PD300"),
        ("loans=no.parquet", "PD300"),
        ("loans=broken.parquet", "PD811"),
        ("loans=*.parquet", "PD767"),
    ],
)
def test_places_that_are_not_there(
    place: str,
    code: str,
    book: policydsl.Rulebook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    assert run(["check", "example.policy", place]) == 2
    assert code in capsys.readouterr().err
