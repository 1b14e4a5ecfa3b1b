"""What a limit asks of sums: a part and its whole for each portfolio, or for each group in it."""

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policydsl.boards.asking import Asker
from policydsl.boards.refusal import NoBoard, Refused
from policydsl.figures.environment import Environment
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, OnDate, OverDays
from policydsl.model.made import EXISTS, PerGroup
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Bound, Check, Limit, Outcome, RowsHold, Rulebook
from policydsl.model.ruled import asked_in
from policydsl.model.types import YES_NO, DateType, GradeType, Numeric
from policydsl.plan.aggregates import conjuncts
from policydsl.plan.checks import asked_by
from policydsl.plan.dependencies import given_tables, inner
from policydsl.plan.tallies import Pair, RowTest, Tally
from policydsl.verdicts import reasons
from policydsl.verdicts.docket import Brief, bare, docket_of
from policydsl.verdicts.ends import Ends, ends_of, tally_of_figure


@frozen(eq=False)
class Line:
    """A check that sums decide.

    `of` says what its figure is: a sum of `part`; a share of two sums; an average, of products over weights; the number
    of rows that fail; of what a check is composed of also the values of `group` that occur, and the ends of `measure`.
    `top` is how many of the largest groups the part is made of.
    """

    check: Check
    of: Literal["sum", "share", "average", "rows", "values", "ends"]
    part: tuple[Expression, ...]
    base: tuple[Expression, ...]
    measure: ColumnOf | None
    weight: ColumnOf | None
    group: ColumnOf | None
    held: Ends
    top: int = 0
    condition: Expression | None = None
    """What each row has to be, where rows are asked."""
    unless: Expression | None = None
    """What lets a row off."""
    pair: Pair | None = None
    """The sum or share that it is, where rows of which something is unknown can be taken together."""
    beside: tuple[ColumnOf, ...] = ()
    """The columns before `group`, where groups are told apart by several."""
    named: tuple[tuple[Expression, ...], ...] = ()
    """The rows whose groups it is asked of: those for which one of these sets of conditions holds."""

    @property
    def upper(self) -> bool:
        """Whether only a figure that is too large fails."""
        return all(sign in ("<=", "<") for sign, _ in self.held.kept)

    @property
    def nested(self) -> bool:
        """Whether its part and its whole are read from the same rows, as sums of the same column."""
        return self.pair is not None and self.pair.nested and self.measure == self.weight

    @property
    def failed(self) -> Outcome:
        """What it is not to hold."""
        return "breach" if self.check.strength == "must" else "deviation"


@frozen(eq=False)
class Composed:
    """A check of each portfolio that is composed of several sums and ends, or does not always apply: the judge is given
    these in place of rows. `why` it is no line."""

    check: Check
    parts: tuple[tuple[Tally, Line], ...]
    why: str


@frozen(eq=False)
class Asked:
    """What a board is asked: the lines that sums decide, what is composed of such, and why the other checks are left to
    the judge of reports."""

    table: str
    world: ColumnOf | None
    dated: str | None
    """The column that says of which day a row is."""
    lines: tuple[Line, ...]
    left: tuple[tuple[Check, str], ...]
    composed: tuple[Composed, ...] = ()

    @property
    def every(self) -> tuple[Line, ...]:
        """The lines, and those that checks are composed of."""
        return (*self.lines, *(line for each in self.composed for _, line in each.parts))

    @property
    def alone(self) -> "Asked":
        """The same with nothing but lines."""
        left = (*self.left, *((each.check, each.why) for each in self.composed))
        return Asked(self.table, self.world, self.dated, self.lines, left)


def asked_of(rulebook: Rulebook, environment: Environment) -> Asked:
    """The lines of a rulebook."""
    briefs = docket_of(rulebook).briefs
    table = _main_table(rulebook, briefs)
    asker = Asker(rulebook, rulebook.tables[table], environment)
    world = _world(rulebook, table)
    lines, composed, left = [], [], []
    for brief in briefs:
        try:
            lines.append(_line(brief, asker, world))
        except Refused as refused:
            try:
                composed.append(Composed(brief.check, _parts(brief, asker, world), str(refused)))
            except Refused:
                left.append((brief.check, str(refused)))
    return Asked(table, world, rulebook.tables[table].dated_by, tuple(lines), tuple(left), tuple(composed))


