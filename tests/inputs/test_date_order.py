"""The order of day and month in a column of dates."""

from datetime import date

import pytest

from policydsl.inputs.convert import convert_column
from policydsl.inputs.date_order import Order, column_order
from policydsl.inputs.kinds import DateKind
from policydsl.inputs.sheet import Sheet

from .sheets import codes


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["31-01-2026"], Order("day", 0)),
        ([None, "01-02-2026", " 31-01-2026 "], Order("day", 2)),
        (["01/02/2026", "01/31/2026"], Order("month", 1)),
        (["1.2.2026"], Order("day", 0)),
        (["1.2.2026", "31.1.2026"], Order("day", 1)),
        (["01-02-2026"], None),
        (["01/02/2026", "12/12/2026"], None),
        (["31/01/2026", "01/31/2026"], None),
        (["31-01-2026", "31/01/2026"], None),
        (["31-01/2026"], None),
        (["31-01-2026", "2026-01-31"], None),
        (["31-01-2026", date(2026, 1, 2)], None),
        (["31-01-2026", 46053], None),
        (["31-01-26"], None),
        (["1.31.2026"], None),
        ([None], None),
        ([], None),
    ],
)
def test_order(cells, order):
    assert column_order(cells) == order


def column(*cells):
    sheet = Sheet("x.csv", None, ("due",), (cells,), tuple(range(2, 2 + len(cells))), "csv", (1,), ";")
    return convert_column(sheet, 0, DateKind())


def test_dates_are_read_in_the_order_that_one_of_them_shows():
    values, told = column("01-02-2026", None, "31-01-2026")
    assert values == (date(2026, 2, 1), None, date(2026, 1, 31))
    assert codes(told) == ["PD860"]
    assert told[0].message == (
        "the dates of the column are read with the day first, then the month, then the year, as `31-01-2026` shows"
    )
    assert str(told[0].where) == "x.csv, row 4, column due"


def test_a_day_that_is_none_is_told():
    values, told = column("31-01-2026", "30-02-2026")
    assert values == (date(2026, 1, 31), None)
    assert [one.code for one in told] == ["PD860", "PD324"]
    assert "no such day" in told[1].message


def test_dates_that_nothing_orders_are_asked_about():
    values, told = column("03/04/2015", "05/06/2015")
    assert (values, codes(told)) == ((None, None), ["PD324", "PD324"])
