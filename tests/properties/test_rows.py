"""What may be done to the rows of a table without changing what is made of them.

The order of rows never shows: the JSON is the same byte for byte, but for the numbers of the rows, which are those of
the file and so move with it. Without a key rows are called by these numbers, so the tables here have one.
"""

import json
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from .cases import Case, cases
from .independent import independently
from .running import Body, body, load, report
from .tables import Row, Wanted

ENGINES = pytest.mark.parametrize("engine", ["reference", "columnar", "light"])


@st.composite
def shuffled(draw: Any) -> tuple[Case, Case]:
    """A case, and the same with the rows of every table in another order."""
    case = draw(cases(Wanted(keyed=True)))
    moved = {name: tuple(draw(st.permutations(rows))) for name, rows in case.tables.items()}
    return case, evolve(case, tables=moved)


@ENGINES
@independently(60, derandomize=True)
@given(pair=shuffled())
def test_order_of_rows_never_matters(engine: str, pair: tuple[Case, Case]) -> None:
    first, second = (_text(body(report(case, engine))) for case in pair)
    assert first == second


def _text(of: Body) -> str:
    return json.dumps(_unnumbered(of), ensure_ascii=False, indent=1)


def _unnumbered(part: Any) -> Any:
    match part:
        case dict():
            return {key: None if key == "row" else _unnumbered(value) for key, value in part.items()}
        case list():
            return [_unnumbered(each) for each in part]
    return part


# --- a position in two parts ------------------------------------------------------------------------------------------

SUMS = ("id", "group", "outcome", "figure", "bound", "amount", "base", "headroom", "utilisation")


@st.composite
def split(draw: Any) -> tuple[Case, Case]:
    """A case of sums and shares, and the same with one position in two parts."""
    case = draw(cases(Wanted(keyed=True, additive=True)))
    rows = list(case.tables["positions"])
    at = draw(st.integers(0, len(rows) - 1))
    part = draw(st.sampled_from(("0", "5", "0.01", "-3", "1000")))
    rows[at : at + 1] = _parts(rows[at], part)
    return case, evolve(case, tables={**case.tables, "positions": tuple(rows)})


def _parts(row: Row, part: str) -> list[Row]:
    """Two rows for one: their amounts add up to its own. An amount that may not be below zero is halved."""
    whole = row["amount"]
    if whole is None:
        return [row, {**row, "id": f"{row['id']}b"}]
    half = (Decimal(whole) / 2).quantize(Decimal("0.01"))  # three decimals could be thousands
    taken = Decimal(part) if 0 <= Decimal(part) <= Decimal(whole) else half
    rest = Decimal(whole) - taken
    return [{**row, "amount": f"{rest:f}"}, {**row, "id": f"{row['id']}b", "amount": f"{taken:f}"}]


@ENGINES
@independently(60, derandomize=True)
@given(pair=split())
def test_a_position_in_two_parts_changes_no_sum(engine: str, pair: tuple[Case, Case]) -> None:
    first, second = (body(report(case, engine)) for case in pair)
    assert _only(first["verdicts"], SUMS) == _only(second["verdicts"], SUMS)
    assert _only(first["figures"], ("name", "value")) == _only(second["figures"], ("name", "value"))


def _only(parts: list[Body], keys: tuple[str, ...]) -> list[Body]:
    return [{key: part[key] for key in keys} for part in parts]


# --- ten times the money ----------------------------------------------------------------------------------------------


def _tenfold(case: Case) -> Case:
    money = {column.name for table in case.declared for column in table.columns if column.kind == "money"}
    tables = {name: tuple(_row_tenfold(row, money) for row in rows) for name, rows in case.tables.items()}
    return evolve(case, tables=tables)


def _row_tenfold(row: Row, money: set[str]) -> Row:
    return {name: f"{10 * Decimal(cell):f}" if cell and name in money else cell for name, cell in row.items()}


@ENGINES
@independently(60, derandomize=True)
@given(case=cases(Wanted(free_of_money=True)))
def test_ten_times_the_money_changes_no_share(engine: str, case: Case) -> None:
    rulebook = load(case.text)
    first, second = (body(report(one, engine, rulebook)) for one in (case, _tenfold(case)))
    kept = ("id", "group", "outcome", "because", "utilisation")
    assert _only(first["verdicts"], kept) == _only(second["verdicts"], kept)
    for one, other in zip(first["verdicts"], second["verdicts"], strict=True):
        if one["unit"] != "SEK":
            assert one["figure"] == other["figure"], one["requirement"]
