"""How a column of a relation is read, so that its values are those that a file with the same cells would have."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve

from policydsl.data.meaning import blank_of, meant
from policydsl.engines.sql.database import Database
from policydsl.engines.sql.held import Held, missing
from policydsl.engines.sql.in_place.relation import Native
from policydsl.inputs.sheet import Wrong
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Column, Scale


class Plain:
    """A column that is declared and there: a date or a yes/no that its database has as one, or what the others make of
    it. `sql` is what is selected of the relation, as `name`; `joins` are tables of ours that the value needs."""

    def __init__(self, column: Column, native: Native, name: str, scales: Mapping[str, Scale], of: Database) -> None:
        self.column, self.native, self.name, self.sql = column, native, name, native.sql
        self.joins: dict[str, str] = {}
        self.scales, self.database = scales, of
        self.least: Any = None
        self.most: Any = None
        self.lacking = True
        """Whether some rows may have no value."""

    def held(self) -> Held:
        """The value as SQL has it."""
        raw = f"t.{self.name}"
        if self.least is None:
            return self.with_blanks(Held("blank", "NULL"))
        if self.native.kind == "truth":
            return self.with_blanks(Held("truth", raw))
        ends = self.least.toordinal(), self.most.toordinal()
        return self.with_blanks(Held("number", self.database.days(raw), None, 1, *ends))

    def with_blanks(self, held: Held) -> Held:
        """A value with the blanks as what the column says that they mean."""
        blank = blank_of(self.column, self.scales)
        if blank is None:
            return held
        if blank is Nothing.NONE:
            return evolve(held, none="TRUE" if held.kind == "blank" else missing(held.sql))
        stands = "FALSE" if blank is False else "0"
        if held.kind == "blank":
            return Held("truth", stands) if blank is False else Held("number", self.database.wide(stands))
        sql = f"COALESCE({held.sql}, {stands})"
        return evolve(held, sql=sql, low=min(held.low, 0), high=max(held.high, 0))

    @property
    def first_day(self) -> date | None:
        """The earliest day of a column of days."""
        return self.least if isinstance(self.least, date) else None

    def told(self, raw: str) -> str:
        """What is selected as it is told from others."""
        return raw

    def values(self, raw: Sequence[Any]) -> Sequence[Value]:
        """The values of what was selected."""
        read = self.native.cell
        return meant(tuple(None if isinstance(cell := read(each), Wrong) else cell for each in raw), *self._as())

    def _as(self) -> tuple[Column, Mapping[str, Scale]]:
        return self.column, self.scales
