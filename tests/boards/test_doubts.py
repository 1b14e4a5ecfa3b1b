"""What rows may mean otherwise is told of a board as of a check of the same rows, in the same words."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policydsl
from policydsl.cli import run
from policydsl.diagnostics import Diagnostic

HEAD = 'rulebook "Doubts"\n  currency SEK\n  base all\n  within each owner\ntable loans, each loan\n'
TABLE = "  owner text\n  name text, key\n  lender text\n  amount money in SEK\n"
END = "define all = sum amount of loans\n"
EACH = f"{END}rule each: per lender: share <= 60%\n"
AS_OF = date(2025, 1, 31)
FAMILY = {
    "PD911",
    "PD914",
    "PD947",
    "PD948",
    "PD949",
    "PD951",
    "PD953",
    "PD964",
    "PD966",
    "PD968",
    "PD969",
    "PD970",
    "PD971",
}
DAYS = [date(2024, 12, 31), date(2025, 1, 31)]


def loaded(path: Path, text: str) -> policydsl.Rulebook:
    (path / "doubts.policy").write_text(HEAD + text, encoding="utf-8")
    return policydsl.load(path / "doubts.policy")


def of(find: Any) -> list[Diagnostic]:
    try:
        found = find().diagnostics
    except policydsl.DataError as refused:
        found = refused.diagnostics
    return sorted((one for one in found if one.code in FAMILY), key=lambda one: (one.code, one.message))


def table(columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    first = {"owner": ["P"] * 5, "name": list("abcde"), "lender": list("ABCDE"), "amount": [50, 20, 5, 1, 7]}
    return pa.table({name: pa.array(cells) for name, cells in (first | columns).items()})


CASES = {
    "nothing": (TABLE + EACH, {}, []),
    "two spellings": (
        TABLE + EACH,
        {"lender": ["SEB AB", "SEB AB (publ)", "seb ab ", "Staten", None]},
        ["PD964: `SEB AB` (a, c: 55 SEK) and `SEB AB (publ)` (b: 20 SEK) are two by `lender`"],
    ),
    "of two owners": (
        TABLE + EACH,
        {"owner": ["P1", "P.1", "Q", "Q", "Q"]},
        ["PD964: `P.1` (b: 20 SEK) and `P1` (a: 50 SEK) are two by `owner`"],
    ),
    "as the rulebook": (
        TABLE + END + 'rule own: share where lender = "Kommuninvest" <= 10%\n',
        {"lender": ["Staten", "Kommuninvest AB", "kommuninvest", "Kommun invest", None]},
        ["PD971: `Kommun invest` is not `Kommuninvest`", "PD971: `Kommuninvest AB` is not `Kommuninvest`"],
    ),
    "the mark of a footnote": (
        TABLE + EACH,
        {"lender": ["SEB", "SEB\u00b9", "C", "Staten\u00b2", None]},
        ["PD947: `SEB\u00b9` and `SEB` would be two names"],
    ),
    "matured": (
        TABLE + "  maturity date\n" + END + "rule late: share where maturity < 2026-01-01 <= 10%\n",
        {"maturity": [date(2025, 1, 30), date(2024, 12, 31), None, date(2025, 1, 31), date(2030, 1, 1)]},
        ["PD969: `maturity` is before the day judged, 2025-01-31, for b (2024-12-31), a (2025-01-30);"],
    ),
    "long ago": (
        TABLE + "  due date\n" + END + "rule late: share where due < 2026-01-01 <= 10%\n",
        {"due": [None, date(2030, 1, 31), date(1900, 1, 1), date(30, 1, 1), None]},
        ["PD953: the day is 1900-01-01"],
    ),
    "a term below zero": (
        TABLE + "  rest term in years\n" + END + "rule mean: average rest weighted by amount of loans <= 5y\n",
        {"rest": [1.0, -0.5, -2.0, 0.5, 0.0]},
        ["PD970: `-0.5` is a term below zero"],
    ),
    "small shares": (
        TABLE + "  weight share in %\n" + END + "rule mean: average weight weighted by amount of loans <= 5%\n",
        {"weight": [0.0, 0.35, 0.2, None, 0.2]},
        ["PD966: none of the numbers in `weight` of loans is above 1 and they are read as per cent: 0.35 is 0.35 %"],
    ),
    "shares of one": (
        TABLE + "  fee share in %\n" + END + "rule mean: average fee weighted by amount of loans <= 5%\n",
        {"fee": [Decimal("0.25"), Decimal("0.35"), Decimal("0.20"), Decimal("0.00"), Decimal("0.20")]},
        ["PD914: the numbers add up to 1 and are read as per cent: 0.25 is 0.25 %"],
    ),
    "fees": (
        TABLE + "  fee share in %\n" + END + "rule mean: average fee weighted by amount of loans <= 5%\n",
        {"fee": [0.25, 0.35, 0.2, 0.5, 0.2]},
        [],
    ),
    "an amount in two currencies": (
        TABLE + EACH,
        {"amount (SEK)": [50, 20, 5, 1, 70]},
        ["PD948: `amount` is read as `amount` of loans, and `amount (SEK)` stands beside it with other amounts"],
    ),
    "the same amount twice": (TABLE + EACH, {"amount (SEK)": [50, 20, 5, 1, 7]}, []),
    "another currency that is not read": (
        TABLE + EACH,
        {"valuta": ["SEK", "EUR", "SEK", "SEK", None]},
        ["PD911: names EUR beside `amount` of loans"],
    ),
    "a column of nothing but currencies": (
        TABLE + EACH,
        {"where": ["SEK", "EUR", "SEK", "SEK", None]},
        ["PD911: names EUR beside `amount` of loans"],
    ),
    "another currency beside": (
        TABLE + "  currency text\n" + EACH,
        {"amount": [0, 20, 5, 1, 7], "currency": ["USD", "SEK", "EUR", "NOK", None]},
        ["PD949: `currency` says EUR, and `amount` of loans counts as SEK there too"],
    ),
    "another currency that a rule reads": (
        TABLE + "  currency text\n" + EACH + 'rule own: share where currency = "SEK" >= 50%\n',
        {"currency": ["SEK", "SEK", "EUR", "NOK", None]},
        [],
    ),
    "rows pasted twice": (
        TABLE.replace(", key", "") + EACH,
        {"name": list("abaab"), "lender": list("ABAAC"), "amount": [1, 2, 1, 1, 2]},
        ["PD968: rows of loans say the same as earlier ones in every column, and count twice: 3 = 1, 4 = 1;"],
    ),
    "rows that an unread column tells apart": (
        TABLE.replace(", key", "") + EACH,
        {"name": list("abaab"), "lender": list("ABAAC"), "amount": [1, 2, 1, 1, 2], "number": [1, 2, 3, 4, 5]},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_told_of_a_board_as_of_a_check(tmp_path: Path, case: str) -> None:
    text, columns, expected = CASES[case]
    book, rows = loaded(tmp_path, text), table(columns)
    told = of(lambda: book.board(rows, as_of=AS_OF))
    assert [f"{one.code}: {one.message}"[: len(each)] for one, each in zip(told, expected, strict=True)] == expected
    assert told == of(lambda: book.check({"loans": rows}, as_of=AS_OF))
    assert told == of(lambda: book.book(rows, as_of=AS_OF))
    pq.write_table(rows, tmp_path / "loans.parquet", row_group_size=2)
    assert [one.message for one in of(lambda: book.board(tmp_path / "loans.parquet", as_of=AS_OF))] == [
        one.message for one in told
    ]


def test_a_cell_that_a_check_refuses_is_in_no_book(tmp_path: Path) -> None:
    book = loaded(tmp_path, TABLE + "  kind one of bond, cash\n" + EACH + "rule own: share where kind = cash <= 60%\n")
    for find in (book.book, book.board, lambda rows: book.check({"loans": rows})):
        with pytest.raises(policydsl.DataError, match="PD326: `bund`"):
            find(table({"kind": ["bond", "bund", "cash", "cash", None]}))


def test_amounts_that_are_texts(tmp_path: Path) -> None:
    """They are judged cell by cell."""
    book, rows = loaded(tmp_path, TABLE + EACH), table({"amount": ["1.23457E+08", "1", "2", "3", "4"]})
    (one,) = (each for each in book.board(rows).diagnostics if each.code == "PD952")
    assert one.message.startswith("`1.23457E+08` lacks digits")


def test_the_unit_that_a_file_is_called_by(tmp_path: Path) -> None:
    book = loaded(tmp_path, TABLE + EACH)
    pq.write_table(table({}), tmp_path / "Lån tkr 2025.parquet")
    with pytest.raises(policydsl.DataError, match=r"PD951: .*called “Lån tkr 2025”"):
        book.board(tmp_path / "Lån tkr 2025.parquet")


def test_names_are_compared_with_those_of_their_day(tmp_path: Path) -> None:
    book = loaded(tmp_path, "  dated by day\n" + TABLE.replace("owner text", "owner text\n  day date") + EACH)
    apart = {"day": [*DAYS, *DAYS, DAYS[0]], "lender": ["A-B", "A\u2011B", "C", "C", "D"]}
    assert of(lambda: book.board(table(apart))) == []
    together = {**apart, "lender": ["A-B", "C", "D", "C", "A\u2011B"]}
    (one,) = of(lambda: book.board(table(together)))
    assert one.message.startswith("`A-B` (a: 50 SEK) and `A\u2011B` (e: 7 SEK) are two by `lender`")


def test_a_word_that_no_row_has_says_nothing(tmp_path: Path) -> None:
    book, codes = loaded(tmp_path, TABLE + EACH), pa.array([0, 1, 0, 1, 0])
    for unused in ("SEB\u00b9", "S.E.B."):
        lenders = pa.DictionaryArray.from_arrays(codes, pa.array(["SEB", "Staten", unused]))
        rows = table({}).drop(["lender"]).append_column("lender", lenders)
        assert of(lambda: book.board(rows)) == []  # noqa: B023  # it is asked at once


def test_twenty_thousand_names_beside_two_that_hardly_differ(tmp_path: Path) -> None:
    book, count = loaded(tmp_path, TABLE + EACH), 20_000
    names = [f"Bolag {at} AB" for at in range(count - 2)] + ["Bolag 7", "Bolag 77"]
    columns = {
        "owner": ["P"] * count,
        "name": [f"n{at}" for at in range(count)],
        "lender": names,
        "amount": [1] * count,
    }
    found = of(lambda: book.board(pa.table(columns)))
    assert [one.message.partition(" are two")[0] for one in found] == [
        "`Bolag 77` (n19999: 1 SEK) and `Bolag 77 AB` (n77: 1 SEK)",
        "`Bolag 7` (n19998: 1 SEK) and `Bolag 7 AB` (n7: 1 SEK)",
    ]


def test_a_heading_in_another_unit_is_told_as_of_a_check(tmp_path: Path) -> None:
    book, rows = loaded(tmp_path, TABLE + "  rest term in years\n" + EACH), table({"rest (USD)": [1, 2, 3, 4, 5]})
    assert book.board(rows).answers  # a column that is not read
    rows = table({}).rename_columns(["owner", "name", "lender", "amount (USD)"])
    for find in (lambda: book.board(rows), lambda: book.check({"loans": rows})):
        with pytest.raises(policydsl.DataError):
            find()


def test_why_there_is_no_board_is_told_in_the_language_of_the_rulebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table({"amount": [1, 2, 3, 4, 5]}).drop(["name"]).append_column("Owner ", pa.array(list("ABCDE")))
    pq.write_table(rows, tmp_path / "loans.parquet")
    loaded(tmp_path, TABLE.replace("  name text, key\n", "") + EACH)
    command = ["board", str(tmp_path / "doubts.policy"), str(tmp_path / "loans.parquet")]
    for language, begins in (("sv", "rubrikerna `owner` och `Owner ` står för samma kolumn"), ("da", "overskrifterna")):
        assert run(["--lang", language, *command]) == 2
        assert begins in " ".join(capsys.readouterr().err.split())


MEDIAN = END + "rule middle: median amount of loans {of} <= 100 SEK\n"
LAST_DAYS = [date(2025, 1, 30), date(2024, 12, 31), None, date(2025, 1, 31), date(2030, 1, 1)]
LONG_AGO = [None, date(2030, 1, 31), date(1900, 1, 1), date(2030, 1, 1), None]


def as_texts(days: Sequence[date | None]) -> list[str | None]:
    return [None if day is None else day.isoformat() for day in days]


LEFT_TO_THE_JUDGE = {
    "matured": (TABLE + "  maturity date\n" + MEDIAN.format(of="where maturity < 2026-01-01"), {"maturity": LAST_DAYS}),
    "matured, as texts": (
        TABLE + "  maturity date\n" + MEDIAN.format(of="where maturity < 2026-01-01"),
        {"maturity": as_texts(LAST_DAYS)},
    ),
    "long ago": (TABLE + "  due date\n" + MEDIAN.format(of="where due < 2026-01-01"), {"due": LONG_AGO}),
    "long ago, as texts": (
        TABLE + "  due date\n" + MEDIAN.format(of="where due < 2026-01-01"),
        {"due": as_texts(LONG_AGO)},
    ),
    "a term below zero": (
        TABLE + "  rest term in years\n" + MEDIAN.format(of="where rest < 2y"),
        {"rest": [1.0, -0.5, -2.0, 0.5, 0.0]},
    ),
    "small shares": (
        TABLE + "  weight share in %\n" + MEDIAN.format(of="where weight < 5%"),
        {"weight": [0.0, 0.35, 0.2, None, 0.2]},
    ),
    "shares of one": (
        TABLE + "  fee share in %\n" + MEDIAN.format(of="where fee < 5%"),
        {"fee": [0.25, 0.35, 0.2, 0.0, 0.2]},
    ),
    "the mark of a footnote": (
        TABLE + END + "rule middle: per lender: median amount of loans <= 100 SEK\n",
        {"lender": ["SEB", "SEB\u00b9", "C", "Staten", None]},
    ),
    "two spellings": (
        TABLE + END + "rule middle: per lender: median amount of loans <= 100 SEK\n",
        {"lender": ["SEB AB", "SEB AB (publ)", "C", "Staten", None]},
    ),
}
TOLD_OF_THEM = {
    "matured": "PD969", "matured, as texts": "PD969", "long ago": "PD953", "long ago, as texts": "PD953",
    "a term below zero": "PD970", "small shares": "PD966", "shares of one": "PD914",
    "the mark of a footnote": "PD947", "two spellings": "PD964",
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_TO_THE_JUDGE)
@pytest.mark.parametrize("more", ["", 'rule named: share where name = "a" <= 100%\n'])
def test_told_of_columns_that_only_the_judge_reads(tmp_path: Path, case: str, more: str) -> None:
    """Beside a rule that sums decide, and alone."""
    text, columns = LEFT_TO_THE_JUDGE[case]
    book, rows = loaded(tmp_path, text + more), table(columns)
    told = of(lambda: book.board(rows, as_of=AS_OF))
    assert [one.code for one in told] == [TOLD_OF_THEM[case]]
    assert told == of(lambda: book.check({"loans": rows}, as_of=AS_OF))


def test_a_total_among_names_that_only_the_judge_reads(tmp_path: Path) -> None:
    """Counted as a loan, 83 SEK of `Summa` would be more than the rule allows."""
    text = TABLE.replace(", key", "") + END + "rule middle: per lender: median amount of loans <= 50 SEK\n"
    rows = table({"name": [*"abcd", None], "lender": [*"ABCD", "Summa"], "amount": [50, 20, 5, 8, 83]})
    with pytest.raises(policydsl.NoBoard, match="row 5 adds up others: `Summa` below `lender`"):
        loaded(tmp_path, text).board(rows)


def test_days_of_long_ago_on_which_rows_stood(tmp_path: Path) -> None:
    book = loaded(tmp_path, "  dated by day\n" + TABLE.replace("owner text", "owner text\n  day date") + EACH)
    rows = table({"day": [date(1900, 1, 1), *DAYS, *DAYS]})
    (one,) = of(lambda: book.board(rows))
    assert one.message.startswith("the day is 1900-01-01")
    assert [one] == of(lambda: book.check({"loans": rows}))
