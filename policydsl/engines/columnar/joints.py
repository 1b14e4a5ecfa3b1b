"""From sums by kind to a part and a whole: what surely counts, and the choices of rows that may."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import define, field

from policydsl.engines.columnar.kinds import COUNTED, KINDS, OPTIONS, UNSETTLED
from policydsl.engines.columnar.kleene import FALSE, TRUE
from policydsl.engines.columnar.shapes import Shape
from policydsl.figures.results import Choice, Joint

Point = tuple[Fraction, Fraction]
Sums = Sequence[int]
"""The number of rows; the part's measure above and below zero; the whole's above and below zero."""

ZERO = Fraction(0)
ORIGIN: Point = (ZERO, ZERO)

_COUNTED, _UNSETTLED = ({nested: each[nested].tolist() for nested in each} for each in (COUNTED, UNSETTLED))
UNITS = {unit: Fraction(unit) for unit in (-1, 0, 1)}


@define
class _Brought:
    sure: list[int] = field(factory=lambda: [0, 0])
    choices: list[Choice] = field(factory=list)
    rays: dict[tuple[int, int], None] = field(factory=dict)

    def ray(self, part: int, whole: int, not_negative: bool) -> None:
        if part or whole:
            self.rays[part, whole] = None
            if not not_negative:
                self.rays[-part, -whole] = None


def joint(totals: Iterable[tuple[int, Sums]], shape: Shape) -> Joint:
    """What rows of several kinds bring, by number; but not the choices of those that are to be taken one by one.

    The amounts of rows that may count in the same way and have the same sign are summed: no linear extreme is lost.
    """
    brought, nested = _Brought(), shape.nested
    counted, unsettled, one_by_one = _COUNTED[nested], _UNSETTLED[nested], shape.one_by_one
    bring = _bring_nested if nested else _bring_apart
    rows = unsure = 0
    for number, (count, *amounts) in totals:
        if count:
            rows += count * counted[number]
            unsure += count * unsettled[number]
            if not (one_by_one and unsettled[number]):
                bring(brought, number, amounts, shape)
    if brought.rays:
        rays = tuple((UNITS[part], UNITS[whole]) for part, whole in brought.rays)
        brought.choices.append(Choice((ORIGIN,), rays))
    part, whole = Fraction(brought.sure[0], shape.part.den), Fraction(brought.sure[1], shape.whole.den)
    return Joint(part, whole, tuple(brought.choices), rows, unsure)


def _bring_apart(brought: _Brought, number: int, amounts: Sums, shape: Shape) -> None:
    kind = KINDS[number]
    if kind.part != FALSE:
        if kind.part_missing:
            brought.ray(1, 0, shape.part.not_negative)
        elif kind.part == TRUE:
            brought.sure[0] += amounts[0] + amounts[1]
        else:
            ends = (Fraction(each, shape.part.den) for each in amounts[:2] if each)
            brought.choices += [Choice((ORIGIN, (end, ZERO))) for end in ends]
    if kind.whole != FALSE:
        if kind.whole_missing:
            brought.ray(0, 1, shape.whole.not_negative)
        elif kind.whole == TRUE:
            brought.sure[1] += amounts[2] + amounts[3]
        else:
            ends = (Fraction(each, shape.whole.den) for each in amounts[2:] if each)
            brought.choices += [Choice((ORIGIN, (ZERO, end))) for end in ends]


def _bring_nested(brought: _Brought, number: int, amounts: Sums, shape: Shape) -> None:
    kind = KINDS[number]
    if not _UNSETTLED[True][number]:
        if kind.whole == TRUE:
            brought.sure[0] += amounts[0] + amounts[1] if kind.part == TRUE else 0
            brought.sure[1] += amounts[2] + amounts[3]
    elif kind.part_missing:
        for part, whole in OPTIONS[number]:
            brought.ray(part, whole, shape.part.not_negative)
    else:
        for each in amounts[:2]:
            if each:
                amount = (ZERO, Fraction(each, shape.part.den))
                brought.choices.append(Choice(tuple((amount[part], amount[whole]) for part, whole in OPTIONS[number])))
