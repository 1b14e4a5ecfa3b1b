"""Aggregates: the rows they speak of, their measure, and the labels that narrow them."""

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.model.comparing import members
from policydsl.model.context import Context
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, Largest, RowSet, ShareOf
from policydsl.model.naming import column_of, definition, row_set, sum_of
from policydsl.model.problem import Problem
from policydsl.model.scope import Rows, TableScope, unknown
from policydsl.model.types import NUMBER, SHARE, DateType, GradeType, LabelType, Numeric, describe
from policydsl.model.words import words
from policydsl.syntax import ast
from policydsl.syntax.words import words_of


@frozen
class Ground:
    """What an aggregate stands on: rows, and the sum that named them, if one did."""

    rows: RowSet
    summed: Aggregate | None = None


def aggregate(node: ast.Aggregate, context: Context) -> Expression:
    """The checked form of an aggregate; a share is a ShareOf."""
    ground = _ground(node, context)
    inside = context.within(ground.rows.table)
    measure, labels = _measure_and_labels(node, inside)
    selected = (label_condition(labels, inside),) if labels else ()
    where = (*selected, *inside.conjuncts(node.where))
    if node.function == "share":
        return _share(node, ground, measure, where, context)
    return _plain(node, ground, measure, where, inside)


def _ground(node: ast.Aggregate, context: Context) -> Ground:
    scope = context.scope
    if node.rows is None and context.source not in (None, scope.base.rows.table if scope.base else None):
        ground = Ground(row_set(ast.Name(str(context.source), span=node.span), context))
    elif node.rows is None:
        if scope.base is None:
            named = scope.header is not None and scope.header.base is not None
            if named and any(found.is_error for found in scope.diagnostics):
                raise Problem()  # the base is named, and what is wrong with it has been told
            word = words_of(scope.languages[node.span.path]).written(node.function.upper())
            raise Problem(say("PD239", node.span, word=word))
        base = scope.base
        ground = Ground(RowSet(base.rows.table, (*base.rows.where, *base.where), base.rows.largest), base)
    else:
        ground = _named_ground(node.rows, context)
    if node.largest is None:
        return ground
    count = node.largest.count
    if count.unit is not None or count.number.denominator != 1 or count.number <= 0:
        raise Problem(say("PD240", count.span))
    by = context.within(ground.rows.table).infer(node.largest.by)
    if not isinstance(by.type, Numeric):
        raise Problem(say("PD219", node.largest.by.span, words=words(by), type=describe(by.type)))
    return evolve(ground, rows=evolve(ground.rows, largest=Largest(int(count.number * count.scale), by)))


def _named_ground(name: ast.Name, context: Context) -> Ground:
    if name.text in context.scope.definitions and context.scope.rows_name(name) is None:
        found = definition(name, context)
        if isinstance(found, Rows):
            return Ground(found.rows)
        return Ground(row_set(name, context), sum_of(found))
    return Ground(row_set(name, context))


def _measure_and_labels(node: ast.Aggregate, inside: Context) -> tuple[Expression | None, tuple[ast.Expr, ...]]:
    if node.measure is None:
        return None, node.labels
    lone = isinstance(node.measure, ast.Name) and not node.labels
    if lone and isinstance(node.measure, ast.Name) and column_of(node.measure, inside) is None:
        if _owners(inside, (node.measure,)):
            return None, (node.measure,)
        if node.measure.text not in inside.scope.definitions and node.measure.text not in inside.scope.parameters:
            raise _neither(node.measure, inside)
    return inside.infer(node.measure), node.labels


def _neither(name: ast.Name, inside: Context) -> Problem:
    rows = inside.rows
    assert rows is not None
    for table, other in inside.scope.tables.items():
        if table != inside.table and name.text in other.names():
            return Problem(say("PD227", name.span, name=name.text, table=table, here=f"`{inside.table}`"))
    labels = [label for owner in _label_types(inside) for label in owner.labels]
    return unknown(name, f"a column of {inside.table} or a label", [*rows.names(), *labels])


# --- labels -----------------------------------------------------------------------------------------------------------


def _label_types(inside: Context) -> list[LabelType]:
    rows = inside.rows
    assert rows is not None
    found = []
    for name in (*rows.columns, *rows.definitions, *rows.categories):
        column = _column(name, rows, inside)
        if column is not None and isinstance(column.type, LabelType):
            found.append(column.type)
    return found


