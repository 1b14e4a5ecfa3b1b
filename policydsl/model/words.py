"""Checked expressions in the words of the language, with every default filled in: for messages, plans and verdicts."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from policydsl.model.expressions import (
    Aggregate,
    Among,
    And,
    Arithmetic,
    AsOf,
    Choice,
    ColumnOf,
    Compare,
    Constant,
    Contains,
    Decision,
    Expression,
    FigureOf,
    Labelled,
    Named,
    Normal,
    Not,
    Nothing,
    OfGroup,
    OnDate,
    Or,
    OverDays,
    ParameterOf,
    Pick,
    RowSet,
    RuleIs,
    ShareOf,
    ShiftDate,
    StateIs,
    Stretch,
)
from policydsl.model.made import is_existence
from policydsl.model.types import GradeType, LabelType, Numeric

_MIRROR = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}


def decimal(number: Fraction) -> str:
    """An exact number as a decimal if it has an end, else as a fraction."""
    rest = number.denominator
    if rest == 1:
        return str(number.numerator)
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    scaled = abs(int(number * 10**digits))
    text = str(scaled).rjust(digits + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def grouped(number: Fraction) -> str:
    """A decimal with its thousands parted by blanks."""
    text = decimal(number)
    if "/" in text:
        return text
    sign = "-" if text.startswith("-") else ""
    whole, point, rest = text.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}".replace(",", " ") + point + rest


def constant_words(value: object, type: object, grades: tuple[str, ...] = ()) -> str:
    """A value as an author would write it; `grades` are a scale's names by rank."""
    match value, type:
        case bool(), _:
            return "yes" if value else "no"
        case Fraction(), Numeric(share=True, dims=()):
            return f"{decimal(value * 100)}%"
        case Fraction(), Numeric(dims=(("months", 1),)):
            months = "1 month" if value == 1 else f"{decimal(value)} months"
            return f"{decimal(value / 12)}y" if (value / 12).denominator == 1 else months
        case Fraction(), Numeric(dims=(("days", 1),)):
            return f"{decimal(value)} {'day' if value == 1 else 'days'}"
        case Fraction(), Numeric(dims=((unit, 1),)) if type.banking is not None:
            return f"{decimal(value)} banking {'day' if value == 1 else 'days'}"
        case Fraction(), Numeric(dims=((unit, 1),)):
            return f"{grouped(value)} {unit}"
        case Fraction(), _:
            return decimal(value)
        case int(), GradeType():
            return grades[value] if value < len(grades) else "unrated"
        case date(), _:
            return value.isoformat()
        case Nothing(), _:
            return "none"
        case str(), _:
            return value
        case tuple(), _:
            return ", ".join(str(part) for part in value)
    return str(value)


def words(expression: Expression | Stretch, names: Mapping[Expression, str] | None = None) -> str:
    """The expression in the words of the language; `names` are those of the sums that shares are of."""
    return _Words(names or {}).of(expression)


def last(term: Expression) -> str:
    """A term behind `over the last`: a year is `12 months`, as its author would write it."""
    match term:
        case Constant(value=Fraction() as months, type=Numeric(dims=(("months", 1),))) if months == 12:
            return "12 months"
    return words(term)


