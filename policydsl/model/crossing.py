"""Bounds of one figure in a table of limits that nothing can keep: the least above the most."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model.expressions import Constant
from policydsl.model.rulebook import Bound, Check, Limit

_LEAST, _MOST = (">=", ">"), ("<=", "<")


def crossing(checks: Sequence[Check]) -> Iterator[Diagnostic]:
    """A warning for each minimum that stands above the maximum of the same figure, groups and conditions."""
    alike: dict[object, list[Check]] = {}
    for check in checks:
        if isinstance(check.assertion, Limit):
            alike.setdefault(_figure(check, check.assertion), []).append(check)
    for same in alike.values():
        for one, other in combinations(same, 2):
            for low, high in ((one, other), (other, one)):
                if _is_above(low, high):
                    most = Label(high.span, "the most stands here")
                    yield say("PD619", low.span, labels=(most,), low=low.id, high=high.id)


def _figure(check: Check, limit: Limit) -> object:
    return limit.figure, check.groups, check.whens, check.worlds


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
