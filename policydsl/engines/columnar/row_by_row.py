"""Pairs for one key from single rows, where these must be told apart."""

import numpy as np
from attrs import evolve

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.joints import joint
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kinds import UNSETTLED
from policydsl.engines.columnar.kleene import at
from policydsl.engines.columnar.members import Members, members_of
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.one_by_one import choices_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import Shape
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.results import Joint


def kinds_of_members(shape: Shape, members: Members) -> Codes:
    """How each row counts."""
    states = [None if state is None else at(state, members.rows) for state in shape.states]
    return np.broadcast_to(shape.kinds(members.base, members.part, *states), members.rows.shape)


def joint_of_rows(shape: Shape, match: Match, bins: Bins, rows: Rows) -> Joint:
    """The result of a pair for one key."""
    members = members_of(shape.pair, match, bins, rows)
    kinds = kinds_of_members(shape, members)
    parts, wholes, measured = (
        _values(each, members.rows) for each in (shape.part.amounts, shape.whole.amounts, shape.part.of)
    )
    totals: list[tuple[int, list[int]]] = []
    for kind in np.unique(kinds).tolist():
        here = kinds == kind
        totals.append((kind, [int(here.sum()), *_signed(parts[here]), *_signed(wholes[here])]))
    found = joint(totals, shape)
    if not shape.one_by_one:
        return found
    unsettled = np.flatnonzero(UNSETTLED[shape.nested][kinds])
    singles = zip(*(each[unsettled].tolist() for each in (kinds, parts, wholes, measured)), strict=True)
    return evolve(found, choices=(*found.choices, *choices_of(singles, shape)))


def _values(numbers: Numbers, rows: Codes) -> Ints:
    return np.broadcast_to(at(numbers.values, rows), rows.shape)


def _signed(values: Ints) -> tuple[int, int]:
    """The sums of what is above and of what is below zero."""
    return int(values[values > 0].sum()), int(values[values < 0].sum())
