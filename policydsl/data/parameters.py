"""The values that the run supplies, read from text or taken as given."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.data.kinds import ranks
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.texts import tidy
from policydsl.model.expressions import Constant, Known, Value
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

Supplied = str | int | float | Decimal | Fraction | date | bool | Sequence[str]
"""A float is its shortest decimal."""


def parameter_values(
    rulebook: Rulebook, supplied: Mapping[str, Supplied]
) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """The value of every parameter, None where nobody has supplied or decided it."""
    told: list[Diagnostic] = []
    values: dict[str, Value] = {}
    for name in supplied:
        if name not in rulebook.parameters:
            near = nearest(name, list(rulebook.parameters))
            told.append(say("PD360", None, name=name, hint=f": did you mean `{near}`?" if near else ""))
    for name, parameter in rulebook.parameters.items():
        if isinstance(parameter.value, Constant):
            values[name] = parameter.value.value
            if name in supplied:
                told.append(say("PD361", None, name=name))
        elif isinstance(parameter.value, tuple):
            values[name] = tuple(part.value for part in parameter.value)  # type: ignore[misc]
            if name in supplied:
                told.append(say("PD361", None, name=name))
        elif name not in supplied:
            values[name] = None
            if parameter.supplied:
                told.append(say("PD362", None, name=name))
        else:
            values[name], wrong = _value(parameter, supplied[name], rulebook.scales)
            told += wrong
    return values, tuple(told)


def _value(parameter: Parameter, given: Supplied, scales: Mapping[str, Scale]) -> tuple[Value, list[Diagnostic]]:
    wanted = describe(parameter.type)
    if isinstance(given, str) and isinstance(parameter.type, TextType | LabelType | GradeType):
        value = _word(tidy(given.strip().removeprefix('"').removesuffix('"')), parameter.type, scales)
        found = None if value is None else Constant(value, parameter.type)
    else:
        found = _read(given)
    if found is None:
        said, example = _wanted(parameter.type, scales)
        return None, [say("PD365", None, text=given, name=parameter.name, wanted=said, example=example)]
    if found.type == NUMBER and not isinstance(given, str) and isinstance(parameter.type, Numeric):
        assert isinstance(found.value, Fraction)
        return found.value * parameter.factor, []
    if not _fits(found.type, parameter.type):
        return None, [say("PD364", None, text=given, type=describe(found.type), name=parameter.name, wanted=wanted)]
    return found.value, []


def _word(text: str, type: TextType | LabelType | GradeType, scales: Mapping[str, Scale]) -> Known | None:
    """A text, or the label or the rank of the grade that it names."""
    match type:
        case TextType():
            return text
        case LabelType(labels=labels):
            return {label.casefold(): label for label in labels}.get(text.casefold())
        case GradeType(scale=scale):
            return ranks(scales[scale]).get(text.casefold())


def _fits(found: Type, wanted: Type) -> bool:
    return found == wanted or (isinstance(found, TextType) and isinstance(wanted, TextType))


def _read(given: Supplied) -> Constant | None:
    match given:
        case bool():
            return Constant(given, YES_NO)
        case int() | Fraction() | Decimal():
            return Constant(Fraction(given), NUMBER)
        case float():
            return Constant(Fraction(repr(given)), NUMBER)
        case datetime():
            return Constant(given.date(), DATE)
        case date():
            return Constant(given, DATE)
        case tuple() | list():
            return Constant(tuple(tidy(str(part)) for part in given), ListType(TEXT))
        case str():
            from policydsl.data.written import constant_in  # only a text needs the parser

            return constant_in(given)
    raise TypeError(f"a parameter is given as text, a number, a date or yes/no, not as {type(given).__name__}")


def _wanted(type: Type, scales: Mapping[str, Scale]) -> tuple[str, str]:
    match type:
        case Numeric() if type.currency is not None:
            return f"{describe(type)}, with a decimal point", f"`350.5 M{type.currency}`"
        case Numeric() if type == SHARE:
            return f"{describe(type)}, with a decimal point", "`12.5%`"
        case Numeric() if type.is_term:
            return f"{describe(type)}, with a decimal point", "`11.5y`"
        case LabelType(labels=labels):
            return describe(type), f"`{labels[0]}`"
        case GradeType(scale=scale):
            return describe(type), f"`{scales[scale].grades[0][0]}`"
        case DateType():
            return describe(type), "`2015-01-31`"
        case YesNoType():
            return describe(type), "`yes`"
    return describe(type), "`4`" if type == NUMBER else '`"text"`'
