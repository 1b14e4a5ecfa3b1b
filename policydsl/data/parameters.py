"""The values that the run supplies, read from text or taken as given."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.model.expressions import Constant, Value
from policydsl.model.rulebook import Parameter, Rulebook
from policydsl.model.types import (
    DATE,
    NUMBER,
    SHARE,
    YES_NO,
    DateType,
    Numeric,
    TextType,
    Type,
    YesNoType,
    describe,
)

Supplied = str | int | Decimal | Fraction | date | bool


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
            values[name], wrong = _value(parameter, supplied[name])
            told += wrong
    return values, tuple(told)


def _value(parameter: Parameter, given: Supplied) -> tuple[Value, list[Diagnostic]]:
    found = _read(given)
    if found is None:
        wanted, example = _wanted(parameter.type)
        return None, [say("PD365", None, text=given, name=parameter.name, wanted=wanted, example=example)]
    plain = found.type == NUMBER and not isinstance(given, str) and isinstance(parameter.type, Numeric)
    if not plain and not _fits(found.type, parameter.type):
        wanted = describe(parameter.type)
        return None, [say("PD364", None, text=given, type=describe(found.type), name=parameter.name, wanted=wanted)]
    return found.value, []


def _fits(found: Type, wanted: Type) -> bool:
    return found == wanted or (isinstance(found, TextType) and isinstance(wanted, TextType))


def _read(given: Supplied) -> Constant | None:
    match given:
        case bool():
            return Constant(given, YES_NO)
        case int() | Fraction() | Decimal():
            return Constant(Fraction(given), NUMBER)
        case date():
            return Constant(given, DATE)
    from policydsl.data.written import constant_in  # only a text needs the parser

    return constant_in(given)


def _wanted(type: Type) -> tuple[str, str]:
    match type:
        case Numeric() if type.currency is not None:
            return describe(type), f"`350 M{type.currency}`"
        case Numeric() if type == SHARE:
            return describe(type), "`12.5%`"
        case Numeric() if type.is_term:
            return describe(type), "`11.5y`"
        case DateType():
            return describe(type), "`2015-01-31`"
        case YesNoType():
            return describe(type), "`yes`"
    return describe(type), "`4`" if type == NUMBER else '`"text"`'
