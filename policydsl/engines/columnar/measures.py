"""What a pair sums, as integers with room for the sum."""

from attrs import evolve

from policydsl._frozen import frozen
from policydsl.engines.columnar.arithmetic import calculate
from policydsl.engines.columnar.kleene import Truth
from policydsl.engines.columnar.numbers import ONE, Numbers, plain, tightened
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.widening import LARGEST
from policydsl.model.expressions import Expression
from policydsl.plan.signs import not_negative
from policydsl.plan.tallies import Pair


@frozen(eq=False)
class Measure:
    """Amounts to sum, and of what they are amounts: an average sums its measure times weight."""

    amounts: Numbers
    of: Numbers
    not_negative: bool = True

    @property
    def den(self) -> int:
        """What the sum of the amounts is to be divided by."""
        return self.amounts.den

    @property
    def state(self) -> Truth | None:
        """What is known of what is measured."""
        return self.of.state


def measures_of(pair: Pair, rows: Rows) -> tuple[Measure, Measure]:
    """What the part and the whole of a pair sum."""
    part, whole = (_measure(each, rows) for each in (pair.measure, pair.weight))
    if pair.kind == "average":
        amounts = rows.memory.keep(
            "weighted",
            (pair.measure, pair.weight),
            lambda: _with_room(calculate("*", part.of, whole.of, rows.widening), rows),
        )
        part = evolve(part, amounts=amounts)
    return part, whole


def _measure(expression: Expression | None, rows: Rows) -> Measure:
    if expression is None:
        return Measure(ONE, ONE)

    def work_out() -> Measure:
        of = _with_room(rows.number(expression), rows)
        return Measure(of, of, not_negative(expression, rows.tables))

    return rows.memory.keep("measure", expression, work_out)


def _with_room(numbers: Numbers, rows: Rows) -> Numbers:
    numbers = plain(numbers, rows.widening)
    if numbers.bound * len(rows) > LARGEST:
        numbers = tightened(numbers)
    return evolve(numbers, values=rows.widening.fit(numbers.values, numbers.bound * len(rows)))
