"""What an expression speaks of: its inner expressions, columns, aggregates and figures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Stretch
from policydsl.model.made import sources_of
from policydsl.model.rulebook import Column, Computed, Linked, Table
from policydsl.model.types import TextType
from policydsl.plan.tallies import Pair, RowTest, Tally


def inner(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that one is made of, without those over rows."""
    match expression:
        case ex.Constant() | ex.ParameterOf() | ex.AsOf() | ex.ColumnOf() | ex.Labelled() | ex.Aggregate():
            return ()
        case ex.ShareOf(part=part, whole=whole):
            return part, whole
        case ex.Arithmetic(left=left, right=right) | ex.Pick(left=left, right=right):
            return left, right
        case ex.Compare(left=left, right=right):
            return left, right
        case ex.Choice(condition=condition, then=then, otherwise=otherwise):
            return (then, otherwise) if condition is None else (condition, then, otherwise)
        case ex.Decision(rows=rows):
            return tuple(part for row in rows for part in row)
        case ex.Normal(value=value):
            return (value,)
        case ex.ShiftDate(date=day, term=term):
            return day, term
        case ex.Among(value=value, members=members):
            return value, *(end for member in members for end in _ends(member))
        case ex.StateIs(value=value):
            return (value,)
        case ex.Contains(value=value, text=text):
            return value, text
        case ex.Not(condition=condition):
            return (condition,)
        case ex.And(conditions=conditions) | ex.Or(conditions=conditions):
            return conditions
        case ex.FigureOf(quantity=quantity) | ex.Named(quantity=quantity):
            return (quantity,)
        case ex.OnDate(date=day):  # what it is a value of is measured on another day
            return () if day is None else (day,)
        case ex.OverDays(term=term):
            return (term,)
        case ex.OfGroup() | ex.RuleIs():
            return ()
        case _:
            assert_never(expression)


def _ends(member: Expression | Stretch) -> tuple[Expression, ...]:
    if isinstance(member, Stretch):
        return tuple(end for end in (member.low, member.high) if end is not None)
    return (member,)


def aggregates_in(expression: Expression) -> tuple[ex.Aggregate | ex.ShareOf, ...]:
    """The aggregates that a scalar expression is made of, each once, in the order of the text; a share whose whole is
    cut off by `largest` is worked out from its two sums."""
    if isinstance(expression, ex.Aggregate):
        return (expression,)
    if not inner(expression):
        return ()
    found: dict[ex.Aggregate | ex.ShareOf, None] = {}
    seen: set[Expression] = set()
    waiting: list[Expression] = [expression]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        if isinstance(each, ex.Aggregate) or (isinstance(each, ex.ShareOf) and each.whole.rows.largest is None):
            found[each] = None
        else:
            waiting += reversed(inner(each))
    return tuple(found)


def of_groups_in(expression: Expression) -> tuple[ex.OfGroup, ...]:
    """The figures of the group itself that an expression speaks of."""
    found: dict[ex.OfGroup, None] = {}
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ex.OfGroup):
            found[each] = None
        waiting += reversed(inner(each))
    return tuple(found)


def on_other_days(expression: Expression) -> tuple[Expression, ...]:
    """The quantities that a scalar expression takes on other days, through those that are taken there in turn."""
    found: dict[Expression, None] = {}
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ex.OnDate | ex.OverDays):
            past = each.value if isinstance(each, ex.OnDate) else each.quantity
            found[past] = None
            waiting.append(past)
        waiting += reversed(inner(each))
    return tuple(found)


def read_in(expressions: Iterable[Expression], table: Table) -> Iterator[Expression]:
    """Everything that expressions read in a row of a table: through its computed columns and categories too, but not
    into the figures of the whole run."""
    seen: set[Expression] = set()
    waiting = list(expressions)
    while waiting:
        expression = waiting.pop()
        if expression in seen:
            continue
        seen.add(expression)
        yield expression
        if not isinstance(expression, ex.FigureOf):
            waiting += (*inner(expression), *_behind(expression, table))


