"""The decimal sign of a column, from all its cells."""

import pytest

from policydsl.inputs.decimal_sign import Unsettled, column_decimal

CASES = [
    ((), None, "."),
    (("1", "2"), None, "."),
    (("1", None, "12.5"), None, "."),
    (("1", None, "12,5"), None, ","),
    (("1.234", "12,5"), None, ","),
    (("1,234", "12.5"), None, "."),
    (("1.234", "12.5"), None, "."),
    (("1.234,50",), None, ","),
    (("1,234.50", "999.5"), None, "."),
    (("1.234.567",), None, ","),
    (("1,234,567",), None, "."),
    (("0.123",), None, "."),
    (("1234.567",), None, "."),
    (("1 234.567",), None, "."),
    ((".123",), None, "."),
    (("12,5 mio. DKK", "5 mio. DKK"), None, ","),
    (("kr. 100", "5 mio. DKK"), None, "."),
    (("27,5 %",), None, ","),
    (("31.01.2015", "12,5"), None, ","),
    (("n.a.", "12,5"), None, ","),
    (("-1,234",), ";", ","),
    (("1,234",), "\t", ","),
    (("1.234",), ",", "."),
    (("1.234",), ";", Unsettled(0, None)),
    (("1,234",), ",", Unsettled(None, 0)),
    (("1,234",), None, Unsettled(None, 0)),
    (("7", "1.234", "2.345"), None, Unsettled(1, None)),
    (("1.234", "1,234"), None, Unsettled(0, 1)),
    (("12.5", "12,5"), None, Unsettled(0, 1)),
    (("12,5", "1", "1,234.5"), ";", Unsettled(2, 0)),
]


@pytest.mark.parametrize(("cells", "delimiter", "sign"), CASES)
def test_sign(cells, delimiter, sign):
    assert column_decimal(cells, delimiter) == sign
