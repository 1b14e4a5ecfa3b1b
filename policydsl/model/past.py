"""What is said of other days: a quantity on a date, or day by day over the last months."""

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.comparing import whole_term
from policydsl.model.context import Context
from policydsl.model.expressions import ColumnOf, Constant, Expression, FigureOf, OnDate, OverDays
from policydsl.model.made import sources_of
from policydsl.model.naming import column_of, definition
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Always, Holds, Limit, Past, Quantity, RowsHold, Windows
from policydsl.model.scope import unknown
from policydsl.model.tables_of import parts_that_are, tables_of
from policydsl.model.types import DATE, NUMBER, DateType, GradeType, Numeric, describe
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast


def on_date(node: ast.OnDate, context: Context) -> Expression:
    """`intensity on (as_of - 1 year)`, `sum market_value of holdings on 2015-01-31`."""
    context.scope.looks_back = True
    if context.table is not None and isinstance(node.value, ast.Name):
        column = column_of(node.value, context)
        if column is not None:
            return _column_on(column, node, context)
    outside = evolve(context, table=None)
    value, day = outside.infer(node.value), _day(node.date, context)
    if not isinstance(value.type, Numeric | DateType | GradeType):
        raise Problem(say("PD532", node.value.span, words=words(value), type=describe(value.type)))
    _is_dated(value, node.value.span, context)
    made = OnDate(value, day, value.type)
    return made if context.table is None else FigureOf(made, made.type)


def _day(node: ast.Expr | ast.PreviousDate, context: Context) -> Expression | None:
    if isinstance(node, ast.PreviousDate):
        return None
    outside = evolve(context, table=None)
    try:
        day = outside.infer(node, DATE)
    except Problem:
        if context.table is not None and _is_date_of_row(node, context):
            raise Problem(say("PD531", node.span, table=context.table)) from None
        raise
    if day.type != DATE:
        raise Problem(say("PD232", node.span, words=words(day), type=describe(day.type)))
    return day


def _is_date_of_row(node: ast.Expr, context: Context) -> bool:
    try:
        return context.infer(node, DATE).type == DATE
    except Problem:
        return False


def _column_on(column: ColumnOf, node: ast.OnDate, context: Context) -> ColumnOf:
    """A column of the rows spoken of, in the row that had the same key on another day."""
    rows, table = context.rows, column.table
    assert rows is not None
    day = _day(node.date, context)
    if day is not None and tables_of(day):
        raise Problem(say("PD539", node.date.span, words=words(column), because="the day is itself counted from rows"))
    if rows.declared.dated_by is None and rows.written is None:
        raise Problem(say("PD530", node.value.span, words=words(column), because=f"`{table}` is not dated by a column"))
    if not any(each.key for each in rows.columns.values()):
        raise Problem(say("PD539", node.value.span, words=words(column), because=f"the rows of {table} have no key"))
    name = words(OnDate(column, day, column.type))
    if name not in rows.added:
        rows.added[name] = Past(name, column.type, of=column.name, date=day, span=node.span)
        context.scope.made.append((table, name))
    return ColumnOf(table, name, column.type)


def _has_dates(name: str, context: Context) -> bool:
    """Whether the rows of a table have dates, or those that it is worked out from."""
    table = context.scope.tables[name]
    if table.written is None:
        return table.declared.dated_by is not None
    return table.made is not None and all(_has_dates(source, context) for source in sources_of(table.made))


def _is_dated(quantity: Expression, span: Span, context: Context) -> None:
    """Everything that is counted stands in tables with dates: of others, nothing is known of another day."""
    tables = tables_of(quantity)
    undated = [name for name in tables if not _has_dates(name, context)]
    if undated or not tables:
        speaks = f"`{undated[0]}` is not dated by a column" if undated else "it counts no rows of a table"
        raise Problem(say("PD530", span, words=words(quantity), because=speaks))


def over_days(node: ast.Expr, over: ast.OverTheLast, context: Context) -> OverDays:
    """`over the last 12 months: average balance of balances`: what is taken every day, and what of that is asked."""
    context.scope.looks_back = True
    if not isinstance(node, ast.Aggregate) or node.function not in ("average", "min", "max"):
        raise Problem(say("PD533", node.span))
    if node.weight is not None or node.largest is not None:
        raise Problem(say("PD533", node.span))
    quantity = _every_day(node, context)
    if not isinstance(quantity.type, Numeric):
        raise Problem(say("PD219", node.span, words=words(quantity), type=describe(quantity.type)))
    _is_dated(quantity, node.span, context)
    term = _term(over.term, context)
    function = node.function
    assert function in ("average", "min", "max")
    return OverDays(function, quantity, term, quantity.type)


def _every_day(node: ast.Aggregate, context: Context) -> Expression:
    """What is taken on each day: a defined quantity or one in parentheses; else the rows' total, or their extreme."""
    measure = node.measure
    if node.rows is None and node.where is None and not node.labels and measure is not None:
        if not isinstance(measure, ast.Name):
            return context.infer(measure)
        if measure.text in context.scope.definitions and isinstance(definition(measure, context), Quantity):
            return context.infer(measure)
    if node.function != "average":
        return context.infer(node)
    total = context.infer(evolve(node, function="sum"))
    assert isinstance(total.type, Numeric)
    if total.type != NUMBER and total.type.currency is None:
        raise Problem(say("PD534", node.span, words=words(total), type=describe(total.type)))
    return total


def _term(node: ast.Quantity, context: Context) -> Expression:
    """A term of whole months or days, and not of none."""
    term = context.infer(node)
    if not isinstance(term.type, Numeric) or not term.type.is_term:
        raise Problem(say("PD257", node.span, words=words(term), type=describe(term.type), wanted="a term"))
    whole_term(term, node)
    if isinstance(term, Constant) and not term.value > 0:  # type: ignore[operator]  # a term is a number
        raise Problem(say("PD231", node.span, words=words(term)))
    return term


def always(node: ast.Always, asserted: object, context: Context) -> Always:
    """`always:`, `always over the last 12 months:`, of rows that have dates."""
    context.scope.looks_back = True
    rows = (asserted.rows.table,) if isinstance(asserted, RowsHold) else ()
    for table in (*rows, *tables_of(asserted)):  # type: ignore[arg-type]  # what is asserted is a check's
        if not _has_dates(table, context):
            raise Problem(say("PD530", node.span, words="always", because=f"`{table}` is not dated by a column"))
    return Always(None if node.term is None else _term(node.term, context))


def due(node: ast.ByDate, context: Context) -> Expression:
    """`by 2025-12-31:`."""
    day = context.outside().infer(node.date, DATE)
    if day.type != DATE:
        raise Problem(say("PD232", node.date.span, words=words(day), type=describe(day.type)))
    return day


def windows(node: ast.InAny, asserted: Limit | RowsHold | Holds, context: Context) -> Windows:
    """`in any 12 months of maturity_date:`, of a figure of one table."""
    if not isinstance(asserted, Limit):
        raise Problem(say("PD536", node.span))
    tables = tables_of(asserted.figure)
    if len(tables) != 1 or parts_that_are((OnDate, OverDays), asserted.figure):
        raise Problem(say("PD536", node.span))
    inside = context.within(tables[0])
    column = column_of(node.column, inside)
    if column is None:
        assert inside.rows is not None
        raise unknown(node.column, f"a column of {tables[0]}", inside.rows.names())
    if column.type != DATE:
        raise Problem(say("PD232", node.column.span, words=words(column), type=describe(column.type)))
    return Windows(_term(node.term, context), column)
