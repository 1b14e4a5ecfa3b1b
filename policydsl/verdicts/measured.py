"""What an engine has measured, as figures for one key of one check."""

from collections.abc import Mapping, Sequence

from policydsl._frozen import define, field
from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Undefined
from policydsl.figures.joint import ratio_of, sum_of
from policydsl.figures.order import figure_of as extreme_of
from policydsl.figures.results import Joint, Result, Values
from policydsl.figures.scalar import evaluate, truth
from policydsl.figures.values import folded
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, OfGroup, OnDate, OverDays, RowSet, ShareOf
from policydsl.model.rulebook import Column, Grouped, Linked, Rulebook, Table
from policydsl.plan.from_model import tally_of
from policydsl.plan.signs import not_negative
from policydsl.plan.tallies import Key, Tally
from policydsl.verdicts.docket import Known

Columns = tuple[ColumnOf, ...]


@define(eq=False)
class Measured:
    """The results of a run, and what they were measured on."""

    rulebook: Rulebook
    data: Mapping[str, Data]
    environment: Environment
    session: Session
    results: dict[Tally, Mapping[Key, Result]]
    unrated: Mapping[str, int]


def measured(
    rulebook: Rulebook,
    data: Mapping[str, Data],
    environment: Environment,
    session: Session,
    tallies: Sequence[Tally],
) -> Measured:
    """Everything in one go."""
    results = dict(session.measure(tallies, environment))
    return Measured(rulebook, data, environment, session, results, unrated_in(rulebook))


def unrated_in(rulebook: Rulebook) -> Mapping[str, int]:
    """The rank of `unrated` in each scale."""
    return {name: len(scale.grades) for name, scale in rulebook.scales.items()}


@define(eq=False)
class View:
    """What was measured, seen from one key of a check: the values of its worlds and of some of its groups."""

    of: Measured
    worlds: Columns = ()
    groups: Columns = ()
    keys: tuple[RowSet, ...] = ()
    key: Key = ()
    known: Known = field(factory=dict)
    whole: tuple[Columns, Key] = ((), ())
    """All worlds and groups of the check and the whole key, where this may be seen from fewer of them."""
    asked: dict[Tally, None] = field(factory=dict, init=False)
    """The tallies that were looked at."""
    beside: "list[View]" = field(factory=list, init=False)
    """What was looked at of the group itself."""
    elsewhere: "list[View]" = field(factory=list, init=False)
    """What was looked at on other days."""
    told: dict[str, None] = field(factory=dict, init=False)
    """Why something is not known of another day."""

    def figure(self, expression: Expression) -> Figure:
        """The figure of a quantity."""
        return evaluate(expression, self.lookup, self.of.environment, self.of.unrated)

    def truth(self, condition: Expression) -> bool | None:
        """Whether a condition on quantities holds."""
        return truth(condition, self.lookup, self.of.environment, self.of.unrated)

    def lookup(self, node: Aggregate | ShareOf | OnDate | OverDays | OfGroup) -> Figure:
        """The figure of an aggregate, of the group itself, or of a quantity on other days."""
        if isinstance(node, OfGroup):
            found = self._of_group(node.groups).lookup(node.quantity)
            return Undefined("unknown") if found == Undefined("nothing") else found
        if isinstance(node, OnDate | OverDays):
            days = self.of.environment.days
            return Undefined("unknown") if days is None else days.figure(node, self)
        return figure_from(node, self.result(self.tally(node)), self.of.rulebook.tables)

    def _of_group(self, groups: Columns) -> "View":
        """The same, seen from some groups of the check alone."""
        columns, key = self.whole
        seen = View(self.of, (), groups, self.keys, tuple(key[columns.index(each)] for each in groups), self.known)
        self.beside.append(seen)
        return seen

    def tally(self, node: Aggregate | ShareOf) -> Tally:
        """What was measured for an aggregate."""
        at = id(node), len(self.groups)
        found = self.known.get(at)
        if found is None:
            found = self.known[at] = tally_of(node, self.worlds, self.groups, self.keys)
        return found

    def result(self, tally: Tally) -> Result:
        """The result of a tally."""
        self.asked[tally] = None
        return self._at(self.of.results[tally])

    def _at(self, results: Mapping[Key, Result]) -> Result:
        """The result for the key, which other row sets may spell otherwise."""
        found = results.get(self.key)
        if found is not None:
            return found
        here = tuple(map(folded, self.key))
        return next(result for key, result in results.items() if tuple(map(folded, key)) == here)

    def rows(self) -> tuple[int | None, int | None]:
        """How many rows were surely counted, and how many may be or are not known, if all is of one tally."""
        if len(self.asked) != 1:
            return None, None
        match self._at(self.of.results[next(iter(self.asked))]):
            case Values() as found:
                return len(found.sure) + found.sure_unknown, len(found.maybe) + found.sure_unknown + found.maybe_unknown
            case found:
                return found.rows, found.unsure


def figure_from(node: Aggregate | ShareOf, result: Result, tables: Mapping[str, Table]) -> Figure:
    """The figure of an aggregate from what was measured for it."""
    match result, node:
        case Joint(), ShareOf():
            return ratio_of(result)
        case Joint(), Aggregate(function="average"):
            return ratio_of(result, average=True)
        case Joint(), _:
            return sum_of(result)
        case Values(), Aggregate(function=function, measure=measure) if measure is not None:
            assert function != "sum" and function != "count" and function != "average"
            if not _is_cell(measure, tables):
                result = Values(result.sure, result.maybe, 0, result.sure_unknown + result.maybe_unknown)
            return extreme_of(result, function, not_negative(measure, tables))
    raise TypeError(f"{type(node).__name__} is not measured as {type(result).__name__}")


def _is_cell(measure: Expression, tables: Mapping[str, Table]) -> bool:
    """Whether an unknown value of a measure surely is some value: that of a cell whose blanks don't mean none. What is
    worked out, such as the label of a category or what a link leads to, may turn out to be none."""
    table = tables.get(measure.table) if isinstance(measure, ColumnOf) else None
    column = table.column(measure.name) if table is not None and isinstance(measure, ColumnOf) else None
    worked_out = table is None or table.made is not None or isinstance(column, Linked | Grouped)
    return isinstance(column, Column) and not worked_out and column.blank != "none"
