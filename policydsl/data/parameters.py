"""The values that the run supplies, read from text or taken as given."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.data.kinds import ranks
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import shown
from policydsl.inputs.texts import tidy
from policydsl.model.expressions import Constant, Known, Value
from policydsl.model.periods import known, outside, standing, value_in_text
from policydsl.model.rulebook import Parameter, Rulebook, Scale
from policydsl.model.types import (
    DATE,
    NUMBER,
    SHARE,
    TEXT,
    YES_NO,
    DateType,
    GradeType,
    LabelType,
    ListType,
    Numeric,
    TextType,
    Type,
    YesNoType,
    describe,
)
from policydsl.syntax.words import Words, words_of

Supplied = str | int | float | Decimal | Fraction | date | bool | Sequence[str] | Constant
"""A float is its shortest decimal; a Constant is in its type's own unit, whatever unit the parameter is declared in."""

_THOUSANDS = re.compile(r"\s*[-\u2212]?(?P<whole>[1-9]\d{0,2})[.,](?P<rest>\d{3})(?P<unit>\s*[^\W\d].*)", re.DOTALL)
_QUOTED = re.compile(r'\s*"[^"]*"\s*([,;]\s*"[^"]*"\s*)+')


def parameter_values(
    rulebook: Rulebook, supplied: Mapping[str, Supplied], as_of: date | None = None, example: bool = False
) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """The value of every parameter on the day judged, None where nobody has supplied or decided it. An example may
    take another value than the one that the rulebook sets."""
    told: list[Diagnostic] = []
    values: dict[str, Value] = {}
    for name in supplied:
        if name not in rulebook.parameters:
            near = nearest(name, list(rulebook.parameters))
            told.append(say("PD360", None, name=name, hint=f": did you mean `{near}`?" if near else ""))
    for name, parameter in rulebook.parameters.items():
        values[name] = known(value_in_text(parameter, as_of))
        if values[name] is not None and name in supplied and not example:
            told.append(say("PD361", None, name=name))
        elif name in supplied:
            values[name], wrong = _value(parameter, supplied[name], rulebook)
            told += wrong
        elif parameter.supplied:
            told.append(say("PD362", None, name=name))
        elif parameter.history and standing(parameter.history, as_of) is None:
            told.append(say("PD560", None, name=name, why=outside(parameter.history, as_of)))
    return values, tuple(told)


def _value(parameter: Parameter, given: Supplied, rulebook: Rulebook) -> tuple[Value, list[Diagnostic]]:
    wanted = describe(parameter.type)
    if (doubt := _perhaps_thousands(given, parameter)) is not None:
        return None, [doubt]
    found = _read(given, parameter.type, rulebook.scales, rulebook.language)
    if found is None:
        said, example = _wanted(parameter.type, rulebook.scales, words_of(rulebook.language))
        return None, [say("PD365", None, text=_shown(given), name=parameter.name, wanted=said, example=example)]
    if found.type == NUMBER and isinstance(parameter.type, Numeric) and not isinstance(given, str | Constant):
        assert isinstance(found.value, Fraction)
        return found.value * parameter.factor, []
    if not _fits(found.type, parameter.type):
        text, type = _shown(given), describe(found.type)
        return None, [say("PD364", None, text=text, type=type, name=parameter.name, wanted=wanted)]
    return found.value, []


def _perhaps_thousands(given: Supplied, parameter: Parameter) -> Diagnostic | None:
    """Money with three decimals, `1.234 MSEK`, is asked about, whatever its unit: in data it would be, too."""
    of_money = isinstance(parameter.type, Numeric) and parameter.type.currency is not None
    found = _THOUSANDS.fullmatch(given) if of_money and isinstance(given, str) else None
    if found is None:
        return None
    grouped = f"{found['whole']} {found['rest']}{found['unit']}"
    return say("PD276", None, text=shown(found.group().strip()), grouped=grouped.strip())


def _shown(given: Supplied) -> str:
    """A supplied value as a message shows it."""
    value = given.value if isinstance(given, Constant) else given
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        value = "; ".join(map(str, value))
    return shown(str(value))


def _fits(found: Type, wanted: Type) -> bool:
    return found == wanted or (isinstance(found, TextType) and isinstance(wanted, TextType))


