"""Trades that add up others, and shares without the percent sign of those that are owned: as among rows of a table."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import policydsl
from policydsl import DataError
from policydsl.cli import run

RULES = """\
rulebook "Beside"
  currency SEK
  base portfolio
table holdings, each holding
  issuer text, blank means none
  weight share in %
  value  money in SEK
define portfolio = sum value of holdings
rule issuer: per issuer: share of portfolio <= 90%
rule weights: share where weight > 10% <= 100%
"""
OWNED = "issuer,weight,value\nSEB,20 %,10\nNordea,30 %,20\n"


@pytest.fixture
def rulebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> policydsl.Rulebook:
    (tmp_path / "beside.policy").write_text(RULES, encoding="utf-8")
    (tmp_path / "holdings.csv").write_text(OWNED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return policydsl.load("beside.policy")


def trades(total: int) -> str:
    return f"issuer,weight,value\nSEB,20 %,10\nNordea,20 %,20\nSumma,,{total}\n"


@pytest.mark.parametrize("form", [[], ["--together"], ["--summary"]])
def test_a_total_that_adds_up_is_no_trade(
    rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    Path("trades.csv").write_text(trades(30), encoding="utf-8")
    assert run(["what-if", "beside.policy", "holdings.csv", "--trades", "trades.csv", *form]) == 0
    told = capsys.readouterr()
    assert "PD862" in told.err
    assert "Trade 3" not in told.out
    assert "2 trades" in told.out or "Trade 2" in told.out


@pytest.mark.parametrize("form", [[], ["--together"], ["--summary"]])
def test_a_total_that_does_not_add_up_is_refused(
    rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    Path("trades.csv").write_text(trades(31), encoding="utf-8")
    assert run(["what-if", "beside.policy", "holdings.csv", "--trades", "trades.csv", *form]) == 2
    told = capsys.readouterr()
    assert "PD863" in told.err
    assert not told.out


def table(*rows: tuple[str | None, Any, int]) -> pa.Table:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(("issuer", "weight", "value"))})


def test_a_book_refuses_a_total_among_trades(rulebook: policydsl.Rulebook) -> None:
    book = rulebook.book(table(("SEB", 20, 10), ("Nordea", 30, 20)))
    assert book.what_if_each(table(("SEB", 20, 10), ("Nordea", 20, 20))).answered.all()
    with pytest.raises(ValueError, match="row 3 adds up others: `Summa` below `issuer`"):
        book.what_if_each(table(("SEB", 20, 10), ("Nordea", 20, 20), ("Summa", None, 30)))


def test_a_book_tells_of_a_trade_that_is_called_a_total(rulebook: policydsl.Rulebook) -> None:
    book = rulebook.book(table(("SEB", 20, 10), ("Nordea", 30, 20)))
    assert [one.code for one in book.what_if({"issuer": "Summa", "weight": 20, "value": 5}).diagnostics] == ["PD368"]


@pytest.mark.parametrize(
    ("owned", "cell", "code"),
    [
        (["20 %", "30 %"], "0,2", "PD954"), (["20 %", "30 %"], 0.2, "PD954"), ([20, 0.5], "20 %", "PD954"),
        (["20 %", "30 %"], 20, "PD341"), ([20, 30], "20 %", "PD341"), ([20, 0], "20 %", "PD341"),
        (["20 %", "30 %"], "5 %", None), (["20 %", "30 %"], 0, None), ([20, 30], 0.2, None), ([20, 30], "0,2", None),
        (["20 %", "30 %"], None, None),
    ],
)  # fmt: skip
def test_shares_are_held_against_those_owned(
    rulebook: policydsl.Rulebook, owned: list[Any], cell: Any, code: str | None
) -> None:
    """A book tells what a check of the rows with the trade tells of signs."""
    rows = [{"issuer": "SEB", "weight": owned[0], "value": 10}, {"issuer": "Nordea", "weight": owned[1], "value": 20}]
    trade = {"issuer": "SEB", "weight": cell, "value": 5}
    held = pa.array(owned, pa.string() if isinstance(owned[0], str) else pa.float64())
    book = rulebook.book(table(("SEB", owned[0], 10), ("Nordea", owned[1], 20)).set_column(1, "weight", held))

    def of_check() -> list[str]:
        return [one.code for one in rulebook.check({"holdings": [*rows, trade]}).diagnostics]

    if code == "PD954":
        for ask in (of_check, lambda: book.what_if(trade)):
            with pytest.raises(DataError, match="PD954"):
                ask()
        return
    told = [one.code for one in book.what_if(trade).diagnostics]
    assert told == [each for each in of_check() if each == "PD341"] == ([] if code is None else [code])


@pytest.mark.parametrize("share", [0.2, -0.5, 1])
def test_shares_of_many_trades(rulebook: policydsl.Rulebook, share: float) -> None:
    book = rulebook.book(table(("SEB", "20 %", 10), ("Nordea", "30 %", 20)))
    with pytest.raises(DataError, match="PD954"):
        book.what_if_each(table(("SEB", 30.0, 10), ("SEB", float(share), 20)))
    many = book.what_if_each(table(("SEB", 30.0, 10), ("SEB", 0.0, 20)))
    assert [one.code for one in many.diagnostics] == ["PD341"]


HEAD = "issuer,weight,side,value\n"
SIDED = "SEB,20 %,buy,70\nNordea,30 %,sell,10\nSEB,20 %,buy,5\n"
"""75 are bought and 10 sold."""


def answered(rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], rows: str) -> tuple[int, set[str], str]:
    """The exit code, the codes that are told, and what is printed."""
    Path("trades.csv").write_text(HEAD + rows, encoding="utf-8")
    code = run(["what-if", "beside.policy", "holdings.csv", "--trades", "trades.csv", "--summary"])
    told = capsys.readouterr()
    return code, {word.rstrip(":") for word in told.err.split() if word.startswith("PD")}, told.out


@pytest.mark.parametrize("line", ["Summa,,,65", "Total,,,65", "Summa,,,65.00", "Summa,,,85"])
def test_a_total_of_what_is_bought_less_what_is_sold_is_no_trade(
    rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """Or of all amounts as they stand, as in other files."""
    code, told, out = answered(rulebook, capsys, f"{SIDED}{line}\n")
    assert "PD862" in told and "PD863" not in told
    assert code != 2 and "3 trades" in out


@pytest.mark.parametrize("line", ["Summa,,,65.01", "Summa,,,64", "Summa,,,-65", "Total,,,66"])
def test_a_net_total_has_to_agree_to_the_digit(
    rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    code, told, out = answered(rulebook, capsys, f"{SIDED}{line}\n")
    assert (code, out) == (2, "") and "PD863" in told


def test_more_is_sold_than_bought(rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, out = answered(rulebook, capsys, "SEB,20 %,buy,1\nNordea,30 %,sell,10\nSumma,,,-9\n")
    assert code != 2 and "PD862" in told and "2 trades" in out


@pytest.mark.parametrize(
    "rows",
    [
        f"{SIDED}Summa,,buy,65\n",  # which is a trade, or a total of what is bought, which would be 75
        f"{SIDED}SEB,20 %,,3\nSumma,,,65\n",  # of one it is not said whether it buys
        f"{SIDED}SEB,20 %,sell,-3\nSumma,,,68\n",  # and of one it is said twice
        "Nordea,30 %,sell,10\nTotal,,,-10\nSEB,20 %,buy,5\n",  # one row by chance
    ],
)
def test_what_may_be_a_trade_is_no_net_total(
    rulebook: policydsl.Rulebook, capsys: pytest.CaptureFixture[str], rows: str
) -> None:
    code, told, out = answered(rulebook, capsys, rows)
    assert (code, out) == (2, "") and "PD862" not in told
