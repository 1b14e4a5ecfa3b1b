"""Dated values: their periods without holes or overlaps, and the value on a day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from policydsl.catalogue import say
from policydsl.diagnostics import Label
from policydsl.model.context import Context
from policydsl.model.expressions import Compare, Constant, Decision, Expression
from policydsl.model.periods import Period
from policydsl.model.problem import Problem, all_of
from policydsl.model.rulebook import Parameter
from policydsl.model.types import DATE, TEXT, GradeType, ListType, TextType, Type, describe
from policydsl.model.words import words
from policydsl.syntax import ast

Literal = Callable[[ast.Expr], "Constant | tuple[Constant, ...] | None"]


def periods_of(history: ast.History, name: str, literal: Literal) -> tuple[Period, ...]:
    """The periods in the order of time; `literal` reads a value, None being one that nobody has decided."""
    rows = sorted(history.periods, key=lambda one: one.start)
    values = _alike(all_of(*((lambda row=row: literal(row.value)) for row in rows)))
    for row in rows:
        if row.end is not None and row.end < row.start:
            raise Problem(say("PD554", row.span, start=row.start, end=row.end))
    for earlier, later in pairwise(rows):
        first = (Label(earlier.span, "the earlier one is here"),)
        if earlier.start == later.start or (earlier.end is not None and earlier.end >= later.start):
            until = "" if earlier.end is None else f" until {earlier.end}"
            raise Problem(
                say("PD555", later.span, name=name, day=later.start, start=earlier.start, until=until, labels=first)
            )
        if earlier.end is not None and _day_after(earlier.end) != later.start:
            low, high = _day_after(earlier.end), later.start - timedelta(days=1)
            raise Problem(say("PD556", later.span, name=name, low=low, high=high, labels=first))
    ends = [later.start for later in rows[1:]] + [_day_after(rows[-1].end)]
    return tuple(
        Period(row.start, end, value, row.decided_by, row.source, span=row.span)
        for row, end, value in zip(rows, ends, values, strict=True)
    )


def _day_after(last: date | None) -> date | None:
    """The first day after the last one; None if there is none."""
    return None if last is None or last == date.max else last + timedelta(days=1)


def _alike(values: "list[Constant | tuple[Constant, ...] | None]") -> "list[Constant | tuple[Constant, ...] | None]":
    """Where one value is a list, a single one is a list of one."""
    if not any(isinstance(value, tuple) for value in values):
        return values
    return [(value,) if isinstance(value, Constant) else value for value in values]


def type_of(periods: tuple[Period, ...], name: str) -> Type | None:
    """The one type of all values; None if none has been decided yet."""
    found: Type | None = None
    for period in periods:
        if period.value is None:
            continue
        type = value_type(period.value)
        if found is not None and type != found:
            raise Problem(say("PD557", period.span, name=name, first=describe(found), second=describe(type)))
        found = type
    return found


def value_type(value: Constant | tuple[Constant, ...]) -> Type:
    """The type of a value; a list is one of grades or of texts."""
    if isinstance(value, Constant):
        return value.type
    of = value[0].type if value else None
    return ListType(of if isinstance(of, GradeType) else TEXT)


def value_on(parameter: Parameter, day: Expression, written: ast.Expr, context: Context, hint: Type | None) -> Decision:
    """A dated parameter as it stood on a day; unknown before its first period, after its last and while undecided."""
    if day.type != DATE:
        raise Problem(say("PD559", written.span, name=parameter.name, words=words(day), type=describe(day.type)))
    if isinstance(parameter.type, ListType):
        raise Problem(say("PD558", written.span, name=parameter.name))
    type = hint if isinstance(hint, GradeType) and isinstance(parameter.type, TextType) else parameter.type
    nothing = Decision((), type, "undecided")
    rows: list[tuple[Expression, Expression]] = [(_since(day, date.min), nothing)]
    for period in parameter.history:
        value = period.value
        rows.append((_since(day, period.start), _in_terms(value, type, written, context) if value else nothing))
    if (end := parameter.history[-1].end) is not None:
        rows.append((_since(day, end), nothing))
    return Decision(tuple(reversed(rows)), type, f"{parameter.name} on {words(day)}")


def _in_terms(value: Constant | tuple[Constant, ...], type: Type, written: ast.Expr, context: Context) -> Constant:
    """Beside a scale a text is a grade of it."""
    assert isinstance(value, Constant)
    if isinstance(type, GradeType) and isinstance(value.value, str):
        return context.grade(value.value, type.scale, written.span)
    return value


def _since(day: Expression, start: date) -> Expression:
    return Compare(">=", day, Constant(start, DATE))
