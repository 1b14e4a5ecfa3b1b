"""Texts of dates."""

from datetime import date

import pytest

from policydsl.inputs.dates import NotADate, read_date


@pytest.mark.parametrize("text", ["2015-01-31", " 2015-01-31 "])
def test_read(text):
    assert read_date(text) == date(2015, 1, 31)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2015-02-30", "no such day"),
        ("0000-01-01", "no such day"),
        ("20150131", "write `2015-01-31`"),
        ("2015/1/31", "write `2015-01-31`"),
        ("31.01.2015", "write `2015-01-31`"),
        ("31/1-2015", "write `2015-01-31`"),
        ("03/04/2015", "write `2015-03-04` or `2015-04-03`"),
        ("31.01.15", "year-month-day"),
        ("42035", "may be `2015-01-31` as a workbook counts days"),
        ("2015-W05-6", "year-month-day"),
        ("2015-01-31T00:00:00", "year-month-day"),
        ("\u0662\u0660\u0661\u0665-\u0660\u0661-\u0663\u0661", "year-month-day"),
        ("tomorrow", "year-month-day"),
    ],
)
def test_refused(text, why):
    with pytest.raises(NotADate, match=why):
        read_date(text)
