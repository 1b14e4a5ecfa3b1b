"""What a quantity says that is no number: who may decide, what a thing is called, yes or no."""

from collections.abc import Iterator

from policydsl._frozen import frozen
from policydsl.figures.operations import as_value
from policydsl.figures.values import folded
from policydsl.model.expressions import (
    Choice,
    Constant,
    Decision,
    Expression,
    FigureOf,
    Named,
    Nothing,
    ParameterOf,
    Value,
)
from policydsl.model.types import YES_NO, AnswersType, DateType, GradeType, Numeric, Type
from policydsl.verdicts.measured import View
from policydsl.verdicts.wording import Wording, plain


@frozen
class Said:
    """What it surely says and what it may say besides; `open` if that may be anything. A decision whose rows answer all
    at once says `several`, anything else one thing."""

    sure: tuple[Value, ...]
    perhaps: tuple[Value, ...] = ()
    open: bool = False
    several: bool = False

    @property
    def exact(self) -> bool:
        """Whether nothing of it is unknown."""
        return not self.perhaps and not self.open

    def words(self, type: Type, wording: Wording) -> str:
        """As it is printed: `Board and Treasurer; perhaps Council`."""
        say = wording.say
        sure, perhaps = ([_plain(value, type, wording) for value in side] for side in (self.sure, self.perhaps))
        if not self.several:
            if self.open or not (sure or perhaps):
                return say("unknown")
            return sure[0] if sure else _either(perhaps, wording)
        if not sure and self.exact:
            return say("none")
        if self.open:
            perhaps.append(say("others"))
        parts = [_all(sure, wording)] if sure else []
        parts += [say("perhaps {answers}", answers=_all(perhaps, wording))] if perhaps else []
        return "; ".join(parts)


def _all(parts: list[str], wording: Wording) -> str:
    most, last = ", ".join(parts[:-1]), parts[-1]
    return wording.say("{most} and {last}", most=most, last=last) if most else last


def _either(parts: list[str], wording: Wording) -> str:
    return wording.say("{most} or {last}", most=", ".join(parts[:-1]), last=parts[-1])


def _plain(value: Value, type: Type, wording: Wording) -> str:
    assert value is not None
    return plain(value, type.of if isinstance(type, AnswersType) else type, wording)


def said_by(quantity: Expression, view: View) -> Said:
    """What a quantity says that is no figure."""
    while isinstance(quantity, Named):
        quantity = quantity.quantity
    if isinstance(quantity.type, AnswersType):
        assert isinstance(quantity, Decision)
        return _several(quantity, view)
    values = _distinct(_values(quantity, view))
    known = tuple(value for value in values if value is not None)
    if len(values) == 1 and known:
        return Said(known)
    return Said((), known, None in values or not values)


def _several(decision: Decision, view: View) -> Said:
    sure: list[Value] = []
    perhaps: list[Value] = []
    for condition, answer in decision.rows:
        fits = view.truth(condition)
        if fits is not False:
            values = _distinct(value for value in _values(answer, view) if value is not Nothing.NONE)
            (sure if fits and len(values) == 1 and None not in values else perhaps).extend(values)
    surely = _distinct(sure)
    rest = _distinct(value for value in perhaps if not any(_same(value, one) for one in surely))
    return Said(surely, tuple(value for value in rest if value is not None), None in rest, True)


def _values(node: Expression, view: View) -> Iterator[Value]:
    """All that it may be; None is anything."""
    match node:
        case _ if node.type == YES_NO:
            yield view.truth(node)
        case _ if isinstance(node.type, Numeric | DateType | GradeType):
            yield as_value(view.figure(node), node.type)
        case Constant(value=value):
            yield value
        case ParameterOf(name=name):
            yield view.of.environment.parameters.get(name)
        case Named(quantity=quantity) | FigureOf(quantity=quantity):
            yield from _values(quantity, view)
        case Choice(condition=None, then=then, otherwise=otherwise):
            for first in _values(then, view):
                yield from _values(otherwise, view) if first is None or first is Nothing.NONE else (first,)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            assert condition is not None
            holds = view.truth(condition)
            yield from () if holds is False else _values(then, view)
            yield from () if holds else _values(otherwise, view)
        case Decision(rows=rows):
            yield from _first_that_may_fit(rows, view)
        case _:
            raise TypeError(f"{type(node).__name__} says nothing by itself")


def _first_that_may_fit(rows: tuple[tuple[Expression, Expression], ...], view: View) -> Iterator[Value]:
    found = False
    for condition, answer in rows:
        fits = view.truth(condition)
        if fits is not False:
            found = True
            yield from _values(answer, view)
        if fits:
            return
    if not found:
        yield None


def _distinct(values: Iterator[Value] | list[Value]) -> tuple[Value, ...]:
    found: list[Value] = []
    for value in values:
        if not any(_same(value, one) for one in found):
            found.append(value)
    return tuple(found)


def _same(one: Value, other: Value) -> bool:
    return folded(one) == folded(other)
