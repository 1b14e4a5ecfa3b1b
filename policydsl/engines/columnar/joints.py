"""From sums by kind to a part and a whole: what surely counts, and the choices of rows that may."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import define, field

from policydsl.engines.columnar.kinds import is_counted, is_unsettled, options, taken_apart
from policydsl.engines.columnar.kleene import FALSE, TRUE
from policydsl.engines.columnar.shapes import Shape
from policydsl.figures.results import Choice, Joint

Point = tuple[Fraction, Fraction]
Sums = Sequence[int]
"""The number of rows; the part's measure above and below zero; the whole's above and below zero."""

ORIGIN: Point = (Fraction(0), Fraction(0))


@define
class _Brought:
    sure: list[int] = field(factory=lambda: [0, 0])
    choices: list[Choice] = field(factory=list)
    rays: dict[Point, None] = field(factory=dict)

    def ray(self, part: int, whole: int, not_negative: bool) -> None:
        for sign in (1,) if not_negative else (1, -1):
            if part or whole:
                self.rays[Fraction(sign * part), Fraction(sign * whole)] = None


def joint(totals: Mapping[int, Sums], shape: Shape) -> Joint:
    """What rows of several kinds bring; but not the choices of those that are to be taken one by one.

    The amounts of rows that may count in the same way and have the same sign are summed: no linear extreme is lost.
    """
    brought, nested = _Brought(), shape.nested
    bring = _bring_nested if nested else _bring_apart
    rows = unsure = 0
    for kind in sorted(totals):
        count, *amounts = totals[kind]
        if count:
            rows += count * is_counted(kind, nested)
            unsure += count * is_unsettled(kind, nested)
            bring(brought, kind, amounts, shape)
    if brought.rays:
        brought.choices.append(Choice((ORIGIN,), tuple(brought.rays)))
    part, whole = Fraction(brought.sure[0], shape.part.den), Fraction(brought.sure[1], shape.whole.den)
    return Joint(part, whole, tuple(brought.choices), rows, unsure)


def _bring_apart(brought: _Brought, kind: int, amounts: Sums, shape: Shape) -> None:
    in_whole, in_part, part_missing, whole_missing = taken_apart(kind)
    for place, may, missing in ((0, in_part, part_missing), (1, in_whole, whole_missing)):
        measure, signed = (shape.part, shape.whole)[place], amounts[2 * place : 2 * place + 2]
        if may == FALSE:
            continue
        if missing:
            brought.ray(1 - place, place, measure.not_negative)
        elif may == TRUE:
            brought.sure[place] += sum(signed)
        else:
            ends = ((Fraction((1 - place) * each, measure.den), Fraction(place * each, measure.den)) for each in signed)
            brought.choices += [Choice((ORIGIN, end)) for end in ends if end != ORIGIN]


def _bring_nested(brought: _Brought, kind: int, amounts: Sums, shape: Shape) -> None:
    in_whole, in_part, missing, _ = taken_apart(kind)
    if not is_unsettled(kind, True):
        if in_whole == TRUE:
            brought.sure[0] += sum(amounts[:2]) if in_part == TRUE else 0
            brought.sure[1] += sum(amounts[2:])
    elif shape.one_by_one:
        return
    elif missing:
        for part, whole in options(kind):
            brought.ray(part, whole, shape.part.not_negative)
    else:
        for each in amounts[:2]:
            if each:
                amount = Fraction(each, shape.part.den)
                brought.choices.append(Choice(tuple((part * amount, whole * amount) for part, whole in options(kind))))
