"""Several columns that make one key together: `per issuer, kind`."""

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from attrs import define, evolve, field

from policydsl.boards.batches import Batch
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Codes, Words
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value

_MOST = 1 << 24


@define(eq=False)
class Together:
    """The combinations of values that occur, by number; those of which a value is `none` are one, and in no group."""

    columns: tuple[str, ...]
    words: Mapping[str, Words]
    none: int | None = None
    _met: list[tuple[int, ...]] = field(factory=list)
    _numbers: dict[tuple[int, ...], int] = field(factory=dict)

    @property
    def name(self) -> str:
        """The name of the column that a batch gets."""
        return " and ".join(self.columns)

    @property
    def values(self) -> list[Value | tuple[Value, ...]]:
        """The values of each combination, by number."""
        every = [self.words[name].values for name in self.columns]
        return [
            tuple(of[at] for of, at in zip(every, each, strict=True)) if each else Nothing.NONE for each in self._met
        ]

    def told_in(self, batch: Batch) -> Batch:
        """The batch with the number of each row's combination; refused if there may be too many."""
        parts = [batch.words[name] for name in self.columns]
        widths = [len(numbers) for _, numbers in parts]
        if prod(widths) > _MOST:
            raise Refused("the sums of groups are too many to hold at once")
        index = np.zeros(batch.rows, np.intp)
        for (entries, _), width in zip(parts, widths, strict=True):
            index *= width
            index += entries
        met = np.zeros(prod(widths), bool)
        met[index] = True
        found = np.full(len(met) + 1, -1, np.intp)
        for at in np.flatnonzero(met).tolist():
            places = np.unravel_index(at, widths)
            found[at] = self._number([int(numbers[place]) for (_, numbers), place in zip(parts, places, strict=True)])
        return evolve(batch, words={**batch.words, self.name: (index, found)})

    def _number(self, numbers: Codes | list[int]) -> int:
        if any(number < 0 for number in numbers):
            return -1
        none = any(number == self.words[name].none for name, number in zip(self.columns, numbers, strict=True))
        key = () if none else tuple(numbers)
        number = self._numbers.setdefault(key, len(self._met))
        if number == len(self._met):
            self._met.append(key)
            self.none = number if none else self.none
        return number


def by_name(key: Any) -> tuple[tuple[Value, str], ...]:
    """Where what a group is called by stands among others: a value, or those of several columns."""
    return tuple((folded(value), str(value)) for value in (key if isinstance(key, tuple) else (key,)))
