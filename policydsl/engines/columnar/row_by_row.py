"""Pairs for one key from single rows, where these must be told apart."""

import numpy as np
from attrs import evolve

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.joints import joint
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kinds import KINDS, UNSETTLED
from policydsl.engines.columnar.kleene import FALSE, at
from policydsl.engines.columnar.members import Members, members_of
from policydsl.engines.columnar.numbers import Numbers
from policydsl.engines.columnar.one_by_one import choices_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import Shape
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.results import Joint

_OPEN = {at for at, kind in enumerate(KINDS) if kind.is_unsettled(True) or kind.is_unsettled(False)}
_IN_PART = _OPEN | {at for at, kind in enumerate(KINDS) if kind.part != FALSE}
_IN_WHOLE = _OPEN | {at for at, kind in enumerate(KINDS) if kind.whole != FALSE}
"""The kinds of rows that may bring something to a part, and to a whole."""


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
    counts = np.bincount(kinds, minlength=len(KINDS)).tolist()
    for kind, count in enumerate(counts):
        if count:
            here = slice(None) if count == kinds.size else kinds == kind
            of_part = _signed(parts[here]) if kind in _IN_PART else (0, 0)
            of_whole = _signed(wholes[here]) if kind in _IN_WHOLE else (0, 0)
            totals.append((kind, [count, *of_part, *of_whole]))
    found = joint(totals, shape)
    if not shape.one_by_one:
        return found
    unsettled = np.flatnonzero(UNSETTLED[shape.nested][kinds])
    singles = zip(*(each[unsettled].tolist() for each in (kinds, parts, wholes, measured)), strict=True)
    return evolve(found, choices=(*found.choices, *choices_of(singles, shape)))


def _values(numbers: Numbers, rows: Codes) -> Ints:
    values = at(numbers.values, rows)
    return values if values.size == rows.size else np.broadcast_to(values, rows.shape)


def _signed(values: Ints) -> tuple[int, int]:
    """The sums of what is above and of what is below zero."""
    below = 0 if values.min() >= 0 else int(values[values < 0].sum())
    return int(values.sum()) - below, below
