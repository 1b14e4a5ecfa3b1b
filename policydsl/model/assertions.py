"""From an assertion as written to a check: every default filled in, the bound in the figure's own terms."""

from fractions import Fraction
from typing import Literal

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.model.comparing import MIRRORED, agree
from policydsl.model.context import Context
from policydsl.model.expressions import (
    Aggregate,
    ColumnOf,
    Constant,
    Decision,
    Expression,
    Labelled,
    Named,
    Not,
    ShareOf,
    Sign,
)
from policydsl.model.naming import declared_value, definition, group_columns, per_group, row_set
from policydsl.model.narrowing import with_conditions
from policydsl.model.past import always, due, over_days, windows
from policydsl.model.prefixes import Frame, frame_of
from policydsl.model.problem import Problem, all_of
from policydsl.model.purchasing import purchase
from policydsl.model.remarks import remarks_of, within_validity
from policydsl.model.rulebook import Bound, Check, Holds, Limit, Quantity, RowsHold
from policydsl.model.spelling import requirement
from policydsl.model.tables_of import categories_of, parts, parts_that_are, quantity_in_rows, tables_of
from policydsl.model.types import SHARE, YES_NO, DateType, GradeType, Numeric, Type, describe
from policydsl.model.undecided import beside
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast


@frozen
class Identity:
    """How a check is called, and what is said of it."""

    id: str
    rule: str
    cell: str | None
    title: str | None
    clauses: tuple[ast.Clause, ...]
    span: Span


def rule_check(rule: ast.Rule, context: Context) -> Check:
    """The check that a rule is."""
    identity = Identity(rule.id, rule.id, None, rule.title, rule.clauses, rule.id_span)
    return check_of(rule.assertion, identity, context)


def check_of(
    assertion: ast.Assertion,
    identity: Identity,
    context: Context,
    narrowing: tuple[Expression, ...] = (),
    unbounded: bool = False,
) -> Check:
    """The check that an assertion is; `narrowing` are conditions that a table of limits adds to its figure, whose cell
    may say that there is no bound."""
    frame = frame_of(assertion.prefixes)
    found: Limit | RowsHold | Holds
    if frame.rows is not None:
        found = _rows_hold(assertion, frame.rows, context)
        table: str | None = found.rows.table
    else:
        found, table = _figure_assertion(assertion, frame, identity, context, narrowing, unbounded)
    header = context.scope.header
    if header is not None and header.within_each and table is not None:
        frame = evolve(frame, worlds=(*header.within_each, *frame.worlds))
    if not isinstance(found, Limit) or found.bound is None:
        _only_beside_bounds(assertion, identity, unbounded)
    worlds = _keys(frame.worlds, table, context)
    groups = _keys(frame.groups, table, context)
    whens = tuple(
        (evolve(context.outside(), grouped=count > 0, per=groups[:count]).condition(node), count)
        for node, count in frame.whens
    )
    for node in frame.before_worlds:
        if tables_of(context.outside().condition(node)):
            raise Problem(say("PD277", node.span))
    tables = {name: one.table() for name, one in context.scope.tables.items()} if worlds else {}
    if worlds and (quantity := quantity_in_rows((found, whens), tables, worlds)) is not None:
        form = f"`{words(quantity)}` inside a condition on rows, under `within each`,"
        raise Problem(say("PD298", identity.span, form=form))
    if worlds or groups:
        _one_table_each(found, whens, worlds, groups, identity.span)
    check = Check(
        identity.id,
        identity.rule,
        identity.cell,
        identity.title,
        found,
        assertion.strength,
        worlds,
        groups,
        whens,
        within_validity(remarks_of(identity.clauses), header),
        categories_of(found),
        always=None if frame.always is None else always(frame.always, found, context),
        windows=None if frame.windows is None else windows(frame.windows, found, context),
        due=None if frame.due is None else due(frame.due, context),
        purchase=None if frame.purchase is None else purchase(frame, found, (whens, worlds, groups), context),
        span=identity.span,
    )
    return with_requirement(check, context)


