"""Cells: the rows of a table that are alike in all that is asked of them, counted and summed by one grouped query.

Of each cell one row stands for all. Where SQL can't work something out exactly it is worked out row by row and stored
as a column beside the others, and `session.local` says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import define, evolve, field, frozen

from policydsl.data.elsewhere import TooMany
from policydsl.engines.reference.rows import Rows
from policydsl.engines.reference.some_rows import narrowed
from policydsl.engines.sql.asked import Asked, Measures
from policydsl.engines.sql.calculating import calculated
from policydsl.engines.sql.cell_rows import CellRows, picked
from policydsl.engines.sql.clauses import Clauses
from policydsl.engines.sql.database import LARGEST, Refused
from policydsl.engines.sql.grouped import Grouped
from policydsl.engines.sql.held import Held, number
from policydsl.engines.sql.in_place.fetched import MOST_HERE
from policydsl.engines.sql.standing import Told
from policydsl.model.expressions import Arithmetic, ColumnOf, Expression, Value
from policydsl.model.types import NUMBER
from policydsl.model.words import words
from policydsl.plan.atoms import atoms, atoms_of, category_of

Refusing = Callable[[Expression, str], None]
"""Is told of each expression that SQL can't work out, with the reason."""
Amounts = tuple[Fraction, Fraction]
"""What is above zero and what is below."""


def _integers(column: Sequence[Any]) -> Sequence[int]:
    return [int(each or 0) for each in column]


@frozen(eq=False)
class Summed:
    """The sums of a measure over each cell, over their denominator: of what is above zero and of what is below."""

    den: int
    above: Sequence[int]
    below: Sequence[int]

    @property
    def both(self) -> Sequence[int]:
        """The two together."""
        return [above + below for above, below in zip(self.above, self.below, strict=True)]


@define(eq=False)
class Cells:
    """The cells. Row `n` of `rows` stands for cell `n`."""

    rows: CellRows
    counts: Sequence[int]
    sums: Mapping[Measures, Summed]
    group: Grouped = field(repr=False)
    told: Sequence[Sequence[Any]] = field(repr=False)
    """What the database tells each cell apart by."""
    _found: dict[tuple[int, ...], tuple[int, ...]] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.counts)

    def members(self, cells: Iterable[int]) -> tuple[int, ...]:
        """All rows of some cells, in the order of their numbers."""
        wanted = tuple(cells)
        if wanted not in self._found:
            self._found[wanted] = tuple(sorted(self.group.members([self.told[cell] for cell in wanted])))
        return self._found[wanted]

    def amounts(self, measures: Measures, cell: int) -> Amounts:
        """The sum of a measure over a cell; the number of its rows if there is none."""
        if measures[0] is None:
            return Fraction(self.counts[cell]), Fraction(0)
        of = self.sums[measures]
        return Fraction(of.above[cell], of.den), Fraction(of.below[cell], of.den)

    def wholes(self, measures: Measures) -> tuple[Sequence[int], int]:
        """The sums of a measure over all cells, and their denominator."""
        return (self.counts, 1) if measures[0] is None else (self.sums[measures].both, self.sums[measures].den)


