"""Values as columns of a table of ours: how they are held there, and what is stored for them."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import count
from math import lcm
from typing import Literal

from policydsl.engines.sql.database import LARGEST, Field, Refused
from policydsl.engines.sql.held import Held
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value

_NUMBERS = count()
_WHOLE = 2**63 - 1


def numbered_name(letter: str) -> str:
    """A name that no other table of ours has."""
    return f"{letter}{next(_NUMBERS)}"


def held_as(values: Sequence[Value], name: str, owner: str) -> tuple[Held, list[Field]]:
    """How a column is held, and what is stored for it."""
    known = [each for each in values if each is not None and each is not Nothing.NONE]
    without = len(known) < len(values) and Nothing.NONE in values
    none = f"{owner}{name}n" if without else None
    fields = [Field(f"{name}n", "truth", [each is Nothing.NONE for each in values])] if without else []
    if not known:
        return Held("blank", "NULL", none), fields
    kinds = {type(each) for each in known}
    if kinds == {bool}:
        truths = [each if isinstance(each, bool) else None for each in values]
        return Held("truth", owner + name, none), [Field(name, "truth", truths), *fields]
    if kinds == {str}:
        texts = [each if isinstance(each, str) else None for each in values]
        _stored(each for each in texts if each is not None)
        alike = [str(folded(each)) if each is not None else None for each in texts]
        made = [Field(name, "text", texts), Field(f"{name}f", "text", alike), *fields]
        return Held("text", f"{owner}{name}f", none, written=owner + name), made
    if kinds == {date}:
        ordinals = [each.toordinal() if isinstance(each, date) else None for each in values]
        return _numbers(ordinals, 1, name, owner, none, fields)
    if kinds == {int}:
        ranks = [each if isinstance(each, int) else None for each in values]
        return _numbers(ranks, 1, name, owner, none, fields)
    if kinds == {Fraction}:
        fractions = [each if isinstance(each, Fraction) else None for each in values]
        den = lcm(*{each.denominator for each in fractions if each is not None})
        if den > LARGEST:
            raise Refused("a number has more than 38 digits")
        over = [None if each is None else each.numerator * (den // each.denominator) for each in fractions]
        return _numbers(over, den, name, owner, none, fields)
    raise Refused("it is a list")


def _numbers(
    values: Sequence[int | None], den: int, name: str, owner: str, none: str | None, fields: list[Field]
) -> tuple[Held, list[Field]]:
    known = [each for each in values if each is not None]
    low, high = min(known), max(known)
    if max(abs(low), abs(high)) > LARGEST:
        raise Refused("a number has more than 38 digits")
    kind: Literal["whole", "wide"] = "whole" if max(abs(low), abs(high)) <= _WHOLE else "wide"
    return Held("number", owner + name, none, den, low, high), [Field(name, kind, values), *fields]


def _stored(texts: Iterable[str]) -> None:
    """Sees to it that texts come back as they were."""
    for each in texts:
        if "\0" in each or (not each.isascii() and any("\ud800" <= sign <= "\udfff" for sign in each)):
            raise Refused("a text has signs that no database holds")
