"""What is judged when something is bought: the table of trades, and the figures that trades can be added to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policydsl.catalogue import say
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, FigureOf, Named, OfGroup, ShareOf
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Column, Grouped, Holds, Limit, Past, Purchase, RowsHold, Table
from policydsl.model.tables_of import parts_that_are, read_in_rows
from policydsl.model.types import DATE, TEXT, describe
from policydsl.source import Span

if TYPE_CHECKING:
    from policydsl.model.context import Context
    from policydsl.model.prefixes import Frame
    from policydsl.model.scope import TableScope

TRADES = "trades"
TRADED_ON = "traded_on"


def purchase(frame: Frame, found: Limit | RowsHold | Holds, beside: tuple[object, ...], context: Context) -> Purchase:
    """What a check on purchases reads; `beside` are its conditions, worlds and groups."""
    assert frame.purchase is not None
    context.scope.looks_back = True
    place = frame.purchase.span
    if frame.always or frame.windows or frame.due or frame.over:
        raise _refused(place, "it cannot stand beside `always`, `by`, `in any` or `over the last`")
    if not isinstance(found, Limit):
        raise _refused(place, "what follows it is not a sum or a share with an upper limit")
    of = _counted(found, place)
    table = context.scope.tables[of.rows.table]
    trades, key = _trades(table, place, context)
    tables = {name: one.table() for name, one in context.scope.tables.items()}
    _reads_plain_columns(found, of, beside, tables, place)
    assert isinstance(of.measure, ColumnOf)
    for name in {of.measure.name, *(column.name for column in table.columns.values() if column.key)}:
        if name not in trades.columns:
            raise _wrong_table(place, f"have a column `{name}`, as `{of.rows.table}` has", "it has none")
    for name, column in trades.columns.items():
        own = table.columns.get(name)
        if own is not None and own.type != column.type:
            wanted = f"have `{name}` hold {describe(own.type)}, as `{of.rows.table}` does"
            raise _wrong_table(place, wanted, f"it holds {describe(column.type)}")
    return Purchase(TRADES, key, of.rows.table)


def figure_and_whole(limit: Limit) -> tuple[Expression, Expression | None]:
    """The sum that trades are added to, and what its bound is a share of: they are taken apart, since what is bought
    makes nothing larger that it is held against."""
    figure, of = bare(limit.figure), limit.bound.of if limit.bound is not None else None
    return (figure.part, figure.whole) if isinstance(figure, ShareOf) and of is None else (figure, of)


def bare(figure: Expression) -> Expression:
    """A figure without its name."""
    while isinstance(figure, Named):
        figure = figure.quantity
    return figure


def _refused(place: Span, because: str) -> Problem:
    return Problem(say("PD673", place, because=because))


def _counted(limit: Limit, place: Span) -> Aggregate:
    """The sum of a limit, if it is one that a trade can be added to."""
    figure, whole = figure_and_whole(limit)
    sums = [each for each in (figure, whole) if each is not None]
    plain = all(isinstance(each, Aggregate) and each.function == "sum" and not each.rows.largest for each in sums)
    if not plain or not isinstance(figure, Aggregate):
        raise _refused(place, "what follows it is not a sum or a share of all rows")
    bound = limit.bound
    if bound is None:
        return figure
    if bound.op not in ("<", "<="):
        raise _refused(place, "only an upper limit can be exceeded by a purchase")
    if any(_counts_rows(each) for each in (bound.value, bound.norm, bound.warn)):
        raise _refused(place, "its limit is itself counted from rows; write it as a percentage or an amount")
    return figure


def _counts_rows(node: object) -> bool:
    return bool(parts_that_are((Aggregate, OfGroup), node))


def _reads_plain_columns(
    limit: Limit, of: Aggregate, beside: tuple[object, ...], tables: Mapping[str, Table], place: Span
) -> None:
    """What is read of a row has to be said of a trade too: no figure of other rows, and no other day."""
    if _counts_rows((limit.unless, beside)):
        raise _refused(place, "a condition beside it counts rows")
    measure = of.measure
    own = None if not isinstance(measure, ColumnOf) else tables[measure.table].column(measure.name)
    if not isinstance(own, Column) or isinstance(own, Grouped | Past) or tables[of.rows.table].made is not None:
        raise _refused(place, "it adds up something else than a column of the data")
    conditions = [each for node in figure_and_whole(limit) if isinstance(node, Aggregate) for each in _where(node)]
    for part in read_in_rows((tuple(conditions), beside), tables):
        if isinstance(part, FigureOf):
            raise _refused(place, "a condition on rows speaks of a figure")
        if isinstance(part, ColumnOf):
            column = tables[part.table].column(part.name)
            if isinstance(column, Grouped | Past):
                raise _refused(place, f"`{part.name}` is taken from other rows")
            if part == measure:
                raise _refused(place, f"a condition on rows speaks of `{part.name}`, and a trade has a part of it")


def _where(node: Aggregate) -> tuple[Expression, ...]:
    return (*node.rows.where, *node.where)


# --- the table --------------------------------------------------------------------------------------------------------


def _wrong_table(place: Span, wanted: str, found: str) -> Problem:
    return Problem(say("PD672", place, wanted=wanted, found=found))


def _trades(owned: TableScope, place: Span, context: Context) -> tuple[TableScope, str]:
    """The table of trades and the column that names them."""
    name = owned.declared.name.text
    if owned.written is not None or owned.declared.dated_by is None:
        raise _refused(place, f"`{name}` is not a table of data that is dated by a column")
    found = context.scope.tables.get(TRADES)
    if found is None:
        if TRADES in context.scope.broken:
            raise Problem()
        raise _wrong_table(place, "be declared, such as by `use standard/trades`", "there is no such table")
    if found.written is not None or found.declared.dated_by is not None:
        raise _wrong_table(place, "be read whole, from the data", "it is dated by a column, or worked out")
    keys = [column for column in found.columns.values() if column.key]
    if len(keys) != 1 or keys[0].type != TEXT or keys[0].name in owned.columns:
        wanted = f"have one key, a text that names the trade and is no column of `{name}`"
        raise _wrong_table(place, wanted, f"it has {', '.join(f'`{each.name}`' for each in keys) or 'none'}")
    day = found.columns.get(TRADED_ON)
    if day is None or day.type != DATE:
        raise _wrong_table(place, f"have a column `{TRADED_ON}` that holds a date", "it has none")
    return found, keys[0].name