@frozen(eq=False)
class Cutter:
    """Cuts one table into cells."""

    clauses: Clauses
    beside: dict[Expression, Held]
    """What was worked out row by row."""
    refusing: Refusing

    @property
    def _rows(self) -> Rows:
        return self.clauses.rows

    def cut(self, asked: Asked) -> Cells:
        """The cells; Refused if a sum has more digits than the database."""
        single = self._single(asked)
        truths = tuple(dict.fromkeys(map(self._truth, single)))
        apart: dict[str, int] = {}
        told: dict[str, tuple[Told, Sequence[int]]] = {}
        for column in (*asked.keys, *asked.values):
            sqls, tells = self._distinct(column)
            at = [apart.setdefault(sql, len(apart)) for sql in sqls]
            if isinstance(column, ColumnOf) and tells is not None:
                told[column.name] = tells, at
        summed = {each: self.product(each) for each in asked.sums if each[0] is not None}
        added = [f"{self._integer(held)} AS m{number}" for number, held in enumerate(summed.values())]
        totals = [total for number, held in enumerate(summed.values()) for total in self._totals(f"m{number}", held)]
        group = Grouped(self.clauses.standing, truths, tuple(apart))
        found = group.ask(["MIN(r)", "COUNT(*)", *totals], added)
        columns = list(zip(*found, strict=True))
        end = len(columns) - len(apart)
        codes, values = columns[end - group.codes : end], columns[end:]
        counts = tuple(map(int, columns[1]))
        sums = {
            measures: Summed(held.den, _integers(columns[2 + 2 * at]), _integers(columns[3 + 2 * at]))
            for at, (measures, held) in enumerate(summed.items())
        }
        known = {name: tells([values[each] for each in at]) for name, (tells, at) in told.items()}
        told_apart = [row[end - group.codes :] for row in found]
        return Cells(self._cell_rows(columns[0], codes, known, single), counts, sums, group, told_apart)

    def _single(self, asked: Asked) -> tuple[Expression, ...]:
        """The single conditions that tell rows apart, those of categories among them that are keys or values."""
        table = self._rows.table
        labels = (
            each
            for column in (*asked.keys, *asked.values)
            if isinstance(column, ColumnOf) and table.column(column.name) is None
            for each in atoms_of(category_of(column.name, table), table)
        )
        return tuple(dict.fromkeys((*atoms(asked.conditions, table), *labels)))

    def _cell_rows(
        self,
        rows: Sequence[Any],
        codes: Sequence[Sequence[Any]],
        known: Mapping[str, Sequence[Value]],
        single: Sequence[Expression],
    ) -> CellRows:
        """The rows that stand for cells, by what the database calls them."""
        kinds: dict[tuple[Any, ...], int] = {}
        kind_of = [
            kinds.setdefault(code, len(kinds)) for code in (zip(*codes, strict=True) if codes else ((),) * len(rows))
        ]
        first: dict[int, Any] = {}
        for row, kind in zip(rows, kind_of, strict=True):
            first.setdefault(kind, row)
        own, standing = self._rows, self.clauses.standing
        assert own.data is not None
        where = cache(lambda: standing.rows(rows))
        data = picked(own.data, len(rows), where)
        of_kinds = narrowed(own, standing.rows(list(first.values())))
        return CellRows(own.table, data, own.environment, own.unrated, of_kinds, kind_of, known, frozenset(single))

    def keys(self) -> Iterator[str]:
        """What rows are called by."""
        for key in self._rows.table.keys:
            try:
                held = self.clauses.standing.column(key)
            except (KeyError, Refused):
                continue
            yield held.written or held.sql

    def order(self, measure: Expression | None) -> str:
        """What rows are put in order by that count for a measure."""
        try:
            return "0" if measure is None else self.number(measure).sql
        except Refused:
            return "0"

    def few(self, count: int, condition: Expression) -> None:
        """Refuses to take more rows one by one than can be."""
        there = self.clauses.standing.there
        if there is not None and count > MOST_HERE:
            wrong = TooMany(self._rows.table.name, there.frame.relation.path, there.count)
            raise wrong.because(words(condition), f"it holds in {count} of them")

    def product(self, measures: Measures) -> Held:
        """What is summed; Refused if the sum over all rows may have more digits than the database."""
        measure, weight = measures
        assert measure is not None
        held = self.number(measure)
        if weight is not None:
            both = Arithmetic("*", measure, weight, NUMBER)
            held = calculated(both, held, self.number(weight), self.clauses.standing.database)
        if max(abs(held.low), abs(held.high)) * len(self._rows) > LARGEST:
            raise Refused("a sum may have more than 38 digits")
        return held

    def number(self, measure: Expression) -> Held:
        """A number that is measured; Refused if it can't be had."""
        try:
            found = self.clauses.value(measure)
        except Refused as refused:
            found = self._worked_out(measure, refused)
        if found.kind == "blank":
            return evolve(number(0), sql="NULL")
        if found.kind != "number":
            raise Refused("it sums what are no numbers")
        return found

    def _integer(self, held: Held) -> str:
        return self.clauses.standing.database.wide(held.sql) if held.constant else held.sql

    def _totals(self, name: str, held: Held) -> tuple[str, str]:
        total = self.clauses.standing.database.total
        if held.low >= 0:
            return total(name), "0"
        return total(f"CASE WHEN {name} > 0 THEN {name} END"), total(f"CASE WHEN {name} < 0 THEN {name} END")

    def _truth(self, atom: Expression) -> str:
        try:
            return self.clauses.truth(atom)
        except Refused as refused:
            if atom not in self.beside:
                self._stored(atom, refused, lambda row: self._rows.truth(atom, row))
            held = self.beside[atom]
            return held.sql if held.kind == "truth" else "CAST(NULL AS BOOLEAN)"

    def _distinct(self, expression: Expression) -> tuple[tuple[str, ...], Told | None]:
        """What tells values apart, texts by their spelling; and how it tells them, if it does."""
        table = self._rows.table
        if isinstance(expression, ColumnOf) and table.column(expression.name) is None:
            return (), None  # its labels are told by single conditions
        told = None
        try:
            held = self.clauses.value(expression)
            if held.kind == "text" and not held.written:
                raise Refused("a text is not one of the table")
            if isinstance(expression, ColumnOf):
                told = self.clauses.standing.told_of(expression, held)
        except Refused as refused:
            if expression not in self.beside:
                spelled = self._row_by_row(expression, refused, lambda row: self._rows.value(expression, row))
                self.beside[expression] = self.clauses.standing.numbered(spelled)
            held = self.beside[expression]
        sql = () if held.kind == "blank" else (held.written or held.sql,)
        return (sql if held.none is None else (*sql, held.none)), told

    def _worked_out(self, measure: Expression, refused: Refused) -> Held:
        if measure not in self.beside:
            self._stored(measure, refused, lambda row: self._rows.value(measure, row))
        return self.beside[measure]

    def _stored(self, expression: Expression, refused: Refused, of: Callable[[int], Value]) -> None:
        self.beside[expression] = self.clauses.standing.beside(self._row_by_row(expression, refused, of))

    def _row_by_row(self, expression: Expression, refused: Refused, of: Callable[[int], Value]) -> list[Value]:
        self.refusing(expression, str(refused))
        try:
            return [of(row) for row in range(len(self._rows))]
        except TooMany as wrong:
            raise wrong.because(words(expression), str(refused)) from refused
