"""Rows in a rulebook's text as a file would hold them."""

from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Table, TestTable


def sheet_of(table: Table, given: TestTable) -> Sheet:
    """The given rows, with every column that they don't name left blank."""
    declared = [column.name for column in table.columns]
    at = {name: index for index, name in enumerate(given.headings)}
    cells = tuple(tuple(row[at[name]] if name in at else None for row in given.rows) for name in declared)
    numbers = tuple(range(1, len(declared) + 1))
    return Sheet(given.span.path, None, tuple(declared), cells, given.lines, "csv", numbers, ",")
