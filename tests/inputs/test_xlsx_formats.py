"""What number formats put beside the digits."""

import pytest

from policydsl.inputs.sheet import SCALED
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
