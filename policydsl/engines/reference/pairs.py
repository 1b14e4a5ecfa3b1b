"""Two sums taken together, row by row."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.engines.reference.contributions import ONE, Amount, Option, average, options, shares
from policydsl.engines.reference.members import in_base, in_part
from policydsl.engines.reference.order_of_rows import by_measure, by_name
from policydsl.engines.reference.rows import Rows
from policydsl.figures.joint import joined
from policydsl.figures.results import Choice, Evidence, Joint
from policydsl.figures.values import Truth, number
from policydsl.model.expressions import Expression, Nothing, Value
from policydsl.model.rulebook import Table
from policydsl.plan.signs import not_negative
from policydsl.plan.tallies import Key, Pair

Tables = Mapping[str, Table]


def result(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Joint:
    """Part and whole."""
    found = [brought for _, brought in _brought(tally, key, rows, tables)]
    counted = sum(each.sure for each in found)
    unsure = sum(each.unsure for each in found)
    return joined((each.choice for each in found), counted, unsure)


def evidence(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Evidence:
    """The rows surely in the part, and those whose contribution is not known."""
    found = list(_brought(tally, key, rows, tables))
    counted = [(row, _of(tally.measure, row, rows)) for row, each in found if each.sure]
    unsure = [row for row, each in found if each.unsure]
    return Evidence(by_measure(counted, rows), by_name(unsure, rows))


def _of(measure: Expression | None, row: int, rows: Rows) -> Value:
    return Fraction(1) if measure is None else rows.value(measure, row)


@frozen
class Brought:
    """What a row that may count brings: whether it surely counts in the part, whether that or its amount is unknown,
    how often it may be in part and whole, and the points that it may add."""

    sure: bool
    unsure: bool
    allowed: frozenset[Option]
    choice: Choice


def _brought(tally: Pair, key: Key, rows: Rows, tables: Tables) -> Iterator[tuple[int, Brought]]:
    """Every row that may count."""
    parts = in_part(tally, key, rows)
    bases = in_base(tally, key, rows) if tally.kind == "share" else [False] * len(rows)
    for row, (part, base) in enumerate(zip(parts, bases, strict=True)):
        if part is not False or base is not False:
            yield row, brings(tally, part, base, _of(tally.measure, row, rows), _of(tally.weight, row, rows), tables)


def brings(tally: Pair, part: Truth, base: Truth, measure: Value, weight: Value, tables: Tables) -> Brought:
    """What a row brings by where it may be and what is measured in it."""
    if Nothing.NONE in ((measure, weight) if tally.kind == "average" else (measure,)):
        part = False
    if weight is Nothing.NONE and (part is False or not tally.nested):
        base = False
    allowed = options(tally, part, base)
    amount, weighing = _amount(measure, tally.measure, tables), _amount(weight, tally.weight, tables)
    choice = average(allowed, amount, weighing) if tally.kind == "average" else None
    together = tally.nested and tally.measure == tally.weight
    choice = choice or shares(allowed, amount, weighing, together)
    missing = (measure is None and any(i for i, _ in allowed)) or (
        weight is None and any(i if tally.kind == "average" else j for i, j in allowed)
    )
    return Brought(all(i for i, _ in allowed), len(allowed) > 1 or missing, allowed, choice)


def _amount(value: Value, of: Expression | None, tables: Tables) -> Amount:
    """A row's amount; none contributes nothing."""
    if value is None:
        return Amount(None, of is not None and not_negative(of, tables))
    return ONE if of is None else Amount(Fraction(0) if value is Nothing.NONE else number(value))
