"""Values and figures in print: a `Pen` writes all that stand side by side, so that what differs reads differently."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from policydsl._frozen import evolve, frozen
from policydsl.catalogue.languages import ENGLISH, phrase, sentence
from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.model.expressions import Expression, Known, Nothing
from policydsl.model.rulebook import Rulebook
from policydsl.model.types import DateType, GradeType, ListType, Numeric, Type
from policydsl.model.words import words
from policydsl.syntax.words import words_of
from policydsl.verdicts.digits import SPACE, digits_apart, finite, number
from policydsl.verdicts.units import Unit, unit_of

LONGEST = 12
"""Decimals of a bound that are printed; longer ones are rounded as figures are."""

SAID_OF_UNDEFINED = {
    "nothing": "nothing to take it from",
    "base": "no share, as its base is not surely above zero",
}


@frozen(eq=False)
class Wording:
    """What print needs to know of a rulebook: the names of its grades and of what a row is called."""

    grades: dict[str, tuple[str, ...]]
    singulars: Mapping[str, str]
    language: str = ENGLISH
    """What verdicts are told in."""
    rules: str = ENGLISH
    """What the rulebook is written in."""

    def say(self, english: str, **blanks: object) -> str:
        """A sentence in the language of the verdicts, its blanks filled in."""
        return sentence(self.language, english, **blanks)

    def retell(self, english: str) -> str:
        """A finished text, such as a reason, in the language of the verdicts."""
        return phrase(self.language, english, self.rule_text)

    def rule_text(self, english: str) -> str:
        """Rule text in the language of the rulebook."""
        if self.rules == ENGLISH:
            return english
        from policydsl.syntax.retelling import retold

        return retold(english, self.rules)

    def term(self, english: str) -> str:
        """A term of rule text, in the language of the verdicts: `30 dagar`."""
        if self.language == ENGLISH:
            return english
        from policydsl.syntax.retelling import retold

        return retold(english, self.language)

    def cell(self, name: str) -> str:
        """What a cell of a table of limits is called, in the language of the verdicts."""
        if self.language == ENGLISH:
            return name
        from policydsl.syntax.retelling import cell_retold

        return cell_retold(name, self.language)

    def called(self, id: str) -> str:
        """The id of a rule or a cell, as a reader of the language has it: `3.1[< 12 månader, max]`."""
        if self.language == ENGLISH or "[" not in id:
            return id
        from policydsl.syntax.retelling import called

        return called(id, self.language)

    def text(self, expression: Expression) -> str:
        """An expression as rule text, in English."""
        return words(expression)

    def number(self, digits: str) -> str:
        """A number in print, with the decimal sign of the language."""
        return digits if self.language == ENGLISH else digits.replace(".", words_of(self.language).decimal)

    def unit(self, english: str) -> str:
        """What follows a number."""
        if self.language == ENGLISH:
            return english
        bare = english.replace(SPACE, " ").strip()
        return english.replace(bare.replace(" ", SPACE), self.say(bare)) if bare != "%" else f"{SPACE}%"

    @property
    def neutral(self) -> "Wording":
        """The same in English: for what is compared and not read."""
        return self if self.language == ENGLISH else Wording(self.grades, self.singulars)

    def counted(self, table: str | None) -> tuple[str, str]:
        """What one row of a table is called, and what several are, in words: `extern affär`, `externa affärer`."""
        singular = self.singulars.get(table) if table else None
        if not singular or not table:
            return self.say("row"), self.say("rows")
        return singular.replace("_", " "), table.replace("_", " ")

    def rows(self, count: int, table: str | None = None) -> str:
        """A number of rows: `3 holdings`, or `1 row` where the table has no word for one."""
        one, many = self.counted(table)
        return f"{number(Fraction(count), 0)} {one if count == 1 else many}"


def wording_of(rulebook: Rulebook) -> Wording:
    """The wording of a rulebook."""
    return Wording(
        {name: tuple(grade[0] for grade in scale.grades) for name, scale in rulebook.scales.items()},
        {name: table.singular for name, table in rulebook.tables.items() if table.singular},
        rulebook.told_in or rulebook.language,
        rulebook.language,
    )


@frozen
class Pen:
    """Writes values of one type in one unit."""

    type: Type
    unit: Unit | None
    decimals: int
    wording: Wording
    written: tuple[Fraction, ...] = ()
    """The values that an author wrote: they keep all their digits, where those come to an end soon."""
    full: bool = False
    """Whether whole numbers have their decimals, too, as in a column of figures."""

    def value(self, value: Known) -> str:
        """A value, rounded to the digits of this pen."""
        if self.unit is None or not isinstance(value, Fraction):
            return plain(value, self.type, self.wording)
        scaled, decimals = self.unit.scaled(value), self.decimals
        if value in self.written and (places := finite(scaled)) is not None and places <= LONGEST:
            decimals = max(decimals, places)
        digits = self.wording.number(number(scaled, decimals, self.unit.kept, self.full))
        return digits + self.wording.unit(self.unit.one if scaled in _ONE else self.unit.many)

    def distance(self, distance: Fraction) -> str:
        """The distance of two values, in the same unit and with as many digits as tell it from nothing."""
        if self.unit is None:
            return self.value(distance)
        decimals = digits_apart([_ZERO, self.unit.scaled(distance)], self.unit.least)
        return Pen(self.type, self.unit, decimals, self.wording).value(distance)

    @property
    def _graded(self) -> bool:
        """Whether the numbers are ranks, of which the least is the best."""
        return isinstance(self.type, GradeType)

    def figure(self, figure: Figure) -> str:
        """A figure: one value, `between a and b`, `at least a`, or why there is none."""
        write, say = self.value, self.wording.say
        match figure:
            case Undefined(reason="unknown"):
                return say("unknown")
            case Undefined(reason=reason):
                return self.wording.retell(SAID_OF_UNDEFINED[reason])
            case Interval(low=None, high=None):
                return say("unknown")
            case Interval(low=None, high=high) if high is not None:
                return say("{value} or better" if self._graded else "at most {value}", value=write(high))
            case Interval(low=low, high=None) if low is not None:
                return say("{value} or worse" if self._graded else "at least {value}", value=write(low))
            case Interval(low=low, high=high):
                assert low is not None and high is not None
                if low == high:
                    return write(low)
                return say("between {low} and {high}", low=write(low), high=write(high))


_ZERO, _ONE = Fraction(0), (1, -1)


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
    unit = unit_of(type, numbers, None if counts is None else wording.counted(counts))
    return Pen(type, unit, digits_apart([_ZERO, *map(unit.scaled, numbers)], unit.least), wording, written)


def aligned(pen: Pen, figures: Iterable[Figure]) -> Pen:
    """A pen that writes all figures of a column with as many decimals as the one that has most of them."""
    unit = pen.unit
    if unit is None:
        return pen
    values = [unit.scaled(value) for figure in figures for value in ends(figure)]
    most = max((len(number(value, pen.decimals, unit.kept).partition(".")[2]) for value in values), default=0)
    return evolve(pen, unit=evolve(unit, kept=most), full=True) if most else pen


def alone(value: Known, type: Type, wording: Wording, counts: str | None = None) -> str:
    """One value by itself, with as many digits as tell it from nothing."""
    beside = (Interval(value, value),) if isinstance(value, Fraction) else ()
    return pen(type, beside, wording, counts).value(value)


def in_columns(group: Iterable[tuple[str, str | None]], wording: Wording) -> list[str]:
    """The columns of a group with their values: `issuer Staten`."""
    return [f"{column} {wording.say('not known') if text is None else text}" for column, text in group]


def ends(figure: Figure | None) -> tuple[Fraction, ...]:
    """The ends of a figure that are known."""
    if not isinstance(figure, Interval):
        return ()
    return tuple(end for end in (figure.low, figure.high) if end is not None)


def plain(value: Known, type: Type, wording: Wording) -> str:
    """A value that is no number, as an author writes it; a figure holds a grade as its rank and a date as its day."""
    match value:
        case Nothing.NONE:
            return wording.say("none")
        case bool():
            return wording.say("yes" if value else "no")
        case date():
            return value.isoformat()
        case int() | Fraction() if isinstance(type, GradeType):
            grades = wording.grades.get(type.scale, ())
            return grades[int(value)] if 0 <= value < len(grades) else wording.say("unrated")
        case Fraction() if isinstance(type, DateType):
            return date.fromordinal(int(value)).isoformat()
        case tuple():
            of = type.of if isinstance(type, ListType) else type
            return ", ".join(plain(entry, of, wording) for entry in value)
        case Fraction() | int():
            return wording.number(number(Fraction(value), finite(Fraction(value)) or 2))
        case str():
            return value
