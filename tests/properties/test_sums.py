"""Sums of which everything is known, from the cells of many rows and block by block, on tables of a few rows."""

from unittest.mock import patch

from hypothesis import given

from .agreement import agree
from .cases import Case, cases
from .counting import Count
from .independent import independently


@independently(100, derandomize=True)
@given(cases())
def test_many_rows_are_summed_as_few_are(case: Case) -> None:
    with patch("policydsl.engines.columnar.totals._FEW", 0), patch("policydsl.engines.columnar.totals._BLOCK", 16):
        agree(case, Count())
