"""Whatever a rulebook, data or a database make a program's call fail with is a `policydsl.PolicyError`."""

import ast
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import policydsl

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")

RULEBOOK = """\
rulebook "Lenders"
  currency SEK
  base debt
  within each owner
table loans, each loan
  loan    text, key
  owner   text
  lender  text
  value   money in SEK
define debt = sum value of loans
rule lender: per lender: share <= 60%
rule middle: median value of loans <= 50 SEK
"""
ROWS = [
    {"loan": "a", "owner": "P1", "lender": "Staten", "value": 60},
    {"loan": "b", "owner": "P1", "lender": "Banken", "value": 40},
]
TRADE = {"owner": "P1", "lender": "Banken", "value": 20}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rulebook as a file."""
    path = tmp_path_factory.mktemp("errors") / "lenders.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    return path


@pytest.fixture
def rulebook(path: Path) -> policydsl.Rulebook:
    return policydsl.load(path)


def in_database(rows: str = "('a', 'P1', 'Staten', 60::DECIMAL(18, 2)), ('b', 'P1', 'Banken', 40)") -> Any:
    """A database with the loans."""
    database = duckdb.connect()
    database.execute(f"CREATE TABLE loans AS SELECT * FROM (VALUES {rows}) AS t(loan, owner, lender, value)")
    return database


def refused(asked: Callable[[], object], kind: type[policydsl.PolicyError], code: str, *besides: type) -> str:
    """What is told: a public error with a code, of other types besides; whole when it comes from another process."""
    with pytest.raises(policydsl.PolicyError) as told:
        asked()
    wrong = told.value
    assert type(wrong) is kind and isinstance(wrong, besides or kind)
    assert code in {one.code for one in wrong.diagnostics} and code in str(wrong)
    again = pickle.loads(pickle.dumps(wrong))
    assert type(again) is kind and again.diagnostics == wrong.diagnostics and str(again) == str(wrong)
    return str(wrong)


def test_of_rulebooks(path: Path, rulebook: policydsl.Rulebook) -> None:
    refused(lambda: policydsl.load(path.with_name("lender.policy")), policydsl.RulebookError, "PD296")
    refused(lambda: rulebook.check({"loans": ROWS}, scenario="None such"), policydsl.DataError, "PD635")


def test_of_data(rulebook: policydsl.Rulebook, tmp_path: Path) -> None:
    wrong = [{**ROWS[0], "value": "many"}]
    for asked in (rulebook.check, rulebook.session, rulebook.loaded):
        refused(lambda asked=asked: asked({"loans": wrong}), policydsl.DataError, "PD320")
    refused(lambda: policydsl.check_all([rulebook], {"loans": wrong}), policydsl.DataError, "PD320")
    file = tmp_path / "loans.parquet"
    file.write_bytes(b"PAR0")
    refused(lambda: rulebook.board(file), policydsl.NotReadable, "PD785", ValueError)
    twins = pa.table({"owner": ["P1"], "OWNER": ["P1"], "lender": ["x"], "value": [1]})
    refused(lambda: rulebook.board(twins), policydsl.NoBoard, "PD786", ValueError)


def test_of_a_database_that_does_not_answer(rulebook: policydsl.Rulebook) -> None:
    closed = in_database()
    closed.close()
    refused(lambda: rulebook.check({"loans": policydsl.InPlace("loans", closed)}), policydsl.DataError, "PD767")
    database = in_database()
    report = rulebook.check({"loans": policydsl.InPlace("loans", database)})
    database.execute("DROP TABLE loans")
    refused(report.to_text, policydsl.Unanswered, "PD767")


def test_of_a_connection_that_can_not_be_held(rulebook: policydsl.Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from policydsl.engines.sql import on_duckdb

    def lost(_: object) -> None:
        raise duckdb.ConnectionException("the connection is lost")

    monkeypatch.setattr(on_duckdb.DuckDB, "hold", lost)
    place = policydsl.InPlace("loans", in_database())
    told = refused(lambda: rulebook.check({"loans": place}), policydsl.Unanswered, "PD767")
    assert "the connection is lost" in told


def test_of_a_table_that_can_not_be_stored(rulebook: policydsl.Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from policydsl.engines.sql import on_duckdb

    def full(*_: object) -> None:
        raise duckdb.OutOfMemoryException("no space is left")

    monkeypatch.setattr(on_duckdb.DuckDB, "_make", full)
    store = on_duckdb.DuckDB(in_database()).store
    assert "no space is left" in refused(lambda: store("some", []), policydsl.Unanswered, "PD767")


def test_of_more_rows_than_are_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policydsl.engines.sql.in_place import fetched

    long = tmp_path / "long.policy"
    shifted = "rule long: sum value of loans where opened + 18 months <= 2026-01-01 at most 50 SEK\n"
    text = RULEBOOK.replace("  value ", "  opened date\n  value ") + shifted
    long.write_text(text.replace("  within each owner\n", ""), encoding="utf-8")
    database = in_database()
    database.execute("ALTER TABLE loans ADD COLUMN opened DATE DEFAULT '2025-01-01'")
    monkeypatch.setattr(fetched, "MOST_HERE", 1)
    rulebook, place = policydsl.load(long), policydsl.InPlace("loans", database)
    assert "2 rows of `loans`" in refused(lambda: rulebook.check({"loans": place}), policydsl.DataError, "PD764")


def test_too_many_rows_keep_what_took_them() -> None:
    def asked() -> None:
        raise policydsl.TooMany("loans", "duckdb:loans", 5).because("debt", "a sum has no end")

    told = refused(asked, policydsl.TooMany, "PD764")
    assert "`debt` would take the 5 rows of `loans` one by one, because a sum has no end" in told


def test_of_books(rulebook: policydsl.Rulebook, tmp_path: Path) -> None:
    def nothing(asked: Callable[[], object]) -> str:
        return refused(asked, policydsl.NoAnswer, "PD992", ValueError)

    book = rulebook.book(pa.Table.from_pylist(ROWS))
    some = pa.Table.from_pylist([TRADE])
    assert "no 'lender'" in nothing(lambda: book.what_if({"owner": "P1", "value": 20}))
    assert "one value" in nothing(lambda: book.what_if({**TRADE, "lender": ["x"]}))
    assert "stand for one column" in nothing(lambda: book.what_if({**TRADE, "Lender": "x"}))
    assert "no column 'lender'" in nothing(lambda: book.what_if_each(some.drop_columns(["lender"])))
    lists = some.set_column(1, "lender", pa.array([["x"]]))
    assert "write one value in each" in nothing(lambda: book.what_if_each(lists))
    quick = book.what_if(TRADE)
    assert quick.figures("lender") and "middle" in quick.left
    nothing(lambda: quick.largest("middle"))
    unknown = book.what_if({**TRADE, "value": None})
    assert unknown.because in nothing(lambda: unknown.figures("lender"))
    misspelt = refused(lambda: quick.figures("lendr"), policydsl.NotThere, "PD993", KeyError, ValueError)
    assert "did you mean `lender`?" in misspelt
    nobodys = pa.Table.from_pylist([{**ROWS[0], "owner": None}, ROWS[1]])
    assert "nobody knows whose" in nothing(lambda: rulebook.book(nobodys))


def test_of_books_of_several_days_or_without_rules(tmp_path: Path) -> None:
    dated = tmp_path / "dated.policy"
    dated.write_text(
        RULEBOOK.replace("  loan ", "  dated by day\n  loan ").replace("each loan\n", "each loan\n  day date\n", 1),
        encoding="utf-8",
    )
    rows = [{**row, "day": date(2025, 1, 1 + at)} for at, row in enumerate(ROWS)]
    told = refused(
        lambda: policydsl.load(dated).book(pa.Table.from_pylist(rows)), policydsl.NoAnswer, "PD992", ValueError
    )
    assert "rows of one day" in told
    none = tmp_path / "none.policy"
    none.write_text(RULEBOOK.replace("rule lender: per lender: share <= 60%\n", ""), encoding="utf-8")
    refused(lambda: policydsl.load(none).book(pa.Table.from_pylist(ROWS)), policydsl.NoAnswer, "PD992", ValueError)


def test_of_names_that_are_not_there(rulebook: policydsl.Rulebook) -> None:
    def absent(asked: Callable[[], object]) -> str:
        return refused(asked, policydsl.NotThere, "PD993", KeyError, ValueError)

    board = rulebook.board(pa.Table.from_pylist(ROWS))
    assert board.entry("P1", "lender").portfolio == "P1"
    assert "a portfolio of the board" in absent(lambda: board.entry("P2", "lender"))
    assert "on that day" in absent(lambda: board.entry("P1", "lender", date(2025, 1, 1)))
    assert "did you mean `lender`?" in absent(lambda: board.entry("P1", "lendre"))
    opened = rulebook.loaded({"loans": ROWS})
    assert "a table of the data" in absent(lambda: opened.changed("holdings", {}))
    assert "`z` is not a row of loans" in absent(lambda: opened.changed("loans", {"z": {"value": 1}}))
    assert "did you mean `value`?" in absent(lambda: opened.changed("loans", {"a": {"valeu": 1}}))
    assert "can be changed" in absent(lambda: opened.changed("loans", {"a": {"loan": "c"}}))


# --- what is raised in the source -------------------------------------------------------------------------------------

ROOT = Path(policydsl.__file__).parent
CALLS = {
    "documents.py: there is no form x: there are x",
    "reports/report.py: there is no form x: there are text, json, x",
    "engines/choosing.py: there is no engine x; the engines are x",
    "engines/sql/__init__.py: there is no database x",
}
"""What is wrong with a call whatever the rulebook and the data are."""
CAUGHT = {
    "_resources.py: not what was kept",
    "records/packing.py: nested too deeply",
    "verdicts/periods.py: nobody knows the holidays after x",
    "engines/sql/in_place/arrow_schema.py: what Arrow has noted of its columns is damaged",
    "inputs/ods_file.py: ",
    "inputs/databases/address.py: x",
    "cli/usage.py: ",
    "engines/columnar/grades.py: the session was opened without the scale of x",
    "catalogue/__init__.py: x",
    "catalogue/__init__.py: the page of x does not begin as a page does",
    "syntax/printing/names.py: x has no end as a decimal number, so no rulebook can say it",
    "syntax/printing/declarations.py: a declaration that does not parse cannot be printed",
}
"""What never leaves the package, or only if the package is at fault."""


def test_a_plain_error_is_raised_of_calls_alone() -> None:
    found = set()
    for module in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise) or node.exc is None:
                continue
            kind = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(kind, ast.Name) and kind.id in ("ValueError", "KeyError", "LookupError", "RuntimeError"):
                found.add(f"{module.relative_to(ROOT).as_posix()}: {said(node.exc)}")
    assert found == CALLS | CAUGHT


def said(call: ast.expr) -> str:
    """The text of an error, with `x` for what is filled in."""
    if not isinstance(call, ast.Call) or not call.args:
        return ""
    text = call.args[0]
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)
