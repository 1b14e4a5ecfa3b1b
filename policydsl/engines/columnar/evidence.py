"""The rows behind a result."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.decoding import values_at
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kinds import COUNTED, UNSETTLED
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN, Flags
from policydsl.engines.columnar.members import Members, members_among, members_of, rows_of_groups
from policydsl.engines.columnar.numbers import Numbers, plain
from policydsl.engines.columnar.outside import outside_groups
from policydsl.engines.columnar.ranked import Ranked
from policydsl.engines.columnar.row_by_row import kinds_of_members
from policydsl.engines.columnar.row_tests import outcome_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import shape_of
from policydsl.engines.columnar.spreads import counted_and_missing
from policydsl.figures.results import Evidence
from policydsl.model.expressions import Expression
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

_MANY = 1_000
"""Beyond so many rows few of them are told."""


def evidence_of(tally: Tally, match: Match, bins: Bins, rows: Rows) -> Evidence:
    """The rows of a tally for one key."""
    if isinstance(tally, RowTest):
        outcome = outcome_of(tally, match, bins, rows)
        failing = sorted(outcome.rows[outcome.failing].tolist(), key=_names(rows).__getitem__)
        unsure, exempt = (tuple(sorted(outcome.rows[each].tolist())) for each in (outcome.unsure, outcome.exempt))
        return Evidence(tuple((row, None) for row in failing), unsure, exempt)
    of_world = None
    if isinstance(tally, Pair) and tally.kind == "share" and [by_world for _, by_world in match.worlds] == [TRUE]:
        of_world = outside_groups(tally, bins, rows).of_world(match.worlds[0][0])
        members = members_among(tally, rows_of_groups(match, bins), rows)
    else:
        members = members_of(tally, match, bins, rows)
    counted, unsettled = _counted_and_unsettled(tally, members, rows)
    found = _measured(tally.measure, members.rows[counted], rows)
    own = members.rows[unsettled]
    unsure = tuple(sorted(own.tolist())) if of_world is None else of_world.with_group(members.rows, unsettled)
    return Evidence(found, unsure)


def _counted_and_unsettled(tally: Pair | Spread, members: Members, rows: Rows) -> tuple[Flags, Flags]:
    """Which rows are surely in the part, and of which is not known what they contribute."""
    if isinstance(tally, Spread):
        part, missing = counted_and_missing(tally, members, rows)
        return part == TRUE, (part == UNKNOWN) | (part == TRUE) & missing
    shape = shape_of(tally, rows)
    kinds = kinds_of_members(shape, members)
    return COUNTED[shape.nested][kinds], UNSETTLED[shape.nested][kinds]


def _measured(measure: Expression | None, index: Codes, rows: Rows) -> Sequence[tuple[int, Any]]:
    """Rows with what is measured of them, the largest first and then by name; those without a value last."""
    if measure is not None and index.size > _MANY and isinstance(column := rows.value(measure), Numbers):
        return Ranked(plain(column, rows.widening), measure.type, index, _names(rows))
    by_name = np.array(sorted(index.tolist(), key=_names(rows).__getitem__), np.intp)
    if measure is None:
        return tuple((row, Fraction(1)) for row in by_name.tolist())
    values: list[Any] = values_at(rows.value(measure), by_name, measure.type)
    found = list(zip(by_name.tolist(), values, strict=True))
    known = sorted((each for each in found if each[1] is not None), key=lambda each: each[1], reverse=True)
    return (*known, *(each for each in found if each[1] is None))


def _names(rows: Rows) -> Sequence[str]:
    return () if rows.data is None else rows.data.names
