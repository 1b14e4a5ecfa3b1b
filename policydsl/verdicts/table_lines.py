"""Rows of tables as a report may list them: those of the data and those worked out, each with the rows behind it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from policydsl._frozen import define, field, frozen
from policydsl.data.table import Data
from policydsl.figures.interval import Figure
from policydsl.model.expressions import Aggregate, And, ColumnOf, Nothing, Value
from policydsl.model.made import EXISTS, PerGroup, is_existence
from policydsl.model.rulebook import Category, Rulebook, Table
from policydsl.model.types import NUMBER, DateType, GradeType, LabelType, Numeric, Type
from policydsl.model.words import words
from policydsl.plan.aggregates import tally_of
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.tallies import Key
from policydsl.verdicts import reasons
from policydsl.verdicts.behind import Behind, Row
from policydsl.verdicts.evidence import NOTHING, Witness
from policydsl.verdicts.later import Later, now
from policydsl.verdicts.measured import View
from policydsl.verdicts.relating.workshop import Workshop
from policydsl.verdicts.wording import Wording, wording_of


@frozen
class TableColumn:
    """A column, with the titles of its labels where it is a category."""

    name: str
    type: Type
    titles: Mapping[str, str]


@frozen
class TableLine:
    """A row: its values in the order of the columns, None where unknown; what is known of these all the same, by
    their place; whether it surely is there; and what stands behind it: the rows that it was worked out from, or else
    itself."""

    name: str
    values: tuple[Value, ...]
    perhaps: Mapping[int, Figure]
    sure: bool
    behind: Later[Behind] = field(eq=False, repr=False)


@frozen
class Chosen:
    """The rows of a table for which a condition holds, as rule text (empty: all), and how many the table has."""

    table: str
    condition: str
    count: int


@frozen
class TableLines:
    """The rows of a table on the day judged, in an order that does not depend on that of the data. `because` says why
    nothing is known of it."""

    table: str
    columns: tuple[TableColumn, ...]
    lines: tuple[TableLine, ...]
    because: str
    sources: tuple[str, ...]
    """The tables that it was worked out from."""
    of: "Chosen | None" = None
    """Of a table of groups the rows that it is made of."""
    wording: Wording = field(eq=False, repr=False, kw_only=True)


@define(eq=False)
class TablesOfRun:
    """The tables of a run, to be asked for by name."""

    rulebook: Rulebook
    _shop: Workshop

    def lines(self, name: str) -> TableLines:
        """The rows of a table; a name that no table has is a KeyError."""
        table = self.rulebook.tables[name]
        data, wording = self._shop.data[name], wording_of(self.rulebook)
        columns = tuple(self._columns(table))
        groups = _Groups(table, self._shop) if isinstance(table.made, PerGroup) else None
        rows = self._shop.rows(name, [ColumnOf(name, column.name, column.type) for column in columns])
        lines = []
        for at in range(len(data)):
            values = tuple(rows.column(column.name, at) for column in columns)
            perhaps = {} if groups is None or None not in values else groups.figures(at, columns)
            sure = data.columns[EXISTS][at] is not None if EXISTS in data.columns else True
            behind = now(_itself(data, at)) if groups is None else groups.behind(at)
            lines.append(TableLine(data.names[at], values, perhaps, sure, behind))
        absent = "" if reasons.given(data) or data.made_from else reasons.empty([data])
        because = absent or (reasons.empty([data]) if not len(data) else "")
        sources = tuple(source.table for source in data.made_from)
        ordered = tuple(sorted(lines, key=_order(columns)))
        return TableLines(name, columns, ordered, because, sources, self._chosen(table), wording=wording)

    def _chosen(self, table: Table) -> Chosen | None:
        if not isinstance(table.made, PerGroup):
            return None
        rows, wording = table.made.rows, wording_of(self.rulebook)
        said = tuple(each for each in rows.where if not is_existence(each))
        return Chosen(rows.table, wording.rule_text(words(And(said))) if said else "", len(self._shop.data[rows.table]))

    def is_worked_out(self, name: str) -> bool:
        """Whether the rows of a table are worked out, so that no file has them."""
        return self.rulebook.tables[name].made is not None

    def _columns(self, table: Table) -> "list[TableColumn]":
        named = [(each.name, each.type) for each in table.columns if each.name != EXISTS]
        named += [(each.name, each.type) for each in table.computed]
        every = [TableColumn(name, type, self._titles(table, name)) for name, type in named]
        return every + [
            TableColumn(each.name, LabelType(each.name, tuple(one.label for one in each.labels)), _titles_of(each))
            for each in table.categories
        ]

    def _titles(self, table: Table, name: str) -> Mapping[str, str]:
        """What the labels of a group are called, if the table is one of groups by a category."""
        if not isinstance(table.made, PerGroup):
            return {}
        group = next((each for each in (*table.made.worlds, *table.made.groups) if each.name == name), None)
        if group is None:
            return {}
        found = next((one for one in self.rulebook.tables[group.table].categories if one.name == name), None)
        return {} if found is None else _titles_of(found)


class _Groups:
    """A table of groups, measured once more for the rows behind it and for what is known of its figures."""

    def __init__(self, table: Table, shop: Workshop) -> None:
        assert isinstance(table.made, PerGroup)
        self.made, self.data = table.made, shop.data[table.name]
        keys_of = (self.made.rows,) if self.made.every is None else (self.made.rows, self.made.every)
        self.keys = self.made.worlds, self.made.groups, keys_of
        presence = Aggregate("count", self.made.rows, None, None, (), NUMBER)
        nodes = [presence, *(node for _, figure in self.made.fields for node in aggregates_in(figure))]
        self.tallies = tuple(dict.fromkeys(tally_of(node, *self.keys) for node in nodes))
        self.found = shop.measured(self.tallies)
        self.witness = Witness(self.found)
        sums = [node for node in nodes if isinstance(node, Aggregate) and node.function == "sum"]
        self.main = tally_of(sums[0] if sums else presence, *self.keys)
        """What the rows behind a group count for: the first sum, if there is one."""

    def _key(self, at: int) -> Key | None:
        columns = (*self.made.worlds, *self.made.groups)
        key = tuple(self.data.columns[column.name][at] for column in columns)
        return None if any(part is None or part is Nothing.NONE for part in key) else key

    def behind(self, at: int) -> Later[Behind]:
        """The rows of a group; of one that may not be there, none."""
        key = self._key(at)
        if key is None:
            return now(Behind((), NOTHING, ()))
        main, others = ((self.main, key),), tuple((each, key) for each in self.tallies)
        return self.witness.later(lambda: main + others, lambda: self.witness.behind(main, others))

    def figures(self, at: int, columns: Sequence[TableColumn]) -> Mapping[int, Figure]:
        """What is known of the figures of a group that have no exact value, by the place of their column."""
        key, names = self._key(at), [column.name for column in columns]
        if key is None:
            return {}
        view, told = View(self.found, *self.keys, key), {}
        for name, figure in self.made.fields:
            if self.data.columns[name][at] is None and isinstance(figure.type, Numeric | DateType | GradeType):
                told[names.index(name)] = view.figure(figure)
        return told


def tables_of_run(shop: Workshop) -> TablesOfRun:
    """The tables that a workshop holds."""
    return TablesOfRun(shop.rulebook, shop)


def _itself(data: Data, at: int) -> Behind:
    return Behind((Row(data.names[at], data.table, data.rows[at]),), NOTHING, ())


def _titles_of(category: Category) -> Mapping[str, str]:
    return {label.label: label.title or label.label for label in category.labels}


def _order(columns: tuple[TableColumn, ...]) -> Callable[[TableLine], tuple[object, ...]]:
    """By the labels of a category, or by days, in their order; else the largest amount first; then by name."""
    ranks = {label: at for at, label in enumerate(columns[0].titles)} if columns else {}
    amount = next(
        (at for at, each in enumerate(columns) if isinstance(each.type, Numeric) and each.type.currency), None
    )

    def place(line: TableLine) -> tuple[object, ...]:
        first = line.values[0] if line.values else None
        if ranks:
            return (ranks.get(str(first), len(ranks)), line.name)
        if isinstance(first, date):
            return (first.toordinal(), line.name)
        value = None if amount is None else line.values[amount]
        return (-value if isinstance(value, Fraction) else Fraction(1), line.name)

    return place