def _behind(expression: Expression, table: Table) -> tuple[Expression, ...]:
    match expression:
        case ex.ColumnOf(table=owner, name=name) | ex.Labelled(table=owner, category=name) if owner == table.name:
            column = table.column(name)
            if isinstance(column, Computed):
                return (column.expression,)
            category = next((each for each in table.categories if each.name == name), None)
            if column is None and category is not None:
                conditions = (category.where, *(label.condition for label in category.labels))
                return tuple(condition for condition in conditions if condition is not None)
    return ()


def columns_of(expression: Expression, table: Table) -> frozenset[str]:
    """The input columns of a table that an expression reads."""
    return columns_read((expression,), table)


def columns_read(expressions: Iterable[Expression], table: Table) -> frozenset[str]:
    """The input columns of a table that any of several expressions reads."""
    return frozenset(
        read.name
        for read in read_in(expressions, table)
        if isinstance(read, ex.ColumnOf) and read.table == table.name and isinstance(table.column(read.name), Column)
    )


def figures_of(expressions: Iterable[Expression], table: Table) -> tuple[Expression, ...]:
    """The quantities of the whole run that expressions read in the rows of a table, each once."""
    read = (read.quantity for read in read_in(expressions, table) if isinstance(read, ex.FigureOf))
    return tuple(dict.fromkeys(read))


# --- tallies ----------------------------------------------------------------------------------------------------------


def key_column(table: Table, column: ex.ColumnOf) -> ex.ColumnOf | None:
    """Where a table has the value of a world or group: in that column, in the key that the column links to, or under
    the same name; None if it has none."""
    if column.table == table.name:
        return column
    if isinstance(column.type, TextType) and column.type.link == table.name and len(table.keys) == 1:
        return ex.ColumnOf(table.name, table.keys[0], TextType())
    here = table.column(column.name) or next((each for each in table.categories if each.name == column.name), None)
    return None if here is None else ex.ColumnOf(table.name, column.name, column.type)


def conditions_of(tally: Tally) -> Iterator[tuple[str, Expression]]:
    """The conditions of a tally, each with the table whose rows it speaks of."""
    own = tally.part
    match tally:
        case Pair(base=base):
            own = (*base, *tally.part)
        case RowTest(condition=condition, unless=unless):
            own = (*tally.part, condition, *(() if unless is None else (unless,)))
    yield from ((tally.table, condition) for condition in own)
    yield from ((rows.table, condition) for rows in tally.keys_of for condition in rows.where)


def expressions_of(tally: Tally, tables: Mapping[str, Table]) -> Iterator[tuple[str, Expression]]:
    """Everything that a tally works out in rows, each with its table: conditions, measures and keys."""
    yield from conditions_of(tally)
    measured: list[Expression | None] = [None if tally.largest is None else tally.largest.by]
    if not isinstance(tally, RowTest):
        measured += [tally.measure, tally.weight if isinstance(tally, Pair) else None]
    yield from ((tally.table, each) for each in measured if each is not None)
    for table in dict.fromkeys((tally.table, *(rows.table for rows in tally.keys_of))):
        placed = (key_column(tables[table], column) for column in (*tally.worlds, *tally.groups))
        yield from ((table, column) for column in placed if column is not None)


def figures_behind(tally: Tally, tables: Mapping[str, Table]) -> tuple[Expression, ...]:
    """The quantities of the whole run that a tally's rows are judged by."""
    found = (figures_of((read,), tables[table]) for table, read in expressions_of(tally, tables))
    return tuple(dict.fromkeys(figure for figures in found for figure in figures))


def parameters_behind(tally: Tally, tables: Mapping[str, Table]) -> frozenset[str]:
    """The parameters that a tally's rows are judged by."""
    read = (each for name, expression in expressions_of(tally, tables) for each in read_in((expression,), tables[name]))
    return frozenset(each.name for each in read if isinstance(each, ex.ParameterOf))


# --- tables that are worked out ---------------------------------------------------------------------------------------


def given_tables(names: Iterable[str], tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The tables that have data of their own: these, or those that they are worked out from or linked to."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        table = tables[waiting.pop(0)]
        if table.name in found:
            continue
        found[table.name] = None
        waiting += () if table.made is None else sources_of(table.made)
        waiting += [column.table for column in table.added if isinstance(column, Linked)]
    return tuple(name for name in found if tables[name].made is None)
