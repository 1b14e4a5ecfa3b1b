"""The rows behind a verdict, worked out when they are asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any
from weakref import ref

from policydsl._frozen import define, evolve, field
from policydsl._lazy import Lazy
from policydsl.engines.reference.rows import Rows
from policydsl.figures.results import Evidence
from policydsl.model.expressions import And, ColumnOf, Expression, Known, Labelled, Not, StateIs
from policydsl.model.rulebook import Check, Linked
from policydsl.model.types import Type
from policydsl.plan.dependencies import columns_read, expressions_of
from policydsl.plan.tallies import Key, Pair, RowTest, Spread, Tally
from policydsl.verdicts.behind import Behind, Deciding, Outside, Row, Unsettled
from policydsl.verdicts.deciding import deciding, distance
from policydsl.verdicts.later import Later, now
from policydsl.verdicts.measured import Measured

Asked = tuple[tuple[Tally, Key], ...]

Unsure = tuple[Tally, tuple[int, ...]]

NOTHING = Unsettled(())
NONE: Later[tuple[Outside, ...]] = now(())


@define(eq=False)
class Witness:
    """Tells the rows behind figures; what many verdicts share it works out once."""

    of: Measured
    _outside: dict[tuple[str, str], tuple[Row, ...]] = field(factory=dict, init=False)
    _shared: dict[tuple[tuple[int, int], ...], tuple[tuple[Unsure, ...], Unsettled]] = field(factory=dict, init=False)
    """By the identity of what was made of it, which is kept beside it."""
    _read: dict[Tally, Sequence[str]] = field(factory=dict, init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)
    _waiting: "dict[int, tuple[Callable[[], Asked], ref[Later[Behind]]]]" = field(factory=dict, init=False)
    """What may be asked for, in the order in which it was made ready, as long as somebody can ask for it."""

    def outside(self, check: Check) -> Later[tuple[Outside, ...]]:
        """The rows in no label of the categories that a check speaks of, and in none of its worlds or groups."""
        asked = check.categories or check.worlds or check.groups
        return Later(lambda: self._outside_of(check)) if asked else NONE

    def later(self, asked: Callable[[], Asked], behind: Callable[[], Behind]) -> Later[Behind]:
        """The rows behind a figure, once somebody asks for them. Until then an engine that asks a database is told that
        they may be asked for: of which tallies and keys."""
        if not self.of.session.asks_together:
            return Later(behind)
        number = next(self._numbers)

        def told() -> Behind:
            self._waiting.pop(number, None)
            return behind()

        later = Later(told)
        self._waiting[number] = asked, ref(later, lambda _: self._waiting.pop(number, None))
        return later

    def _following(self, tally: Tally) -> Iterator[Key]:
        """The keys of a tally whose rows may be asked for next."""
        for asked, _ in [*self._waiting.values()]:
            yield from (key for each, key in asked() if each == tally)

    def behind(self, main: Asked, others: Asked = (), least_first: bool = False) -> Behind:
        """The rows of the tallies that a figure counts, and those that would settle these or the others; `least_first`
        says that of values the least are the worst."""
        session, environment = self.of.session, self.of.environment
        every = {
            (tally, key): session.evidence(tally, key, environment, self._following(tally))
            for tally, key in dict.fromkeys(main + others)
        }
        tallies = dict.fromkeys(main)
        counted: Sequence[Row]
        if len(tallies) == 1 and (type := _told_as_read(main[0][0], every[main[0]], least_first)) is not None:
            counted = _Counted(self, main[0][0].table, every[main[0]].counted, type)
        else:
            counted = _once(row for each in tallies for row in self._counted(each[0], every[each], least_first))
        if len(tallies) > 1:  # what a row counts for is one value in each
            counted = tuple(evolve(row, value=None, type=None) for row in counted)
        exempt = (self._row(tally.table, at) for (tally, _), found in every.items() for at in found.exempt)
        unsure = tuple((tally, found.unsure) for (tally, _), found in every.items() if found.unsure)
        more = sum(every[each].more for each in tallies)
        let_off = sum(found.more_exempt for found in every.values())
        unsettled = self._unsettled(unsure) if unsure else NOTHING
        more_unsure = max((found.more_unsure for found in every.values()), default=0)
        if more_unsure:  # of several tallies it may be the same rows
            unsettled = Unsettled(unsettled.rows, more_unsure)
        return Behind(counted, unsettled, _by_name(_once(exempt)), more, let_off)

    def _counted(self, tally: Tally, found: Evidence, least_first: bool) -> Iterable[Row]:
        counted, measure = found.counted, None if isinstance(tally, RowTest) else tally.measure
        if least_first and (isinstance(tally, Spread) or (isinstance(tally, Pair) and tally.kind == "average")):
            known = [each for each in counted if each[1] is not None]
            counted = (*sorted(known, key=_value), *(each for each in counted if each[1] is None))
        if isinstance(tally, RowTest):
            yield from self._failing(tally, [at for at, _ in counted])
        elif measure is None:
            decided = self._deciding(tally.table, And(tally.part)) if tally.part else None
            yield from _by_name(self._row(tally.table, at, decided=decided) for at, _ in counted)
        else:
            yield from (self._row(tally.table, at, value, measure.type) for at, value in counted)

    def _failing(self, tally: RowTest, found: Sequence[int]) -> Iterator[Row]:
        """The rows that fail, those first that are furthest from what they are held against."""
        rows, condition = self._rows(tally.table), tally.condition
        far = {at: distance(condition, rows, at) for at in found}
        decided = self._deciding(tally.table, condition)
        every = [(-far[at], self._row(tally.table, at, decided=decided)) for at in found]
        yield from (row for _, row in sorted(every, key=lambda each: (each[0], each[1].name)))

    def _deciding(self, table: str, condition: Expression) -> Callable[[int], tuple[Deciding, ...]]:
        """What tells of a row why a condition is as it is."""
        return lambda at: deciding(condition, self._rows(table), at)

    def _rows(self, table: str) -> Rows:
        return Rows(self.of.rulebook.tables[table], self.of.data[table], self.of.environment, self.of.unrated)

    def _unsettled(self, unsure: tuple[Unsure, ...]) -> Unsettled:
        """Each row once, with the blank columns that any of the tallies reads. Groups that only rows of others keep
        from being settled have those in common."""
        shared = tuple((id(tally), id(rows)) for tally, rows in unsure)
        if shared not in self._shared:
            blank: dict[tuple[str, int], tuple[str, ...]] = {}
            alike: dict[tuple[str, ...], tuple[str, ...]] = {}
            for tally, rows in unsure:
                columns, read = self.of.data[tally.table].columns, self._columns(tally)
                for at in rows:
                    lacking = (self._blank(name, at, tally.table) for name in read if columns[name][at] is None)
                    names = tuple(dict.fromkeys((*blank.get((tally.table, at), ()), *lacking)))
                    blank[tally.table, at] = alike.setdefault(names, names)
            found = _by_name(self._row(table, at, columns=names) for (table, at), names in blank.items())
            self._shared[shared] = unsure, Unsettled(found)
        return self._shared[shared][1]

    def _blank(self, name: str, at: int, table: str) -> str:
        """The column that would say what is unknown in one: of what a link leads to, the link if it is blank itself."""
        column = self.of.rulebook.tables[table].column(name)
        while isinstance(column, Linked) and self.of.data[table].columns[column.link][at] is None:
            name, column = column.link, self.of.rulebook.tables[table].column(column.link)
        return name

    def _columns(self, tally: Tally) -> Sequence[str]:
        """The columns that a tally reads in its own table, in the table's order."""
        if tally not in self._read:
            table = self.of.rulebook.tables[tally.table]
            owned = expressions_of(tally, self.of.rulebook.tables)
            names = columns_read((each for owner, each in owned if owner == table.name), table)
            every = (*table.columns, *table.added)
            self._read[tally] = [column.name for column in every if column.name in names]
        return self._read[tally]

    def _outside_of(self, check: Check) -> tuple[Outside, ...]:
        columns = [(column.table, column.name) for column in (*check.worlds, *check.groups)]
        every = dict.fromkeys((*check.categories, *columns))
        found = ((table, name, self._in_no_label(table, name)) for table, name in every)
        return tuple(Outside(table, name, rows) for table, name, rows in found if rows)

    def _in_no_label(self, table: str, name: str) -> tuple[Row, ...]:
        if (table, name) not in self._outside:
            rows = self.of.session.rows_where(table, self._has_none(table, name), self.of.environment)
            self._outside[table, name] = _by_name(self._row(table, at) for at in rows)
        return self._outside[table, name]

    def _has_none(self, table: str, name: str) -> Expression:
        """That a row has no label of a category, or none in a column."""
        of = self.of.rulebook.tables[table]
        category = next((each for each in of.categories if each.name == name), None)
        if category is not None:
            return Not(Labelled(name, table, frozenset(label.label for label in category.labels)))
        column = of.column(name)
        assert column is not None
        return StateIs(ColumnOf(table, name, column.type), "none")

    def _row(
        self,
        table: str,
        at: int,
        value: Known | None = None,
        type: Type | None = None,
        columns: tuple[str, ...] = (),
        decided: Callable[[int], tuple[Deciding, ...]] | None = None,
    ) -> Row:
        data = self.of.data[table]
        row = Row(data.names[at], table, data.rows[at], value, type, columns)
        return row if decided is None else evolve(row, decided=Later(lambda: decided(at)))


class _Counted(Lazy[Row]):
    """Very many rows that are counted, each made when it is read."""

    def __init__(self, witness: Witness, table: str, counted: Sequence[tuple[int, Any]], type: Type) -> None:
        self._witness, self._table, self._counted, self._type = witness, table, counted, type

    def __len__(self) -> int:
        return len(self._counted)

    def item(self, at: int) -> Row:
        """One of them."""
        row, value = self._counted[at]
        return self._witness._row(self._table, row, value, self._type)

    def __reduce__(self) -> tuple[type[tuple[Row, ...]], tuple[list[Row]]]:
        return tuple, ([*self],)


def _told_as_read(tally: Tally, found: Evidence, least_first: bool) -> Type | None:
    """The type of what a figure counts, where an engine makes the rows only as far as they are read."""
    if not isinstance(found.counted, Lazy) or isinstance(tally, RowTest) or tally.measure is None:
        return None
    turned = least_first and (isinstance(tally, Spread) or tally.kind == "average")
    return None if turned else tally.measure.type


def _value(counted: tuple[int, Any]) -> Any:
    return counted[1]


def _by_name(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.name))


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each row where it stands first."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        seen.setdefault((row.table, row.name), row)
    return tuple(seen.values())
