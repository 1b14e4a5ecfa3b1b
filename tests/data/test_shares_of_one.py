"""Shares in per cent that look like shares of one."""

import pytest

from .fitting import fitted

TABLE = "table holdings, each holding\n  name text, key\n  weight share in %\n"


def told(*cells, table=TABLE):
    rows = "".join(f"n{at};{cell}\n" for at, cell in enumerate(cells))
    return [(one.code, str(one.where)) for one in fitted(table, holdings=f"name;weight\n{rows}").diagnostics]


@pytest.mark.parametrize("cells", [("0,2", "0,8"), ("", "0,333", "0,333", "0,333"), ("0", "0,5", "0,5"), ("1", "0,01")])
def test_shares_that_add_up_to_one_are_told(cells):
    first = next(at for at, cell in enumerate(cells) if cell not in ("", "0"))
    assert told(*cells) == [("PD914", f"holdings.csv, row {first + 2}, column weight")]


@pytest.mark.parametrize(
    "cells",
    [("20", "80"), ("0,2 %", "0,8 %"), ("1",), ("1", "1", "0"), ("0,5", "0,6", "-0,1"), ("0", "0"), ("0,2", "1,8")],
)
def test_others_are_not(cells):
    assert told(*cells) == []


@pytest.mark.parametrize("cells", [("0,2", "0,2"), ("0,35",), ("", "0,2", "1"), ("0,2", "0,35", "0")])
def test_shares_of_which_none_is_above_one_are_told_too(cells):
    first = next(at for at, cell in enumerate(cells) if cell not in ("", "0"))
    assert told(*cells) == [("PD966", f"holdings.csv, row {first + 2}, column weight")]


@pytest.mark.parametrize("heading", ["fee", "Ränta", "avgift", "risk_free"])
def test_fees_and_rates_may_be_small(heading):
    table = TABLE.replace("weight", "cost").replace("share in %", f'share in %, also "{heading}"')
    assert [one.code for one in fitted(table, holdings=f"name;{heading}\na;0,2\nb;0,35\n").diagnostics] == []


@pytest.mark.parametrize("heading", ["Ränta %", "Ränta (%)", "Rate in per cent", "Rente i procent", "rate pct"])
def test_a_heading_settles_what_small_shares_are(heading):
    table = TABLE.replace("share in %", f'share in %, also "{heading}"')
    found = fitted(table, holdings=f"name;{heading}\na;0,2\nb;0,35\n").diagnostics
    assert [one.code for one in found] == []
    found = fitted(table, holdings=f"name;{heading}\na;0,2\nb;0,8\n").diagnostics
    assert [one.code for one in found] == ["PD914"], "they add up to 1"


def test_the_days_of_a_table_add_up_each():
    table = "table holdings, each holding\n  dated by day\n  name text\n  weight share in %\n"
    rows = "2026-01-31;a;0,2\n2026-01-31;b;0,8\n2026-02-28;a;0,3\n2026-02-28;b;"
    codes = [one.code for one in fitted(table, holdings=f"day;name;weight\n{rows}0,7\n").diagnostics]
    assert codes == ["PD914", "PD367"]
    codes = [one.code for one in fitted(table, holdings=f"day;name;weight\n{rows}0,1\n").diagnostics]
    assert codes == ["PD966", "PD367"]
    (found,) = (
        one for one in fitted(table, holdings=f"day;name;weight\n{rows}0,7\n").diagnostics if one.code == "PD914"
    )
    assert "0,2 is 0,2 %; write `0,2 %` if that is meant, and `20 %` if not" in found.message
