"""Two sums taken together, row by row."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from policydsl.engines.reference.contributions import ONE, Amount, average, options, shares
from policydsl.engines.reference.members import in_base, in_part
from policydsl.engines.reference.order_of_rows import by_measure, by_name
from policydsl.engines.reference.rows import Rows
from policydsl.figures.joint import joined
from policydsl.figures.results import Choice, Evidence, Joint
from policydsl.figures.values import number
from policydsl.model.expressions import Expression, Nothing, Value
from policydsl.model.rulebook import Table
from policydsl.plan.signs import not_negative
from policydsl.plan.tallies import Key, Pair

Tables = Mapping[str, Table]


def result(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Joint:
    """Part and whole."""
    found = list(_brought(tally, key, rows, tables))
    counted = sum(sure for _, sure, _ in found)
    return joined((choice for _, _, choice in found), rows=counted)


def evidence(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Evidence:
    """The rows surely in the part, and those whose contribution is not known."""
    found = list(_brought(tally, key, rows, tables))
    counted = [(row, _of(tally.measure, row, rows)) for row, sure, _ in found if sure]
    unsure = [row for row, _, choice in found if len(choice.points) > 1 or choice.rays]
    return Evidence(by_measure(counted, rows), by_name(unsure, rows))


def _of(measure: Expression | None, row: int, rows: Rows) -> Value:
    return Fraction(1) if measure is None else rows.value(measure, row)


def _brought(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Iterator[tuple[int, bool, Choice]]:
    """Of each row that may count: whether it surely counts in the part, and what it may bring."""
    parts = in_part(tally, key, rows)
    bases = in_base(tally, key, rows) if tally.kind == "share" else [False] * len(rows)
    together = tally.nested and tally.measure == tally.weight
    for row, (part, base) in enumerate(zip(parts, bases, strict=True)):
        if part is False and base is False:
            continue
        measure, weight = _of(tally.measure, row, rows), _of(tally.weight, row, rows)
        if Nothing.NONE in ((measure, weight) if tally.kind == "average" else (measure,)):
            part = False
        allowed = options(tally, part, base)
        amount, weighing = _amount(measure, tally.measure, tables), _amount(weight, tally.weight, tables)
        brings = average(allowed, amount, weighing) if tally.kind == "average" else None
        yield row, all(i for i, _ in allowed), brings or shares(allowed, amount, weighing, together)


def _amount(value: Value, of: Expression | None, tables: Tables) -> Amount:
    """A row's amount; none contributes nothing."""
    if value is None:
        return Amount(None, of is not None and not_negative(of, tables))
    return ONE if of is None else Amount(Fraction(0) if value is Nothing.NONE else number(value))
