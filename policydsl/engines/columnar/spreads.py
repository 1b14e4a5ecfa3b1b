"""Spreads: the values of a measure for one key."""

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.decoding import sorted_values
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kinds import without_none
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN, Flags, Truth, at
from policydsl.engines.columnar.members import Members, members_of
from policydsl.engines.columnar.rows import Rows
from policydsl.figures.results import Values
from policydsl.plan.tallies import Spread


def values_of(tally: Spread, match: Match, bins: Bins, rows: Rows) -> Values:
    """The values of rows that surely count and of rows that may, apart."""
    members = members_of(tally, match, bins, rows)
    part, missing = counted_and_missing(tally, members, rows)
    column, type = rows.value(tally.measure), tally.measure.type
    sure, maybe = (
        sorted_values(column, members.rows[(part == each) & ~missing], type, rows.widening) for each in (TRUE, UNKNOWN)
    )
    unknown = (int(np.count_nonzero((part == each) & missing)) for each in (TRUE, UNKNOWN))
    return Values(sure, maybe, *unknown)


def counted_and_missing(tally: Spread, members: Members, rows: Rows) -> tuple[Truth, Flags]:
    """Which rows count, and which lack the measure."""
    state = rows.value(tally.measure).state
    if state is None:
        return members.part, np.zeros(members.part.shape, np.bool_)
    state = np.broadcast_to(at(state, members.rows), members.part.shape)
    return without_none(members.part, state), state == UNKNOWN