def _world(rulebook: Rulebook, table: str) -> ColumnOf | None:
    """The column of the portfolios."""
    worlds = {tuple(column.name for column in check.worlds) for check in rulebook.checks}
    if len(worlds) > 1 or any(len(names) > 1 for names in worlds):
        raise NoBoard("a board is of a rulebook whose rules all hold within each portfolio, by one column")
    name = next((name for names in worlds for name in names), None)
    column = None if name is None else rulebook.tables[table].column(name)
    if name is not None and column is None:
        raise NoBoard(f"the table `{table}` has no column `{name}` for its portfolios")
    if column is not None and (isinstance(column.type, Numeric | DateType) or column.type == YES_NO):
        raise NoBoard(
            f"the portfolios of a board are called by texts, which `{column.name}` is not: declare it as `text`"
        )
    return None if column is None else ColumnOf(table, column.name, column.type)


def _main_table(rulebook: Rulebook, briefs: tuple[Brief, ...]) -> str:
    asked = [table for brief in briefs for table in brief.tables if rulebook.tables[table].made is None]
    asked = asked or [table for brief in briefs for table in given_tables(brief.tables, rulebook.tables)]
    return max(dict.fromkeys(asked), key=asked.count) if asked else next(iter(rulebook.tables))


def _line(brief: Brief, asker: Asker, world: ColumnOf | None) -> Line:
    check = brief.check
    if asker.rulebook.looks_back and any(isinstance(each, OnDate | OverDays) for each in _scalars(check)):
        raise Refused("it speaks of other days")
    if check.whens or check.always or check.windows or check.due or check.purchase:
        raise Refused("it does not hold of every portfolio on every day")
    if any(waiver.check in (check.id, check.rule) for waiver in asker.rulebook.waivers):
        raise Refused("it has been waived for some")
    if reasons.validity(check, asker.environment)[0] is not True:
        raise Refused("it is not in force, or this is not known")
    if brief.of_groups:
        raise Refused("its bound speaks of the group itself")
    if len(check.worlds) != (world is not None):
        raise Refused("its groups are more than one column")
    match check.assertion:
        case RowsHold() if not check.groups:
            return _of_rows(brief, asker)
        case Limit(unless=None, bound=Bound() as bound):
            return _of_sums(brief, bound, asker)
    raise Refused("it is more than a figure and its bound")


def _parts(brief: Brief, asker: Asker, world: ColumnOf | None) -> tuple[tuple[Tally, Line], ...]:
    """What a check that is no line is composed of; refused if that is more than sums, ends and values tell."""
    check = brief.check
    elsewhen = check.always or check.windows or check.due or check.purchase or asker.rulebook.looks_back
    waived = any(waiver.check in (check.id, check.rule) for waiver in asker.rulebook.waivers)
    owed = isinstance(check.assertion, Duty | Attest) or check.remarks.cure_within is not None
    if elsewhen or waived or owed or check.groups or asked_in(check) or len(check.worlds) != (world is not None):
        raise Refused("it is more than a figure and its bound")
    functions: dict[Tally, set[str]] = {}
    asked = asked_by(check)
    for each in (*asked.spoken_of, *asked.beside):
        functions.setdefault(each.tally, set()).add(getattr(each.node, "function", ""))
    return tuple((tally, _part(tally, functions.get(tally, set()), check, asker)) for tally in brief.tallies)


def _part(tally: Tally, functions: set[str], check: Check, asker: Asker) -> Line:
    if tally.table != asker.table.name or tally.largest is not None or tally.groups:
        raise Refused("it is about another table")
    held = Ends(())
    if isinstance(tally, Pair):
        measure, weight = _column(tally.measure, asker), _column(tally.weight, asker)
        part = (*tally.base, *tally.part) if tally.nested else tally.part
        return Line(check, tally.kind, part, tally.base, measure, weight, None, held, pair=tally)
    if isinstance(tally, RowTest):
        condition, unless = tally.condition, tally.unless
        return Line(check, "rows", tally.part, (), None, None, None, held, condition=condition, unless=unless)
    if not asker.is_given(tally.measure) or not isinstance(tally.measure, ColumnOf):
        raise Refused("it sums what is worked out in each row")
    if not isinstance(tally.measure.type, Numeric | DateType):
        return Line(check, "values", tally.part, (), None, None, tally.measure, held, named=(tally.part,))
    if not functions <= {"min", "max"} or isinstance(tally.measure.type, DateType):
        raise Refused("its figure is not one sum, share or average")
    return Line(check, "ends", tally.part, (), tally.measure, None, None, held)


