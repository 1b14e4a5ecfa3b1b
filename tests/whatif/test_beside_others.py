"""Cells that are put beside others later are held against them, as those of a table that is read."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import policydsl
from policydsl import DataError
from policydsl.whatif.loaded import Loaded

RULES = """\
rulebook "Beside"
  currency SEK
  base portfolio
table holdings, each holding
  name   text, key
  issuer text
  value  money in SEK, also "Belopp tkr"
  weight share in %
define portfolio = sum value of holdings
rule issuer: per issuer: share of portfolio <= 50%
rule weights: sum weight of holdings <= 100%
rule bank: share where issuer = "SEB" <= 40%
"""
ROWS = [
    {"name": "a", "issuer": "SEB", "value": "10", "weight": "20 %"},
    {"name": "b", "issuer": "Nordea", "value": "20", "weight": "30 %"},
    {"name": "c", "issuer": "Staten", "value": "30", "weight": "50 %"},
]
IN_THOUSANDS = [{"Belopp tkr" if name == "value" else name: cell for name, cell in row.items()} for row in ROWS]


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> policydsl.Rulebook:
    path: Path = tmp_path_factory.mktemp("beside") / "beside.policy"
    path.write_text(RULES, encoding="utf-8")
    return policydsl.load(path)


@pytest.fixture
def rows(rulebook: policydsl.Rulebook) -> Loaded:
    return rulebook.loaded({"holdings": ROWS})


def codes(error: pytest.ExceptionInfo[DataError]) -> set[str]:
    return {one.code for one in error.value.diagnostics if one.is_error}


def issuers(report: policydsl.Report) -> dict[str | None, Fraction]:
    return {one.group[0][1]: one.figure.value for one in report.verdicts if one.id == "issuer"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"c": {"issuer": "SEB¹"}}, "PD947"),
        ({"c": {"issuer": "seb ²"}}, "PD947"),
        ({"b": {"value": 25}, "c": {"issuer": "SEB¹"}}, "PD947"),
        ({"c": {"weight": "0,2"}}, "PD954"),
        ({"c": {"weight": Fraction(1, 5)}}, "PD954"),
        ({"a": {"value": "1,5"}, "c": {"value": "2.5"}}, "PD322"),
        ({"c": {"value": "1.234"}}, "PD321"),
    ],
)
def test_what_a_check_would_refuse(rows: Loaded, changes: dict[str, dict[str, object]], code: str) -> None:
    with pytest.raises(DataError) as refused:
        rows.changed("holdings", changes)
    assert codes(refused) == {code}


def test_signs_of_two_calls(rows: Loaded) -> None:
    first = rows.changed("holdings", {"a": {"value": "1,5"}})
    with pytest.raises(DataError) as refused:
        first.changed("holdings", {"c": {"value": "2.5"}})
    assert codes(refused) == {"PD322"}
    grouped = first.changed("holdings", {"c": {"value": "1.234"}})  # 1,5 says that the comma is decimal
    assert issuers(grouped.check())["Staten"] == Fraction(12340, 12555)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"issuer": "SEB AB"}, {"PD964", "PD971"}),
        ({"issuer": "\u0405\u0415\u0412"}, {"PD964", "PD971"}),
        ({"issuer": "Summa"}, {"PD368"}),
        ({"value": "1E6"}, {"PD952"}),
        ({"weight": "20"}, {"PD341"}),
        ({"value": 20.5}, {"PD329"}),
        ({"issuer": "SEB"}, set()),
        ({"issuer": "Staten II"}, set()),
    ],
)
def test_what_a_check_would_tell(
    rulebook: policydsl.Rulebook, rows: Loaded, change: dict[str, object], told: set[str]
) -> None:
    report = rows.changed("holdings", {"c": change}).check()
    assert {one.code for one in report.diagnostics} == told
    anew = rulebook.check({"holdings": [*ROWS[:2], {**ROWS[2], **change}]})
    assert (report.to_json(), report.diagnostics) == (anew.to_json(), anew.diagnostics)


def test_what_was_put_before_is_there_when_all_is_read_again(rows: Loaded) -> None:
    then = rows.changed("holdings", {"a": {"value": 40}}).changed("holdings", {"b": {"issuer": "Staten"}})
    then = then.changed("holdings", {"c": {"issuer": "Handelsbanken"}}).changed("holdings", {"a": {"value": 50}})
    assert issuers(then.check()) == {
        "SEB": Fraction(50, 100), "Staten": Fraction(20, 100), "Handelsbanken": Fraction(30, 100),
    }  # fmt: skip


def test_a_line_that_added_up_the_rows_does_not_stop_other_cells(rulebook: policydsl.Rulebook) -> None:
    total = {"name": "Summa", "issuer": None, "value": "60", "weight": None}
    opened = rulebook.loaded({"holdings": [*ROWS, total]})
    then = opened.changed("holdings", {"c": {"value": 70}}).changed("holdings", {"b": {"issuer": "Swedbank"}})
    assert issuers(then.check()) == {
        "SEB": Fraction(1, 10), "Swedbank": Fraction(2, 10), "Staten": Fraction(7, 10),
    }  # fmt: skip
    assert "PD862" in {one.code for one in then.check().diagnostics}


@pytest.mark.parametrize("cell", ["30", 30, "30,5", Fraction(61, 2)])
def test_a_plain_number_beside_a_heading_with_a_unit(rulebook: policydsl.Rulebook, cell: object) -> None:
    opened = rulebook.loaded({"holdings": IN_THOUSANDS})
    with pytest.raises(DataError) as refused:
        opened.changed("holdings", {"c": {"value": cell}})
    assert codes(refused) == {"PD991"}
    for change in ({"value": "60 KSEK"}, {"value": "60000 SEK"}, {"Belopp tkr": "60"}, {"Belopp tkr": 60}):
        shares = issuers(opened.changed("holdings", {"c": change}).check())
        assert shares["Staten"] == Fraction(60, 90)
    with pytest.raises(KeyError):
        opened.changed("holdings", {"c": {"value": "60 KSEK", "Belopp tkr": "60"}})


def test_trades_beside_a_heading_with_a_unit(rulebook: policydsl.Rulebook) -> None:
    session = rulebook.session({"holdings": IN_THOUSANDS})
    more: Mapping[str, object] = {"name": "c"}
    with pytest.raises(DataError) as refused:
        session.what_if({**more, "value": "10"})
    assert codes(refused) == {"PD991"}
    for amount in ({"value": "10 KSEK"}, {"Belopp tkr": "10"}):
        assert issuers(session.what_if({**more, **amount}).after)["Staten"] == Fraction(40, 70)


NEW = {"name": "d", "value": "100", "weight": "0 %"}


@pytest.mark.parametrize(
    ("trade", "code"),
    [
        ({**NEW, "issuer": "SEB¹"}, "PD947"),
        ({**NEW, "issuer": "Nordea²"}, "PD947"),
        ({**NEW, "issuer": "SEB", "weight": "0,2"}, "PD954"),
        ({**NEW, "issuer": "SEB", "weight": Fraction(1, 5)}, "PD954"),
        ({**NEW, "issuer": "SEB", "value": "2.5"}, "PD322"),
    ],
)
def test_trades_that_a_check_would_refuse(rulebook: policydsl.Rulebook, trade: dict[str, object], code: str) -> None:
    session = rulebook.session({"holdings": [{**ROWS[0], "value": "10,5"}, *ROWS[1:]]})
    with pytest.raises(DataError) as refused:
        session.what_if(trade)
    assert codes(refused) == {code}
    for ask in (session.what_if_each, session.what_if_together):
        with pytest.raises(DataError) as refused:
            ask([{**NEW, "name": "e", "issuer": "SEB"}, trade])
        assert codes(refused) == {code}


def test_marks_among_trades(rulebook: policydsl.Rulebook) -> None:
    trades = [{**NEW, "issuer": "Handelsbanken"}, {**NEW, "name": "e", "issuer": "Handelsbanken¹"}]
    with pytest.raises(DataError) as refused:
        rulebook.session({"holdings": ROWS}).what_if_together(trades)
    assert codes(refused) == {"PD947"}


def test_a_trade_is_read_as_its_column(rulebook: policydsl.Rulebook) -> None:
    session = rulebook.session({"holdings": [{**ROWS[0], "value": "10,5"}, *ROWS[1:]]})
    answer = session.what_if({**NEW, "issuer": "SEB", "value": "1.234"})
    assert answer.trades[0].amount == 1234
    with pytest.raises(DataError) as refused:
        rulebook.session({"holdings": ROWS}).what_if({**NEW, "issuer": "SEB", "value": "1.234"})
    assert codes(refused) == {"PD321"}


@pytest.mark.parametrize(
    ("trade", "told"),
    [
        ({"issuer": "SEB AB"}, {"PD964", "PD971"}),
        ({"issuer": "\u0405\u0415\u0412"}, {"PD964", "PD971"}),
        ({"issuer": "Summa"}, {"PD368"}),
        ({"issuer": "SEB", "weight": "20"}, {"PD341"}),
        ({"issuer": "SEB", "value": "1E6"}, {"PD952"}),
        ({"issuer": "SEB"}, set()),
        ({"issuer": "Handelsbanken"}, set()),
    ],
)
def test_what_is_told_of_a_trade(rulebook: policydsl.Rulebook, trade: dict[str, object], told: set[str]) -> None:
    session = rulebook.session({"holdings": ROWS})
    trades = [{**NEW, "name": "e", "issuer": "Staten"}, {**NEW, **trade}]
    first, second = session.what_if_each(trades)
    assert first.diagnostics == ()
    assert {one.code for one in second.diagnostics} == told
    assert {one.where.row for one in second.diagnostics} <= {2}
    assert session.what_if_together(trades).diagnostics == second.diagnostics
