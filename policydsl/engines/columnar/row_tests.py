"""Row tests: how the rows of one key do."""

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.keys import Match
from policydsl.engines.columnar.kleene import FALSE, NO, TRUE, Flags, at
from policydsl.engines.columnar.members import members_of
from policydsl.engines.columnar.rows import Rows
from policydsl.figures.results import Tested
from policydsl.plan.tallies import RowTest


@frozen(eq=False)
class Outcome:
    """The rows, and which of them are surely spoken of, fail, may fail and are exempt."""

    rows: Codes
    sure: Flags
    failing: Flags
    unsure: Flags
    exempt: Flags


def outcome_of(tally: RowTest, match: Match, bins: Bins, rows: Rows) -> Outcome:
    """How each row does."""
    members = members_of(tally, match, bins, rows)
    condition = at(rows.holds(tally.condition), members.rows)
    unless = NO if tally.unless is None else at(rows.holds(tally.unless), members.rows)
    sure = members.part == TRUE
    failing = sure & (condition == FALSE) & (unless == FALSE)
    may_fail = (members.part != FALSE) & (condition != TRUE) & (unless != TRUE)
    return Outcome(members.rows, sure, failing, may_fail & ~failing, sure & (condition == FALSE) & (unless == TRUE))


def tested(outcome: Outcome) -> Tested:
    """The numbers of rows."""
    flags = (outcome.sure, outcome.failing, outcome.unsure, outcome.exempt)
    rows, failing, unsure, exempt = (int(np.count_nonzero(each)) for each in flags)
    return Tested(rows, failing, unsure, exempt)
