"""The values of a column that no condition tells apart: a class each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from policydsl.boards.amounts import Amounts, least_at, value_between
from policydsl.boards.asking import Asker, cuts_in
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Codes, Words
from policydsl.data.meaning import blank_of
from policydsl.figures.values import folded
from policydsl.model import expressions as ex
from policydsl.model.expressions import ColumnOf, Expression, Value
from policydsl.model.rulebook import Column
from policydsl.model.types import DateType, TextType

_MOST_APART = 64


@define(eq=False)
class WordClasses:
    """The classes of a column of words. They are numbered as they are met; each has a value that stands for it."""

    words: Words
    atoms: tuple[Expression, ...]
    asker: Asker
    apart: bool
    """Whether each value is a class of its own, since conditions read it together with other columns."""
    standing: list[Value] = field(factory=list)
    _classes: dict[Any, int] = field(factory=dict)
    _of_value: Codes = field(factory=lambda: np.zeros(0, np.intp))
    _of_unknown: int = -1
    """The class of values that are not known, -1 while none is met."""

    @property
    def size(self) -> int:
        """How many classes there are so far."""
        return len(self.standing)

    def of_numbers(self, numbers: Codes) -> Codes:
        """The class of each number of a value."""
        new = len(self._of_value)
        if len(self.words.values) > new:
            self._of_value = np.append(self._of_value, self._new(self.words.values[new:]))
        return np.append(self._of_value, self._of_unknown)[numbers]

    def meet_unknown(self) -> None:
        """Makes a class for values that are not known."""
        if self._of_unknown < 0:
            self._of_unknown = self._class(None, None) if self.apart else self._few([None])[0]

    def _new(self, values: Sequence[Value]) -> Codes:
        if self.apart:
            if len(self.words.values) > _MOST_APART:
                raise Refused(f"`{self.words.column.name}` has many values and is read together with other columns")
            return np.array([self._class(value, value) for value in values], np.intp)
        texts = self._constants() if len(values) > _MOST_APART else None
        if texts is None:
            truths = self.asker.truths({self.words.column.name: values}, self.atoms).T.tolist()
            return np.array([self._class(tuple(t), v) for t, v in zip(truths, values, strict=True)], np.intp)
        special = self._special(values, texts)
        plain = next((at for at in range(len(values)) if at not in set(special)), None)
        asked = [*special, *(() if plain is None else (plain,))]
        found = self._few([values[at] for at in asked])
        classes = np.full(len(values), -1 if plain is None else found[-1], np.intp)
        classes[special] = found[: len(special)]
        return classes

    def _special(self, values: Sequence[Value], texts: frozenset[Value]) -> list[int]:
        """The places of the texts that the conditions speak of."""
        lowered = self.words.lowered
        if lowered is None or len(lowered) != len(values):
            return [at for at, value in enumerate(values) if folded(value) in texts]
        wanted = pa.array([text for text in texts if isinstance(text, str)], pa.string())
        found: list[int] = np.flatnonzero(pc.is_in(lowered, value_set=wanted).to_numpy(zero_copy_only=False)).tolist()
        return found

    def _few(self, values: Sequence[Value]) -> list[int]:
        truths = self.asker.truths({self.words.column.name: values}, self.atoms).T.tolist()
        return [self._class(tuple(truth), value) for truth, value in zip(truths, values, strict=True)]

    def _constants(self) -> frozenset[Value] | None:
        """The texts that the conditions speak of, if they do nothing but compare with texts: all others are alike."""
        if not isinstance(self.words.column.type, TextType):
            return None
        found: set[Value] = set()
        for atom in self.atoms:
            match atom:
                case ex.Compare(left=left, op="=" | "!=", right=ex.Constant(value=value)) if self.asker.is_given(left):
                    found.add(folded(value))
                case ex.Among(value=value, members=members) if self.asker.is_given(value):
                    if not all(isinstance(member, ex.Constant) for member in members):
                        return None
                    found |= {folded(member.value) for member in members if isinstance(member, ex.Constant)}
                case _:
                    return None
        return frozenset(found)

    def _class(self, key: Any, value: Value) -> int:
        number = self._classes.setdefault(key, len(self.standing))
        if number == len(self.standing):
            self.standing.append(value)
        return number


@define(eq=False)
class RangeClasses:
    """The classes of a column of numbers or dates: what lies from one cut to the next."""

    standing: tuple[Value, ...]
    cuts: tuple[tuple[Value, bool], ...]
    """Where each class but the first begins: at a value, or (True) above it."""
    blank: Value = None
    """What it means that a row has no value."""
    _of_blank: int | None = None
    """The class of such rows, None while none is met."""
    _least: dict[Any, tuple[Any, ...]] = field(factory=dict)

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.standing)

    def of(self, amounts: Amounts, start: int, stop: int) -> Codes:
        """The class of some rows."""
        key = amounts.unit, amounts.floating
        if key not in self._least:
            self._least[key] = tuple(least_at(value, above, *key) for value, above in self.cuts)
        block = amounts.rows(start, stop)
        found = np.zeros(stop - start, np.min_scalar_type(len(self.cuts) + 1))
        for least in self._least[key]:
            found += block >= least
        if amounts.missing is not None and self._of_blank is not None:
            found[amounts.missing[start:stop]] = self._of_blank
        return found

    def meet_unknown(self) -> None:
        """Makes a class for rows without a value."""
        if self._of_blank is None:
            self._of_blank = len(self.standing)
            self.standing = (*self.standing, self.blank)


def ranges(column: ColumnOf, atoms: Sequence[Expression], asker: Asker) -> RangeClasses:
    """The classes of a column of numbers or dates."""
    cuts = sorted({cut for atom in atoms for cut in cuts_in(atom, asker)})  # type: ignore[type-var]  # all of one column's kind
    stretches: list[tuple[Value, tuple[Value, bool] | None]] = []
    for at, low in enumerate([None, *cuts]):
        if low is not None:
            stretches.append((low, (low, False)))
        high = cuts[at] if at < len(cuts) else None
        between = _between(low, high, isinstance(column.type, DateType))
        if between is not None:
            stretches.append((between, None if low is None else (low, True)))
    truths = asker.truths({column.name: [value for value, _ in stretches]}, atoms).T.tolist()
    kept = [at for at in range(len(stretches)) if at == 0 or truths[at] != truths[at - 1]]
    begins = [stretches[at][1] for at in kept[1:]]
    given = asker.table.column(column.name)
    blank = blank_of(given, asker.rulebook.scales) if isinstance(given, Column) else None
    cuts_of = tuple(each for each in begins if each is not None)
    return RangeClasses(tuple(stretches[at][0] for at in kept), cuts_of, blank)


def _between(low: Value, high: Value, dates: bool) -> Value:
    if not dates:
        return value_between(low, high)
    day = timedelta(days=1)
    if isinstance(low, date):
        return low + day if not isinstance(high, date) or low + day < high else None
    return high - day if isinstance(high, date) else date(2000, 1, 1)
