"""Sheets that stay open, to be read again with other cells."""

from collections.abc import Mapping
from datetime import date

from attrs import define, evolve, field

from policydsl.catalogue import say
from policydsl.data.from_sheets import matched
from policydsl.data.heading_units import another_unit, in_units_of_headings
from policydsl.data.kinds import kind_of
from policydsl.data.total_lines import without_total_lines
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.rulebook import Column, Rulebook, Table

Put = Mapping[tuple[int, str], Cell]
"""Cells by the number of their row in the sheet, and the heading of their column."""


@define(eq=False)
class Opened:
    """Sheets as they were handed in, and the cells that have been put since."""

    rulebook: Rulebook
    sheets: Mapping[str, Sheet]
    told: tuple[Diagnostic, ...]
    """What was told when they were read, and of the cells put."""
    as_of: date | None
    put: Mapping[str, Put] = field(factory=dict)
    _headings: dict[str, tuple[Mapping[str, str], frozenset[str]]] = field(factory=dict, alias="_headings")
    _as_read: dict[str, Sheet | None] = field(factory=dict, alias="_as_read")

    def of(self, table: str) -> Sheet | None:
        """The sheet of a table."""
        return next((sheet for name, sheet in self.sheets.items() if name.casefold() == table.casefold()), None)

    def headings(self, table: str) -> tuple[Mapping[str, str], frozenset[str]]:
        """The headings of a table's columns, of those that it has; and the columns whose numbers are in another unit
        than the rulebook's, which their headings name."""
        if table not in self._headings:
            sheet, of = self.of(table), self.rulebook.tables[table]
            found = {} if sheet is None else {name: sheet.headings[at] for name, at in matched(of, sheet, []).items()}
            other = {
                each.name
                for each in of.columns
                if each.name in found and another_unit(found[each.name], each, self.rulebook.scales, None) is not None
            }
            self._headings[table] = found, frozenset(other)
        return self._headings[table]

    def as_read(self, table: str) -> Sheet | None:
        """The sheet of a table with the units that its headings name."""
        if table not in self._as_read:
            sheet, of = self.of(table), self.rulebook.tables[table]
            if sheet is not None:
                sheet, _ = in_units_of_headings(of, sheet, matched(of, sheet, []), self.rulebook.scales)
            self._as_read[table] = sheet
        return self._as_read[table]

    def units_unsaid(self, table: Table, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
        """An error for each plain number of another sheet under another heading than that which says in which other
        unit its column was read."""
        headings, in_other_units = self.headings(table.name)
        told = []
        for column in table.columns:
            at = where.get(column.name)
            if at is None or column.name not in in_other_units:
                continue
            heading = headings[column.name]
            if sheet.headings[at].casefold() != heading.casefold():
                places = ((cell, sheet.place(at, row)) for row, cell in enumerate(sheet.cells[at]))
                told += [_unsaid(self.rulebook, heading, column, *each) for each in places if is_bare_number(each[0])]
        return told

    def cell(self, table: str, row: int, heading: str) -> Cell:
        """What stands in a row of a table's sheet now, by the number of the row and the heading of the column."""
        put, sheet = self.put.get(table, {}), self.of(table)
        if (row, heading) in put:
            return put[row, heading]
        if sheet is None or heading not in sheet.headings:
            return None
        return sheet.cells[sheet.headings.index(heading)][sheet.rows.index(row)]

    def with_put(self, table: str, put: Put, told: tuple[Diagnostic, ...]) -> "Opened":
        """The same with some more cells, and what is told of them."""
        return evolve(self, told=told, put={**self.put, table: {**self.put.get(table, {}), **put}})

    def now(self) -> tuple[dict[str, Sheet], tuple[Diagnostic, ...]]:
        """The sheets with all cells that were put, and what is told of them; lines that added up the rows as they were
        are left out."""
        sheets, told = {**self.sheets}, [*self.told]
        for name, sheet in self.sheets.items():
            table = next((each for each in self.put if each.casefold() == name.casefold()), None)
            if table is not None:
                of = self.rulebook.tables[table]
                sheet, said = without_total_lines(of, sheet, matched(of, sheet, []), self.rulebook.scales)
                sheets[name], told = _with_cells(sheet, self.put[table]), told + said
        return sheets, tuple(told)


def _with_cells(sheet: Sheet, put: Put) -> Sheet:
    """The sheet with other cells; a heading that it lacks is a new column of it."""
    places = {row: index for index, row in enumerate(sheet.rows)}
    lacking = [each for each in dict.fromkeys(heading for _, heading in put) if each not in sheet.headings]
    headings = (*sheet.headings, *lacking)
    cells = [*sheet.cells, *((None,) * len(sheet.rows) for _ in lacking)]
    changed: dict[int, list[Cell]] = {}
    for (row, heading), cell in put.items():
        at = headings.index(heading)
        changed.setdefault(at, [*cells[at]])[places[row]] = cell
    last = max(sheet.columns, default=0)
    return evolve(
        sheet,
        headings=headings,
        cells=tuple(tuple(changed[at]) if at in changed else each for at, each in enumerate(cells)),
        columns=(*sheet.columns, *range(last + 1, last + 1 + len(lacking))),
    )


def _unsaid(rulebook: Rulebook, heading: str, column: Column, cell: Cell, place: DataPlace) -> Diagnostic:
    """That a cell is a plain number, though its column was read in another unit, which `heading` names."""
    kind = kind_of(column, rulebook.scales)
    assert isinstance(kind, NumberKind)
    number = shown(str(cell), 30)
    return say("PD991", place, cell=number, heading=shown(heading, 30), wanted=f"in `{kind.unit}`", unit=kind.unit)
