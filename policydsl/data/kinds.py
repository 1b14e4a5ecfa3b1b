"""How the cells of a declared column are read."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from policydsl.inputs.kinds import DateKind, GradeKind, Kind, LabelKind, ListKind, NumberKind, TextKind, YesNoKind
from policydsl.inputs.numbers import unit_key
from policydsl.model.rulebook import Column, Scale
from policydsl.model.types import (
    DAYS,
    MONTHS,
    AnswersType,
    DateSpan,
    DateType,
    GradeType,
    LabelType,
    ListType,
    Numeric,
    TextType,
    YesNoType,
)

# A file does not say in which language it is: the words of all that mean the same in each, and so no `kr`.
_MONTHS = dict.fromkeys(("y", "year", "years", "år"), 12) | dict.fromkeys(
    ("month", "months", "månad", "månader", "mån", "måned", "måneder", "mdr"), 1
)
_DAYS = dict.fromkeys(("day", "days", "dag", "dagar", "dygn", "dage", "døgn"), 1) | dict.fromkeys(
    ("week", "weeks", "vecka", "veckor", "uge", "uger"), 7
)
_PERCENT = ("%", "percent", "per cent", "procent", "pct")
_BASIS_POINTS = (
    "bp", "basis point", "basis points", "baspunkt", "baspunkter", "räntepunkt", "räntepunkter", "basispunkt",
    "basispunkter",
)  # fmt: skip
_UNRATED = ("utan rating", "ej ratad", "oratad", "uden rating")
_MULTIPLES = {
    **{"": 1, "k": 1_000, "K": 1_000, "T": 1_000, "M": 1_000_000, "bn": 1_000_000_000},
    **dict.fromkeys(("thousand", "tusen", "tusind", "tusinde"), 1_000),
    **dict.fromkeys(("million", "miljon", "miljoner", "millioner", "milj", "mn", "mio"), 1_000_000),
    **dict.fromkeys(("miljard", "miljarder", "milliard", "milliarder", "mdr", "mia"), 1_000_000_000),
}


def kind_of(column: Column, scales: Mapping[str, Scale]) -> Kind:
    """The reader's description of a column."""
    match column.type:
        case Numeric() as type:
            return NumberKind(column.factor, _unit(column), _units(type), _hundredths(column.factor, type))
        case DateType():
            return DateKind()
        case YesNoType():
            return YesNoKind()
        case LabelType(labels=labels):
            return LabelKind({label.casefold(): label for label in labels})
        case GradeType(scale=scale):
            return GradeKind(_spellings(scales[scale]))
        case ListType(of=GradeType(scale=scale)):
            return ListKind(column.separator or ";", _spellings(scales[scale]))
        case ListType():
            return ListKind(column.separator or ";")
        case TextType() | DateSpan() | AnswersType():
            return TextKind()


def _spellings(scale: Scale) -> dict[str, str]:
    """What a cell may call the grades of a scale, in lower case, and the grade that it means."""
    names = {name.casefold(): name for name in grade_names(scale)}
    return names | {word: "unrated" for word in _UNRATED if word not in names}


def grade_names(scale: Scale) -> list[str]:
    """All names of a scale's grades."""
    return [*(name for grade in scale.grades for name in grade), *scale.unrated, "unrated"]


def ranks(scale: Scale) -> dict[str, int]:
    """Each name of a grade, in lower case, to its rank."""
    found = {name.casefold(): rank for rank, grade in enumerate(scale.grades) for name in grade}
    return {"unrated": len(scale.grades), **{name.casefold(): len(scale.grades) for name in scale.unrated}, **found}


def _unit(column: Column) -> str:
    assert isinstance(column.type, Numeric)
    match column.type.dims:
        case ():
            return "%" if column.type.share else ""
        case ((unit, 1),) if unit == MONTHS:
            return "years" if column.factor == 12 else "months"
        case ((unit, 1),) if unit == DAYS:
            return "weeks" if column.factor == 7 else "days"
        case ((unit, 1),):
            return {1: "", 1_000: "K", 1_000_000: "M"}.get(int(column.factor), "") + unit
    return ""


@cache
def _units(type: Numeric) -> Mapping[str, Fraction]:
    match type.dims:
        case ():
            if not type.share:
                return {}
            percent = dict.fromkeys(_PERCENT, Fraction(1, 100))
            return percent | dict.fromkeys(_BASIS_POINTS, Fraction(1, 10_000))
        case ((unit, 1),) if unit == MONTHS:
            return {word: Fraction(factor) for word, factor in _MONTHS.items()}
        case ((unit, 1),) if unit == DAYS:
            return {word: Fraction(factor) for word, factor in _DAYS.items()}
        case ((unit, 1),):
            return {
                f"{multiple}{' ' if multiple.islower() and len(multiple) > 1 else ''}{unit}": Fraction(factor)
                for multiple, factor in _MULTIPLES.items()
            }
    return {}


@cache
def _hundredths(factor: Fraction, type: Numeric) -> frozenset[str]:
    """How an amount of money is written whose smallest part is a hundredth: 1.234 MSEK is none of these."""
    if type.currency is None:
        return frozenset()
    words = {unit_key(word) for word, multiple in _units(type).items() if multiple == 1}
    return frozenset(words | {""} if factor == 1 else words)
