"""Values that the run supplies."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction as F

import numpy as np
import pandas as pd
import pytest

from policydsl.data.parameters import parameter_values
from policydsl.model.expressions import Constant
from policydsl.model.types import money

from .fitting import rulebook, said, supplied

LIST = 'list of text separated by ";"'
GRADES = 'list of grade separated by ";"'
DAY = date(2015, 1, 31)


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [
        # text is read as rule text, with its unit
        ("money in SEK", "350 MSEK", 350 * 10**6),
        ("money in SEK", "-350.5 KSEK", -350500),
        ("money in KSEK", "350 SEK", 350),
        ("share in %", "12.5%", F(1, 8)),
        ("share in %", "50 bp", F(1, 200)),
        ("term in years", "11.5y", 138),
        ("term in years", "0.7y", F(42, 5)),
        ("term in years", "18 months", 18),
        ("term in days", "30 days", 30),
        ("number", "4", 4),
        ("date", "2015-01-31", DAY),
        ("yes/no", "yes", True),
        ("text", "Borlänge", "Borlänge"),
        ("text", '"Borlänge"', "Borlänge"),
        ("text", "350 MSEK", "350 MSEK"),
        ("one of calm, crisis", "Crisis", "crisis"),
        ("one of calm, crisis", '"calm"', "calm"),
        ("grade", "Aaa", 0),
        ("grade", "aa", 1),
        ("grade", "NR", 3),
        # lists
        (LIST, "X; Y", ("X", "Y")),
        (LIST, '"X; Y"', ("X", "Y")),
        (LIST, '"X", "Y"', ("X", "Y")),
        (LIST, '"X"; "Y"', ("X", "Y")),
        (LIST, '"Foo, Inc"', ("Foo, Inc",)),
        (LIST, "Foo, Inc; Bar", ("Foo, Inc", "Bar")),
        (LIST, "X", ("X",)),
        (LIST, "X;", ("X",)),
        (LIST, ["X", " Y  Z "], ("X", "Y Z")),
        (LIST, (), ()),
        (GRADES, "AAA; a", (0, 2)),
        (GRADES, ["AA", "NR"], (1, 3)),
        # a number is in the unit of the declaration
        ("money in SEK", 350, 350),
        ("money in KSEK", 350, 350000),
        ("money in MSEK", Decimal("0.35"), 350000),
        ("share in %", 12.5, F(1, 8)),
        ("share in %", F(25, 2), F(1, 8)),
        ("term in years", 1.5, 18),
        ("number", 0.1, F(1, 10)),
        ("number", np.float64(0.1), F(1, 10)),
        ("number", np.int64(4), 4),
        # and other values
        ("date", DAY, DAY),
        ("date", datetime(2015, 1, 31), DAY),
        ("date", pd.Timestamp("2015-01-31"), DAY),
        ("yes/no", False, False),
        # a constant is in its type's own unit already
        ("money in KSEK", Constant(F(350), money("SEK")), 350),
    ],
)
def test_values(declared, given, value):
    assert supplied(declared, given) == (value, [])


@pytest.mark.parametrize(
    ("declared", "given", "message"),
    [
        ("money in SEK", "350", "PD364 `350` is a plain number; `p` is money in SEK"),
        ("money in SEK", "350 MDKK", "PD364 `350 MDKK` is money in DKK; `p` is money in SEK"),
        ("money in SEK", True, "PD364 `yes` is yes or no; `p` is money in SEK"),
        ("money in SEK", DAY, "PD364 `2015-01-31` is a date; `p` is money in SEK"),
        ("share in %", "12.5", "PD364 `12.5` is a plain number; `p` is a share"),
        ("term in years", "30 days", "PD364 `30 days` is a term in days; `p` is a term in years or months"),
        ("yes/no", 1, "PD364 `1` is a plain number; `p` is yes or no"),
        ("text", 7, "PD364 `7` is a plain number; `p` is text"),
        ("text", ["X"], "PD364 `X` is a list of texts; `p` is text"),
        ("money in SEK", "1.234 MSEK", "PD276 `1.234 MSEK` has three decimals, as thousands have in Swedish"),
        ("money in SEK", "1,234 SEK", "PD276 `1,234 SEK` has three decimals"),
        ("money in SEK", "350,5 MSEK", "PD365 `350,5 MSEK` is no value for `p`: write money in SEK, with a decimal"),
        ("money in SEK", "many", "PD364 `many` is text; `p` is money in SEK"),
        ("money in SEK", float("nan"), "PD365 `nan` is no value for `p`"),
        ("money in SEK", Decimal("sNaN"), "PD365 `sNaN` is no value for `p`"),
        ("money in SEK", float("inf"), "PD365 `inf` is no value for `p`"),
        ("date", datetime(2015, 1, 31, 14, 30), "PD365 `2015-01-31 14:30:00` is no value for `p`: write a date"),
        ("date", "31.1.2015", "PD365 `31.1.2015` is no value for `p`: write a date, such as `2015-01-31`"),
        ("one of calm, crisis", "Crises", "PD365 `Crises` is no value for `p`: write a label of p, such as `calm`"),
        ("grade", "AAAA", "PD365 `AAAA` is no value for `p`: write a grade of grade, such as `AAA`"),
        (LIST, "X, Y", "PD365 `X, Y` is no value for `p`: write a list of texts, parted by `;`, such as `one;"),
        (LIST, ";", "PD365 `;` is no value for `p`"),
        (LIST, 7, "PD364 `7` is a plain number; `p` is a list of texts"),
        (GRADES, "AAA; B", "PD365 `AAA; B` is no value for `p`: write a list of grades, parted by `;`, such as"),
        (GRADES, ["AAA", "B"], "PD365 `AAA; B` is no value for `p`"),
    ],
)  # fmt: skip
def test_what_is_no_value(declared, given, message):
    value, (told,) = supplied(declared, given)
    assert value is None
    assert told.startswith(f"the run: {message}")


@pytest.mark.parametrize("given", [None, {"a": 1}, object(), b"7"])
def test_what_no_program_should_hand_in(given):
    with pytest.raises(TypeError, match="a parameter is given as text"):
        supplied("number", given)


BOOK = """\
parameter cap: 20%
parameter own: "X", "Y"
parameter open: undecided
parameter liabilities: supplied by the run, money in SEK
"""


def test_what_is_not_supplied_is_unknown_and_told():
    values, told = parameter_values(rulebook(BOOK), {})
    assert values == {"cap": F(1, 5), "own": ("X", "Y"), "open": None, "liabilities": None}
    assert said(told) == [
        "the run: PD362 nobody has supplied `liabilities`: add `--set liabilities='...'`, "
        "or a line in a `parameters` file"
    ]


def test_what_is_fixed_or_unknown_cannot_be_supplied():
    values, told = parameter_values(rulebook(BOOK), {"cap": "30%", "own": "Z", "liabilites": "1 SEK", "q": "1"})
    assert (values["cap"], values["own"]) == (F(1, 5), ("X", "Y"))
    assert said(told)[:4] == [
        "the run: PD360 the rulebook has no parameter `liabilites`: did you mean `liabilities`?",
        "the run: PD360 the rulebook has no parameter `q`",
        "the run: PD361 `cap` is set by the rulebook itself, so the run can't supply it",
        "the run: PD361 `own` is set by the rulebook itself, so the run can't supply it",
    ]
