"""Columns of numbers that their database has as numbers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve

from policydsl.data.meaning import meant
from policydsl.engines.sql.database import LARGEST, Database, Refused
from policydsl.engines.sql.held import Held, roomy
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.relation import Native
from policydsl.inputs.cells import Reader, reader
from policydsl.inputs.kinds import NumberKind
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale

_TRIED = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12)
"""How many decimals binary numbers may stand for."""
_SURE = {"float": 10**15, "single": 10**6}
"""Up to so many units in the last place a decimal has a binary number of its own, and is what this prints as."""
_WHOLE = "1e16"
"""From here on all binary numbers are whole."""


class Numbers(Plain):
    """A column of numbers. What is known of all of them is found before (`asked`, `take`)."""

    def __init__(
        self,
        column: Column,
        native: Native,
        name: str,
        scales: Mapping[str, Scale],
        of: Database,
        kind: NumberKind,
    ) -> None:
        super().__init__(column, native, name, scales, of)
        self.kind = kind
        self.binary = native.kind in ("float", "single")
        if self.binary:
            self.sql = f"CASE WHEN {of.finite(native.sql)} THEN {native.sql} END"
        self.places: int | None = native.places
        self.tried: Sequence[int] = _TRIED
        """How many decimals are tried."""
        self.beyond = False
        """Whether there are numbers without end, or none at all."""

    def asked(self) -> list[str]:
        """What is asked of all rows."""
        sql, found = self.sql, [f"MIN({self.sql})", f"MAX({self.sql})"]
        if self.binary:
            found += [f"COUNT({self.native.sql}) - COUNT({sql})"]
            found += self.trying
        elif self.places is None:
            found.append(f"MAX(SCALE({sql}))")
        return found

    def take(self, answers: Sequence[Any]) -> None:
        """What was answered."""
        self.least, self.most = answers[0], answers[1]
        if self.binary:
            self.beyond = bool(answers[2])
            self.narrow(answers[3:])
            self.places = next(iter(self.tried), None)
        elif any(isinstance(end, Decimal) and not end.is_finite() for end in answers[:2]):
            self.beyond, self.least, self.most = True, None, None
        elif self.places is None and self.least is not None:
            self.places = int(answers[2])

    @property
    def trying(self) -> list[str]:
        """How many rows are odd with each number of decimals that is tried."""
        return [f"SUM(CASE WHEN {self._rounded(self.sql, places)} THEN 0 ELSE 1 END)" for places in self.tried]

    def narrow(self, odd: Sequence[Any]) -> None:
        """Tries no more what has odd rows."""
        self.tried = [tried for tried, rows in zip(self.tried, odd, strict=True) if not rows]

    def told(self, raw: str) -> str:
        """A number as it is told from others: as a whole one, if it stands for so many decimals."""
        if not self.binary or self.places is None or self.least is None:
            return raw
        if max(abs(self._whole(each)) for each in (self.least, self.most)) > _SURE[self.native.kind]:
            return raw
        return f"CAST(ROUND({raw} * 1e{self.places}) AS BIGINT)"

    def _rounded(self, sql: str, places: int) -> str:
        back = f"ROUND({sql} * 1e{places}) / 1e{places}"
        back = f"CAST({back} AS REAL)" if self.native.kind == "single" else back
        return f"CASE WHEN {sql} IS NULL OR ABS({sql}) >= {_WHOLE} THEN TRUE ELSE {back} = {sql} END"

    def held(self) -> Held:
        """The number as SQL has it."""
        if self.least is None:
            return self.with_blanks(Held("blank", "NULL"))
        if self.places is None:
            raise Refused("it is a binary number of more than 15 digits")
        low, high = (self._whole(each) for each in (self.least, self.most))
        largest, raw = max(abs(low), abs(high)), f"t.{self.name}"
        if largest > LARGEST:
            raise Refused("a number has more than 38 digits")
        if self.binary:
            if largest > _SURE[self.native.kind]:
                raise Refused("it is a binary number of more than 15 digits")
            sql = f"CAST(ROUND({raw} * 1e{self.places}) AS BIGINT)"
        else:
            sql = self.database.integer(raw, self.places, largest)
        held, by = Held("number", sql, None, 10**self.places, low, high), self.kind.factor
        if by.numerator != 1:
            low, high = low * by.numerator, high * by.numerator
            wide = self.database.wide(sql) if max(abs(low), abs(high)) > 2**63 - 1 else sql
            held = evolve(held, sql=f"({wide} * {by.numerator})", low=low, high=high)
        return self.with_blanks(roomy(evolve(held, den=held.den * by.denominator)))

    def _whole(self, number: float | int | Decimal) -> int:
        exact = Fraction(Decimal(repr(number)) if isinstance(number, float) else number)
        return round(exact * Fraction(10) ** (self.places or 0))

    def values(self, raw: Sequence[Any]) -> Sequence[Value]:
        """The values of what was selected."""
        read, cell = self.read(), self.native.cell
        return meant(tuple(read(cell(each)) for each in raw), self.column, self.scales)

    def read(self) -> Reader:
        """What reads one of the numbers."""
        return reader(self.kind)