def _read(given: Supplied, type: Type, scales: Mapping[str, Scale], language: str) -> Constant | None:
    """The value that is given, of the parameter's type if it can be read as one; None if it is no value."""
    if isinstance(given, Constant):
        return given
    if isinstance(given, str):
        return _read_text(given, type, scales, language)
    if isinstance(given, list | tuple):
        of = type.of if isinstance(type, ListType) else TEXT
        return _listed([str(part) for part in given], of, scales)
    from policydsl.inputs.frame_cells import frame_cell  # a file gives texts

    match frame_cell(given):
        case bool() as yes:
            return Constant(yes, YES_NO)
        case int() | Decimal() | Fraction() as number:
            return Constant(Fraction(number), NUMBER)
        case date() as day:
            return Constant(day, DATE)
    if isinstance(given, float | Decimal | date):
        return None  # no number, an infinite one, or a time of day
    raise TypeError(f"a parameter is given as text, a number, a date or yes/no, not as {given.__class__.__name__}")


def _read_text(text: str, type: Type, scales: Mapping[str, Scale], language: str) -> Constant | None:
    match type:
        case TextType() | LabelType() | GradeType():
            value = _word(_unquoted(text), type, scales)
            return None if value is None else Constant(value, type)
        case ListType(of=of):
            parts = _parts(text)
            return None if parts is None else _listed(parts, of, scales)
    from policydsl.data.written import constant_in  # only a text needs the parser

    return constant_in(text, language)


def _parts(text: str) -> list[str] | None:
    """The texts of a list: parted by `;`, or by commas if each is in quotes; None where a comma may be part of one."""
    if _QUOTED.fullmatch(text):
        return re.findall(r'"([^"]*)"', text)
    if ";" not in text and "," in text and not text.strip().startswith('"'):
        return None
    return [_unquoted(part) for part in _unquoted(text).removesuffix(";").split(";")]


def _listed(parts: Sequence[str], of: TextType | GradeType, scales: Mapping[str, Scale]) -> Constant | None:
    words = [_word(tidy(part), of, scales) for part in parts]
    if None in words or "" in words:
        return None
    return Constant(tuple(words), ListType(of))  # type: ignore[arg-type]  # each is a text or a grade


def _unquoted(text: str) -> str:
    return tidy(text.strip().removeprefix('"').removesuffix('"'))


def _word(text: str, type: TextType | LabelType | GradeType, scales: Mapping[str, Scale]) -> Known | None:
    """A text, or the label or the rank of the grade that it names."""
    match type:
        case TextType():
            return text
        case LabelType(labels=labels):
            return {label.casefold(): label for label in labels}.get(text.casefold())
        case GradeType(scale=scale):
            return ranks(scales[scale]).get(text.casefold())


def _wanted(type: Type, scales: Mapping[str, Scale], words: Words) -> tuple[str, str]:
    """What a parameter wants, and an example of it in the language of the rulebook."""
    sign = words.decimal
    named = f"{describe(type)}, with a decimal {'point' if sign == '.' else 'comma'}"
    years = words.units["years"].many
    match type:
        case Numeric() if type.currency is not None:
            return named, f"`350{sign}5 M{type.currency}`"
        case Numeric() if type == SHARE:
            return named, f"`12{sign}5{' ' * words.blank_before_unit}%`"
        case Numeric() if type.is_term:
            return named, f"`11{sign}5{' ' * (len(years) > 1)}{years}`"
        case LabelType(labels=labels):
            return describe(type), f"`{labels[0]}`"
        case GradeType(scale=scale):
            return describe(type), f"`{scales[scale].grades[0][0]}`"
        case DateType():
            return describe(type), "`2015-01-31`"
        case YesNoType():
            return describe(type), f"`{words.written('YES')}`"
        case ListType(of=GradeType(scale=scale)):
            grades = scales[scale].grades
            return f"{describe(type)}, parted by `;`", f"`{grades[0][0]}; {grades[-1][0]}`"
        case ListType():
            return f"{describe(type)}, parted by `;`", "`one; another`"
    return describe(type), "`4`" if type == NUMBER else '`"text"`'