def table_of_text(subject: ast.Expr, context: Context) -> str | None:
    """The table that a figure as written speaks of, if it names one."""
    scope = context.scope
    for part in parts(subject):
        if isinstance(part, ast.Aggregate):
            if part.rows is not None:
                return row_set(part.rows, context).table
            return scope.base.rows.table if scope.base is not None else None
        if isinstance(part, ast.Name) and part.text in scope.per_groups:
            return per_group(part, context)[0]
        if isinstance(part, ast.Name) and part.text in scope.definitions:
            found = definition(part, context)
            if isinstance(found, Quantity) and (tables := tables_of(found.expression)):
                return tables[0]
    return None


def _one_table_each(
    found: Limit | RowsHold | Holds,
    whens: tuple[tuple[Expression, int], ...],
    worlds: tuple[ColumnOf, ...],
    groups: tuple[ColumnOf, ...],
    span: Span,
) -> None:
    """Worlds and groups are of one table: nothing of another one is asked in them, since it would not be narrowed."""
    inside = parts_that_are(Aggregate, (found, whens)) if worlds else []
    asked = [when for when, count in whens if count] + ([found.unless] if groups else [])
    inside += parts_that_are(Aggregate, tuple(asked))
    tables = {part.rows.table for part in inside} | {column.table for column in (*worlds, *groups)}
    if len(tables) > 1:
        raise Problem(say("PD254", span, tables=" and ".join(sorted(tables))))
    if groups and any(share.whole.rows.largest is not None for share in parts_that_are(ShareOf, found)):
        raise Problem(say("PD298", span, form="a share of the largest rows, under `per`,"))


def _only_beside_bounds(assertion: ast.Assertion, identity: Identity, unbounded: bool) -> None:
    """A norm or a warning without a bound would say nothing."""
    warn = next((clause for clause in identity.clauses if isinstance(clause, ast.WarnAt)), None)
    if not unbounded and (assertion.norm is not None or warn is not None):
        place = assertion.norm.span if assertion.norm is not None else identity.span
        raise Problem(say("PD258", warn.span if warn is not None else place))


def with_requirement(check: Check, context: Context) -> Check:
    """The check with its assertion spelt out."""
    return evolve(check, requirement=requirement(check, context.scope))


def _keys(names: tuple[ast.Name, ...], table: str | None, context: Context) -> tuple[ColumnOf, ...]:
    if not names:
        return ()
    if table is None:
        raise Problem(say("PD251", names[0].span))
    return group_columns(names, context.within(table))


# --- each and no ------------------------------------------------------------------------------------------------------


def _rows_hold(assertion: ast.Assertion, prefix: ast.Each | ast.No, context: Context) -> RowsHold:
    rows = row_set(prefix.rows, context)
    inside = context.within(rows.table)
    unless = None if assertion.unless is None else inside.condition(assertion.unless)
    if isinstance(prefix, ast.No):
        refused = inside.condition(prefix.where)
        return RowsHold(rows, refused.condition if isinstance(refused, Not) else Not(refused), unless)
    rows = evolve(rows, where=(*rows.where, *inside.conjuncts(prefix.where)))
    assert assertion.subject is not None, "the parser asks for what must hold"
    return RowsHold(rows, _as_condition(assertion.subject, assertion, inside), unless)


def _as_condition(subject: ast.Expr, assertion: ast.Assertion, context: Context) -> Expression:
    """An assertion that is no figure and its bound, but a condition as a whole."""
    bound = assertion.bound
    if bound is None:
        return context.condition(subject)
    if bound.op == "between":
        assert bound.high is not None
        return context.condition(ast.Between(subject, bound.value, bound.high, span=bound.span))
    return context.condition(ast.Compare(bound.op, subject, bound.value, span=bound.span))


# --- figures ----------------------------------------------------------------------------------------------------------


