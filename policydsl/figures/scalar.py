"""Figures and conditions of the whole run, or of one group, worked out from what was measured."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import assert_never

from policydsl.figures import values
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Interval, Undefined, compare, exactly
from policydsl.figures.normal import normal_figure
from policydsl.figures.operations import as_figure, either, is_whole, no_base, picked, quotient, shifted, worked_out
from policydsl.figures.values import Truth, every, negated, some
from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Nothing, Stretch, Value
from policydsl.model.types import YES_NO, DateType, GradeType, Numeric, Type

Lookup = Callable[[ex.Aggregate | ex.ShareOf | ex.OnDate | ex.OverDays | ex.OfGroup], Figure]
Unrated = Mapping[str, int]
"""The rank of `unrated` in each scale."""


def evaluate(
    expression: Expression,
    lookup: Lookup,
    environment: Environment,
    unrated: Unrated | None = None,
    named: dict[str, Figure] | None = None,
) -> Figure:
    """The figure that a scalar expression comes to: a date as its ordinal, a grade as its rank.

    `named` remembers the figures of names, since a definition may be built on another one more than once.
    """
    remembered: dict[str, Figure] = {} if named is None else named

    def at(inner: Expression) -> Figure:
        return evaluate(inner, lookup, environment, unrated, remembered)

    match expression:
        case ex.Aggregate() | ex.OnDate() | ex.OverDays() | ex.OfGroup():
            return lookup(expression)
        case ex.Constant() | ex.ParameterOf() | ex.AsOf():
            return as_figure(_known(expression, environment))
        case ex.ShareOf(part=part, whole=whole):
            return lookup(expression) if whole.rows.largest is None else quotient(lookup(part), lookup(whole))
        case ex.Named(name=name, quantity=quantity):
            if name not in remembered:
                remembered[name] = at(quantity)
            return remembered[name]
        case ex.FigureOf(quantity=quantity):
            return at(quantity)
        case ex.Arithmetic(right=right, no_whole="<=" | "<" as sign) if not is_whole(at(right), sign):
            return no_base(at(right))
        case ex.Arithmetic(op=op, left=left, right=right):
            return worked_out(at(left), op, at(right))
        case ex.Pick(which=which, left=left, right=right):
            return picked(which, at(left), at(right))
        case ex.Choice(condition=None, then=then, otherwise=otherwise):
            found = at(then)
            missing = found == Undefined("nothing") or (isinstance(found, Undefined) and _is_parameter(then))
            return at(otherwise) if missing else found
        case ex.Choice(condition=condition, then=then, otherwise=otherwise):
            assert condition is not None
            holds = truth(condition, lookup, environment, unrated)
            return either(at(then), at(otherwise)) if holds is None else at(then if holds else otherwise)
        case ex.Decision(rows=rows):
            answers = [
                at(answer) for answer in _possible(rows, lambda inner: truth(inner, lookup, environment, unrated))
            ]
            return reduce(either, answers) if answers else Undefined("unknown")
        case ex.Normal(which=which, value=value):
            return normal_figure(which, at(value))
        case ex.ShiftDate(date=day, term=term, sign=sign):
            return shifted(at(day), worked_out(exactly(Fraction(sign)), "*", at(term)), term.type)
        case (
            ex.Compare() | ex.Among() | ex.Labelled() | ex.StateIs() | ex.Contains() | ex.Not() | ex.And() | ex.Or()
            | ex.ColumnOf() | ex.RuleIs()
        ):  # fmt: skip
            raise TypeError(f"{type(expression).__name__} is no figure of the whole run")
        case _:
            assert_never(expression)


def truth(condition: Expression, lookup: Lookup, environment: Environment, unrated: Unrated | None = None) -> Truth:
    """Whether a scalar condition holds: for all that its figures may be, for none of it, or it depends."""

    def holds(inner: Expression) -> Truth:
        return truth(inner, lookup, environment, unrated)

    def at(inner: Expression) -> Figure:
        return evaluate(inner, lookup, environment, unrated)

    match condition:
        case ex.Named(quantity=inner) | ex.FigureOf(quantity=inner) if condition.type == YES_NO:
            return holds(inner)
        case ex.Not(condition=inner):
            return negated(holds(inner))
        case ex.And(conditions=conditions):
            return every(map(holds, conditions))
        case ex.Or(conditions=conditions):
            return some(map(holds, conditions))
        case ex.Compare(op=op, left=left, right=right):
            if _is_figure(left.type):
                return compare(at(left), op, at(right))
            return values.compared(_value(left, holds, environment), op, _value(right, holds, environment))
        case ex.Among(value=value, members=members):
            if _is_figure(value.type):
                return some(_figure_among(at(value), member, at, environment) for member in members)
            found = _value(value, holds, environment)
            return some(_value_among(found, member, environment) for member in members)
        case ex.StateIs(value=value, state=state) if _is_figure(value.type):
            return _figure_is(at(value), state, value.type, unrated or {})
        case ex.StateIs(value=value, state=state):
            found = _value(value, holds, environment)
            if state == "none":
                return None if found is None else found is Nothing.NONE
            return (found is None) if state == "missing" else found not in (None, Nothing.NONE)
        case ex.RuleIs(rule=rule, outcome=outcome):
            may_be = environment.verdicts.get(rule, frozenset({"undetermined", outcome}))
            if outcome not in may_be:
                return False
            return True if outcome == "undetermined" or len(may_be) == 1 else None
        case ex.Contains(value=value, text=text):
            return values.contains(_value(value, holds, environment), _value(text, holds, environment))
        case _:
            known = _value(condition, holds, environment)
            return None if known is None else known is True


# --- single values ----------------------------------------------------------------------------------------------------


def _is_parameter(expression: Expression) -> bool:
    """Whether it is a value that nobody may have supplied; a figure is not missing because a row's amount is."""
    while isinstance(expression, ex.Named):
        expression = expression.quantity
    return isinstance(expression, ex.ParameterOf)


