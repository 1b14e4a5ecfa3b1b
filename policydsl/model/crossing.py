"""Bounds of one figure in a table of limits that nothing can keep: the least above the most."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model.expressions import Constant
from policydsl.model.rulebook import Bound, Check, Limit

_LEAST, _MOST = (">=", ">"), ("<=", "<")


def crossing(checks: Sequence[Check]) -> Iterator[Diagnostic]:
    """A warning for each minimum that stands above the maximum of the same figure, groups and conditions."""
    for at, one in enumerate(checks):
        for other in checks[at + 1 :]:
            for low, high in ((one, other), (other, one)):
                if _same_figure(low, high) and _is_above(low, high):
                    most = Label(high.span, "the most stands here")
                    yield say("PD619", low.span, labels=(most,), low=low.id, high=high.id)


def _same_figure(one: Check, other: Check) -> bool:
    first, second = one.assertion, other.assertion
    return (
        isinstance(first, Limit)
        and isinstance(second, Limit)
        and (first.figure, one.groups, one.whens, one.worlds)
        == (second.figure, other.groups, other.whens, other.worlds)
    )


def _is_above(low: Check, high: Check) -> bool:
    least, most = _fixed(low, _LEAST), _fixed(high, _MOST)
    return least is not None and most is not None and least[1:] == most[1:] and least[0] > most[0]


def _fixed(check: Check, signs: tuple[str, ...]) -> tuple[Fraction, object, object] | None:
    """The number of a bound to this side, its type, and what it is a part of."""
    bound: Bound | None = check.assertion.bound if isinstance(check.assertion, Limit) else None
    if bound is None or bound.op not in signs or not isinstance(bound.value, Constant):
        return None
    value = bound.value.value
    return (value, bound.value.type, bound.of) if isinstance(value, Fraction) else None
