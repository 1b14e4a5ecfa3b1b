"""The values of a measure, row by row."""

from typing import Any

from policydsl.engines.reference.members import in_part
from policydsl.engines.reference.order_of_rows import by_measure, by_name
from policydsl.engines.reference.rows import Rows
from policydsl.figures.results import Evidence, Values
from policydsl.figures.values import Truth
from policydsl.model.expressions import Known, Nothing, Value
from policydsl.plan.tallies import Key, Spread


def result(tally: Spread, key: Key, rows: Rows) -> Values:
    """The values that surely count, and those that may."""
    found = _found(tally, key, rows)
    sure, maybe = ([value for _, truth, value in found if truth is wanted] for wanted in (True, None))
    return Values(_known(sure), _known(maybe), sure.count(None), maybe.count(None))


def evidence(tally: Spread, key: Key, rows: Rows) -> Evidence:
    """The rows surely in the part, and those that may be or whose value is not known."""
    found = _found(tally, key, rows)
    counted = [(row, value) for row, truth, value in found if truth]
    return Evidence(
        by_measure(counted, rows), by_name((row for row, truth, value in found if not truth or value is None), rows)
    )


def _found(tally: Spread, key: Key, rows: Rows) -> list[tuple[int, Truth, Value]]:
    """The rows that count or may; those whose measure is none bring nothing."""
    every_row = ((row, truth, rows.value(tally.measure, row)) for row, truth in enumerate(in_part(tally, key, rows)))
    return [found for found in every_row if found[1] is not False and found[2] is not Nothing.NONE]


def _known(values: list[Value]) -> tuple[Known, ...]:
    known: list[Any] = [value for value in values if value is not None]
    return tuple(sorted(known))
