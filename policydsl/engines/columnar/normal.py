"""Figures of the normal distribution, row by row."""

from fractions import Fraction

import numpy as np

from policydsl.engines.columnar.columns import encoded
from policydsl.engines.columnar.kleene import KNOWN, NONE
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.widening import Widening
from policydsl.figures import normal as distribution
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import NUMBER


def normal(which: distribution.Which, of: Numbers, widening: Widening) -> Numbers:
    """What the reference makes of each number; of equal ones once."""
    unders = [1] * len(of.values) if of.under is None else np.broadcast_to(of.under, of.values.shape).tolist()
    known: dict[Fraction, Value] = {}
    found: list[Value] = []
    for at, (value, under) in enumerate(zip(of.values.tolist(), unders, strict=True)):
        state = KNOWN if of.state is None else int(of.state[at])
        if state != KNOWN:
            found.append(Nothing.NONE if state == NONE else None)
            continue
        number = Fraction(int(value), of.den * int(under))
        if number not in known:
            known[number] = distribution.normal(which, number)
        found.append(known[number])
    column = encoded(found, NUMBER, widening)
    assert isinstance(column, Numbers)
    return column