class _Words:
    def __init__(self, names: Mapping[Expression, str]) -> None:
        self.names = names

    def of(self, node: Expression | Stretch) -> str:
        match node:
            case Aggregate():
                return self.aggregate(node)
            case Constant(value=str() as text) if not _is_label(node):
                return f'"{text}"'
            case Constant(value=value, type=type):
                names = type.names if isinstance(type, GradeType) else ()
                text = constant_words(value, type, names)
                return _quoted(text) if isinstance(type, LabelType | GradeType) else text
            case ParameterOf(name=name) | ColumnOf(name=name) | Named(name=name):
                return name
            case Compare(op=op, left=left, right=right):
                sign = _MIRROR[op] if isinstance(left.type, GradeType) else op
                return f"{self.inner(left)} {sign} {self.inner(right)}"
            case AsOf():
                return "as_of"
            case Arithmetic(op="*", left=share, right=whole, ratio=True):
                return f"{self.inner(share)} of {self.inner(whole)}"
            case Arithmetic(op=op, left=left, right=right):
                return f"{self.inner(left)} {op} {self.inner(right)}"
            case Pick(which=which, left=left, right=right):
                return f"{which} of {self.inner(left)} and {self.inner(right)}"
            case Choice(condition=None, then=then, otherwise=otherwise):
                return f"{self.inner(then)} otherwise {self.inner(otherwise)}"
            case Choice(condition=test, then=then, otherwise=otherwise):
                # a choice without a condition is the case above
                return f"{self.inner(then)} when {self.of(test)} otherwise {self.inner(otherwise)}"  # type: ignore[arg-type]
            case Normal(which="below", value=value):
                return f"share of a normal distribution below ({self.of(value)}) deviations"
            case Normal(value=value):
                return f"deviations below which {self.inner(value)} lies"
            case Decision(written=written):
                return written
            case ShiftDate(date=day, term=term, sign=direction):
                return f"{self.inner(day)} {'+' if direction > 0 else '-'} {self.of(term)}"
            case Among(value=value, members=(Stretch() as stretch,)):
                return f"{self.inner(value)} in {self.of(stretch)}"
            case Among(value=value, members=members):
                return f"{self.inner(value)} in ({', '.join(self.of(member) for member in members)})"
            case Labelled(category=category, labels=labels, written=written):
                if len(labels) == 1:
                    return f"{category} = {_quoted(next(iter(labels)))}"
                return f"{category} in {written or '(' + ', '.join(map(_quoted, sorted(labels))) + ')'}"
            case StateIs(value=value, state=state):
                return f"{self.inner(value)} is {state}"
            case Contains(value=value, text=text):
                return f"{self.inner(value)} contains {self.of(text)}"
            case RuleIs(rule=rule, outcome=outcome):
                return f"rule {rule} is {outcome}"
            case Not(condition=RuleIs(rule=rule, outcome=outcome)):
                return f"rule {rule} is not {outcome}"
            case Not(condition=test):
                return f"not {self.inner(test)}"
            case And(conditions=parts):
                return " and ".join(self.inner(part) if isinstance(part, Or) else self.of(part) for part in parts)
            case Or(conditions=parts):
                return " or ".join(self.of(part) for part in parts)
            case OfGroup(name=name):
                return name
            case OnDate(value=value, date=day):
                return f"{self.inner(value)} on {'previous date' if day is None else self.inner(day)}"
            case OverDays(function=function, quantity=quantity, term=term):
                return f"over the last {last(term)}: {function} {self.inner(quantity)}"
            case FigureOf(quantity=quantity):
                return self.inner(quantity)
            case Stretch(low=low, high=high, low_open=low_open, high_open=high_open):
                return (
                    f"{'>' if low_open else ''}{self.of(low) if low else ''}.."
                    f"{'<' if high_open else ''}{self.of(high) if high else ''}"
                )
            case ShareOf(part=part, whole=whole):
                extra = [one for one in (*part.rows.where, *part.where) if one not in (*whole.rows.where, *whole.where)]
                largest = part.rows.largest
                chosen = "" if largest is None else f"largest {largest.count} by {self.of(largest.by)} of "
                of = self.names.get(whole) or f"({self.of(whole)})"
                return f"share of {chosen}{of}" + self.where(tuple(extra))
            case _:
                assert_never(node)

    def inner(self, node: Expression) -> str:
        text = self.of(node)
        simple = isinstance(node, Constant | ParameterOf | ColumnOf | Named | AsOf | FigureOf)
        return text if simple else f"({text})"

    def aggregate(self, node: Aggregate) -> str:
        text: str = node.function
        if node.measure is not None:
            text += f" {self.inner(node.measure)}"
        if node.weight is not None:
            text += f" weighted by {self.inner(node.weight)}"
        if node.rows.largest is None:
            return f"{text} of {node.rows.table}" + self.where((*node.rows.where, *node.where))
        return f"{text} of {self.rows(node.rows)}" + self.where(node.where)

    def rows(self, rows: RowSet) -> str:
        named = f"{rows.table}{self.where(rows.where)}"
        if rows.largest is None:
            return named
        named = f"({named})" if rows.where else named
        return f"largest {rows.largest.count} {named} by {self.of(rows.largest.by)}"

    def where(self, conditions: tuple[Expression, ...]) -> str:
        said = tuple(each for each in conditions if not is_existence(each))
        return f" where {self.of(And(said))}" if said else ""


def _quoted(text: str) -> str:
    """A label or grade; one of several words in quotation marks, as its author has to write it."""
    return f'"{text}"' if " " in text else text


def _is_label(node: Constant) -> bool:
    return isinstance(node.type, LabelType)
