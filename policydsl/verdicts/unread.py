"""What is told of data that is missing: each table and column that something reads by itself, all others together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import NoneType

from policydsl._frozen import names_of
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.model.expressions import ColumnOf, Labelled, RowSet
from policydsl.model.made import sources_of
from policydsl.model.obligations import Attest, Duty, Entities, evidence_table
from policydsl.model.rulebook import Grouped, Linked, Past, Purchase, Rulebook
from policydsl.model.types import TextType
from policydsl.plan.dependencies import columns_read
from policydsl.source import Span
from policydsl.verdicts.settling import ticked

NO_TABLE, NO_COLUMN = "PD350", "PD355"
DOUBTFUL = frozenset({"PD911", "PD948", "PD949", "PD965", "PD966"})
"""That amounts may be in another currency than their column, blanks may stand for names above them, and small numbers
may be shares of one."""
_SPEAKS_OF_NOTHING = frozenset({str, bool, int, Fraction, date, Span, NoneType})


def without_unread(rulebook: Rulebook, told: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What was told of the data, with one message for all tables without data that nothing reads, and one for all such
    columns of a table. A column that may be there under another name is told by itself in any case. What is doubtful in
    a column that nothing reads does not matter, nor does a currency beside amounts which rules read: they go by it."""
    if not any(one.code in (NO_TABLE, NO_COLUMN, *DOUBTFUL) for one in told):
        return tuple(told)
    read = read_by(rulebook)
    found: list[Diagnostic] = []
    tables: list[str] = []
    columns: dict[str, list[Diagnostic]] = {}
    for one in told:
        blanks = dict(one.blanks)
        table = blanks.get("table", "")
        if one.code == NO_TABLE and table not in read:
            tables.append(table)
        elif one.code == NO_COLUMN and not blanks["hint"] and blanks["column"] not in read.get(table, ()):
            columns.setdefault(table, []).append(one)
        elif one.code not in DOUBTFUL or (
            blanks["column"] in read.get(table, ()) and blanks.get("beside") not in read.get(table, ())
        ):
            found.append(one)
    if tables:
        found.append(say("PD750", None, tables=ticked(tables)))
    for table, alike in columns.items():
        names = ticked([dict(one.blanks)["column"] for one in alike])
        found.append(say("PD751", alike[0].where, table=table, columns=names))
    return tuple(found)


def read_by(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """The columns that rules, shown quantities and scenarios read, by table; a table of which only rows are counted has
    none. Where it is in doubt whether something is read, it is."""
    reader = _Reader(rulebook)
    made = tuple(table.made for table in rulebook.tables.values())
    reader.read((rulebook.checks, rulebook.quantities, rulebook.scenarios, rulebook.base, made))
    granted = {name for waiver in rulebook.waivers for name, _ in waiver.rows}
    return {name: frozenset(columns | granted) for name, columns in reader.found.items()}


class _Reader:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.found: dict[str, set[str]] = {}

    def read(self, value: object) -> None:
        """Note everything that a part of the rulebook speaks of."""
        waiting, seen = [value], dict[int, object]()  # kept, so that no identity is used twice
        while waiting:
            part = waiting.pop()
            if id(part) not in seen:
                seen[id(part)] = part
                waiting += [each for each in self._inside(part) if type(each) not in _SPEAKS_OF_NOTHING]

    def _inside(self, part: object) -> Iterator[object]:
        match part:
            case ColumnOf(table=table) | Labelled(table=table):
                yield from self._column(part, table)
            case RowSet(table=table):
                self.found.setdefault(table, set())
            case Duty() | Attest():
                self._whole(evidence_table(part))
            case Entities():
                yield from self._asked_of(part)
            case Purchase(trades=trades, table=table):
                self._whole(trades)
                self._whole(table)
        if names := names_of(type(part)):
            yield from (getattr(part, name) for name in names)
        elif isinstance(part, Mapping):
            yield from part.values()
        elif isinstance(part, Iterable) and not isinstance(part, str):
            yield from part

    def _column(self, part: ColumnOf | Labelled, name: str) -> Iterator[object]:
        table, noted = self.rulebook.tables[name], self.found.setdefault(name, set())
        if table.made is not None:
            for source in sources_of(table.made):
                self._whole(source)
        for read in columns_read((part,), table) - noted:
            noted.add(read)
            column = table.column(read)
            match column:
                case Linked(link=link, table=other, of=of):
                    yield ColumnOf(name, link, column.type)
                    yield ColumnOf(other, of, column.type)
                case Past(of=of):
                    yield ColumnOf(name, of, column.type)
                case Grouped():
                    yield column
            if column is not None and isinstance(column.type, TextType) and column.type.link:
                self.found.setdefault(column.type.link, set())

    def _asked_of(self, part: Entities) -> Iterator[ColumnOf]:
        for name in (part.key, part.since):
            if name is not None and (column := self.rulebook.tables[part.table].column(name)) is not None:
                yield ColumnOf(part.table, name, column.type)

    def _whole(self, name: str) -> None:
        if name in self.rulebook.tables:
            self.found.setdefault(name, set()).update(each.name for each in self.rulebook.tables[name].columns)
