"""Tables of limits: an assertion with two holes, filled by the conditions of rows and columns and by the cells."""

from collections.abc import Iterator

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.model.assertions import Identity, check_of, with_requirement
from policydsl.model.cells import row_condition
from policydsl.model.context import Context
from policydsl.model.crossing import crossing
from policydsl.model.expressions import Aggregate, And, Expression, Not, Or, RowSet, ShareOf
from policydsl.model.naming import column_of, row_set
from policydsl.model.past import over_days
from policydsl.model.problem import Problem, all_of
from policydsl.model.rulebook import Check, RowsHold
from policydsl.model.seams import seams
from policydsl.model.tables_of import aggregates_in_text, parts_that_are, tables_of
from policydsl.syntax import ast

BOUND_HEADS = ("max", "min", "norm", "warn", "must", "should")


@frozen
class Column:
    """A column of bounds: its heading, its place in a row, and the condition that a condition heading adds."""

    head: ast.Head
    index: int
    condition: tuple[Expression, ...] = ()


def limits_checks(limits: ast.Limits, context: Context) -> list[Check]:
    """A check for each cell that is a bound; all that is wrong with any cell is told."""
    ground = _ground(limits, context)
    inside = context.within(ground.table)
    selectors = [i for i, head in enumerate(limits.heads) if head.kind in ("blank", "name")]
    columns = [
        Column(head, i, inside.conjuncts(head.subject) if head.kind == "condition" else ())
        for i, head in enumerate(limits.heads)
        if head.kind == "condition" or head.kind in BOUND_HEADS
    ]
    for column in columns:
        if column.head.kind in ("norm", "warn") and column.head.subject is not None:
            raise Problem(say("PD258", column.head.span))
    if not limits.rows or all(column.head.kind in ("norm", "warn") for column in columns):
        raise Problem(say("PD260", limits.id_span, id=limits.id))
    rows = all_of(*((lambda row=row: row_condition(limits.heads, row, selectors, inside)) for row in limits.rows))
    conditions: list[tuple[Expression, ...]] = []
    for row, own in zip(limits.rows, rows, strict=True):
        if row.otherwise and conditions:
            earlier = tuple(And(one) if len(one) > 1 else one[0] for one in conditions if one)
            own = (Or(()) if () in conditions else Not(Or(earlier)), *own)
        conditions.append(own)
    made = all_of(
        *(
            (lambda row=row, own=own, column=column: _cell_checks(limits, row, own, selectors, column, ground, context))
            for row, own in zip(limits.rows, conditions, strict=True)
            for column in columns
            if column.head.kind not in ("norm", "warn")
        )
    )
    checks = [check for found in made for check in found]
    context.scope.diagnostics.extend(seams(limits, selectors, inside))
    context.scope.diagnostics.extend(crossing(checks))
    return list(_without_doubles(checks, limits))


def _ground(limits: ast.Limits, context: Context) -> RowSet:
    """The rows that the limits are about: those after `each`, of the figure in their line, or in a heading, or of the
    base."""
    if (each := _each(limits)) is not None:
        named = row_set(each.rows, context)
        return evolve(named, where=(*named.where, *context.within(named.table).conjuncts(each.where)))
    subjects = [] if limits.assertion is None else [limits.assertion.subject]
    subjects += [head.subject for head in limits.heads if head.kind in BOUND_HEADS]
    outside = evolve(context.outside(), grouped=True)
    prefixes = () if limits.assertion is None else limits.assertion.prefixes
    over = next((prefix for prefix in prefixes if isinstance(prefix, ast.OverTheLast)), None)
    for subject in subjects:
        if subject is None:
            continue
        try:
            figure = outside.infer(subject) if over is None else over_days(subject, over, outside)
        except Problem:
            if limits.assertion is not None and subject is limits.assertion.subject:
                raise
            continue
        if len(tables_of(figure)) > 1:
            raise Problem(say("PD254", subject.span, tables=" and ".join(tables_of(figure))))
        aggregate = next(iter(parts_that_are(Aggregate, figure)), None)
        if aggregate is not None:
            return _rows_of(next((share.whole for share in parts_that_are(ShareOf, figure)), aggregate))
    if context.scope.base is None:
        raise Problem(say("PD261", limits.id_span, id=limits.id))
    return _rows_of(context.scope.base)


def _each(limits: ast.Limits) -> ast.Each | None:
    """`each loan where C` in the line of a table whose headings ask for each row's own value."""
    prefixes = () if limits.assertion is None else limits.assertion.prefixes
    return next((prefix for prefix in prefixes if isinstance(prefix, ast.Each)), None)


def _rows_of(aggregate: Aggregate) -> RowSet:
    return evolve(aggregate.rows, where=(*aggregate.rows.where, *aggregate.where))


# --- cells ------------------------------------------------------------------------------------------------------------


def _cell_checks(
    limits: ast.Limits,
    row: ast.LimitsRow,
    own: tuple[Expression, ...],
    selectors: list[int],
    column: Column,
    ground: RowSet,
    context: Context,
) -> list[Check]:
    cell = row.cells[column.index]
    identity = _identity(limits, row, selectors, column)
    conditions = (*own, *column.condition)
    bound = _bound(column.head, cell)
    against = {"max": (">", ">="), "min": ("<", "<=")}.get(column.head.kind, ())
    if bound is not None and bound.op in against:
        context.scope.diagnostics.append(say("PD283", cell.span, head=column.head.text, cell=cell.text))
    written = _assertion(limits, column.head, bound, cell)
    norm, warn = _beside(limits, row, column.head)
    if column.head.kind != "condition" and _is_rows_own(column.head.subject, context.within(ground.table)):
        if _each(limits) is not None:
            conditions = (*ground.where, *conditions)
        return [] if bound is None else [_row_value(written, identity, conditions, ground, context)]
    if _each(limits) is not None:
        raise Problem(say("PD284", column.head.span, head=column.head.text, id=limits.id))
    if norm is not None:
        written = evolve(written, norm=norm)
    if warn is not None:
        identity = evolve(identity, clauses=(*identity.clauses, warn))
    return [check_of(written, identity, context, conditions, unbounded=bound is None)]


