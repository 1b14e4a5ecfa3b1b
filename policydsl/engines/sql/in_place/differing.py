"""The texts that differ in the columns of a table that stays where it is: asked once, for all columns with few."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.engines.sql.in_place.texts import MOST_DIFFERENT, Texts, is_blank

_TRIED = 100_000
"""So many rows say whether few texts differ: at most a quarter as many."""

_RAISED = (
    "\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02e4\u10fc\u1d2c-\u1dbf\u2070-\u209c\u2120-\u2122\u2c7c-\u2d6f\u3192-\u319f"
    "\ua69c-\uab69\U00010780-\U0001e06d"
)
"""All signs that stand raised or lowered, and others among them."""


class Differing:
    """The texts of the columns of one table, on all days."""

    def __init__(self, relation: Relation, readings: Mapping[str, Plain]) -> None:
        self._relation, self._readings = relation, readings
        self.few: Collection[str] = ()
        """The columns of texts of which few differ, as the first rows say."""
        self._found: dict[str, Mapping[str, Sequence[str]] | None] = {}

    def of(self, column: str) -> Mapping[str, Sequence[str]] | None:
        """The texts of a column, each with the cells that stand for it; None if more than 200,000 differ."""
        if column not in self._found:
            reading = self._readings[column]
            if isinstance(reading, Mapped):
                self._found[column] = self._as_texts(column, [cell for cell in reading.known if cell is not None])
            else:
                self._ask([column])
        return self._found[column]

    def look(self, count: int) -> None:
        """Asks, of so many rows, for all cells that differ and are few, those that are read one by one and texts."""
        of = [name for name, reading in self._readings.items() if isinstance(reading, Texts)]
        self.few = self._few(of) if count > _TRIED // 4 else of
        read = [
            name for name, each in self._readings.items() if isinstance(each, Mapped) and each.native.kind == "text"
        ]
        self._ask([*read, *self.few])
        for name in of:
            reading = self._readings[name]
            assert isinstance(reading, Texts)
            reading.few = name in self.few

    def _few(self, of: Sequence[str]) -> Collection[str]:
        if not of:
            return ()
        inner = ", ".join(f"{self._readings[name].sql} AS x{at}" for at, name in enumerate(of))
        counted = ", ".join(f"COUNT(DISTINCT x{at})" for at in range(len(of)))
        first = f"(SELECT {inner} FROM {self._relation.source} LIMIT {_TRIED}) AS d"
        ((*counts,),) = self._relation.database.ask(f"SELECT {counted} FROM {first}")
        return [name for name, count in zip(of, counts, strict=True) if count <= _TRIED // 4]

    @cached_property
    def raised(self) -> Collection[str]:
        """The columns of texts, of which not few differ, that have raised signs, or may have."""
        of = [name for name, each in self._readings.items() if isinstance(each, Texts) and name not in self.few]
        if not of:
            return ()
        plain = (self._relation.database.fits(self._readings[name].sql, f"[^{_RAISED}]*") for name in of)
        ((*found,),) = self._relation.ask([f"MAX(CASE WHEN {each} THEN 0 ELSE 1 END)" for each in plain])
        return [name for name, any_ in zip(of, found, strict=True) if any_]

    def cells(self, column: str, texts: Collection[str]) -> list[str]:
        """The cells of a column that stand for some texts."""
        known = self.of(column) or {}
        return [cell for text in texts for cell in known.get(text, ())]

    def _ask(self, columns: Sequence[str]) -> None:
        every: dict[str, list[tuple[Any, Any]]] = {column: [] for column in columns}
        asked = [self._asked(at, self._readings[column]) for at, column in enumerate(columns)]
        for at, cell, row in self._relation.database.ask(" UNION ALL ".join(asked)) if asked else ():
            every[columns[at]].append((cell, row))
        for column, found in every.items():
            reading = self._readings[column]
            if isinstance(reading, Mapped):
                reading.met = sorted(found, key=lambda each: self._relation.place(each[1]))
            elif isinstance(reading, Texts):
                cells = [str(cell) for cell, _ in found if cell is not None]
                self._found[column] = None
                if len(cells) <= MOST_DIFFERENT:
                    reading.cells, reading.lacking = cells, len(cells) < len(found) or any(map(is_blank, cells))
                    self._found[column] = self._as_texts(column, cells)

    def _asked(self, at: int, reading: Plain) -> str:
        """The cells of a column: those that are read one by one each with its first row, these before all others, which
        have none."""
        sql, source = reading.sql, self._relation.source
        if isinstance(reading, Mapped):
            first = f"SELECT {sql} AS v, MIN({self._relation.row}) AS r FROM {source} GROUP BY {sql}"
            return f"SELECT {at} AS k, d{at}.v AS v, d{at}.r AS r FROM ({first} LIMIT {MOST_DIFFERENT + 1}) AS d{at}"
        one = f"SELECT DISTINCT {sql} AS v FROM {source} LIMIT {MOST_DIFFERENT + 2}"
        return f"SELECT {at} AS k, d{at}.v AS v, NULL AS r FROM ({one}) AS d{at}"

    def _as_texts(self, column: str, cells: Sequence[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for cell, value in zip(cells, self._readings[column].values(cells), strict=True):
            if isinstance(value, str):
                found.setdefault(value, []).append(cell)
        return found
