"""The texts that differ in the columns of a table that stays where it is: asked once, for all columns with few."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.relation import Relation
from policydsl.engines.sql.in_place.texts import MOST_DIFFERENT, Texts

_TRIED = 100_000
"""So many rows say whether few texts differ."""

_RAISED = (
    "\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02e4\u10fc\u1d2c-\u1dbf\u2070-\u209c\u2120-\u2122\u2c7c-\u2d6f\u3192-\u319f"
    "\ua69c-\uab69\U00010780-\U0001e06d"
)
"""All signs that stand raised or lowered, and others among them."""


class Differing:
    """The texts of the columns of one table, on all days."""

    def __init__(self, relation: Relation, readings: Mapping[str, Plain]) -> None:
        self._relation, self._readings = relation, readings
        self._found: dict[str, Mapping[str, Sequence[str]] | None] = {}

    def of(self, column: str) -> Mapping[str, Sequence[str]] | None:
        """The texts of a column, each with the cells that stand for it; None if more than 200,000 differ."""
        if column not in self._found:
            self._ask([column])
        return self._found[column]

    @cached_property
    def few(self) -> Collection[str]:
        """The columns of texts of which few differ, as the first rows say."""
        of = [name for name, reading in self._readings.items() if isinstance(reading, Texts)]
        if not of:
            return ()
        inner = ", ".join(f"{self._readings[name].sql} AS x{at}" for at, name in enumerate(of))
        counted = ", ".join(f"COUNT(DISTINCT x{at})" for at in range(len(of)))
        first = f"(SELECT {inner} FROM {self._relation.source} LIMIT {_TRIED}) AS d"
        ((*counts,),) = self._relation.database.ask(f"SELECT {counted} FROM {first}")
        few = [name for name, count in zip(of, counts, strict=True) if count <= _TRIED // 4]
        if few:
            self._ask(few)
        return few

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
        every: dict[str, list[str]] = {column: [] for column in columns}
        asked = []
        for at, column in enumerate(columns):
            reading = self._readings[column]
            if isinstance(reading, Mapped):
                every[column] = [cell for cell in reading.known if cell is not None]
                continue
            rest = f"WHERE {reading.sql} IS NOT NULL LIMIT {MOST_DIFFERENT + 1}"
            one = f"(SELECT DISTINCT {reading.sql} AS v FROM {self._relation.source} {rest}) AS d{at}"
            asked.append(f"SELECT {at} AS k, d{at}.v AS v FROM {one}")
        for at, cell in self._relation.database.ask(" UNION ALL ".join(asked)) if asked else ():
            every[columns[at]].append(str(cell))
        for column, cells in every.items():
            self._found[column] = self._as_texts(column, cells) if len(cells) <= MOST_DIFFERENT else None

    def _as_texts(self, column: str, cells: Sequence[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for cell, value in zip(cells, self._readings[column].values(cells), strict=True):
            if isinstance(value, str):
                found.setdefault(value, []).append(cell)
        return found
