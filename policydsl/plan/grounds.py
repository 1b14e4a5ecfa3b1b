"""What figures rest on: which tables and columns have to be worked out for them, and whether they may change from one
day to the next though the rows stay the same."""

from collections.abc import Iterable

from policydsl._frozen import define, field
from policydsl.model import expressions as ex
from policydsl.model.expressions import ColumnOf, Expression, RowSet
from policydsl.model.made import LookThrough, PerGroup, Stacked
from policydsl.model.rulebook import Grouped, Linked, Past, Rulebook
from policydsl.plan.aggregates import tally_of
from policydsl.plan.dependencies import aggregates_in, expressions_of, inner, read_in
from policydsl.plan.tallies import Tally

Entry = tuple[str, str | None]
"""A table that is worked out, or a column that is put beside those of a table."""


@define(eq=False)
class Grounds:
    """What is reached from some figures through all that is worked out for them."""

    rulebook: Rulebook
    entries: set[Entry] = field(factory=set, init=False)
    tables: set[str] = field(factory=set, init=False)
    """All tables whose rows are read, worked out or not."""
    moves: bool = field(default=False, init=False)
    """Whether anything in it may change from one day to the next though the rows stay the same."""
    _seen: set[Expression] = field(factory=set, init=False)

    def tally(self, tally: Tally) -> None:
        """What is measured in rows."""
        for name in (tally.table, *(rows.table for rows in tally.keys_of)):
            self.table(name)
        for name, read in expressions_of(tally, self.rulebook.tables):
            self.read(name, (read,))

    def quantity(self, quantity: Expression) -> None:
        """A quantity of a whole run."""
        waiting = [quantity]
        while waiting:
            each = waiting.pop()
            if each not in self._seen:
                self._seen.add(each)
                self._look(each)
                waiting += inner(each)
                for node in aggregates_in(each):
                    self.tally(tally_of(node))

    def table(self, name: str) -> None:
        """The rows of a table."""
        if name in self.tables:
            return
        self.tables.add(name)
        made = self.rulebook.tables[name].made
        if made is not None:
            self.entries.add((name, None))
        match made:
            case PerGroup(rows=rows, worlds=worlds, groups=groups, fields=fields):
                self.read(rows.table, (*rows.where, *worlds, *groups))
                self._of_groups(rows, worlds, groups, (figure for _, figure in fields))
            case Stacked(sources=sources):
                for source in sources:
                    self.read(source.rows.table, (*source.rows.where, *(value for _, value in source.fields)))
            case LookThrough(rows=rows, parts=parts):  # takes all columns as they are
                for each in (rows, parts):
                    self.read(each.table, each.where)
                    for column in self.rulebook.tables[each.table].added:
                        self.column(each.table, column.name)

    def read(self, table: str, expressions: Iterable[Expression]) -> None:
        """What is read in the rows of a table."""
        self.table(table)
        for each in read_in(expressions, self.rulebook.tables[table]):
            self._look(each)
            if isinstance(each, ColumnOf):
                self.column(each.table, each.name)
            elif isinstance(each, ex.FigureOf):
                self.quantity(each.quantity)

    def column(self, table: str, name: str) -> None:
        """A column, if it is one that is put beside the others."""
        column = next((each for each in self.rulebook.tables[table].added if each.name == name), None)
        if column is None or (table, name) in self.entries:
            return
        self.entries.add((table, name))
        self.table(table)
        match column:
            case Linked(link=link, table=there, of=of, type=type):
                self.column(table, link)
                self.read(there, (ColumnOf(there, of, type),))
            case Past(of=of, type=type):
                self.moves = True
                self.read(table, (ColumnOf(table, of, type),))
            case Grouped(worlds=worlds, groups=groups, figure=figure):
                self.read(table, (*worlds, *groups))
                self._of_groups(RowSet(table), worlds, groups, (figure,))

    def _of_groups(
        self,
        rows: RowSet,
        worlds: tuple[ColumnOf, ...],
        groups: tuple[ColumnOf, ...],
        figures: Iterable[Expression],
    ) -> None:
        for figure in figures:
            self.quantity(figure)
            for node in aggregates_in(figure):
                self.tally(tally_of(node, worlds, groups, (rows,)))

    def _look(self, each: Expression) -> None:
        by_day = isinstance(each, ex.AsOf | ex.OnDate | ex.OverDays)
        dated = isinstance(each, ex.ParameterOf) and self.rulebook.parameters[each.name].value is None
        self.moves = self.moves or by_day or dated


def grounds_of(rulebook: Rulebook, tallies: Iterable[Tally] = (), quantities: Iterable[Expression] = ()) -> Grounds:
    """What tallies and quantities rest on."""
    found = Grounds(rulebook)
    for tally in tallies:
        found.tally(tally)
    for quantity in quantities:
        found.quantity(quantity)
    return found


def grounds_of_entry(rulebook: Rulebook, entry: Entry) -> Grounds:
    """What a table or column that is worked out rests on."""
    found, (table, column) = Grounds(rulebook), entry
    found.table(table)
    if column is not None:
        found.column(table, column)
    return found
