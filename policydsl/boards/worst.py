"""The worst of each portfolio's groups beside a bound, found from the sums of all groups at once.

The room to a bound is least where a figure is largest or smallest. So two sums of each portfolio tell its outcome, and
which group is the worst is looked for only when somebody asks.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, field, frozen

from policydsl.boards.asking import Asker
from policydsl.boards.deciding import Sums, outcomes
from policydsl.boards.findings import group_called
from policydsl.boards.groups import Groups
from policydsl.boards.lines import Line
from policydsl.boards.together import by_name
from policydsl.boards.words import Codes
from policydsl.model.expressions import ColumnOf, Value
from policydsl.model.rulebook import Outcome
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.outcomes import WORST_FIRST, worst_of
from policydsl.verdicts.wording import Wording, alone

_NONE = np.iinfo(np.int64).max


@frozen(eq=False)
class Kind:
    """Groups of one kind: what each has of the part, by portfolio and group, and which groups they are."""

    groups: Groups
    part: Any
    places: Codes
    named: tuple[int, ...]
    """The cells whose rows make a group one that is asked."""

    @cached_property
    def there(self) -> Any:
        """Which groups are asked, by portfolio and group."""
        return self.groups.there(self.named, self.places)


@define(eq=False)
class Worst:
    """The groups of a line: by portfolio the largest and the smallest part of those that there are."""

    line: Line
    groups: Groups
    whole: Sequence[int] | None
    whole_unit: Fraction
    kinds: Sequence[Kind]
    wording: Wording
    some: list[bool] = field(init=False)
    """Which portfolios have a group."""
    largest: list[int] = field(init=False)
    smallest: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        if self.line.upper and not self.groups.below_zero:  # groups that are not there have a sum of zero
            largest = self._most([np.asarray(kind.part.max(axis=1, initial=0)) for kind in self.kinds], 0)
            some = largest > 0
            if not some.all():
                some |= self._some()
            smallest = largest
        else:
            some = self._some()
            largest, smallest = (
                sign * self._most([
                    np.where(kind.there, sign * kind.part, -_NONE).max(axis=1, initial=-_NONE) for kind in self.kinds
                ], -_NONE)
                for sign in (1, -1)
            )  # fmt: skip
            largest, smallest = np.where(some, largest, 0), np.where(some, smallest, 0)
        self.some, self.largest, self.smallest = some.tolist(), largest.tolist(), smallest.tolist()

    def _some(self) -> Any:
        return np.any(
            [kind.there.any(axis=1) for kind in self.kinds] or [np.zeros(len(self.groups.sums), bool)], axis=0
        )

    def _most(self, found: Sequence[Any], least: int) -> Any:
        return np.max(found or [np.full(len(self.groups.sums), least)], axis=0)

    def outcomes(self) -> list[Outcome]:
        """The outcome of each portfolio's worst group."""
        none: Outcome = "not applicable" if self.line.check.worlds else "pass"
        found = self._outcomes(self._sums(self.largest))
        if not self.line.upper:
            others = self._outcomes(self._sums(self.smallest))
            found = [worst_of(pair) for pair in zip(found, others, strict=True)]
        return [outcome if some else none for outcome, some in zip(found, self.some, strict=True)]

    def figure(self, world: int) -> Fraction | None:
        """The figure of the worst group, None where there is none, or none is a share of anything."""
        if not self.some[world] or self._without_base(world):
            return None
        parts = self._parts(world)
        return self._figure(parts[0] if len(parts) == 1 else self._first(world, parts)[1], world)

    def group(self, world: int) -> str | None:
        """What the worst group is called, the first by name of several; None where there is none."""
        if not self.some[world]:
            return None
        value = self._first(world, None if self._without_base(world) else self._parts(world))[0]
        return called(value, self.line, self.wording)

    def _without_base(self, world: int) -> bool:
        return self.whole is not None and self.whole[world] <= 0

    def _parts(self, world: int) -> list[int]:
        """What the worst groups have: of the largest and the smallest the worse one, or both."""
        parts = sorted({self.largest[world], self.smallest[world]})
        places = [self._place(part, world) for part in parts] if len(parts) > 1 else [0]
        return [part for part, place in zip(parts, places, strict=True) if place == min(places)]

    def _place(self, part: int, world: int) -> tuple[int, Fraction]:
        """How bad a part is, the worst first."""
        whole = None if self.whole is None else [self.whole[world]]
        (outcome,) = self._outcomes(Sums([part], self.groups.unit, whole, self.whole_unit))
        figure = self._figure(part, world)
        return WORST_FIRST.index(outcome), room(figure, self.line)

    def _first(self, world: int, parts: Sequence[int] | None) -> tuple[Value, int]:
        """The first group by name, of those that have one of some parts, and its part."""
        found: list[tuple[Any, Value, int]] = []
        for kind in self.kinds:
            of = kind.there[world]
            if parts is not None:
                of = np.logical_or.reduce([kind.part[world] == part for part in parts]) & of
            for at in of.nonzero()[0].tolist():
                value = self._values[kind.places[at]]
                found.append((by_name(value), value, int(kind.part[world, at])))
        return min(found, key=lambda each: each[0])[1:]

    @cached_property
    def _values(self) -> list[Value]:
        return self.groups.values()

    def _figure(self, part: int, world: int) -> Fraction:
        value = part * self.groups.unit
        return value if self.whole is None else value / (self.whole[world] * self.whole_unit)

    def _sums(self, parts: Sequence[int]) -> Sums:
        return Sums(parts, self.groups.unit, self.whole, self.whole_unit)

    def _outcomes(self, sums: Sums) -> list[Outcome]:
        return outcomes(sums, self.line.held, self.line.failed)


def room(figure: Fraction, line: Line) -> Fraction:
    """How far a figure is from the nearest end of a bound, less than zero beyond it."""
    return min(end - figure if sign in ("<=", "<") else figure - end for sign, end in line.held.kept)


def called(value: Any, line: Line, wording: Wording) -> str | None:
    """What a group of a line is called."""
    assert line.group is not None
    columns, values = (*line.beside, line.group), value if line.beside else (value,)
    named = [(column.name, _text(of, column, wording)) for column, of in zip(columns, values, strict=True)]
    return group_called(named, wording)


def _text(value: Value, column: ColumnOf, wording: Wording) -> str:
    if isinstance(value, str):
        return value
    assert value is not None
    return alone(value, column.type, wording.neutral)


def worst_of_groups(
    line: Line, groups: Groups, whole: Sequence[int] | None, whole_unit: Fraction, asker: Asker
) -> Worst:
    """The worst groups of a line."""
    kinds = [
        Kind(groups, groups.part(counted, places), places, named)
        for counted, named, places in kinds_of(line, groups, asker)
    ]
    return Worst(line, groups, whole, whole_unit, kinds, docket_of(asker.rulebook).wording)


def kinds_of(line: Line, groups: Groups, asker: Asker) -> Iterator[tuple[list[int], tuple[int, ...], Codes]]:
    """The groups of each kind: the cells of their part, those whose rows make a group one that is asked, and which
    groups they are."""
    part = groups.counted(line.part, asker)
    named = np.any([groups.counted(each, asker) for each in line.named], axis=0)
    every = list(zip(part, named, groups.combinations, strict=True))
    alike = (part == part[0]).all() and (named == named[0]).all()
    for counted, asked, classes in [(*every[0][:2], None)] if alike else every:
        places = groups.members(classes) if asked.any() else groups.order[:0]
        if len(places):
            yield np.flatnonzero(counted).tolist(), tuple(np.flatnonzero(asked).tolist()), places
