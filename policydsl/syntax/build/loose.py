"""What stays open while a declaration is read: after `where` the last comparison may turn out to be a rule's bound."""

from collections.abc import Callable

import attrs
from attrs import frozen

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.conditions import is_condition
from policydsl.syntax.wrong import Wrong, wrong


@frozen(eq=False, repr=False)
class Relation:
    """What stands to the right of a value: a comparison, which may turn out to be a bound, or a test."""

    of: Callable[[ast.Expr, Span], ast.Expr]
    """The condition that it makes of its left side."""
    bound: ast.Bound | None
    span: Span
    product: bool = False
    """Whether `*` or `/` stands in it without parentheses."""


@frozen(eq=False, repr=False)
class Chain:
    """A condition whose last part is open: a left side, its relations, and what is wrapped around them."""

    left: ast.Expr
    relations: tuple[Relation, ...]
    span: Span
    around: tuple[Callable[[ast.Expr], ast.Expr], ...] = ()

    def wrapped(self, inner: ast.Expr) -> ast.Expr:
        """The whole condition, with `inner` in the open place."""
        for wrap in self.around:
            inner = wrap(inner)
        return inner


@frozen(eq=False, repr=False)
class Open:
    """An aggregate with a `where` that nobody has closed yet."""

    aggregate: ast.Aggregate
    where: ast.Expr | Chain
    span: Span
    day: ast.Expr | ast.PreviousDate | None = None
    """The day on which it is taken, if it says one."""

    def filled(self, where: ast.Expr) -> ast.Aggregate | ast.OnDate:
        """The aggregate over the rows for which `where` holds."""
        place = self.aggregate.span.to(where.span)
        made = attrs.evolve(self.aggregate, where=where, span=place)
        return made if self.day is None else ast.OnDate(made, self.day, span=place)


Loose = ast.Expr | Chain | Open


def hold(condition: ast.Expr | Chain, wrap: Callable[[ast.Expr], ast.Expr]) -> ast.Expr | Chain:
    """The condition inside something else, as open as before."""
    if isinstance(condition, Chain):
        return attrs.evolve(condition, around=(*condition.around, wrap))
    return wrap(condition)


def close(condition: ast.Expr | Chain, *, product: bool = False) -> ast.Expr:
    """The condition with all its comparisons in it; `product` allows `*` in the one that it consists of."""
    if not isinstance(condition, Chain):
        return condition
    first, *more = condition.relations
    if more:
        raise wrong("PD121", more[0].span, _where_may_be_missing(condition.left))
    if first.product and not product:
        raise wrong("PD123", first.span)
    return condition.wrapped(first.of(condition.left, condition.left.span.to(first.span)))


def _where_may_be_missing(left: ast.Expr) -> tuple[str, ...]:
    """`sum wher duration > 7y <= 20%` reads as a sum of `wher` under the label `duration`."""
    match left:
        case ast.Aggregate(measure=ast.Name(), labels=(ast.Name(text),)):
            return (f"if a condition begins with `{text}`, `where` is missing or misspelt before it",)
    return ()


def settle(part: Loose) -> ast.Expr:
    """The expression, with nothing lifted from its `where`."""
    if isinstance(part, Open):
        return part.filled(close(part.where))
    return close(part, product=isinstance(part, Chain) and not part.around)


def lift(part: Open) -> tuple[ast.Aggregate | ast.OnDate, ast.Bound]:
    """The aggregate, and the last comparison of its `where` as its bound."""
    where = part.where
    if not isinstance(where, Chain) or where.relations[-1].bound is None:
        raise bound_is_missing(part.span)
    *before, last = where.relations
    if before:
        rest = close(attrs.evolve(where, relations=tuple(before)))
    elif is_condition(where.left):
        rest = where.wrapped(where.left)
    else:
        raise bound_is_missing(part.span)
    assert last.bound is not None
    return part.filled(rest), last.bound


def split(part: Loose) -> tuple[ast.Expr, ast.Bound | None]:
    """What a rule asserts: a subject with its bound, or a condition without."""
    if isinstance(part, Open):
        return lift(part)
    if isinstance(part, Chain) and not part.around and len(part.relations) == 1 and part.relations[0].bound:
        return part.left, part.relations[0].bound
    whole = settle(part)
    match whole:
        case ast.Compare(op, left, right):
            return left, ast.Bound(op, right, span=right.span)
        case ast.Between(value, low, high):
            return value, ast.Bound("between", low, high, span=low.span.to(high.span))
    if not is_condition(whole):
        raise bound_is_missing(whole.span)
    return whole, None


def bound_is_missing(where: Span) -> Wrong:
    """What is to be said of a rule whose left side is held against nothing."""
    return wrong("PD120", Span(where.path, where.end, where.end))