def _figure_assertion(
    assertion: ast.Assertion,
    frame: Frame,
    identity: Identity,
    context: Context,
    narrowing: tuple[Expression, ...],
    unbounded: bool,
) -> tuple[Limit | Holds, str | None]:
    assert assertion.subject is not None, "the parser asks for what must hold"
    outside = context.outside()
    if frame.groups or frame.windows or narrowing:
        outside = evolve(outside, grouped=True)
    if frame.groups and (of := table_of_text(assertion.subject, context)) is not None:
        outside = evolve(outside, per=_keys(frame.groups, of, context))
    unless = None if assertion.unless is None else outside.condition(assertion.unless)
    if frame.over is None:
        subject = outside.infer(assertion.subject)
    else:
        subject = over_days(assertion.subject, frame.over, outside)
    if unbounded:
        figure = narrowed(subject, narrowing, assertion.subject.span)
        return Limit(figure, None, unless), _only_table(tables_of(figure), assertion, frame)
    if not isinstance(subject.type, Numeric | DateType | GradeType) and assertion.bound is not None:
        return Holds(_as_condition(assertion.subject, assertion, outside), unless), _only_table(
            tables_of(subject), assertion, frame
        )
    if subject.type == YES_NO and assertion.bound is None:
        return Holds(subject, unless), _only_table(tables_of(subject), assertion, frame)
    if assertion.bound is None:
        raise Problem(say("PD253", assertion.subject.span, words=words(subject)))
    figure = narrowed(subject, narrowing, assertion.subject.span)
    warn = next((clause for clause in identity.clauses if isinstance(clause, ast.WarnAt)), None)
    bound = bound_of(assertion.bound, figure, assertion.norm, warn, evolve(outside, beside=True))
    return Limit(figure, bound, unless), _only_table(tables_of(figure), assertion, frame)


def _only_table(tables: tuple[str, ...], assertion: ast.Assertion, frame: Frame) -> str | None:
    if len(tables) > 1 and (frame.groups or frame.worlds):
        raise Problem(say("PD254", assertion.span, tables=" and ".join(tables)))
    return tables[0] if tables else None


def narrowed(figure: Expression, conditions: tuple[Expression, ...], span: Span) -> Expression:
    """The figure with more conditions on every row that it counts; the whole of a share stays as it is."""
    if not conditions:
        return figure
    tables = {column.table for column in parts_that_are(ColumnOf, conditions)}
    tables |= {labelled.table for labelled in parts_that_are(Labelled, conditions)}
    if not tables_of(figure) or parts_that_are(Decision, figure):
        raise Problem(say("PD275", span, words=words(figure)))
    if tables - {*tables_of(figure)} or len(tables_of(figure)) > 1:
        raise Problem(say("PD254", span, tables=" and ".join(sorted({*tables_of(figure), *tables}))))
    return with_conditions(figure, conditions)


def bound_of(
    written: ast.Bound, figure: Expression, norm: ast.Expr | None, warn: ast.WarnAt | None, context: Context
) -> Bound:
    """The bound in the figure's own terms; a bare percentage beside money is of the base."""
    low, high, of = _ends(written, figure, context)
    terms = SHARE if of is not None else figure.type
    op: Sign | Literal["between"] = written.op
    if isinstance(figure.type, GradeType) and op != "between":
        op = MIRRORED[op]
    bound = Bound(
        op,
        low,
        high,
        of,
        None if norm is None else _in_terms(norm, terms, context),
        None if warn is None else _in_terms(warn.value, SHARE if warn.of_limit else terms, context),
        warn is not None and warn.of_limit,
    )
    if warn is not None and never_warns(bound):
        raise Problem(
            say("PD268", warn.span, warn=words(bound.warn) if bound.warn else "", bound=words(low) if low else "")
        )
    return bound


