"""Rows that stay where they are, and are fetched when they are asked for: one by one those that stand for others or are
told, and all of them only if there are few."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from policydsl._lazy import Lazy
from policydsl.data.elsewhere import TooMany
from policydsl.data.naming import name_of
from policydsl.data.table import Elsewhere, Having
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.some_rows import between, having
from policydsl.model.expressions import Value

MOST_HERE = 200_000
"""So many rows may be taken one by one."""
_AT_ONCE = 50_000


class Fetched:
    """The rows of a table on the day that is judged. They are numbered here in the order in which they are fetched."""

    def __init__(self, frame: Frame, day: int | None, count: int) -> None:
        self.frame = frame
        self.source = frame.source(day)
        self.count = count
        self._at: dict[Any, int] = {}
        self._rows: list[Any] = []
        self.values: dict[str, list[Value]] = {name: [] for name in frame.readings}
        self._numbers: list[int] = []
        """Of the first rows; those of the others are asked for when one is told."""
        self.names: list[str] = []
        self._seen: set[str] = set()

    def rows(self, found: Sequence[Any]) -> list[int]:
        """The rows that the database calls so."""
        missing = [row for row in dict.fromkeys(found) if row not in self._at]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            self._take(self.frame.fetch(self.source, some))
        return [self._at[row] for row in found]

    def told(self, row: int) -> str:
        """A row as a query has it."""
        return self.frame.relation.tell(self._rows[row])

    def every(self) -> list[Any]:
        """What the database calls its rows, all of them."""
        if len(self._rows) < self.count:
            if self.count > MOST_HERE:
                raise TooMany(self.frame.table.name, self.frame.relation.path, self.count)
            self._take([row for row in self.frame.fetch(self.source, None) if row[0] not in self._at])
        return self._rows

    def see(self, row: int) -> None:
        """Sees to it that a row is here: who asks for one that is not goes through all of them."""
        if row >= len(self._rows):
            self.every()

    def _take(self, found: Sequence[tuple[Any, ...]]) -> None:
        if not found:
            return
        columns = list(zip(*found, strict=True))
        read = {name: reading.values(columns[at]) for at, (name, reading) in enumerate(self.frame.readings.items(), 1)}
        keys = [read.get(key, (None,) * len(found)) for key in self.frame.table.keys]
        for row in columns[0]:
            self._at[row] = len(self._rows)
            self._rows.append(row)
        for at in range(len(found)):
            key = [values[at] for values in keys]
            number = 0 if key and None not in key else self.number(len(self.names))
            name = name_of(key, number)
            named = name if name not in self._seen else f"{name} (row {self.number(len(self.names))})"
            self.names.append(named)
            self._seen.add(name)
        for name, values in read.items():
            self.values[name] += values

    def number(self, row: int) -> int:
        """The number of a row."""
        if row >= len(self._numbers):
            self._numbers += self.frame.relation.numbers(self._rows[len(self._numbers) :])
        return self._numbers[row]

    def fingerprint(self) -> str:
        """The same for the same rows in any order."""
        return self.frame.fingerprint(self.source)


class FetchedRows(Elsewhere):
    """The numbers of the rows."""

    def __init__(self, there: Fetched) -> None:
        self.there = there

    def __len__(self) -> int:
        return self.there.count

    def item(self, at: int) -> int:
        """The number of a row."""
        self.there.see(at)
        return self.there.number(at)

    def fingerprint(self) -> str:
        """The same for the same rows in any order."""
        return self.there.fingerprint()

    def texts(self, column: str) -> Collection[str] | None:
        """The texts of a column that differ, some of them perhaps on other days only; None if they are too many."""
        return self.there.frame.differing.of(column)

    def having(self, columns: Sequence[str], texts: Collection[str], amount: str | None = None) -> Having:
        """The rows with one of some texts in one of some columns, and what a column of amounts holds in them."""
        return having(self.there, columns, texts, amount)

    def between(self, column: str, first: date, before: date, amounts: Sequence[str]) -> Having:
        """The rows with a day of a column between others and an amount in one of some columns, by day."""
        return between(self.there, column, first, before, amounts)


class FetchedNames(Lazy[str]):
    """What a reader calls the rows."""

    def __init__(self, there: Fetched) -> None:
        self.there = there

    def __len__(self) -> int:
        return self.there.count

    def item(self, at: int) -> str:
        """The name of a row."""
        self.there.see(at)
        return self.there.names[at]


class FetchedColumn(Lazy[Value]):
    """The values of a column."""

    def __init__(self, there: Fetched, name: str) -> None:
        self.there, self.name = there, name
        self._values = there.values[name]

    def __len__(self) -> int:
        return self.there.count

    def item(self, at: int) -> Value:
        """The value of a row."""
        self.there.see(at)
        return self._values[at]

    def __iter__(self) -> Iterator[Value]:
        self.there.every()
        return iter(self._values)


class Unknown(Lazy[Value]):
    """A column that the data lacks."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def item(self, at: int) -> Value:
        """Nothing is known of any row."""
        return None
