"""What can be done with single values. Unknown is None; truths are three-valued after Kleene."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from policydsl.figures import banking_days
from policydsl.model.expressions import Nothing, Sign, Value
from policydsl.model.types import DAYS, Numeric, Type

Truth = bool | None


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all are true."""
    known: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            known = None
    return known


def some(truths: Iterable[Truth]) -> Truth:
    """Whether any is true."""
    return negated(every(negated(truth) for truth in truths))


def negated(truth: Truth) -> Truth:
    """The opposite."""
    return None if truth is None else not truth


def folded(value: Value) -> Value:
    """A text as it compares: without regard to case and outer spaces; any other value itself."""
    return value.strip().casefold() if isinstance(value, str) else value


def agreed(answers: Sequence[Value]) -> Value:
    """What several answers say if they say the same; else unknown."""
    return answers[0] if answers and all(folded(each) == folded(answers[0]) for each in answers) else None


def compared(left: Value, op: Sign, right: Value) -> Truth:
    """A comparison; with none only `!=` is true, whatever the other side is."""
    if left is Nothing.NONE or right is Nothing.NONE:
        return op == "!="
    if left is None or right is None:
        return None
    return ordered(folded(left), op, folded(right))


def ordered(a: Any, op: Sign, b: Any) -> bool:
    """A comparison of two known values of one kind."""
    match op:
        case "=":
            return bool(a == b)
        case "!=":
            return bool(a != b)
        case "<":
            return bool(a < b)
        case "<=":
            return bool(a <= b)
        case ">":
            return bool(a > b)
        case ">=":
            return bool(a >= b)


def entries(value: Value) -> tuple[Value, ...]:
    """The entries of a list; of any other value that value alone."""
    return value if isinstance(value, tuple) else (value,)


def labelled(possible: frozenset[str | None], labels: frozenset[str]) -> Truth:
    """Whether what may still have some labels (None is no label) has one of others."""
    return True if possible <= labels else None if possible & labels else False


def contains(value: Value, text: Value) -> Truth:
    """Whether a text contains a text, or a list has it as an entry; none contains nothing and is nowhere."""
    if value is Nothing.NONE or text is Nothing.NONE:
        return False
    if value is None or text is None:
        return None
    if isinstance(value, tuple):
        return any(folded(entry) == folded(text) for entry in value)
    return str(text).casefold() in str(value).casefold()


def worked_out(left: Value, op: Literal["+", "-", "*", "/"], right: Value) -> Value:
    """Exact arithmetic; anything with none is none, a division by zero is unknown."""
    if left is Nothing.NONE or right is Nothing.NONE:
        return Nothing.NONE
    if left is None or right is None:
        return None
    a, b = number(left), number(right)
    match op:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b if b else None


def number(value: Value) -> Fraction:
    """A value known to be a number, or a date as its ordinal."""
    if isinstance(value, date):
        return Fraction(value.toordinal())
    if not isinstance(value, Fraction):
        raise TypeError(f"{value!r} is no number")
    return value


def picked(which: Literal["larger", "smaller", "better", "worse"], left: Any, right: Any) -> Value:
    """The larger or smaller (none if either is none), or the better or worse grade (passing over none)."""
    on_grades = which in ("better", "worse")
    if not on_grades and Nothing.NONE in (left, right):
        return Nothing.NONE
    if left is None or right is None:
        return None
    known = [value for value in (left, right) if value is not Nothing.NONE] or [Nothing.NONE]
    picking = max if which in ("larger", "worse") else min
    found: Value = picking(known)
    return found


def shifted(day: Value, term: Value, unit: Type) -> Value:
    """A date some whole months, days or banking days on; a day that the month lacks is its last. Unknown outside the
    calendar."""
    if day is Nothing.NONE or term is Nothing.NONE:
        return Nothing.NONE
    if day is None or term is None or number(term).denominator != 1:
        return None
    if not isinstance(day, date):
        raise TypeError(f"{day!r} is no date")
    steps = int(number(term))
    if isinstance(unit, Numeric) and unit.banking is not None:
        return banking_days.later(day, steps, unit.banking)
    if isinstance(unit, Numeric) and unit.dims == ((DAYS, 1),):
        ordinal = day.toordinal() + steps
        return date.min + timedelta(ordinal - 1) if 1 <= ordinal <= date.max.toordinal() else None
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    if day.day <= 28:
        return date(year, month + 1, day.day)
    from calendar import monthrange  # few days need to ask

    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