def _column(name: str, rows: TableScope, inside: Context) -> ColumnOf | None:
    return column_of(ast.Name(name, span=rows.declared.span), inside)


def _owners(inside: Context, labels: tuple[ast.Expr, ...]) -> list[str]:
    """The columns and categories that have all of the labels."""
    asked: set[str] = set()
    ranged = False
    for label in labels:
        match label:
            case ast.Name(text=text) | ast.Text(value=text):
                asked.add(text.casefold())
            case ast.Range(low=ast.Name(text=low), high=ast.Name(text=high)):
                asked |= {low.casefold(), high.casefold()}
                ranged = True
            case _:
                raise Problem(say("PD241", label.span))
    rows = inside.rows
    assert rows is not None
    fits = [type.owner for type in _label_types(inside) if asked <= {label.casefold() for label in type.labels}]
    ordered = [owner for owner in fits if owner in rows.categories]
    return ordered if ranged and ordered else fits


def label_condition(labels: tuple[ast.Expr, ...], inside: Context) -> Expression:
    """That a row has one of the labels, which say themselves what they are labels of."""
    owners = _owners(inside, labels)
    if len(owners) > 1:
        raise Problem(say("PD242", labels[0].span, owners=" or ".join(f"`{owner}`" for owner in owners)))
    if not owners:
        raise _no_owner(labels, inside)
    rows = inside.rows
    assert rows is not None
    column = _column(owners[0], rows, inside)
    assert column is not None
    return members(column, labels, labels[0].span.to(labels[-1].span), inside)


def _no_owner(labels: tuple[ast.Expr, ...], inside: Context) -> Problem:
    rows = inside.rows
    assert rows is not None
    ranged = any(isinstance(label, ast.Range) for label in labels)
    types = [type for type in _label_types(inside) if not ranged or type.owner in rows.categories]
    known = [label for type in types for label in type.labels]
    for label in labels:
        ends = (label.low, label.high) if isinstance(label, ast.Range) else (label,)
        for end in ends:
            if isinstance(end, ast.Name) and end.text.casefold() not in {one.casefold() for one in known}:
                return unknown(end, f"a label of a category of {inside.table}", known)
    return Problem(say("PD243", labels[0].span, table=inside.table))


# --- the two forms ----------------------------------------------------------------------------------------------------


def _share(
    node: ast.Aggregate, ground: Ground, measure: Expression | None, where: tuple[Expression, ...], context: Context
) -> ShareOf:
    whole = ground.summed
    if whole is None or measure is not None:
        raise Problem(say("PD244", node.span, rows=node.rows.text if node.rows else "the base"))
    if not where and not context.grouped and node.largest is None:
        raise Problem(say("PD245", node.span))
    part = evolve(whole, where=(*whole.where, *where))
    if ground.rows.largest is not None:
        part = evolve(whole, rows=ground.rows, where=where)
    return ShareOf(part, whole, SHARE)


def _plain(
    node: ast.Aggregate, ground: Ground, measure: Expression | None, where: tuple[Expression, ...], inside: Context
) -> Aggregate:
    function = node.function
    assert function != "share"
    weight = None
    if node.weight is not None:
        if function != "average":
            raise Problem(say("PD246", node.weight.span, word=function))
        weight = inside.numeric(node.weight)
    if function == "count":
        if measure is not None:
            raise Problem(say("PD247", node.span))
        return Aggregate("count", ground.rows, None, None, where, NUMBER)
    if measure is None and function == "sum" and ground.summed is not None:
        measure = ground.summed.measure
    if measure is None:
        raise Problem(say("PD248", node.span, word=function, table=inside.table))
    match function, measure.type:
        case "distinct", _:
            type = NUMBER
        case (("sum" | "average" | "median"), Numeric()):
            type = measure.type
        case (("min" | "max"), Numeric() | DateType()):
            type = measure.type  # type: ignore[assignment]  # which type it is depends on the function
        case (("best" | "worst"), GradeType()):
            type = measure.type  # type: ignore[assignment]  # which type it is depends on the function
        case _:
            raise Problem(say("PD249", node.span, word=function, words=words(measure), type=describe(measure.type)))
    return Aggregate(function, ground.rows, measure, weight, where, type)
