"""Cells: the rows of a table that are alike in all that is asked of them, counted and summed by one grouped query.

Of each cell one row stands for all. Where SQL can't work something out exactly it is worked out row by row and stored
as a column beside the others, and `session.local` says so.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import itemgetter

from attrs import define, evolve, field, frozen

from policydsl.engines.reference.rows import Rows
from policydsl.engines.reference.some_rows import narrowed
from policydsl.engines.sql.asked import Asked, Measures
from policydsl.engines.sql.calculating import calculated
from policydsl.engines.sql.clauses import Clauses
from policydsl.engines.sql.database import LARGEST, Refused
from policydsl.engines.sql.held import Held, number
from policydsl.model.expressions import Arithmetic, ColumnOf, Expression, Value
from policydsl.model.types import NUMBER
from policydsl.plan.atoms import atoms, atoms_of, category_of

Refusing = Callable[[Expression, str], None]
"""Is told of each expression that SQL can't work out, with the reason."""
Amounts = tuple[Fraction, Fraction]
"""What is above zero and what is below."""


@define(eq=False)
class Cells:
    """The cells. Row `n` of `rows` stands for cell `n`; the numbers of its rows in the table are in `first`."""

    rows: Rows
    first: tuple[int, ...]
    counts: tuple[int, ...]
    sums: dict[Measures, tuple[Amounts, ...]]
    _members: Callable[[Sequence[int]], list[tuple[int, int]]] = field(repr=False)
    _found: dict[int, tuple[int, ...]] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.first)

    def members(self, cells: Iterable[int]) -> tuple[int, ...]:
        """All rows of some cells, in the order of the table."""
        wanted = list(cells)
        missing = {self.first[cell]: cell for cell in wanted if cell not in self._found}
        if missing:
            rows: dict[int, list[int]] = {cell: [] for cell in missing.values()}
            for row, first in self._members(sorted(missing)):
                rows[missing[first]].append(row)
            self._found |= {cell: tuple(each) for cell, each in rows.items()}
        return tuple(sorted(row for cell in wanted for row in self._found[cell]))

    def amounts(self, measures: Measures, cell: int) -> Amounts:
        """The sum of a measure over a cell; the number of its rows if there is none."""
        return (Fraction(self.counts[cell]), Fraction(0)) if measures[0] is None else self.sums[measures][cell]


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
        parts: dict[str, None] = {}
        for atom in atoms(asked.conditions, self._rows.table):
            parts[self._truth(atom)] = None
        for column in (*asked.keys, *asked.values):
            parts |= dict.fromkeys(self._distinct(column))
        summed = {each: self.product(each) for each in asked.sums if each[0] is not None}
        standing = self.clauses.standing
        cut = [f"{sql} AS a{number}" for number, sql in enumerate(parts)]
        names = ", ".join(f"a{number}" for number, _ in enumerate(parts))
        added = [f"{self._integer(held)} AS m{number}" for number, held in enumerate(summed.values())]
        totals = [total for number, held in enumerate(summed.values()) for total in self._totals(f"m{number}", held)]
        inner = f"SELECT {', '.join(['t.r AS r', *cut, *added])} FROM {standing.joined([*cut, *added])}"
        query = f"SELECT {', '.join(['MIN(r)', 'COUNT(*)', *totals])} FROM ({inner}) AS i"
        found = sorted(standing.database.ask(f"{query} GROUP BY {names}" if parts else query), key=itemgetter(0))

        def members(first: Sequence[int]) -> list[tuple[int, int]]:
            over = f"PARTITION BY {names}" if parts else ""
            inner = f"SELECT {', '.join(['t.r AS r', *cut])} FROM {standing.joined(cut)}"
            outer = f"SELECT r, MIN(r) OVER ({over}) AS f FROM ({inner}) AS i"
            query = f"SELECT r, f FROM ({outer}) AS o WHERE f IN ({', '.join(map(str, first))})"
            return [(int(row), int(of)) for row, of in standing.database.ask(query)]

        first = tuple(int(row[0]) for row in found)
        sums = {
            measures: tuple(
                (Fraction(int(row[2 + 2 * at] or 0), held.den), Fraction(int(row[3 + 2 * at] or 0), held.den))
                for row in found
            )
            for at, (measures, held) in enumerate(summed.items())
        }
        return Cells(narrowed(self._rows, first), first, tuple(int(row[1]) for row in found), sums, members)

    def product(self, measures: Measures) -> Held:
        """What is summed; Refused if the sum over all rows may have more digits than the database."""
        measure, weight = measures
        assert measure is not None
        held = self._number(measure)
        if weight is not None:
            both = Arithmetic("*", measure, weight, NUMBER)
            held = calculated(both, held, self._number(weight), self.clauses.standing.database)
        if max(abs(held.low), abs(held.high)) * len(self._rows) > LARGEST:
            raise Refused("a sum may have more than 38 digits")
        return held

    def _number(self, measure: Expression) -> Held:
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
                values = [self._rows.truth(atom, row) for row in range(len(self._rows))]
                self._stored(atom, refused, values)
            held = self.beside[atom]
            return held.sql if held.kind == "truth" else "CAST(NULL AS BOOLEAN)"

    def _distinct(self, expression: Expression) -> tuple[str, ...]:
        """What tells values apart, texts by their spelling."""
        table = self._rows.table
        if isinstance(expression, ColumnOf) and table.column(expression.name) is None:
            return tuple(map(self._truth, atoms_of(category_of(expression.name, table), table)))
        try:
            held = self.clauses.value(expression)
            if held.kind == "text" and not held.written:
                raise Refused("a text is not one of the table")
        except Refused as refused:
            if expression not in self.beside:
                spelled = [self._rows.value(expression, row) for row in range(len(self._rows))]
                self.refusing(expression, str(refused))
                self.beside[expression] = self.clauses.standing.numbered(spelled)
            held = self.beside[expression]
        sql = () if held.kind == "blank" else (held.written or held.sql,)
        return sql if held.none is None else (*sql, held.none)

    def _worked_out(self, measure: Expression, refused: Refused) -> Held:
        if measure not in self.beside:
            self._stored(measure, refused, [self._rows.value(measure, row) for row in range(len(self._rows))])
        return self.beside[measure]

    def _stored(self, expression: Expression, refused: Refused, values: Sequence[Value]) -> None:
        self.refusing(expression, str(refused))
        self.beside[expression] = self.clauses.standing.beside(values)
