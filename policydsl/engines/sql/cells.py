"""Cells: the rows of a table that are alike in all that is asked of them, counted and summed by one grouped query.

Of each cell one row stands for all. Where SQL can't work something out exactly it is worked out row by row and stored
as a column beside the others, and `session.local` says so.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

from attrs import define, evolve, field, frozen

from policydsl.data.elsewhere import TooMany
from policydsl.engines.reference.rows import Rows
from policydsl.engines.reference.some_rows import narrowed
from policydsl.engines.sql.asked import Asked, Measures
from policydsl.engines.sql.calculating import calculated
from policydsl.engines.sql.clauses import Clauses
from policydsl.engines.sql.database import LARGEST, Refused
from policydsl.engines.sql.held import Held, number
from policydsl.engines.sql.in_place.fetched import MOST_HERE
from policydsl.model.expressions import Arithmetic, ColumnOf, Expression, Value
from policydsl.model.types import NUMBER
from policydsl.model.words import words
from policydsl.plan.atoms import atoms, atoms_of, category_of
from policydsl.plan.tallies import Pair, RowTest, Spread, Tally

Refusing = Callable[[Expression, str], None]
"""Is told of each expression that SQL can't work out, with the reason."""
Amounts = tuple[Fraction, Fraction]
"""What is above zero and what is below."""
_AT_ONCE = 500
MOST_TOLD = 1000
"""So many rows behind a verdict are fetched of a table that stands elsewhere."""


@frozen
class Most:
    """So many rows at most, those with the largest or the least of what they are put in order by."""

    count: int
    by: str = "0"
    least: bool = False

    @property
    def rest(self) -> str:
        """The end of a query for them."""
        return f" ORDER BY m {'ASC' if self.least else 'DESC'} NULLS FIRST, r LIMIT {self.count}"


@frozen
class Telling:
    """The cells behind a result: those whose rows surely count, and those of which something else is to be told."""

    sure: Sequence[int]
    others: Sequence[int]


@define(eq=False)
class Cells:
    """The cells. Row `n` of `rows` stands for cell `n`; the numbers of its rows in the table are in `first`."""

    rows: Rows
    first: tuple[int, ...]
    counts: tuple[int, ...]
    sums: dict[Measures, tuple[Amounts, ...]]
    _members: Callable[[Sequence[int], Most | None], list[int]] = field(repr=False)
    _found: dict[tuple[int, ...], tuple[int, ...]] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.first)

    def members(self, cells: Iterable[int], most: Most | None = None) -> tuple[int, ...]:
        """All rows of some cells, or the most that are wanted, in the order of their numbers."""
        wanted = tuple(cells)
        if most is not None:
            return tuple(sorted(self._members(wanted, most))) if wanted else ()
        if wanted not in self._found:
            self._found[wanted] = tuple(sorted(self._members(wanted, None))) if wanted else ()
        return self._found[wanted]

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
        names = [f"a{number}" for number, _ in enumerate(parts)]
        added = [f"{self._integer(held)} AS m{number}" for number, held in enumerate(summed.values())]
        totals = [total for number, held in enumerate(summed.values()) for total in self._totals(f"m{number}", held)]
        inner = f"SELECT {', '.join(['t.r AS r', *cut, *added])} FROM {standing.joined([*cut, *added])}"
        query = f"SELECT {', '.join(['MIN(r)', 'COUNT(*)', *totals, *names])} FROM ({inner}) AS i"
        grouped = f" GROUP BY {', '.join(names)}" if parts else ""
        found = standing.database.ask(query + grouped + standing.bounded)
        standing.bound(len(found))
        found.sort(key=itemgetter(0))

        def members(cells: Sequence[int], most: Most | None) -> list[int]:
            alike = [self._alike(names, found[cell][2 + len(totals) :]) for cell in cells]
            every = [*cut, *([] if most is None else [f"{most.by} AS m"])]
            inner = f"SELECT {', '.join(['t.r AS r', *every])} FROM {standing.joined(every)}"
            rows: list[Any] = []
            for start in range(0, len(alike), _AT_ONCE):
                among = " OR ".join(alike[start : start + _AT_ONCE])
                query = f"SELECT r FROM ({inner}) AS i WHERE {among}{'' if most is None else most.rest}"
                rows += (row for (row,) in standing.database.ask(query))
            return standing.rows(rows)

        first = tuple(standing.rows([row[0] for row in found]))
        sums = {
            measures: tuple(
                (Fraction(int(row[2 + 2 * at] or 0), held.den), Fraction(int(row[3 + 2 * at] or 0), held.den))
                for row in found
            )
            for at, (measures, held) in enumerate(summed.items())
        }
        return Cells(narrowed(self._rows, first), first, tuple(int(row[1]) for row in found), sums, members)

    def chosen(self, tally: Tally, cells: Cells, behind: Telling) -> tuple[tuple[int, ...], int]:
        """The rows of the cells behind a result, and how many more there are: of many that stand elsewhere only those
        are fetched that are told, the largest first, or the least and the largest of what is no sum."""
        every = (*behind.sure, *behind.others)
        if self.clauses.standing.there is None or sum(cells.counts[cell] for cell in every) <= MOST_TOLD:
            return cells.members(every), 0
        by = self._order(tally)
        others = set(cells.members(behind.others, Most(MOST_TOLD)))
        sure = set(cells.members(behind.sure, Most(MOST_TOLD, by)))
        if isinstance(tally, Spread) or (isinstance(tally, Pair) and tally.kind == "average"):
            sure |= set(cells.members(behind.sure, Most(MOST_TOLD, by, least=True)))
        more = sum(cells.counts[cell] for cell in behind.sure) - len(sure)
        return tuple(sorted(sure | others)), more

    def _order(self, tally: Tally) -> str:
        if isinstance(tally, RowTest) or tally.measure is None:
            return "0"
        try:
            return self._number(tally.measure).sql
        except Refused:
            return "0"

    def few(self, count: int, condition: Expression) -> None:
        """Refuses to take more rows one by one than can be."""
        there = self.clauses.standing.there
        if there is not None and count > MOST_HERE:
            wrong = TooMany(self._rows.table.name, there.frame.relation.path, there.count)
            raise wrong.because(words(condition), f"it holds in {count} of them")

    def _alike(self, names: Sequence[str], values: Sequence[Any]) -> str:
        """Whether a row is alike to those of a cell."""
        text, found = self.clauses.standing.database.text, []
        for name, value in zip(names, values, strict=True):
            if value is None or isinstance(value, bool):
                found.append(f"{name} IS {'NULL' if value is None else str(value).upper()}")
            else:
                found.append(f"{name} = {text(value) if isinstance(value, str) else int(value)}")
        return f"({' AND '.join(found)})" if found else "TRUE"

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
                self._stored(atom, refused, lambda row: self._rows.truth(atom, row))
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
                spelled = self._row_by_row(expression, refused, lambda row: self._rows.value(expression, row))
                self.beside[expression] = self.clauses.standing.numbered(spelled)
            held = self.beside[expression]
        sql = () if held.kind == "blank" else (held.written or held.sql,)
        return sql if held.none is None else (*sql, held.none)

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
