"""The worst of each portfolio's groups where what is held against a bound is an average of each.

The room to a bound is least where an average is largest or smallest. Which these are is seen from quotients as floats,
and among those that floats hardly tell apart from whole numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, field, frozen

from policydsl.boards.asking import Asker
from policydsl.boards.deciding import Sums, outcomes
from policydsl.boards.groups import Groups
from policydsl.boards.lines import Line
from policydsl.boards.together import by_name
from policydsl.boards.words import Codes
from policydsl.boards.worst import called, kinds_of, room
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Outcome
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.outcomes import worst_of
from policydsl.verdicts.wording import Wording

_NEAR = 2.0**-48
"""How near two quotients of floats are, beside the larger of them, if they may be equal."""

Quotient = tuple[int, int]
"""A sum of products and the sum of their weights, which is above zero."""


@frozen(eq=False)
class Averaged:
    """The groups that are asked and have rows that count, by portfolio and group."""

    asked: Any
    filled: Any
    parts: Any
    """The sums of products."""
    weights: Any
    places: Codes

    @cached_property
    def defined(self) -> Any:
        """Those that have an average."""
        return self.asked & self.filled & (self.weights > 0)

    @cached_property
    def weightless(self) -> Any:
        """Those of whose rows nothing is an average."""
        return self.asked & self.filled & (self.weights <= 0)

    @cached_property
    def _near(self) -> Any:
        found = np.full(self.asked.shape, np.nan)
        some = self.defined
        found[some] = self.parts[some].astype(float) / self.weights[some].astype(float)
        return found

    def ends(self, sign: int) -> dict[int, Quotient]:
        """The largest (1) or the smallest (-1) average of each portfolio that has one."""
        near = sign * self._near
        end = np.fmax.reduce(near, axis=1, initial=-np.inf)[:, None]
        worlds, groups = np.nonzero(near >= end - _NEAR * np.abs(np.where(np.isfinite(end), end, 0)))
        parts, weights = (each[worlds, groups].tolist() for each in (self.parts, self.weights))
        found: dict[int, Quotient] = {}
        for world, part, weight in zip(worlds.tolist(), parts, weights, strict=True):
            other = found.get(world)
            if other is None or sign * part * other[1] > sign * other[0] * weight:
                found[world] = part, weight
        return found

    def like(self, world: int, average: Quotient) -> list[int]:
        """The groups of a portfolio that have some average."""
        part, weight = average
        near, end = self._near[world], float(part) / float(weight)
        some = np.flatnonzero(np.abs(near - end) <= _NEAR * abs(end))
        parts, weights = (each[world, some].tolist() for each in (self.parts, self.weights))
        every = zip(some.tolist(), parts, weights, strict=True)
        return [at for at, its, of in every if its * weight == part * of]


@define(eq=False)
class WorstAverages:
    """The groups of a line of averages: of each portfolio the largest and the smallest average that there is."""

    line: Line
    groups: Groups
    wording: Wording
    of: Averaged
    outcomes: list[Outcome] = field(init=False)
    """The outcome of each portfolio's worst group."""
    _ends: Mapping[int, list[tuple[Quotient, Outcome]]] = field(init=False)
    """By portfolio the averages at the ends with their outcomes, where any group has one."""

    def __attrs_post_init__(self) -> None:
        ends = [item for sign in (1, -1) for item in self.of.ends(sign).items()]
        sums = Sums(
            [part for _, (part, _) in ends],
            self.groups.averaged_unit,
            [weight for _, (_, weight) in ends],
            self.groups.unit,
        )
        found: dict[int, list[tuple[Quotient, Outcome]]] = {}
        for (at, end), outcome in zip(ends, outcomes(sums, self.line.held, self.line.failed), strict=True):
            found.setdefault(at, []).append((end, outcome))
        self._ends = found
        asked, weightless = self.of.asked.any(axis=1).tolist(), self.of.weightless.any(axis=1).tolist()
        self.outcomes = [self._worst(at, *of) for at, of in enumerate(zip(asked, weightless, strict=True))]

    def _worst(self, world: int, asked: bool, weightless: bool) -> Outcome:
        if not asked:
            return "not applicable" if self.line.check.worlds else "pass"
        every = [outcome for _, outcome in self._ends.get(world, ())]
        return worst_of([*every, "undetermined"] if weightless else every)

    def figure(self, world: int) -> Fraction | None:
        """The average of the worst group; None where there is none."""
        found = self._first(world)
        return None if found is None else found[1]

    def group(self, world: int) -> str | None:
        """What the worst group is called, the first by name of several; None where there is none."""
        found = self._first(world)
        return None if found is None else called(found[0], self.line, self.wording)

    def _first(self, world: int) -> tuple[Value, Fraction | None] | None:
        """The first by name of the worst groups, and its average."""
        outcome = self.outcomes[world]
        ends = {end: self._average(end) for end, its in self._ends.get(world, ()) if its == outcome}
        if not ends:
            left = self.of.weightless if outcome == "undetermined" else self.of.asked
            names = self._names(np.flatnonzero(left[world]).tolist())
            return min(((value, None) for value in names), key=lambda each: by_name(each[0]), default=None)
        least = min(room(figure, self.line) for figure in ends.values())
        worst = [(end, figure) for end, figure in ends.items() if room(figure, self.line) == least]
        every = ((value, figure) for end, figure in worst for value in self._names(self.of.like(world, end)))
        return min(every, key=lambda each: by_name(each[0]))

    def _names(self, at: Sequence[int]) -> Iterator[Value]:
        return (self._values[place] for place in self.of.places[at].tolist())

    @cached_property
    def _values(self) -> list[Value]:
        return self.groups.values()

    def _average(self, quotient: Quotient) -> Fraction:
        part, weight = quotient
        return Fraction(part, weight) * (self.groups.averaged_unit / self.groups.unit)


def worst_of_averages(line: Line, groups: Groups, asker: Asker) -> WorstAverages:
    """The worst groups of a line of averages."""
    none = np.zeros((len(groups.sums), 0), np.int64)
    found: list[tuple[Any, ...]] = [(none.astype(bool), none.astype(bool), none, none, none[0])]
    for cells, named, places in kinds_of(line, groups, asker):
        there = [groups.there(each, places) for each in (named, cells)]
        found.append((*there, groups.products_of(cells, places), groups.part(cells, places), places))
    asked, filled, parts, weights, places = (np.concatenate(each, axis=-1) for each in zip(*found, strict=True))
    return WorstAverages(
        line, groups, docket_of(asker.rulebook).wording, Averaged(asked, filled, parts, weights, places)
    )
