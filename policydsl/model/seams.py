"""The seams of a table of limits: neighbouring ranges that both take one value, or leave some between them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import accumulate, pairwise

from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model.atoms import Unfixed, fits
from policydsl.model.cells import cell_condition
from policydsl.model.comparing import is_gap
from policydsl.model.context import Context
from policydsl.model.expressions import Constant
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.model.words import words
from policydsl.syntax import ast

Point = Fraction | date


@frozen
class Stretch:
    """What one cell takes: from `low` to `high`, None being no end."""

    low: Constant | None
    high: Constant | None
    low_open: bool
    high_open: bool
    cell: ast.Cell


def seams(limits: ast.Limits, selectors: list[int], inside: Context) -> Iterator[Diagnostic]:
    """A warning for each value that two rows meet in, and for each gap between two rows."""
    for index in selectors:
        head = limits.heads[index]
        if head.kind != "name" or head.subject is None:
            continue
        others = [one for one in selectors if one != index]
        if not any(row.otherwise for row in limits.rows):
            yield from _grades_between(limits, index, others, inside)
        families: dict[tuple[str, ...], list[Stretch]] = {}
        for row in limits.rows:
            if not row.otherwise and (stretch := _stretch(row.cells[index], head.subject, inside)) is not None:
                families.setdefault(tuple(row.cells[one].text for one in others), []).append(stretch)
        for family in families.values():
            if len({end.type for one in family for end in (one.low, one.high) if end is not None}) > 1:
                continue
            yield from _meetings(family)
            if not any(row.otherwise for row in limits.rows):
                yield from _gaps(family)


def _grades_between(limits: ast.Limits, index: int, others: list[int], inside: Context) -> Iterator[Diagnostic]:
    """The grades between those of two rows of which no row speaks; the best and the worst ones may be left out."""
    head = limits.heads[index]
    assert head.subject is not None
    if is_gap(head.subject, inside) or not isinstance(type := inside.infer(head.subject).type, GradeType):
        return
    families: dict[tuple[str, ...], dict[int, ast.Cell]] = {}
    for row in limits.rows:
        found = families.setdefault(tuple(row.cells[one].text for one in others), {})
        test = cell_condition(head, row.cells[index], inside)
        try:
            taken = [rank for rank in range(len(type.names) + 1) if test is None or fits(test, rank, {})]
        except Unfixed:
            return
        found |= {rank: row.cells[index] for rank in taken if rank not in found}
    for family in families.values():
        for low, high in pairwise(sorted(family)):
            if high > low + 1:
                yield say(
                    "PD572", family[high].span, first=family[low].text, second=family[high].text,
                    low=type.names[low + 1], high=type.names[high - 1],
                )  # fmt: skip


def _stretch(cell: ast.Cell, subject: ast.Expr, inside: Context) -> Stretch | None:
    if len(cell.items) != 1 or cell.negated:
        return None
    item = cell.items[0]
    if not is_gap(subject, inside) and not isinstance(inside.infer(subject).type, Numeric | DateType):
        return None
    match item:
        case ast.Range(low=low, high=high, low_open=low_open, high_open=high_open):
            return Stretch(_point(low, inside), _point(high, inside), low_open, high_open, cell)
        case ast.CellCompare(op="<" | "<=" as op, value=value):
            return Stretch(None, _point(value, inside), False, op == "<", cell)
        case ast.CellCompare(op=">" | ">=" as op, value=value):
            return Stretch(_point(value, inside), None, op == ">", False, cell)
    return None


def _point(node: ast.Expr, inside: Context) -> Constant | None:
    found = inside.infer(node)
    return found if isinstance(found, Constant) else None


def _meetings(family: list[Stretch]) -> Iterator[Diagnostic]:
    begins: dict[Constant, list[Stretch]] = {}
    for one in family:
        if one.low is not None and not one.low_open:
            begins.setdefault(one.low, []).append(one)
    for first in family:
        if first.high is None or first.high_open:
            continue
        for second in begins.get(first.high, ()):
            if first is not second:
                yield say(
                    "PD267", second.cell.span, value=words(first.high), first=first.cell.text, second=second.cell.text,
                    labels=(Label(first.cell.span, "the other row is here"),),
                )  # fmt: skip


def _gaps(family: list[Stretch]) -> Iterator[Diagnostic]:
    ordered = sorted(family, key=lambda one: (one.low is not None, _value(one.low), one.low_open))
    for furthest, later in zip(accumulate(ordered, _further), ordered[1:], strict=False):
        if later.low is not None and furthest.high is not None and not _reaches(furthest, later):
            yield say(
                "PD266", later.cell.span, low=words(furthest.high), high=words(later.low),
                first=furthest.cell.text, second=later.cell.text,
            )  # fmt: skip


def _further(one: Stretch, other: Stretch) -> Stretch:
    """Of two that begin one after the other the one that goes on for longer; the first if both end together."""
    if one.high is None or other.high is None:
        return one if one.high is None else other
    return other if (_value(other.high), not other.high_open) > (_value(one.high), not one.high_open) else one


def _reaches(earlier: Stretch, later: Stretch) -> bool:
    if _value(earlier.high) != _value(later.low):
        return bool(_value(earlier.high) > _value(later.low))
    return not (earlier.high_open and later.low_open)


def _value(end: Constant | None) -> Fraction:
    match end:
        case Constant(value=Fraction() as value):
            return value
        case Constant(value=date() as day):
            return Fraction(day.toordinal())
    return Fraction(0)
