"""Texts of numbers: what each is worth, what is refused and why."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydsl.inputs.numbers import NotANumber, read_number, split_unit

READ = [
    (".", "0", "0"),
    (".", "007", "7"),
    (".", "-12.5", "-12.5"),
    (".", "−12.5", "-12.5"),
    (".", "- 12.5", "-12.5"),
    (".", ".5", "0.5"),
    (".", " 12 ", "12"),
    (".", "(100)", "-100"),
    (",", "( 1 000,50 )", "-1000.5"),
    (".", "1E5", "100000"),
    (".", "1.5e-3", "0.0015"),
    (".", "1,234,567.89", "1234567.89"),
    (".", "1 234 567.89", "1234567.89"),
    (",", "1 234 567,89", "1234567.89"),
    (",", "1\u00a0234\u00a0567,89", "1234567.89"),
    (",", "1\u202f234\u202f567,89", "1234567.89"),
    (",", "1.234.567,89", "1234567.89"),
    (",", "1.234", "1234"),
    (".", "123456789012345678901234567890.12", "123456789012345678901234567890.12"),
]
REFUSED = [
    (".", "12 34.5", "three digits"),
    (".", "1.234.567", "twice"),
    (".", "12,5", "three digits"),
    (".", "1,234 567", "different signs"),
    (".", "5.", "missing after"),
    (".", "1.5 000", "after the decimal sign"),
    (".", "+1", "plus sign"),
    (".", "=1+1", "formula"),
    (".", "=cmd|' /C calc'!A0", "formula"),
    (".", "@x", "formula"),
    (".", "(-100)", "write digits only"),
    (".", "(100", "write digits only"),
    (".", "()", "no digits"),
    (".", "100-", "before the digits"),
    (".", "n/a", "no digits"),
    (".", "-", "no digits"),
    (".", "", "no digits"),
    (".", "\u0661\u0662", "digits only"),
    (".", "1_000", "digits only"),
    (".", "0x10", "digits only"),
    (".", "nan", "no digits"),
    (".", "1E999999999", "digits only"),
    (".", "1E9999", "too many"),
    (".", "9" * 130, "too many"),
    (".", "9" * 100_000, "too long"),
    (".", "2015-01-31", "digits only"),
]


@pytest.mark.parametrize(("sign", "text", "value"), READ)
def test_read(sign, text, value):
    assert read_number(text, sign) == Fraction(value)


@pytest.mark.parametrize(("sign", "text", "why"), REFUSED)
def test_refused(sign, text, why):
    with pytest.raises(NotANumber, match=why):
        read_number(text, sign)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("100", ("100", "")),
        ("27,5 %", ("27,5", "%")),
        ("8y", ("8", "y")),
        ("-1 000 SEK", ("-1 000", "SEK")),
        ("SEK 1 000", ("1 000", "SEK")),
        ("kr. 100", ("100", "kr.")),
        ("5 mio. DKK", ("5", "mio. DKK")),
        ("32.5 million SEK", ("32.5", "million SEK")),
        ("1E5", ("1E5", "")),
        ("8 EUR", ("8", "EUR")),
        ("100 €", ("100", "€")),
        ("SEK 5 kr", None),
        ("=1+1", None),
        ("12:30", None),
        ("n/a", None),
    ],
)
def test_unit(text, parts):
    assert split_unit(text) == parts


def grouped(digits: str, parter: str) -> str:
    return f"{int(digits):,}".replace(",", parter)


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=4),
    sign=st.sampled_from(".,"),
    parter=st.sampled_from(["", " ", "\u00a0", "\u202f", "other"]),
    minus=st.sampled_from("-−"),
)
def test_every_way_to_write_a_number_reads_back(number, sign, parter, minus):
    whole, _, part = f"{number:f}".lstrip("-").partition(".")
    mark = {".": ",", ",": "."}[sign] if parter == "other" else parter
    text = (minus if number < 0 else "") + grouped(whole, mark) + sign + part
    assert read_number(text, sign) == Fraction(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_decimals_read_back(number):
    assert read_number(f"{number:f}", ".") == Fraction(Decimal(number))


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text):
    for sign in (".", ","):
        try:
            assert isinstance(read_number(text, sign), Fraction)
        except NotANumber as wrong:
            assert str(wrong)
