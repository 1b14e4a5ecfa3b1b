"""What the cells of a table in the text say of a row or of quantities: `> 7y`, `1y..<3y`, `D..E`, `not bank`, `-`."""

from collections.abc import Iterable, Sequence

from policydsl.catalogue import say
from policydsl.model.aggregating import label_condition
from policydsl.model.comparing import compare, is_gap, labels_of, members
from policydsl.model.context import Context
from policydsl.model.expressions import ColumnOf, Expression, Not, Or
from policydsl.model.problem import Problem
from policydsl.model.types import LabelType
from policydsl.source import Span
from policydsl.syntax import ast


def row_condition(
    heads: Sequence[ast.Head], row: ast.LimitsRow, selectors: Iterable[int], inside: Context
) -> tuple[Expression, ...]:
    """The conditions of a row's cells in some columns; a dash is none, and `otherwise` stands in the first."""
    return tuple(
        condition
        for place, index in enumerate(selectors)
        if not (row.otherwise and place == 0)
        and (condition := cell_condition(heads[index], row.cells[index], inside)) is not None
    )


def cell_condition(head: ast.Head, cell: ast.Cell, inside: Context) -> Expression | None:
    """What a cell under a heading says; a dash says nothing."""
    if not cell.items:
        return None
    condition = _of_labels(cell, inside) if head.kind == "blank" else _of_value(head, cell, inside)
    return Not(condition) if cell.negated else condition


def _of_labels(cell: ast.Cell, inside: Context) -> Expression:
    """A row heading under no column heading: labels of a category."""
    labels = [item for item in cell.items if not isinstance(item, ast.CellCompare)]
    if len(labels) != len(cell.items):
        raise Problem(say("PD262", cell.span, cell=cell.text))
    return label_condition(tuple(labels), inside)


def _of_value(head: ast.Head, cell: ast.Cell, inside: Context) -> Expression:
    """A cell under a column's name: what the column is to be."""
    assert head.subject is not None
    parts = [item for item in cell.items if not isinstance(item, ast.CellCompare)]
    tests: list[Expression] = [
        compare(item.op, head.subject, item.value, item.span, inside)
        for item in cell.items
        if isinstance(item, ast.CellCompare)
    ]
    if parts and is_gap(head.subject, inside):
        tests += [
            inside.condition(_in(head.subject, [part], ast.Listing((), span=cell.span), cell.span)) for part in parts
        ]
    elif parts:
        value = inside.infer(head.subject)
        if isinstance(value, ColumnOf) and isinstance(value.type, LabelType):
            ordered = value.name in inside.scope.tables[value.table].categories
            names = labels_of(value.type, tuple(parts), inside, ordered)
            listed = tuple(ast.Name(name, span=cell.span) for name in names)
            tests.append(members(value, listed, cell.span, inside))
        else:
            among = ast.Listing(tuple(parts), span=cell.span)
            tests.append(inside.condition(_in(head.subject, parts, among, cell.span)))
    return tests[0] if len(tests) == 1 else Or(tuple(tests))


def _in(subject: ast.Expr, parts: list[ast.Expr], among: ast.Listing, span: Span) -> ast.Expr:
    if len(parts) == 1 and isinstance(parts[0], ast.Range):
        return ast.In(subject, parts[0], span=span)
    if len(parts) == 1:
        return ast.Compare("=", subject, parts[0], span=span)
    return ast.In(subject, among, span=span)