def _scalars(check: Check) -> tuple[Expression, ...]:
    found, waiting = [], [check.assertion.figure] if isinstance(check.assertion, Limit) else []
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += inner(each)
    return tuple(found)


def _of_rows(brief: Brief, asker: Asker) -> Line:
    test = brief.first
    if not isinstance(test, RowTest) or test.table != asker.table.name or test.largest is not None:
        raise Refused("it is about the rows of another table, or about the largest")
    held = Ends((("<=", Fraction(0)),))
    return Line(
        brief.check, "rows", test.part, (), None, None, None, held, condition=test.condition, unless=test.unless
    )


def _of_sums(brief: Brief, bound: Bound, asker: Asker) -> Line:
    check, pair = brief.check, _pair(brief)
    held = _ends(bound, check, asker)
    groups = [_group(each, asker) for each in check.groups if pair.table == asker.table.name]
    group, beside = (groups[-1] if groups else None), tuple(groups[:-1])
    if pair.table != asker.table.name:
        return _of_largest(pair, check, held, asker)
    if pair.largest is not None:
        raise Refused("it is about the largest rows")
    if group is not None and (held.aimed is not None or any(sign in ("=", "!=") for sign, _ in held.kept)):
        raise Refused("it asks more of each group than a lower and an upper bound")
    if any(rows.largest is not None for rows in brief.keys):
        raise Refused("it is about the largest rows")
    named = tuple(conjuncts(rows.where) for rows in brief.keys if rows.table == pair.table)
    part = (*pair.base, *pair.part) if pair.nested else pair.part
    measure, weight = _column(pair.measure, asker), _column(pair.weight, asker)
    return Line(
        check, pair.kind, part, pair.base, measure, weight, group, held, pair=pair, named=named, beside=tuple(beside)
    )


def _of_largest(pair: Pair, check: Check, held: Ends, asker: Asker) -> Line:
    """The largest of a table that has one row for each group of the portfolio's rows, by the sum that it is of."""
    made = asker.rulebook.tables[pair.table].made
    names = [one.name for one in (*made.worlds, *made.groups)] if isinstance(made, PerGroup) else []
    if not isinstance(made, PerGroup) or made.rows.table != asker.table.name or pair.largest is None or check.groups:
        raise Refused("it is about another table")
    fields = dict(made.fields)
    by, measure = pair.largest.by, pair.measure
    plain = all(isinstance(each, ColumnOf) and each.name == EXISTS for each in (*pair.part, *pair.base))
    if not plain or by != measure or not isinstance(measure, ColumnOf) or pair.weight not in (None, measure):
        raise Refused("it asks more of the groups than which are the largest")
    total = bare(fields[measure.name]) if measure.name in fields else None
    world = [one.name for one in check.worlds]
    if len(names) != len(world) + 1 or names[: len(world)] != world:
        raise Refused("its groups are more than one column")
    if not isinstance(total, Aggregate) or total.function != "sum":
        raise Refused("it asks more of the groups than which are the largest")
    column = _column(total.measure, asker)
    part = (*conjuncts(made.rows.where), *conjuncts(total.rows.where), *conjuncts(total.where))
    if made.rows.largest is not None or total.rows.largest is not None or column is None:
        raise Refused("it is about the largest rows")
    group = _group((*made.worlds, *made.groups)[-1], asker)
    return Line(check, pair.kind, part, part, column, column, group, held, top=pair.largest.count)


def _pair(brief: Brief) -> Pair:
    pair = tally_of_figure(brief)
    if not isinstance(pair, Pair):
        raise Refused("its figure is not one sum, share or average")
    return pair


def _group(column: ColumnOf, asker: Asker) -> ColumnOf:
    if not asker.is_given(column) or isinstance(column.type, Numeric | DateType):
        raise Refused("its groups are no texts, labels or grades of the data")
    return column


def _column(expression: Expression | None, asker: Asker) -> ColumnOf | None:
    if expression is None:
        return None
    if not isinstance(expression, ColumnOf) or asker.columns_of(expression) != {expression.name}:
        raise Refused("it sums what is worked out in each row")
    if isinstance(expression.type, GradeType):
        raise Refused("it sums grades")
    return expression


def _ends(bound: Bound, check: Check, asker: Asker) -> Ends:
    def number(expression: Expression) -> Fraction | None:
        value = asker.constant(expression)
        return value if isinstance(value, Fraction) else None

    ends = ends_of(bound, check.strength == "should", number)
    if ends is None:
        raise Refused("its bound is not known")
    return ends