def _is_figure(type: Type) -> bool:
    return isinstance(type, Numeric | DateType | GradeType)


def _known(expression: Expression, environment: Environment) -> Value:
    match expression:
        case ex.Constant(value=value):
            return value
        case ex.ParameterOf(name=name):
            return environment.parameters.get(name)
        case ex.AsOf():
            return environment.as_of
    raise TypeError(f"{type(expression).__name__} has no value in the whole run")


def _value(expression: Expression, holds: Callable[[Expression], Truth], environment: Environment) -> Value:
    """The value of what is no figure: a text, a label, a list, yes or no."""
    match expression:
        case ex.Named(quantity=quantity) | ex.FigureOf(quantity=quantity):
            return _value(quantity, holds, environment)
        case ex.Choice(condition=condition, then=then, otherwise=otherwise):
            first, second = (_value(end, holds, environment) for end in (then, otherwise))
            if condition is None:
                return second if first is None or first is Nothing.NONE else first
            holding = holds(condition)
            if holding is None:
                return first if values.folded(first) == values.folded(second) else None
            return first if holding else second
        case ex.Decision(rows=rows):
            return values.agreed([_value(answer, holds, environment) for answer in _possible(rows, holds)])
        case ex.Compare() | ex.Among() | ex.StateIs() | ex.Contains() | ex.RuleIs() | ex.Not() | ex.And() | ex.Or():
            return holds(expression)
    return _known(expression, environment)


def _possible(
    rows: tuple[tuple[Expression, Expression], ...], holds: Callable[[Expression], Truth]
) -> Iterator[Expression]:
    """The answers of the rows of a decision that may be the first to fit."""
    for condition, answer in rows:
        fits = holds(condition)
        if fits is not False:
            yield answer
        if fits:
            return


def _value_among(value: Value, member: Expression | Stretch, environment: Environment) -> Truth:
    if isinstance(member, Stretch):
        raise TypeError("only figures are in a range")
    ours, theirs = values.entries(value), values.entries(_known(member, environment))
    return some(values.compared(our, "=", their) for our in ours for their in theirs)


# --- figures in conditions --------------------------------------------------------------------------------------------


def _figure_among(
    figure: Figure, member: Expression | Stretch, at: Callable[[Expression], Figure], environment: Environment
) -> Truth:
    if isinstance(member, Stretch):
        low, high = member.low, member.high
        above = low is None or compare(figure, ">" if member.low_open else ">=", at(low))
        below = high is None or compare(figure, "<" if member.high_open else "<=", at(high))
        return every((above, below))
    known = environment.parameters.get(member.name) if isinstance(member, ex.ParameterOf) else None
    if isinstance(known, tuple):
        return some(compare(figure, "=", as_figure(entry)) for entry in known)
    return compare(figure, "=", at(member))


def _figure_is(figure: Figure, state: str, type: Type, unrated: Unrated) -> Truth:
    nothing = figure == Undefined("nothing")
    match state:
        case "missing":
            return isinstance(figure, Undefined) and not nothing
        case "present":
            return isinstance(figure, Interval)
        case "none":
            return nothing or (None if isinstance(figure, Undefined) else False)
    assert isinstance(type, GradeType)
    return False if nothing else compare(figure, "=", exactly(Fraction(unrated[type.scale])))
