"""Dates that few rows have: told where they hide rows, and not where the rows are history."""

from datetime import date

import pytest

import policydsl

BOOK = """\
rulebook "Dated"
  currency SEK
table holdings, each holding
  dated by date
  name   text, key
  amount money in SEK
rule total: sum amount of holdings <= 100 SEK
"""
JANUARY, YEAR_BEFORE, NEXT = "2015-01-31", "2014-01-31", "2015-02-28"


def judged(folder, rows, as_of=None, book=BOOK):
    (folder / "b.policy").write_text(book, encoding="utf-8")
    table = [{"date": day, "name": name, "amount": amount} for day, name, amount in rows]
    report = policydsl.load(folder / "b.policy").check({"holdings": table}, as_of=as_of)
    codes = [one.code for one in report.diagnostics if one.code in ("PD367", "PD982")]
    (verdict,) = report.verdicts
    return verdict.outcome, codes, report.diagnostics


MANY = [(JANUARY, f"n{at}", "1 SEK") for at in range(8)]


def test_a_row_that_its_date_hides_is_warned_of(tmp_path):
    outcome, codes, told = judged(tmp_path, [*MANY, (YEAR_BEFORE, "large", "900 SEK")])
    assert (outcome, codes) == ("pass", ["PD982"])
    (one,) = (one for one in told if one.code == "PD982")
    assert one.severity.value == "warning"
    assert "is 2014-01-31, the date of 1 of them all, written right?" in one.message


def test_a_row_that_hides_all_others_is_warned_of(tmp_path):
    many = [(JANUARY, f"n{at}", "90 SEK") for at in range(8)]
    outcome, codes, told = judged(tmp_path, [*many, (NEXT, "new", "1 SEK")])
    assert (outcome, codes) == ("pass", ["PD982"])
    assert any(
        "1 row is dated 2015-02-28 and judged; 8 rows of other dates are left out" in one.message for one in told
    )


def test_a_row_of_a_day_to_come_is_warned_of(tmp_path):
    _, codes, _ = judged(tmp_path, [*MANY, ("2051-01-31", "large", "900 SEK")], as_of=date(2015, 1, 31))
    assert codes == ["PD982"]


@pytest.mark.parametrize(
    "rows",
    [
        [*MANY, (YEAR_BEFORE, "n3", "1 SEK")],  # the same holding a year before
        [*MANY, (YEAR_BEFORE, "N3 ", "1 SEK"), (YEAR_BEFORE, "sold", "1 SEK")],
        [*MANY, *((YEAR_BEFORE, f"old{at}", "1 SEK") for at in range(3))],  # more than a quarter of them
        [*MANY[:3], (YEAR_BEFORE, "a", "1 SEK")],
        [*((YEAR_BEFORE, f"n{at}", "1 SEK") for at in range(8)), (JANUARY, "n1", "1 SEK")],  # all others were sold
    ],
    ids=["the same", "one of two", "several", "few in all", "sold"],
)
def test_history_is_only_noted(tmp_path, rows):
    assert judged(tmp_path, rows)[1] == ["PD367"]


def test_rows_without_a_key_are_only_noted(tmp_path):
    rows = [*MANY, (YEAR_BEFORE, "large", "900 SEK")]
    assert judged(tmp_path, rows, book=BOOK.replace("text, key", "text"))[1] == ["PD367"]


def test_rulebooks_that_look_back_ask_for_history(tmp_path):
    book = BOOK + "rule before: sum amount of holdings on 2014-01-31 <= 1 SEK\n"
    (tmp_path / "b.policy").write_text(book, encoding="utf-8")
    rows = [*MANY, (YEAR_BEFORE, "large", "900 SEK")]
    table = [{"date": day, "name": name, "amount": amount} for day, name, amount in rows]
    report = policydsl.load(tmp_path / "b.policy").check({"holdings": table})
    assert not {one.code for one in report.diagnostics} & {"PD367", "PD982"}
