"""Checks whose outcomes are known as soon as their sums are, or as the rows that fail are counted.

A plain check is one figure and its bound, or a condition on rows, that holds at all times and in any case. Where
nothing of its sums is unknown there is nothing to weigh up, so its outcome is seen from whole numbers. All else is left
to the judge, who also makes the verdict of a plain check, once somebody reads it.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Literal, NamedTuple

from policydsl._frozen import define, field
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Interval
from policydsl.figures.joint import ratio_of
from policydsl.figures.results import Joint, Result, Sums, Tested
from policydsl.figures.scalar import evaluate
from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, Expression, ShareOf
from policydsl.model.rulebook import Bound, Check, Outcome, Table
from policydsl.plan.tallies import RowTest, Tally
from policydsl.verdicts.docket import Place
from policydsl.verdicts.ends import Ends, Whole, ends_of
from policydsl.verdicts.measured import figure_from
from policydsl.verdicts.settled import Results

Figures = Callable[[], Sequence[Fraction | None]]


class Known(NamedTuple):
    """The outcomes of a check, one for each of its keys, and their figures."""

    outcomes: Sequence[Outcome]
    figures: Figures


@define(eq=False)
class Plain:
    """A check that may be known at once."""

    check: Check
    presence: tuple[Place, ...]
    """How many rows are surely in each of its groups."""

    failed: Outcome = field(init=False)
    """What it is not to hold."""

    def __attrs_post_init__(self) -> None:
        self.failed = "breach" if self.check.strength == "must" else "deviation"

    def known(self, results: Results, environment: Environment) -> Known | None:
        """What is known of it at once."""
        raise NotImplementedError

    def _groups_exist(self, outcomes: Sequence[Outcome], results: Results) -> bool:
        """Whether each group that fails surely has a row."""
        if self.failed not in outcomes or not (self.check.groups or self.check.worlds):
            return True
        present = [sums.counts for sums in map(results.settled, self.presence) if sums is not None]
        failing = (at for at, outcome in enumerate(outcomes) if outcome == self.failed)
        return all(any(counts[at] for counts in present) for at in failing)


@define(eq=False)
class PlainRows(Plain):
    """A condition on rows."""

    test: RowTest

    def known(self, results: Results, environment: Environment) -> Known | None:
        """What is known of it at once."""
        tests = [each for each in results[self.test].values() if isinstance(each, Tested)]
        outcomes = [self.failed if each.failing else "undetermined" if each.unsure else "pass" for each in tests]
        if not outcomes or not self._groups_exist(outcomes, results):
            return None
        return Known(outcomes, lambda: [None if each.unsure else Fraction(each.failing) for each in tests])


@define(eq=False)
class Bounded(Plain):
    """A figure and its bound."""

    bound: Bound
    read: tuple[str, ...]
    """The parameters that its bound reads."""
    dated: bool
    """Whether its bound reads the day."""
    _ends: tuple[object, Ends | None] | None = field(default=None, init=False)
    _whole: tuple[object, Whole] | None = field(default=None, init=False)

    def ends(self, environment: Environment) -> Ends | None:
        """Its bound as numbers; worked out anew if what it reads has changed."""
        kept, at = self._ends, None
        if self.read or self.dated:
            at = environment.as_of if self.dated else None, [environment.parameters.get(name) for name in self.read]
        if kept is None or kept[0] != at:
            should = self.check.strength == "should"
            kept = self._ends = at, ends_of(self.bound, should, partial(_number, environment))
        return kept[1]

    def in_units(self, ends: Ends, part_den: int, whole_den: int | None) -> Whole:
        """The bound in the units of sums."""
        kept, at = self._whole, (ends, part_den, whole_den)
        if kept is None or kept[0] != at:
            whole = None if whole_den is None else Fraction(1, whole_den)
            kept = self._whole = at, ends.over(Fraction(1, part_den), whole)
        return kept[1]


@define(eq=False)
class PlainFigures(Bounded):
    """An extreme, a median, a number of distinct values, the largest: a figure of single rows."""

    node: Aggregate | ShareOf
    tally: Tally
    divided: bool
    """Whether it is a share."""
    tables: Mapping[str, Table]

    def known(self, results: Results, environment: Environment) -> Known | None:
        """What is known of it at once."""
        ends = self.ends(environment)
        found = [self._figure(each) for each in results[self.tally].values()]
        figures = [each.value for each in found if isinstance(each, Interval) and each.value is not None]
        if ends is None or not found or len(figures) < len(found):
            return None
        outcomes = self.in_units(ends, 1, 1).outcomes(
            [each.numerator for each in figures], [each.denominator for each in figures], self.failed
        )
        return Known(outcomes, lambda: figures) if self._groups_exist(outcomes, results) else None

    def _figure(self, result: Result) -> Figure:
        if self.divided and isinstance(result, Joint):
            return ratio_of(result)
        return figure_from(self.node, result, self.tables)


@define(eq=False)
class PlainSums(Bounded):
    """A sum, share or average."""

    kind: Literal["sum", "share", "average"]
    place: Place

    def known(self, results: Results, environment: Environment) -> Known | None:
        """What is known of it at once."""
        sums = results.settled(self.place)
        ends = None if sums is None else self.ends(environment)
        if sums is None or ends is None or not sums.parts:
            return None
        wholes = None if self.kind == "sum" else sums.wholes
        if (wholes is not None and min(wholes) <= 0) or (self.kind == "average" and not min(sums.counts)):
            return None
        held = self.in_units(ends, sums.part_den, None if wholes is None else sums.whole_den)
        outcomes = held.outcomes(sums.parts, wholes, self.failed)
        return Known(outcomes, partial(_figures, sums, wholes)) if self._groups_exist(outcomes, results) else None


def _figures(sums: Sums, wholes: Sequence[int] | None) -> list[Fraction]:
    if wholes is None:
        return [Fraction(part, sums.part_den) for part in sums.parts]
    times, of = sums.whole_den, sums.part_den
    return [Fraction(part * times, whole * of) for part, whole in zip(sums.parts, wholes, strict=True)]


def _number(environment: Environment, expression: Expression) -> Fraction | None:
    if isinstance(expression, ex.Constant) and isinstance(expression.value, Fraction):
        return expression.value
    figure = evaluate(expression, _no_rows, environment)
    return figure.value if isinstance(figure, Interval) else None


def _no_rows(node: Expression) -> Figure:
    raise TypeError(f"{type(node).__name__} is measured, and stands in no plain bound")
