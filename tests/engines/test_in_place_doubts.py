"""What a table may mean otherwise is told where it stands, in the words in which it is told of rows that are read."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import policydsl
from policydsl.engines.sql.in_place import differing

from .in_place import as_texts, as_their_types, written
from .run_in_place import apart

HEAD = 'rulebook "Doubts"\n  currency SEK\ntable loans, each loan\n'
TABLE = "  name text, key\n  lender text\n  amount money in SEK\n"
EACH = "rule each: per lender: sum amount of loans <= 60 SEK\n"
AS_OF = date(2025, 1, 31)


def loaded(path: Path, text: str) -> policydsl.Rulebook:
    (path / "doubts.policy").write_text(HEAD + text, encoding="utf-8")
    return policydsl.load(path / "doubts.policy")


def told(
    rulebook: policydsl.Rulebook, columns: Mapping[str, Sequence[Any]], connection: Any, typed: bool, code: str
) -> list[str]:
    """What is told with this code, which must be told of the same rows if they are read, as all else must."""
    types = as_their_types(rulebook, "loans", columns) if typed else as_texts(columns)
    there = {"loans": policydsl.InPlace(written(connection, types), connection)}
    given = {"as_of": AS_OF, "parameters": {}, "scenario": None}
    if differing := apart(rulebook, {"loans": dict(columns)}, there, given):
        pytest.fail("\n".join(differing), pytrace=False)
    try:
        found = rulebook.check(there, as_of=AS_OF).diagnostics
    except policydsl.DataError as refused:
        found = refused.diagnostics
    return [one.message for one in found if one.code == code]


NAMES = {"name": ["a", "b", "c", "d", "e"], "amount": ["50", "20", "5", "1", "7"]}
CASES = {
    "two spellings": (
        TABLE + EACH,
        {**NAMES, "lender": ["SEB AB", "SEB AB (publ)", "seb ab ", "Staten", None]},
        "PD964",
        ["`SEB AB` (a, c: 55 SEK) and `SEB AB (publ)` (b: 20 SEK) are two by `lender`"],
    ),
    "a name of no row on the day": (
        "  dated by day\n" + TABLE + EACH,
        {**NAMES, "day": ["2024-12-31", *["2025-01-31"] * 4], "lender": ["A-B", "A\u2011B", "C", "D", "E"]},
        "PD964",
        [],
    ),
    "as the rulebook": (
        TABLE + 'rule own: sum amount of loans where lender = "Kommuninvest" <= 10 SEK\n',
        {**NAMES, "lender": ["Staten", "Kommuninvest AB", "kommuninvest", "Kommun invest", None]},
        "PD971",
        ["`Kommun invest` is not `Kommuninvest`", "`Kommuninvest AB` is not `Kommuninvest`"],
    ),
    "the mark of a footnote": (
        TABLE + EACH,
        {**NAMES, "lender": ["SEB", "SEB\u00b9", "C", "Staten\u00b2", None]},
        "PD947",
        ["`SEB\u00b9` and `SEB` would be two names, since `\u00b9` is raised"],
    ),
    "matured": (
        TABLE + "  maturity date\n" + EACH,
        {**NAMES, "lender": list("ABCDE"), "amount": ["1", "2", "0", None, "5"],
         "maturity": ["2025-01-30", "2024-12-31", "2024-12-31", "2024-12-31", "2025-01-31"]},
        "PD969",
        ["`maturity` is before the day judged, 2025-01-31, for b (2024-12-31), a (2025-01-30);"],
    ),
    "long ago": (
        TABLE + "  due date\n" + EACH,
        {**NAMES, "lender": list("ABCDE"), "due": [None, "2030-01-31", "1900-01-01", "0030-01-01", None]},
        "PD953",
        ["the day is 1900-01-01"],
    ),
    "a term below zero": (
        TABLE + "  rest term in years\n" + EACH,
        {**NAMES, "lender": list("ABCDE"), "rest": ["1", "-0.5", "-2", None, "0"]},
        "PD970",
        ["`-0.5` is a term below zero"],
    ),
    "small shares": (
        TABLE + "  weight share in %\nrule most: max weight of loans <= 10%\n",
        {**NAMES, "lender": list("ABCDE"), "weight": ["0", "0.35", "0.2", None, "0.2"]},
        "PD966",
        ["none of the numbers in `weight` of loans is above 1 and they are read as per cent: 0.35 is 0.35 %"],
    ),
    "shares of one": (
        TABLE + "  fee share in %\nrule most: max fee of loans <= 10%\n",
        {**NAMES, "lender": list("ABCDE"), "fee": ["0.25", "0.35", "0.2", "0", "0.2"]},
        "PD914",
        ["the numbers add up to 1 and are read as per cent: 0.25 is 0.25 %"],
    ),
    "one share above one": (
        TABLE + "  weight share in %\nrule most: max weight of loans <= 10%\n",
        {**NAMES, "lender": list("ABCDE"), "weight": ["0", "0.35", "1.2", None, "0.2"]},
        "PD966",
        [],
    ),
    "an amount in two currencies": (
        TABLE + EACH,
        {**NAMES, "lender": list("ABCDE"), "amount (SEK)": ["50", "20", "5", "1", "70"]},
        "PD948",
        ["`amount` is read as `amount` of loans, and `amount (SEK)` stands beside it with other amounts"],
    ),
    "the same amount twice": (
        TABLE + EACH,
        {**NAMES, "lender": list("ABCDE"), "amount (SEK)": ["50", "20", "5", "1", "7"]},
        "PD948",
        [],
    ),
    "another currency beside": (
        TABLE + "  currency text\n" + EACH,
        {**NAMES, "lender": list("ABCDE"), "amount": ["0", "20", "5", "1", "7"],
         "currency": ["USD", "SEK", "EUR", "NOK", None]},
        "PD949",
        ["`currency` says EUR, and `amount` of loans counts as SEK there too"],
    ),
    "rows pasted twice": (
        TABLE.replace(", key", "") + EACH,
        {"name": ["a", "b", "a", "a", "b"], "lender": ["A", "B", "A", "A", "C"], "amount": ["1", "2", "1", "1", "2"]},
        "PD968",
        ["rows of loans say the same as earlier ones in every column, and count twice: 3 = 1, 4 = 1;"],
    ),
    "a stray date": (
        "  dated by day\n" + TABLE + EACH,
        {**NAMES, "day": ["2025-10-30", *["2025-01-31"] * 4], "lender": list("ABCDE")},
        "PD982",
        ["4 rows are dated 2025-01-31 and judged; 1 row of another date is left out: is 2025-10-30, the date of 1"],
    ),
    "history": (
        "  dated by day\n" + TABLE + EACH,
        {**NAMES, "day": ["2024-12-31", *["2025-01-31"] * 4], "name": list("BBCDE"), "lender": list("ABCDE")},
        "PD982",
        [],
    ),
    "rows of two days": (
        "  dated by day\n" + TABLE.replace(", key", "") + EACH,
        {"day": ["2025-01-30", "2025-01-30", "2025-01-31", "2025-01-31"],
         "name": list("aaaa"), "lender": list("AAAA"), "amount": list("1112"), "note": ["x", "x", "x", "x"]},
        "PD968",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("typed", [False, True], ids=["texts", "typed"])
@pytest.mark.parametrize("case", CASES)
def test_told_there_as_of_rows_that_are_read(tmp_path: Path, place: Any, case: str, typed: bool) -> None:
    text, columns, code, expected = CASES[case]
    found = told(loaded(tmp_path, text), columns, place, typed, code)
    assert len(found) == len(expected)
    for message, begins in zip(found, expected, strict=True):
        assert message.startswith(begins)


def test_digits_that_are_left_out(tmp_path: Path, place: Any) -> None:
    columns = {**NAMES, "lender": list("ABCDE"), "amount": ["1", "1.23457E+08", "5", None, "7"]}
    (message,) = told(loaded(tmp_path, TABLE + EACH), columns, place, False, "PD952")
    assert message.startswith("`1.23457E+08` lacks digits")


def test_the_unit_that_a_table_is_called_by(tmp_path: Path, place: Any) -> None:
    book = loaded(tmp_path, TABLE + EACH)
    place.execute("CREATE TABLE loans_tkr (name VARCHAR, lender VARCHAR, amount DECIMAL(18, 2))")
    place.execute("INSERT INTO loans_tkr VALUES ('a', 'A', 80)")
    with pytest.raises(policydsl.DataError, match=r"PD951: .*is called “loans_tkr”"):
        book.check({"loans": policydsl.InPlace("loans_tkr", place)})
    place.execute("CREATE VIEW loans AS SELECT * FROM loans_tkr")
    assert book.check({"loans": policydsl.InPlace("loans", place)}).verdicts


def test_the_unit_that_a_file_is_called_by(tmp_path: Path) -> None:
    book = loaded(tmp_path, TABLE + EACH)
    files = [tmp_path / f"{name}.parquet" for name in ("2024", "2025 tkr")]
    for path in files:
        query = "SELECT 'a' AS name, 'A' AS lender, 80 AS amount"
        duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    assert book.check({"loans": policydsl.InPlace(files[0])}).verdicts
    with pytest.raises(policydsl.DataError, match=r"PD951: .*is called “2025 tkr”"):
        book.check({"loans": policydsl.InPlace(f"{tmp_path}/*.parquet")})


def test_more_rows_than_are_fetched_are_counted(tmp_path: Path, place: Any) -> None:
    names = ["Bank"] * 1500 + ["Bank AB"] * 1200
    columns = {"name": [f"n{at:04}" for at in range(2700)], "lender": names, "amount": ["2"] * 2700}
    book = loaded(tmp_path, TABLE + EACH)
    there = {"loans": policydsl.InPlace(written(place, as_their_types(book, "loans", columns)), place)}
    for given in ({"loans": columns}, there):
        (message,) = [one.message for one in book.check(given).diagnostics if one.code == "PD964"]
        assert message.startswith(
            "`Bank` (n0000, n0001, n0002 and 1497 others: 3 000 SEK) and"
            " `Bank AB` (n1500, n1501, n1502 and 1197 others: 2 400 SEK) are two"
        )


def test_names_of_many(tmp_path: Path, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of columns with many names, those that are asked about and what has raised signs; of too many, a note."""
    monkeypatch.setattr(differing, "_TRIED", 4)
    book = loaded(tmp_path, TABLE + EACH)
    columns = {**NAMES, "lender": ["SEB AB", "SEB AB (publ)", "C", "D", "E\u00b2"]}
    assert len(told(book, columns, place, True, "PD964")) == 1
    raised = {**columns, "lender": ["SEB", "SEB\u00b9", "C", "D", "E"]}
    assert len(told(book, raised, place, True, "PD947")) == 1
    monkeypatch.setattr(differing, "MOST_DIFFERENT", 4)
    there = {"loans": policydsl.InPlace(written(place, as_texts(columns)), place)}
    notes = [one.message for one in book.check(there).diagnostics if one.code == "PD976"]
    assert notes[0].startswith("`lender` of loans has more than 200,000 names")
