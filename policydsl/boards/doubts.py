"""What a board's rows may mean otherwise: told as a check tells it.

Whether there is anything to tell is seen from the values that differ and from the ends of numbers. Only then are the
columns in question read again, as a check reads them, so that it is told in the same words and of the same rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from attrs import define, field

from policydsl.boards.amounts import Amounts
from policydsl.boards.batches import Batch, Source, read_unchecked
from policydsl.boards.refusal import Refused
from policydsl.boards.reread import Reread, has_repeated, read_again, reread
from policydsl.boards.words import Words
from policydsl.data.alike_names import alike_names, alike_spellings
from policydsl.data.doubtful import FIRST_DAY, doubtful_cells, footnotes
from policydsl.data.grouping import grouped_by
from policydsl.data.matured import is_last_day, matured
from policydsl.data.meaning import values_of
from policydsl.data.named_in_rules import compared_names, hardly_differing, named_in_rules
from policydsl.data.other_currencies import amounts_of, declared_currencies, declared_of_currencies
from policydsl.data.same_rows import MOST_ROWS, same_rows
from policydsl.data.shares_of_one import HUNDREDTH, is_of_a_whole, is_share, shares_of_one
from policydsl.diagnostics import Diagnostic
from policydsl.figures.values import folded
from policydsl.inputs.rough_keys import rough_keys
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import DateType, Numeric, TextType
from policydsl.verdicts.unread import read_by, without_unread

_EPOCH = date(1970, 1, 1)
_NEAR = 2 * HUNDREDTH / 100
"""How near sums of shares, as floats, are to be to those that are looked at."""


@define(eq=False)
class Doubts:
    """What is seen of a board's rows in passing."""

    rulebook: Rulebook
    table: Table
    source: Source
    columns: Mapping[str, tuple[str, Column]]
    words: Mapping[str, Words]
    as_of: date | None
    _odd: set[str] = field(factory=set)
    """Columns of numbers and days of which there is something to tell."""
    _first: dict[str, int] = field(factory=dict)
    """The first of the last days of a column, as a number."""
    _sums: dict[str, float] = field(factory=dict)
    """What shares add up to, which are all small."""
    _large: set[str] = field(factory=set)
    _keyed: dict[str, Mapping[str, str]] = field(factory=dict)
    _seen: Counter[str] = field(factory=Counter)
    """How many rows of each column have been met."""

    def begin(self) -> None:
        """Forgets what was seen of rows that are gone through again."""
        self._sums.clear()
        self._seen.clear()

    def meet(self, batch: Batch) -> None:
        """Looks at the ends of a batch's numbers."""
        for name in (*batch.words, *batch.amounts):
            self._seen[name] += batch.rows
        for name, amounts in batch.amounts.items():
            column = self.columns[name][1]
            if not batch.rows:
                continue
            match column.type:
                case DateType():
                    self._meet_days(column, amounts)
                case Numeric(is_term=True) if not column.not_negative and amounts.least() < 0:
                    self._odd.add(name)
                case Numeric() if is_share(column) and name not in self._large:
                    self._meet_shares(name, amounts)

    def _meet_days(self, column: Column, amounts: Amounts) -> None:
        if amounts.least() < (FIRST_DAY - _EPOCH).days:
            self._odd.add(column.name)
        if is_last_day(column):
            known = amounts.numbers if amounts.missing is None else amounts.numbers[~amounts.missing]
            least = int(known.min(initial=np.iinfo(np.int32).max))
            self._first[column.name] = min(least, self._first.get(column.name, least))

    def _meet_shares(self, name: str, amounts: Amounts) -> None:
        if amounts.least() < 0 or Fraction(amounts.reach()) * amounts.unit > HUNDREDTH:
            self._large.add(name)
            self._sums.pop(name, None)
        else:
            found = float(amounts.numbers.sum(dtype=float)) * float(amounts.unit)
            self._sums[name] = self._sums.get(name, 0.0) + found

    # --- after all rows -----------------------------------------------------------------------------------------------

    def refused(self) -> list[Diagnostic]:
        """Errors: names that differ by the mark of a footnote."""
        words = ((name, self.words[name]) for name in self._names)
        marked = [name for name, of in words if not _is_plain(of) and footnotes(_texts(of))]
        if not marked:
            return []
        rows = self._reread(marked)
        return [one for one in doubtful_cells(self.table, rows.sheet, rows.where, rows.columns) if one.is_error]

    def told(self, dates: set[date]) -> list[Diagnostic]:
        """Warnings and notes; `dates` are the days on which portfolios stood."""
        amounts, names, beside = self._doubtful_amounts(dates), self._doubtful_names(), self._beside()
        told: list[Diagnostic] = self._same_rows()
        if amounts or names or beside:
            told += self._of_rows(self._reread({*amounts, *names, *beside}), dates)
        return list(without_unread(self.rulebook, told))

    def _of_rows(self, rows: Reread, dates: set[date]) -> list[Diagnostic]:
        told = declared_currencies(self.table, rows.sheet, rows.where)
        told += shares_of_one(self.table, rows.sheet, rows.where, rows.columns)
        told += doubtful_cells(self.table, rows.sheet, rows.where, rows.columns)
        sheets, said = {self.table.name: rows.sheet}, set[tuple[object, ...]]()
        for day, tables in rows.by_day():
            of_day = alike_names(self.rulebook, tables, sheets) + named_in_rules(self.rulebook, tables, sheets)
            if len(dates) < 2:
                of_day += matured(self.rulebook, tables, sheets, self.as_of or day)
            for one in of_day:
                blanks = dict(one.blanks)
                key = (one.code, blanks.get("name"), blanks.get("twin"))
                told += [one] if key not in said else []
                said.add(key)
        return told

    @cached_property
    def _read(self) -> Sequence[str]:
        """The columns that there are and that rules read, whether sums decide these or the judge."""
        read = read_by(self.rulebook).get(self.table.name, frozenset())
        return [name for name in self.columns if name in read]

    @property
    def _names(self) -> Sequence[str]:
        return [name for name in self._read if isinstance(self.columns[name][1].type, TextType)]

    def meet_names(self) -> None:
        """Looks at the names that rules read and that no pass has gone through."""
        for name in self._names:
            self._met(name)

    def _meet_others(self) -> None:
        """Looks at the numbers and days that rules read and that no pass has gone through."""
        for name in self._read:
            if name in self.words or self._is_met(name):
                continue
            self._sums.pop(name, None)
            try:
                self._go_through(name)
            except Refused:  # whose cells are read one by one
                self._odd.add(name)

    def _is_met(self, name: str) -> bool:
        return self._seen[name] == self.source.rows

    def _go_through(self, name: str) -> None:
        only = {name: self.columns[name]}
        del self._seen[name]
        for piece in self.source.pieces([self.columns[name][0]]):
            self.meet(read_unchecked(piece, only, self.words))

    def _doubtful_amounts(self, dates: set[date]) -> set[str]:
        self._meet_others()
        found = set(self._odd)
        days = {name for name in self.words if name == self.table.dated_by}
        found |= {name for name in days if any(isinstance(x, date) and x < FIRST_DAY for x in self.words[name].values)}
        last = self.as_of or next(iter(dates), None)
        if last is not None and len(dates) < 2:
            found |= {name for name, first in self._first.items() if first < (last - _EPOCH).days}
        for name, total in self._sums.items():
            heading, column = self.columns[name]
            near = self.table.dated_by in self.columns or abs(total - float(HUNDREDTH)) < _NEAR
            found |= {name} if total and (near or is_of_a_whole(column, heading)) else set()
        return found | {name for name in self._money if self.columns[name][0] in self.source.texts}

    def _doubtful_names(self) -> set[str]:
        """The columns in which names hardly differ from one another or from those of the rulebook."""
        found: set[str] = set()
        for pool in grouped_by(self.rulebook):
            names = sorted(name for table, name in pool if table == self.table.name and name in self.columns)
            found |= set(names) if self._are_alike(names) else set()
        for (table, name), others in compared_names(self.rulebook).items():
            if table == self.table.name and name in self.columns and self._differ_hardly(name, others):
                found.add(name)
        return found

    def _are_alike(self, names: list[str]) -> bool:
        """Whether names in some columns together hardly differ from one another."""
        if len(names) == 1 and len(self._by_key(names[0])) == len(_texts(self._met(names[0]))):
            return False
        spelt = {str(folded(text)): text for name in names for text in _texts(self._met(name))}
        return bool(alike_spellings(spelt))

    def _differ_hardly(self, name: str, others: set[str]) -> bool:
        """Whether a name in a column hardly differs from one of the rulebook's."""
        names, by_key = _texts(self._met(name)), self._by_key(name)
        if len(by_key) == len(names):
            names = [by_key[key] for key in rough_keys(list(others)) if key in by_key]
        return bool(hardly_differing(names, others))

    def _by_key(self, name: str) -> Mapping[str, str]:
        """The names in a column by their rough keys, one for each key."""
        if name not in self._keyed:
            names = _texts(self._met(name))
            self._keyed[name] = dict(zip(rough_keys(names), names, strict=True))
        return self._keyed[name]

    def _met(self, name: str) -> Words:
        """The words of a column, also if no pass has read it."""
        if not self._is_met(name):
            self._go_through(name)
        return self.words[name]

    def _beside(self) -> set[str]:
        """Columns of currencies that no rule reads, and the amounts beside them."""
        headings = tuple(heading for heading, _ in self.columns.values())
        where = {name: at for at, name in enumerate(self.columns)}
        sheet = Sheet("", None, headings, (), (), "frame", tuple(range(1, len(headings) + 1)))
        names = declared_of_currencies(self.table, sheet, where)
        unread = {name for name in names if not self.words[name].values}
        return unread | set(amounts_of(self.table, self.columns)) if unread else set()

    def _same_rows(self) -> list[Diagnostic]:
        """Rows pasted twice, in a table of few rows without a key."""
        if self.table.keys or not 1 < self.source.rows <= MOST_ROWS:
            return []
        headings = list(self.source.headings)
        if not has_repeated(self.source.pieces(headings)):
            return []
        every = {name: headings.index(heading) for name, (heading, _) in self.columns.items()}
        sheet = read_again(self.source, self.table, headings)
        values = {
            name: values_of(self.columns[name][1], sheet, at, self.rulebook.scales)[0] for name, at in every.items()
        }
        lacking = {one.name: (None,) * len(sheet.rows) for one in self.table.columns}
        return same_rows(self.table, sheet, lacking | values, range(len(sheet.rows)))

    def _reread(self, names: Iterable[str]) -> Reread:
        """Some columns, and those that rows are told with."""
        dated = () if self.table.dated_by is None else (self.table.dated_by,)
        return reread(
            self.rulebook, self.table, self.source, self.columns, {*names, *self.table.keys, *dated, *self._money}
        )

    @property
    def _money(self) -> list[str]:
        return list(amounts_of(self.table, self.columns))


def _texts(words: Words) -> list[str]:
    """The texts among the values of a column."""
    if _is_plain(words):
        return words.values  # type: ignore[return-value]  # which came as texts
    return [value for value in words.values if isinstance(value, str)]


def _is_plain(words: Words) -> bool:
    """Whether all values are texts of ASCII that needed no reading."""
    return words.lowered is not None and len(words.lowered) == len(words.values)
