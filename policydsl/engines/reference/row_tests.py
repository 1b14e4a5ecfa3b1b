"""Conditions asked of every row."""

from collections.abc import Iterator
from typing import Literal

from policydsl.engines.reference.members import in_part
from policydsl.engines.reference.order_of_rows import by_measure, by_name
from policydsl.engines.reference.rows import Rows
from policydsl.figures.results import Evidence, Tested
from policydsl.figures.values import Truth, some
from policydsl.plan.tallies import Key, RowTest

Did = Literal["fails", "may fail", "exempt", "does"]


def result(tally: RowTest, key: Key, rows: Rows) -> Tested:
    """How many rows there are and how they do."""
    did = [how for _, how in _tested(tally, key, rows)]
    sure = sum(truth is True for truth in in_part(tally, key, rows))
    return Tested(sure, did.count("fails"), did.count("may fail"), did.count("exempt"))


def evidence(tally: RowTest, key: Key, rows: Rows) -> Evidence:
    """The rows that fail, those that may, those that are let off."""
    tested = list(_tested(tally, key, rows))
    failing, unsure, exempt = (
        [row for row, how in tested if how == which] for which in ("fails", "may fail", "exempt")
    )
    return Evidence(by_measure([(row, None) for row in failing], rows), by_name(unsure, rows), by_name(exempt, rows))


def _tested(tally: RowTest, key: Key, rows: Rows) -> Iterator[tuple[int, Did]]:
    for row, spoken_of in enumerate(in_part(tally, key, rows)):
        yield row, did(tally, spoken_of, row, rows)


def did(tally: RowTest, spoken_of: Truth, row: int, rows: Rows) -> Did:
    """How a row does that is spoken of, or may be, or is not."""
    holds = rows.truth(tally.condition, row)
    exempt = False if tally.unless is None else rows.truth(tally.unless, row)
    well = some((holds, exempt))
    if spoken_of is False or (well and not (spoken_of and holds is False)):
        return "does"
    if well:
        return "exempt"
    return "fails" if spoken_of and well is False else "may fail"