def _ends(
    written: ast.Bound, figure: Expression, context: Context
) -> tuple[Expression | None, Expression | None, Aggregate | None]:
    """The ends of a bound and the sum that both are shares of."""
    if isinstance(written.value, ast.Undecided):
        return None, None, None
    ends = (written.value,) if written.high is None else (written.value, written.high)
    values = all_of(*((lambda end=end: _end(end, figure, context)) for end in ends))
    if len({whole for _, whole in values}) > 1:
        raise Problem(say("PD255", written.span))
    (low, of), high = values[0], values[1][0] if len(values) > 1 else None
    if high is None:
        return low, None, of
    # two ends of one bound are of one ordered type
    if isinstance(low, Constant) and isinstance(high, Constant) and low.value > high.value:  # type: ignore[operator]
        if not isinstance(figure.type, GradeType):
            raise Problem(say("PD234", written.span, low=words(low), high=words(high)))
        low, high = high, low
    return low, high, of


def never_warns(bound: Bound) -> bool:
    """Whether a warning stands beyond the bound that it is to come before."""
    match bound:
        case Bound(op="<=" | "<", value=Constant(value=Fraction() as limit), warn=Constant(value=Fraction() as warn)):
            return warn > (1 if bound.warn_of_limit else limit)
        case Bound(op=">=" | ">", value=Constant(value=Fraction() as limit), warn=Constant(value=Fraction() as warn)):
            return warn < (1 if bound.warn_of_limit else limit)
        case Bound(op="between", value=Constant(value=Fraction() as low), high=Constant(value=Fraction() as high)):
            warned = bound.warn.value if isinstance(bound.warn, Constant) and not bound.warn_of_limit else low
            return isinstance(warned, Fraction) and not low <= warned <= high
        case Bound(op="=" | "!="):
            return bound.value is not None and bound.warn is not None
    return False


def _end(end: ast.Expr, figure: Expression, context: Context) -> tuple[Expression, Aggregate | None]:
    """One end of a bound, and the sum that it is a share of."""
    if isinstance(end, ast.Negative) and isinstance(end.value, ast.PercentOf):
        end = ast.PercentOf(ast.Negative(end.value.share, span=end.span), end.value.whole, span=end.span)
    if isinstance(end, ast.PercentOf) and isinstance(end.whole, ast.Name):
        whole = declared_value(end.whole, context)
        share = context.infer(end.share)
        if isinstance(whole, Named) and share.type == SHARE and whole.type == figure.type:
            summed = sum_of_named(whole)
            if summed is not None and isinstance(figure, Aggregate | Named):
                return share, summed
    if isinstance(end, ast.Name) and end.text in context.scope.undecided:
        return beside(end, figure.type, context.scope), None
    value = context.infer(end, figure.type)
    if value.type == SHARE and figure.type != SHARE and isinstance(figure.type, Numeric):
        return value, _base(figure, end, context)
    agree(figure, value, end.span)
    return value, None


def sum_of_named(named: Named) -> Aggregate | None:
    """The sum that a named quantity is, if it is just that."""
    inner: Expression = named
    while isinstance(inner, Named):
        inner = inner.quantity
    return inner if isinstance(inner, Aggregate) and inner.function == "sum" else None


def _base(figure: Expression, end: ast.Expr, context: Context) -> Aggregate:
    base = context.scope.base
    assert isinstance(figure.type, Numeric)
    if figure.type.currency is None:
        raise Problem(
            say("PD220", end.span, left=words(figure), left_type=describe(figure.type),
                right=words(context.infer(end)), right_type=describe(SHARE))
        )  # fmt: skip
    if base is None or base.type != figure.type:
        raise Problem(say("PD256", end.span, words=words(figure), type=describe(figure.type)))
    tables = tables_of(figure)
    if tables and base.rows.table not in tables:
        name, part, share = context.scope.base_name, " and ".join(tables), words(context.infer(end))
        warning = say("PD282", end.span, base=name, whole=base.rows.table, part=part, share=share)
        context.scope.diagnostics.append(warning)
    return base


def _in_terms(node: ast.Expr, type: Type, context: Context) -> Expression:
    value = context.infer(node, type)
    if value.type != type:
        raise Problem(say("PD257", node.span, words=words(value), type=describe(value.type), wanted=describe(type)))
    return value