def cell_names(limits: ast.Limits) -> Iterator[tuple[str, int, int]]:
    """The name of every bound in a table of limits, `D..E, duration > 7y`, with its row and column."""
    selectors = [i for i, head in enumerate(limits.heads) if head.kind in ("blank", "name")]
    for at, row in enumerate(limits.rows):
        for index, head in enumerate(limits.heads):
            if head.kind == "condition" or (head.kind in BOUND_HEADS and head.kind not in ("norm", "warn")):
                yield _cell_name(row, selectors, head), at, index


def _cell_name(row: ast.LimitsRow, selectors: list[int], head: ast.Head) -> str:
    names = [row.cells[i].text for i in selectors if row.cells[i].items]
    name = ", ".join(["otherwise", *names] if row.otherwise else names)
    return f"{name}, {head.text}" if name else head.text


def _identity(limits: ast.Limits, row: ast.LimitsRow, selectors: list[int], column: Column) -> Identity:
    cell = _cell_name(row, selectors, column.head)
    return Identity(f"{limits.id}[{cell}]", limits.id, cell, limits.title, limits.clauses, row.cells[column.index].span)


def _bound(head: ast.Head, cell: ast.Cell) -> ast.Bound | None:
    """The bound that a cell is: at most, unless it or its heading says otherwise."""
    if not cell.items:
        return None
    if len(cell.items) > 1 or cell.negated:
        raise Problem(say("PD263", cell.span, cell=cell.text))
    item = cell.items[0]
    match item:
        case ast.CellCompare(op=op, value=value):
            return ast.Bound(op, value, span=cell.span)
        case ast.Range(low=low, high=high, low_open=False, high_open=False):
            return ast.Bound("between", low, high, span=cell.span)
        case ast.Range():
            raise Problem(say("PD263", cell.span, cell=cell.text))
    return ast.Bound(">=" if head.kind == "min" else "<=", item, span=cell.span)


def _assertion(limits: ast.Limits, head: ast.Head, bound: ast.Bound | None, cell: ast.Cell) -> ast.Assertion:
    line = limits.assertion
    subject = head.subject if head.kind in BOUND_HEADS and head.subject is not None else None
    if subject is None and (line is None or line.subject is None):
        raise Problem(say("PD264", head.span, head=head.text, id=limits.id))
    if line is None:
        line = ast.Assertion((), None, None, span=cell.span)
    if subject is not None:
        line = evolve(line, subject=subject)
    strength = head.kind if head.kind in ("must", "should") else line.strength
    return evolve(
        line,
        prefixes=(*line.prefixes, *head.prefixes),
        bound=bound,
        strength=strength,
        span=cell.span,
    )


def _beside(limits: ast.Limits, row: ast.LimitsRow, bound: ast.Head) -> tuple[ast.Expr | None, ast.WarnAt | None]:
    """The norm and the warning that stand in the same row; beside a maximum and a minimum, the maximum's warning."""
    norm: ast.Expr | None = None
    warn: ast.WarnAt | None = None
    for head, cell in zip(limits.heads, row.cells, strict=True):
        if head.kind not in ("norm", "warn") or not cell.items:
            continue
        item = cell.items[0]
        if len(cell.items) > 1 or isinstance(item, ast.CellCompare | ast.Range):
            raise Problem(say("PD263", cell.span, cell=cell.text))
        if head.kind == "norm":
            norm = item
        elif bound.kind != "min" or not any(other.kind == "max" for other in limits.heads):
            warn = ast.WarnAt(item, span=cell.span)
    return norm, warn


def _is_rows_own(subject: ast.Expr | None, inside: Context) -> bool:
    """Whether a bound heading's left side is each row's own value: `min rating`, `max maturity_date - settle_date`."""
    if subject is None or aggregates_in_text(subject):
        return False
    names = parts_that_are(ast.Name, subject)
    return any(column_of(name, inside) is not None for name in names)


def _row_value(
    written: ast.Assertion, identity: Identity, conditions: tuple[Expression, ...], ground: RowSet, context: Context
) -> Check:
    each = ast.Each(ast.Name(ground.table, span=written.span), None, span=written.span)
    others = tuple(prefix for prefix in written.prefixes if not isinstance(prefix, ast.Each))
    made = check_of(evolve(written, prefixes=(*others, each), norm=None), identity, context)
    assert isinstance(made.assertion, RowsHold)
    rows = RowSet(ground.table, conditions)
    return with_requirement(evolve(made, assertion=evolve(made.assertion, rows=rows)), context)


def _without_doubles(checks: list[Check], limits: ast.Limits) -> Iterator[Check]:
    seen: set[str] = set()
    for check in checks:
        name = "".join(check.id.split())
        if name in seen:
            raise Problem(say("PD265", check.span, id=check.id, table=limits.id))
        seen.add(name)
        yield check
