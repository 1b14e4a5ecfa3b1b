"""The rows of dated tables on other days than the one that is judged."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from policydsl._frozen import define, field
from policydsl.data.table import Data


@define(eq=False)
class Dated:
    """A dated table: which rows stand under each date, and what makes a table of some of them."""

    rows: Mapping[date, Sequence[int]]
    made: Callable[[Sequence[int], date | None], Data]

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every date that has rows, the earliest first."""
        return tuple(sorted(self.rows))

    def standing(self, day: date) -> date | None:
        """The date whose rows stand on a day: the latest on or before it."""
        before = bisect_right(self.dates, day)
        return self.dates[before - 1] if before else None

    def whole(self) -> Data:
        """The rows of all days."""
        return self.made(sorted(index for rows in self.rows.values() for index in rows), None)


def _renewed(dated: Dated, today: Data) -> Dated:
    """A dated table with other rows on the latest date."""

    def made(rows: Sequence[int], day: date | None) -> Data:
        return today if day is not None and day == today.dated else dated.made(rows, day)

    rows = dated.rows if today.dated is None or today.dated in dated.rows else {**dated.rows, today.dated: ()}
    return Dated(rows, made)


Snapshot = tuple[tuple[str, date | None], ...]


@define(eq=False)
class History:
    """All rows of the dated tables; the others stand for whatever day is judged."""

    today: Mapping[str, Data]
    dated: Mapping[str, Dated]
    _kept: dict[tuple[str, date | None], Data] = field(factory=dict, init=False)

    def with_today(self, tables: Mapping[str, Data]) -> "History":
        """The same history with other rows on the day judged: those of the date that stands then."""
        dated = {name: _renewed(each, tables[name]) for name, each in self.dated.items()}
        return History(tables, dated)

    def dates(self, tables: Iterable[str]) -> tuple[date, ...]:
        """Every date on which one of some tables has rows, the earliest first."""
        return tuple(sorted({day for name in tables if name in self.dated for day in self.dated[name].rows}))

    def snapshot(self, day: date) -> Snapshot:
        """Which rows stand on a day: of each dated table, those of which date."""
        return tuple((name, dated.standing(day)) for name, dated in self.dated.items())

    def on(self, day: date) -> Mapping[str, Data]:
        """The tables as they stand on a day."""
        return {**self.today, **{name: self._of(name, standing) for name, standing in self.snapshot(day)}}

    def whole(self) -> Mapping[str, Data]:
        """The tables with the rows of all days."""
        return {**self.today, **{name: dated.whole() for name, dated in self.dated.items()}}

    def _of(self, name: str, standing: date | None) -> Data:
        if (name, standing) not in self._kept:
            dated = self.dated[name]
            rows = dated.rows[standing] if standing is not None else ()
            self._kept[name, standing] = dated.made(rows, standing)
        return self._kept[name, standing]
