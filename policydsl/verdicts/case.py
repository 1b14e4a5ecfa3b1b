"""One group of one check before the judge: what was measured for it, and what every verdict on it says."""

from typing import Any

from attrs import define, field

from policydsl.data.table import Data
from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Check, Holds, Limit, Outcome, RowsHold
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.from_model import keys_of
from policydsl.plan.tallies import Key, Tally
from policydsl.verdicts import reasons
from policydsl.verdicts.evidence import Asked, Witness
from policydsl.verdicts.measured import Measured, View, bare
from policydsl.verdicts.verdict import Verdict
from policydsl.verdicts.wording import Wording, alone, wording_of


@define(eq=False)
class Court:
    """What the cases of a run have in common."""

    of: Measured
    wording: Wording
    witness: Witness
    names: dict[Expression, str]
    """The names of quantities."""


def court_over(of: Measured) -> Court:
    """The court over what was measured."""
    names: dict[Expression, str] = {}
    for quantity in of.rulebook.quantities:
        names.setdefault(bare(quantity.expression), quantity.name)
    return Court(of, wording_of(of.rulebook), Witness(of), names)


@define(eq=False)
class Case:
    """A check and the values of its worlds and groups."""

    court: Court
    check: Check
    key: Key
    here: View
    """The figures that groups narrow."""
    base: View
    """The figures that they don't."""
    aside: list[View] = field(factory=list, init=False)
    """What else was looked at."""

    def holds(self, condition: Expression, groups: int | None = None) -> bool | None:
        """Whether a condition beside the assertion holds; of the groups the first ones narrow it, or all."""
        check = self.check
        columns = check.groups[:groups]
        view = View(self.court.of, check.worlds, columns, self.here.keys, self.key[: len(check.worlds) + len(columns)])
        self.aside.append(view)
        return view.truth(condition)

    @property
    def group(self) -> tuple[tuple[str, str | None], ...]:
        """Its worlds and groups with their values in words."""
        columns = (*self.check.worlds, *self.check.groups)
        return tuple((column.name, self._text(column, at)) for at, column in enumerate(columns[: len(self.key)]))

    def _text(self, column: ColumnOf, at: int) -> str | None:
        value = self.key[at]
        return None if value is None else alone(value, column.type, self.court.wording)

    def verdict(self, outcome: Outcome, because: str = "", **more: Any) -> Verdict:
        """A verdict with the rows behind it: those of `here` are counted, those of all others may settle it."""
        of = self.court.of
        main = _asked(self.here)
        others = tuple(each for view in (self.base, *self.aside) for each in _asked(view))
        undecided = outcome == "undetermined"
        return Verdict(
            self.check,
            self.group,
            outcome,
            of.environment.as_of,
            because=because,
            missing=reasons.missing(self.check, of.rulebook, of.environment) if undecided else (),
            behind=self.court.witness.behind(main, others, self.check),
            wording=self.court.wording,
            **more,
        )

    def failure(self) -> Outcome:
        """What it is not to hold: a breach of what must be, a deviation from what should."""
        return "breach" if self.check.strength == "must" else "deviation"


def case_of(court: Court, check: Check, key: Key) -> Case:
    """A case for a key of a check."""
    keys, of = keys_of(check), court.of
    here = View(of, check.worlds, check.groups, keys, key)
    return Case(court, check, key, here, View(of, check.worlds, (), keys, key[: len(check.worlds)]))


def _asked(view: View) -> Asked:
    return tuple((tally, view.key) for tally in view.asked)


def tables_of(check: Check, court: Court) -> tuple[Data, ...]:
    """The tables that an assertion speaks of."""
    match check.assertion:
        case RowsHold(rows=rows):
            names = [rows.table]
        case Limit(figure=figure, bound=bound):
            of = () if bound is None or bound.of is None else (bound.of,)
            names = [tally.table for each in (figure, *of) for tally in _tallies(each, court)]
        case Holds(condition=condition):
            names = [tally.table for tally in _tallies(condition, court)]
    return tuple(court.of.data[name] for name in dict.fromkeys(names))


def _tallies(expression: Expression, court: Court) -> list[Tally]:
    view = View(court.of)
    return [view.tally(node) for node in aggregates_in(expression)]
