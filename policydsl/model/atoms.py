"""What a value can be, cut at every end that some cells name: points, and what lies between them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from policydsl._frozen import frozen
from policydsl.model.expressions import (
    Among,
    And,
    Arithmetic,
    Compare,
    Constant,
    Expression,
    Labelled,
    Not,
    Nothing,
    Or,
    ParameterOf,
    ShiftDate,
    Sign,
    Stretch,
)
from policydsl.model.types import DateType, GradeType, LabelType, Numeric, TextType, Type, YesNoType
from policydsl.model.words import constant_words, words

Parameters = Mapping[str, Constant]
OTHER = "\0"
"""Any text that no cell names."""


class Unfixed(Exception):
    """A cell compares with something that the text does not settle; says what."""


@frozen
class Atom:
    """A part of all that a value can be, by one value out of it; `low` and `high` are the ends that it lies between,
    or the point itself twice."""

    sample: object
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.low is not None and self.low == self.high


def folded(expression: Expression, parameters: Parameters) -> Constant:
    """The value of an expression of constants and settled parameters."""
    match expression:
        case Constant():
            return expression
        case ParameterOf(name=name) if name in parameters:
            return parameters[name]
        case Arithmetic(op=op, left=left, right=right, type=type):
            first, second = folded(left, parameters).value, folded(right, parameters).value
            if isinstance(first, Fraction) and isinstance(second, Fraction) and (op != "/" or second):
                results = {"+": first + second, "-": first - second, "*": first * second}
                return Constant(results[op] if op != "/" else first / second, type)
    raise Unfixed(words(expression))


def _leaves(condition: Expression) -> Iterator[Expression]:
    match condition:
        case Not(condition=inner):
            yield from _leaves(inner)
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield condition


def constants(
    conditions: Sequence[Expression], parameters: Parameters, subject: Expression | Numeric
) -> list[Constant]:
    """Every value that some cells of one column compare it with; a subject that is a type is the time between dates."""
    found: list[Constant] = []
    for leaf in (leaf for condition in conditions for leaf in _leaves(condition)):
        value, ends = subject, list[Expression | None]()
        match leaf:
            case Compare(left=left, right=right):
                value, ends = left, [right]
            case Among(value=left, members=members):
                value = left
                for member in members:
                    ends += [member.low, member.high] if isinstance(member, Stretch) else [member]
        between = isinstance(subject, Numeric)
        if (not between and value != subject) or any(isinstance(end, ShiftDate) is not between for end in ends if end):
            raise Unfixed(words(leaf))
        found += [folded(term_of(end), parameters) for end in ends if end is not None]
    return found


def term_of(end: Expression) -> Expression:
    """Of `b + 30 days`, with which `a - b` is compared, the term."""
    return end.term if isinstance(end, ShiftDate) else end


@frozen
class Domain:
    """What a value can be: a number not below `lowest`, `whole` if it counts something, `none` if it may be."""

    type: Type
    lowest: Fraction | None = None
    whole: bool = False
    none: bool = False


def atoms_of(domain: Domain, ends: Sequence[Constant]) -> tuple[Atom, ...]:
    """All that a value can be, cut at the ends."""
    found: list[Atom] = []
    match domain.type:
        case Numeric():
            if len({end.type for end in ends}) > 1:
                raise Unfixed(words(ends[-1]))
            found = _numbers({end.value for end in ends if isinstance(end.value, Fraction)}, domain)
        case DateType():
            found = _days({end.value.toordinal() for end in ends if isinstance(end.value, date)})
        case GradeType(names=names):
            found = [Atom(rank, Fraction(rank), Fraction(rank)) for rank in range(len(names) + 1)]
        case LabelType(labels=labels):
            found = [Atom(label) for label in labels]
        case YesNoType():
            found = [Atom(True), Atom(False)]
        case TextType():
            texts = {same(end.value): end.value for end in ends}
            found = [Atom(text) for text in texts.values()] + [Atom(OTHER)]
        case _:
            raise Unfixed("a list")
    return (*found, Atom(Nothing.NONE)) if domain.none else tuple(found)


def _numbers(points: set[Fraction], domain: Domain) -> list[Atom]:
    lowest = domain.lowest
    if lowest is not None:
        points = {point for point in points if point > lowest} | {lowest}
    ordered = sorted(points)
    if not ordered:
        return [Atom(Fraction(0))]
    found = [] if lowest is not None else [Atom(ordered[0] - 1, None, ordered[0])]
    for point, after in zip(ordered, [*ordered[1:], None], strict=True):
        if not domain.whole or point.denominator == 1:
            found.append(Atom(point, point, point))
        between = point + 1 if after is None else (point + after) / 2
        if domain.whole:
            between = Fraction(floor(point) + 1)
        if after is None or between < after:
            found.append(Atom(between, point, after))
    return found


def _days(points: set[int]) -> list[Atom]:
    ordered = sorted(points)
    if not ordered:
        return [Atom(date.min)]
    found = [] if ordered[0] == 1 else [Atom(date.fromordinal(ordered[0] - 1), None, Fraction(ordered[0]))]
    for point, after in zip(ordered, [*ordered[1:], None], strict=True):
        found.append(Atom(date.fromordinal(point), Fraction(point), Fraction(point)))
        if point + 1 < (after or date.max.toordinal() + 1):
            high = None if after is None else Fraction(after)
            found.append(Atom(date.fromordinal(point + 1), Fraction(point), high))
    return found


def same(value: object) -> object:
    """A text as it compares, without regard to case and outer spaces; any other value itself."""
    return value.strip().casefold() if isinstance(value, str) else value


def fits(condition: Expression, sample: object, parameters: Parameters) -> bool:
    """Whether a cell takes a value; `taking` says it of all atoms at once."""
    match condition:
        case Not(condition=inner):
            return not fits(inner, sample, parameters)
        case And(conditions=parts):
            return all(fits(part, sample, parameters) for part in parts)
        case Or(conditions=parts):
            return any(fits(part, sample, parameters) for part in parts)
        case Compare(op=op, right=right):
            return _compared(sample, op, term_of(right), parameters)
        case Among(members=members):
            return sample is not Nothing.NONE and any(_among(sample, member, parameters) for member in members)
        case Labelled(labels=labels):
            return sample in labels
    return sample is True


def _among(sample: object, member: Expression | Stretch, parameters: Parameters) -> bool:
    if not isinstance(member, Stretch):
        return _compared(sample, "=", term_of(member), parameters)
    low, high = member.low, member.high
    above = low is None or _compared(sample, ">" if member.low_open else ">=", term_of(low), parameters)
    below = high is None or _compared(sample, "<" if member.high_open else "<=", term_of(high), parameters)
    return above and below


def _compared(sample: object, op: Sign, right: Expression, parameters: Parameters) -> bool:
    end = folded(right, parameters).value
    if sample is Nothing.NONE or end is Nothing.NONE:
        return op == "!="
    left: Any = same(sample)
    against: Any = same(end)  # of one ordered type, as the checker has seen
    match op:
        case "=":
            return bool(left == against)
        case "!=":
            return bool(left != against)
        case "<":
            return bool(left < against)
        case "<=":
            return bool(left <= against)
        case ">":
            return bool(left > against)
        case ">=":
            return bool(left >= against)


def described(first: Atom, last: Atom, name: str, type: Type) -> str:
    """Neighbouring atoms in words: `amount = 5 000 000 DKK`, `amount > 1 and < 5`, `kind = property`."""
    sample = first.sample
    if sample is Nothing.NONE:
        return f"{name} is none"
    if sample == OTHER:
        return f"{name} is any other text"
    if isinstance(type, GradeType) or not isinstance(type, Numeric | DateType):
        one, other = (_words(atom.sample, type) for atom in (first, last))
        return f"{name} = {one}" if first is last else f"{name} in {one}..{other}"
    if first is last and first.is_point:
        return f"{name} = {_words(sample, type)}"
    ends = []
    if first.low is not None:
        ends.append(f"{'>=' if first.is_point else '>'} {_end(first.low, type)}")
    if last.high is not None:
        ends.append(f"{'<=' if last.is_point else '<'} {_end(last.high, type)}")
    return f"{name} {' and '.join(ends)}" if ends else f"any {name}"


def _end(end: Fraction, type: Type) -> str:
    return _words(date.fromordinal(int(end)) if isinstance(type, DateType) else end, type)


def _words(value: object, type: Type) -> str:
    text = constant_words(value, type, type.names if isinstance(type, GradeType) else ())
    return f'"{text}"' if isinstance(type, TextType) else text
