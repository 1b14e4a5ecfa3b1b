"""What number formats put beside the digits."""

from decimal import Decimal

import pytest

from policydsl.inputs.sheet import SCALED, InUnit, Wrong
from policydsl.inputs.xlsx_cells import number_cell
from policydsl.inputs.xlsx_formats import Beside, shown_beside

EURO = Beside(unit="€")

FORMATS = [
    ("General", 7, Beside()),
    ("", 7, Beside()),
    ("#,##0.00", 7, Beside()),
    ("#,##0_);[Red](#,##0)", -7, Beside()),
    ("0.00E+00", 7, Beside()),
    ("0.0%", 7, Beside(percent=True)),
    ("0.0%;[Red]-0.0%", -7, Beside(percent=True)),
    ('0.0" %"', 7, Beside(unit="%")),
    ("0.0\\ \\%", 7, Beside(unit="%")),
    ('#,##0 "EUR"', 7, Beside(unit="EUR")),
    ('#,##0\\ "kr"', 7, Beside(unit="kr")),
    ("#,##0\\ \\k\\r", 7, Beside(unit="kr")),
    ('"EUR" #,##0', 7, Beside(unit="EUR")),
    ("[$€-407] #,##0.00", 7, EURO),
    ("#,##0.00\\ [$€-1]", 7, EURO),
    ("€#,##0", 7, EURO),
    ("[$USD] #,##0", 7, Beside(unit="USD")),
    ("[$USD-409] #,##0", 7, Beside(unit="USD")),
    ("#,##0\\ [$kr-41D]", 7, Beside(unit="SEK")),
    ("[$kr.-406] #,##0", 7, Beside(unit="DKK")),
    ("[$kr-414] #,##0", 7, Beside(unit="NOK")),
    ("[$$-409]#,##0", 7, Beside(unit="USD")),
    ("[$-41D]#,##0", 7, Beside()),
    ('0 "million "[$SEK]', 7, Beside(unit="million SEK")),
    ('_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-', 0, Beside(unit="kr")),
    ('#,##0 "EUR";-#,##0 "DKK"', -7, Beside(unit="DKK")),
    ('#,##0 "EUR";-#,##0 "DKK"', 0, Beside(unit="EUR")),
    ('"("0" EUR)"', 7, Beside(unit="EUR")),
    ('0"-"0', 7, Beside()),
    ('0 "st"', 7, Beside(unit="st")),
    # a format that scales shows another number, whatever else it shows
    ('#,##0, "KSEK"', 7, Beside(unit=SCALED)),
    ('0.0,,"M"', 7, Beside(unit=SCALED)),
    ('[>=1000000]0.0,,"M";0 "SEK"', 7, Beside(unit=SCALED)),
    ('[<0]-0 "SEK";0 "SEK"', 7, Beside(unit="SEK")),
    ('[=0]"-";#,##0 "KSEK"', 7, Beside(unit="KSEK")),
    ('[>0]#,##0 "mio. kr.";0', 7, Beside(unit="mio. kr")),
    ('[<10]0 "kr";0 "tkr"', 7, Beside(unit="kr")),
    ('[<10]0 "kr";0 "tkr"', 100, Beside(unit="tkr")),
    ('[<10]0 "kr";[<=1000]0 "tkr";0 "mkr"', 1000, Beside(unit="tkr")),
    ('[<10]0 "kr";[<=1000]0 "tkr";0 "mkr"', 1001, Beside(unit="mkr")),
    ('[<10]0 "kr";[>20]0 "tkr"', 15, Beside()),
    ('[<>1.5]0 "kr";0 "tkr"', Decimal("1.5"), Beside(unit="tkr")),
    # each reader sees these with the currency of his own country
    ('"$"#,##0_);("$"#,##0)', 7, Beside()),
    ('_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)', 7, Beside()),
    ('"$"#,##0', 7, Beside(unit="$")),
    # broken ones
    ('0 "EUR', 7, Beside()),
    ("0 [$EUR", 7, Beside(unit="$")),
    ("\\", 7, Beside()),
    ("0_", 7, Beside()),
    ("0*", 7, Beside()),
    (";;;", 7, Beside()),
]


@pytest.mark.parametrize(("number_format", "value", "beside"), FORMATS)
def test_beside_the_digits(number_format, value, beside):
    assert shown_beside(number_format, value) == beside


@pytest.mark.parametrize(
    "number_format",
    [
        '0"000"',
        '#,##0" 000"',
        "0\\0\\0\\0",
        '"1"0',
        '0.0"5"',
        'General" 000"',
        "-0",
        '"-"0',
        "-#,##0.00 \\k\\r",
        "0;0",
        '0" 000";-0" 000"',
        '[<1000]0;[>=1000]0" 000"',
    ],
)
def test_digits_and_signs_that_a_format_adds(number_format):
    assert shown_beside(number_format, 12).otherwise == (number_format != "0;0")


@pytest.mark.parametrize(
    "number_format",
    [
        '0" m2"',
        '0" (2024)"',
        '0000"-"00',
        "00\\-00",
        "# ?/4",
        '"Q"0',
        "[<0]-0;0",
        "-0;0",
        "[$-41D]0",
        '0" x 1000"',
        '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-',
        "# ##0;[Red]-# ##0",
        "0.00E+00",
    ],
)
def test_what_a_format_may_hold_besides(number_format):
    assert not shown_beside(number_format, -12).otherwise


def test_a_number_that_is_shown_as_another_is_refused_in_every_form_of_workbook():
    assert number_cell(12, '0"000"', 12) == Wrong("PD967", (("cell", "12"), ("format", '0"000"')))
    assert number_cell(12, '0" %"', 12) == InUnit(12, "%")
