"""Values and figures in print: a `Pen` writes all that stand side by side, so that what differs reads differently."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.model.expressions import Expression, Known, Nothing
from policydsl.model.rulebook import Rulebook
from policydsl.model.types import DAYS, MONTHS, DateType, GradeType, ListType, Numeric, Type, describe
from policydsl.model.words import words
from policydsl.verdicts.digits import SPACE, digits_apart, finite, number

YEAR = 12
LONGEST = 12
"""Decimals of a bound that are printed; longer ones are rounded as figures are."""

FINEST = 4
"""Decimals of money that are printed although they tell nothing apart."""

SAID_OF_UNDEFINED = {
    "nothing": "nothing to take it from",
    "base": "no share, as its base is not surely above zero",
    "unknown": "unknown",
}


@frozen(eq=False)
class Wording:
    """What print needs to know of a rulebook: the names of its grades and of what a row is called."""

    grades: dict[str, tuple[str, ...]]
    singulars: Mapping[str, str]

    def text(self, expression: Expression) -> str:
        """An expression as rule text."""
        return words(expression)

    def rows(self, count: int, table: str | None = None) -> str:
        """A number of rows: `3 holdings`, or `1 row` where the table has no word for one."""
        singular = self.singulars.get(table) if table else None
        one, many = (singular, table) if singular and table else ("row", "rows")
        return f"{number(Fraction(count), 0)} {one if count == 1 else many}"


def wording_of(rulebook: Rulebook) -> Wording:
    """The wording of a rulebook."""
    return Wording(
        {name: tuple(grade[0] for grade in scale.grades) for name, scale in rulebook.scales.items()},
        {name: table.singular for name, table in rulebook.tables.items() if table.singular},
    )


@frozen
class Unit:
    """What follows a number for one and for many, its least digits, and what it is multiplied with and divided by
    before it is printed."""

    one: str
    many: str
    least: int = 0
    kept: int = 0
    times: int = 1
    by: int = 1

    def scaled(self, value: Fraction) -> Fraction:
        """A value in this unit."""
        if self.times == self.by:
            return value
        return Fraction(value.numerator * self.times, value.denominator * self.by)


@frozen
class Pen:
    """Writes values of one type in one unit."""

    type: Type
    unit: Unit | None
    decimals: int
    wording: Wording
    written: tuple[Fraction, ...] = ()
    """The values that an author wrote: they keep all their digits, where those come to an end soon."""

    def value(self, value: Known) -> str:
        """A value, rounded to the digits of this pen."""
        if self.unit is None or not isinstance(value, Fraction):
            return plain(value, self.type, self.wording)
        scaled, decimals = self.unit.scaled(value), self.decimals
        if value in self.written and (places := finite(scaled)) is not None and places <= LONGEST:
            decimals = max(decimals, places)
        digits = number(scaled, decimals, self.unit.kept)
        return digits + (self.unit.one if scaled in _ONE else self.unit.many)

    def distance(self, distance: Fraction) -> str:
        """The distance of two values, in the same unit and with as many digits as tell it from nothing."""
        if self.unit is None:
            return self.value(distance)
        decimals = digits_apart([_ZERO, self.unit.scaled(distance)], self.unit.least)
        return Pen(self.type, self.unit, decimals, self.wording).value(distance)

    def figure(self, figure: Figure) -> str:
        """A figure: one value, `between a and b`, `at least a`, or why there is none."""
        write = self.value
        match figure:
            case Undefined(reason=reason):
                return SAID_OF_UNDEFINED[reason]
            case Interval(low=None, high=None):
                return "unknown"
            case Interval(low=None, high=high) if high is not None:
                return f"at most {write(high)}"
            case Interval(low=low, high=None) if low is not None:
                return f"at least {write(low)}"
            case Interval(low=low, high=high):
                assert low is not None and high is not None
                return write(low) if low == high else f"between {write(low)} and {write(high)}"


_ZERO, _ONE = Fraction(0), (1, -1)
_PERCENT, _PLAIN = Unit("%", "%", 1, times=100), Unit("", "", 2)
_DAYS, _MONTHS = Unit(f"{SPACE}day", f"{SPACE}days", 1), Unit(f"{SPACE}month", f"{SPACE}months", 1)
_YEARS = Unit(f"{SPACE}year", f"{SPACE}years", 1, by=YEAR)


def pen(
    type: Type,
    figures: Iterable[Figure | None],
    wording: Wording,
    counts: str | None = None,
    bounds: Iterable[Figure | None] = (),
) -> Pen:
    """The pen for figures that stand beside bounds; `counts` is the table of the rows that they count."""
    written = tuple(value for bound in bounds for value in ends(bound))
    numbers = [*(value for figure in figures for value in ends(figure)), *written]
    if not isinstance(type, Numeric):
        return Pen(type, None, 0, wording)
    unit = _unit(type, numbers, wording, counts)
    return Pen(type, unit, digits_apart([_ZERO, *map(unit.scaled, numbers)], unit.least), wording, written)


def alone(value: Known, type: Type, wording: Wording, counts: str | None = None) -> str:
    """One value by itself, with as many digits as tell it from nothing."""
    beside = (Interval(value, value),) if isinstance(value, Fraction) else ()
    return pen(type, beside, wording, counts).value(value)


def ends(figure: Figure | None) -> tuple[Fraction, ...]:
    """The ends of a figure that are known."""
    if not isinstance(figure, Interval):
        return ()
    return tuple(end for end in (figure.low, figure.high) if end is not None)


def plain(value: Known, type: Type, wording: Wording) -> str:
    """A value that is no number, as an author writes it; a figure holds a grade as its rank and a date as its day."""
    match value:
        case Nothing.NONE:
            return "none"
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case int() | Fraction() if isinstance(type, GradeType):
            grades = wording.grades.get(type.scale, ())
            return grades[int(value)] if 0 <= value < len(grades) else "unrated"
        case Fraction() if isinstance(type, DateType):
            return date.fromordinal(int(value)).isoformat()
        case tuple():
            of = type.of if isinstance(type, ListType) else type
            return ", ".join(plain(entry, of, wording) for entry in value)
        case Fraction() | int():
            return number(Fraction(value), finite(Fraction(value)) or 2)
        case str():
            return value


def _unit(type: Numeric, values: list[Fraction], wording: Wording, counts: str | None) -> Unit:
    if type.share and not type.dims:
        return _PERCENT
    if not type.dims:
        if counts is None or not _whole(values):
            return _PLAIN
        one, many = (wording.rows(count, counts).split(" ", 1)[1] for count in (1, 2))
        return Unit(f" {one}", f" {many}")
    name, power = type.dims[0]
    if len(type.dims) > 1 or power != 1:
        return Unit(SPACE + describe(type), SPACE + describe(type), 2)
    if name == DAYS:
        return _DAYS
    if name == MONTHS:
        return _unit_of_term(values)
    places = [finite(value) for value in values]
    least = max((each for each in places if each is not None and each <= FINEST), default=0)
    return Unit(SPACE + name, SPACE + name, 0 if _whole(values) else max(least, 2), 2)


def _unit_of_term(values: list[Fraction]) -> Unit:
    """Years, but months where all are shorter than a year, or are whole months and not all tenths of years."""
    tenths = all((value / YEAR * 10).denominator == 1 for value in values)
    below_a_year = bool(values) and all(abs(value) < YEAR for value in values)
    return _MONTHS if below_a_year or (_whole(values) and not tenths) else _YEARS


def _whole(values: Iterable[Fraction]) -> bool:
    return all(value.denominator == 1 for value in values)
